#include "client/user_agent.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace botocxx::client {
namespace {

constexpr std::string_view kName = "Botocxx";
constexpr std::string_view kVersion = "0.1.0";
// Of the list of features: some front servers take no long headers.
constexpr std::size_t kLongestFeatures = 1024;

enum class Hash { kAllowed, kReplaced };

std::string clean(std::string_view text, Hash hash) {
  constexpr std::string_view kAllowed = "!$%&'*+-.^_`|~,";
  std::string out(text);
  for (char& c : out) {
    bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                kAllowed.find(c) != std::string_view::npos || (c == '#' && hash == Hash::kAllowed);
    if (!good) c = '-';
  }
  return out;
}

std::string component(std::string_view prefix, std::string_view name, std::string_view value = {}) {
  std::string text = clean(prefix, Hash::kAllowed) + '/' + clean(name, Hash::kReplaced);
  return value.empty() ? text : text + '#' + clean(value, Hash::kAllowed);
}

std::vector<std::string> operating_system(const Platform& platform) {
  static constexpr auto kKnown = std::to_array<std::string_view>(
      {"windows", "linux", "macos", "android", "ios", "watchos", "tvos", "other"});
  std::string name = to_lower(platform.name);
  if (name == "darwin") name = "macos";
  if (name.empty()) return {"os/other"};
  if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end()) {
    return {component("os", name, platform.release)};
  }
  return {"os/other", component("md", platform.name, platform.release)};
}

std::string feature_list(const Features& features) {
  std::string list;
  for (Feature feature : features) {
    std::string_view mark = feature_mark(feature);
    if (list.size() + mark.size() + 3 > kLongestFeatures) break;
    list.append(list.empty() ? "" : ",").append(mark);
  }
  return list;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    text.append(text.empty() ? "" : " ").append(part);
  }
  return text;
}

}  // namespace

std::string_view feature_mark(Feature feature) {
  // In the order of the enumeration.
  static constexpr auto kMarks = std::to_array<std::string_view>(
      {"B", "C", "D",  "E",  "F",  "G",  "L",  "M", "N", "P", "Q", "R", "S", "T",  "U", "V", "W",
       "X", "Y", "AE", "AF", "AG", "AH", "AI", "Z", "a", "b", "c", "e", "g", "h",  "i", "k", "n",
       "o", "p", "q",  "r",  "s",  "t",  "u",  "v", "w", "x", "z", "0", "3", "AC", "AD"});
  static_assert(kMarks.size() == static_cast<std::size_t>(Feature::kCredentialsLogin) + 1);
  return kMarks[static_cast<std::size_t>(feature)];
}

Features client_features(const ClientParts& parts, std::string_view protocol) {
  Features features;
  if (!parts.endpoint_url.empty()) features.insert(Feature::kEndpointOverride);
  if (protocol == "smithy-rpc-v2-cbor") features.insert(Feature::kProtocolRpcV2Cbor);
  return features;
}

std::string user_agent(const UserAgentParts& parts, const Config& config,
                       const Features& features) {
  if (!config.user_agent.empty()) {
    return joined({config.user_agent, parts.program.extra, config.user_agent_extra});
  }
  std::vector<std::string> all;
  bool is_built_on = !parts.program.name.empty() && !parts.program.version.empty();
  if (is_built_on) {
    all.push_back(component(parts.program.name, parts.program.version));
    all.push_back(component("md", kName, kVersion));
  } else {
    all.push_back(component(kName, kVersion));
  }
  all.emplace_back("ua/2.1");
  for (std::string& part : operating_system(parts.platform)) all.push_back(std::move(part));
  if (!parts.platform.machine.empty()) {
    all.push_back(component("md", "arch", to_lower(parts.platform.machine)));
  }
  all.push_back(component("lang", "c++", "20"));
  if (!parts.program.execution_environment.empty()) {
    all.push_back(component("exec-env", parts.program.execution_environment));
  }
  if (!features.empty()) all.push_back(component("m", feature_list(features)));
  if (!parts.retry_mode.empty()) all.push_back(component("cfg", "retry-mode", parts.retry_mode));
  if (parts.endpoint_discovery) all.push_back(component("cfg", "endpoint-discovery"));
  if (!config.user_agent_appid.empty()) {
    all.push_back("app/" + clean(config.user_agent_appid, Hash::kAllowed));
  }
  all.push_back(parts.program.extra);
  all.push_back(config.user_agent_extra);
  return joined(all);
}

}  // namespace botocxx::client
