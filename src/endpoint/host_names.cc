#include "endpoint/host_names.h"

#include <algorithm>

namespace botocxx::endpoint {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kShortestBucket = 3;
constexpr int kIpv6Groups = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_label_octet(char c) {
  return (c >= 'a' && c <= 'z') || is_upper(c) || is_digit(c) || c == '-';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), is_label_octet);
}

bool is_hexadecimal(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Groups of an IPv6 address between colons, -1 when one of them is none. An IPv4 address may stand
// for the last two.
int count_groups(std::string_view text, bool may_end_with_ipv4) {
  int count = 0;
  while (true) {
    std::size_t colon = text.find(':');
    std::string_view group = text.substr(0, colon);
    bool last = colon == std::string_view::npos;
    if (last && may_end_with_ipv4 && is_ipv4_address(group)) return count + 2;
    if (group.empty() || group.size() > 4) return -1;
    if (!std::all_of(group.begin(), group.end(), is_hexadecimal)) return -1;
    if (++count > kIpv6Groups) return -1;
    if (last) return count;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

bool is_valid_region(std::string_view region) {
  return is_label(region) && !std::all_of(region.begin(), region.end(), is_digit);
}

bool is_valid_host_label(std::string_view text, bool allow_dots) {
  if (!allow_dots) return is_label(text);
  while (true) {
    std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_virtual_hostable_bucket(std::string_view bucket, bool allow_dots) {
  return bucket.size() >= kShortestBucket && std::none_of(bucket.begin(), bucket.end(), is_upper) &&
         !is_ipv4_address(bucket) && is_valid_host_label(bucket, allow_dots);
}

bool is_ipv4_address(std::string_view text) {
  for (int group = 0; group < 4; ++group) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits < 1 || digits > 3) return false;
    text.remove_prefix(digits);
    if (group == 3) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
  }
  return false;
}

bool is_ipv6_address(std::string_view text) {
  std::size_t zone = text.find('%');
  if (zone != std::string_view::npos && zone + 1 == text.size()) return false;
  text = text.substr(0, zone);
  std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return count_groups(text, true) == kIpv6Groups;
  int before = gap == 0 ? 0 : count_groups(text.substr(0, gap), false);
  std::string_view rest = text.substr(gap + 2);
  int after = rest.empty() ? 0 : count_groups(rest, true);
  return before >= 0 && after >= 0 && before + after < kIpv6Groups;
}

}  // namespace botocxx::endpoint
