#pragma once

#include <string_view>

namespace botocxx::endpoint {

/// Whether `region` can be a host label, so that a region cannot smuggle in another host
/// (`botocore.utils.validate_region_name`).
bool is_valid_region(std::string_view region);

/// 1 to 63 letters, digits and inner hyphens; with `allow_dots`, several of them joined by dots.
bool is_valid_host_label(std::string_view text, bool allow_dots);

/// Whether a bucket may stand in front of a host name: a host label of at least 3 octets without
/// capitals; dots only where `allow_dots`, and then never in the form of an IPv4 address.
bool is_virtual_hostable_bucket(std::string_view bucket, bool allow_dots);

/// Four groups of one to three digits.
bool is_ipv4_address(std::string_view text);
/// Without brackets; a zone after "%" is allowed.
bool is_ipv6_address(std::string_view text);

}  // namespace botocxx::endpoint
