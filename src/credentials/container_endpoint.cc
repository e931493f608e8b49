#include "credentials/container_endpoint.h"

#include "credentials/decline.h"
#include <botocxx/base/text_encoding.h>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

namespace botocxx::credentials {
namespace {

constexpr std::array<std::string_view, 4> kHosts{"169.254.170.2", "169.254.170.23", "fd00:ec2::23",
                                                 "localhost"};

bool is_loopback(const std::string& host) {
  in_addr four{};
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  in6_addr six{};
  if (::inet_pton(AF_INET6, host.c_str(), &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six) != 0;
  return false;
}

}  // namespace

Result<Url> container_endpoint(std::string_view text) {
  auto url = Url::parse(text);
  if (!url) return retrieval_failed("container-role", url.error().message());
  if (url->scheme == "https") return url;
  std::string host = to_lower(url->host);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (is_loopback(host) || std::ranges::find(kHosts, host) != kHosts.end()) return url;
  return retrieval_failed(
      "container-role",
      fmt::format("Unsupported host '{}'.  Can only retrieve metadata from a loopback address or "
                  "one of these hosts: 169.254.170.2, 169.254.170.23, fd00:ec2::23, localhost",
                  host));
}

}  // namespace botocxx::credentials
