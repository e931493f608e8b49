#pragma once

#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::endpoint {

/// DNS suffix of the partition that `region` belongs to, from a partitions.json document:
/// "amazonaws.com" where no partition claims the region.
std::string dns_suffix(std::string_view region, const Value& partitions);

/// Whether `region` can be a host label, so that a region cannot smuggle in another host
/// (`botocore.utils.validate_region_name`).
bool is_valid_region(std::string_view region);

/// Whether a bucket may stand in front of a host name: 3 to 63 letters, digits and hyphens in lower
/// case; dots only where `allow_dots`, and then never in the form of an IPv4 address.
bool is_virtual_hostable_bucket(std::string_view bucket, bool allow_dots);

/// Whether `host` is an IPv4 or bracketed IPv6 address.
bool is_ip_address(std::string_view host);

}  // namespace botocxx::endpoint
