#include "endpoint/partitions.h"

#include <algorithm>
#include <regex>

namespace botocxx::endpoint {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower_alnum(char c) { return (c >= 'a' && c <= 'z') || is_digit(c); }

// Partition patterns are data; one that this machine's engine cannot read matches nothing.
bool matches(std::string_view region, const Value& partition) {
  if (partition["regions"].contains(region)) return true;
  auto pattern = partition["regionRegex"].get_if_string();
  if (!pattern) return false;
  try {
    return std::regex_match(region.begin(), region.end(), std::regex(std::string(*pattern)));
  } catch (const std::regex_error&) {
    return false;
  }
}

bool is_bucket_label(std::string_view label) {
  if (label.empty() || !is_lower_alnum(label.front()) || !is_lower_alnum(label.back())) {
    return false;
  }
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_lower_alnum(c) || c == '-'; });
}

}  // namespace

std::string dns_suffix(std::string_view region, const Value& partitions) {
  for (const Value& partition : partitions["partitions"].items()) {
    if (!matches(region, partition)) continue;
    if (auto suffix = partition["outputs"]["dnsSuffix"].get_if_string()) {
      return std::string(*suffix);
    }
  }
  return "amazonaws.com";
}

bool is_valid_region(std::string_view region) {
  if (region.empty() || region.size() > 63) return false;
  if (region.front() == '-' || region.back() == '-') return false;
  bool only_digits = std::all_of(region.begin(), region.end(), is_digit);
  return !only_digits && std::all_of(region.begin(), region.end(), [](char c) {
    return is_lower_alnum(c) || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool is_ip_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  int dots = static_cast<int>(std::count(host.begin(), host.end(), '.'));
  return dots == 3 &&
         std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool is_virtual_hostable_bucket(std::string_view bucket, bool allow_dots) {
  if (bucket.size() < 3 || bucket.size() > 63) return false;
  if (!allow_dots) return is_bucket_label(bucket);
  if (is_ip_address(bucket)) return false;
  while (true) {
    std::size_t dot = bucket.find('.');
    if (!is_bucket_label(bucket.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    bucket.remove_prefix(dot + 1);
  }
}

}  // namespace botocxx::endpoint
