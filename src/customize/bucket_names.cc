#include "customize/bucket_names.h"

#include <algorithm>
#include <regex>

namespace botocxx::customize {
namespace {

constexpr std::size_t kLongestName = 255;
// Far more than an ARN can have; the regular expression would go as deep as a text is long.
constexpr std::size_t kLongestArn = 1000;

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

}  // namespace

bool is_bucket_name(std::string_view text) {
  text = without_line_end(text);
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

bool is_bucket_arn(std::string_view text) {
  text = without_line_end(text);
  if (!text.starts_with("arn:aws") || text.size() > kLongestArn) return false;
  static const std::regex pattern(kBucketArnPattern.begin(), kBucketArnPattern.end());
  return std::regex_search(text.begin(), text.end(), pattern);
}

}  // namespace botocxx::customize
