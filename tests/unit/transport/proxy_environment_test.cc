#include "transport/proxy_environment.h"

#include <gtest/gtest.h>

#include <map>

namespace botocxx::transport {
namespace {

class FixedEnvironment : public Environment {
 public:
  explicit FixedEnvironment(std::map<std::string, std::string, std::less<>> values)
      : values_(std::move(values)) {}
  std::optional<std::string> get(std::string_view name) const override {
    auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

std::string proxy(std::map<std::string, std::string, std::less<>> values, std::string_view url) {
  return ProxyEnvironment(FixedEnvironment(std::move(values))).proxy_for(Url::parse(url).value());
}

TEST(ProxyEnvironment, NamesTheProxyOfTheScheme) {
  EXPECT_EQ(proxy({}, "http://h/"), "");
  EXPECT_EQ(proxy({{"http_proxy", "p:1"}}, "http://h/"), "http://p:1");
  EXPECT_EQ(proxy({{"http_proxy", "p:1"}}, "https://h/"), "");
  EXPECT_EQ(proxy({{"HTTPS_PROXY", "http://p:1"}}, "https://h/"), "http://p:1");
  EXPECT_EQ(proxy({{"all_proxy", "socks5://p:1"}}, "https://h/"), "socks5://p:1");
}

TEST(ProxyEnvironment, TheUpperCaseNameThatARequestCanSetIsIgnored) {
  EXPECT_EQ(proxy({{"HTTP_PROXY", "p:1"}}, "http://h/"), "");
}

TEST(ProxyEnvironment, NoProxyCoversHostsDomainsAndPorts) {
  auto direct = [](std::string list, std::string_view url) {
    return proxy({{"http_proxy", "p"}, {"no_proxy", std::move(list)}}, url).empty();
  };
  EXPECT_TRUE(direct("*", "http://h/"));
  EXPECT_TRUE(direct("a, example.com ,b", "http://s3.Example.com/"));
  EXPECT_TRUE(direct(".example.com", "http://example.com/"));
  EXPECT_TRUE(direct("h:8080", "http://h:8080/"));
  EXPECT_TRUE(direct("::1", "http://[::1]/"));
  EXPECT_FALSE(direct("h:8080", "http://h/"));
  EXPECT_FALSE(direct("example.com", "http://badexample.com/"));
  EXPECT_FALSE(direct("", "http://h/"));
  EXPECT_FALSE(direct(" , .", "http://h/"));
}

}  // namespace
}  // namespace botocxx::transport
