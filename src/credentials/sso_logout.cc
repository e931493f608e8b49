#include "codec/json.h"
#include "credentials/decline.h"
#include <botocxx/credentials/sso_login.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace botocxx::inline v1 {
namespace {

void tell_service(const CredentialsContext& context, const Value& token) {
  auto region = token["region"].get_if_string();
  if (!region || !context.services) return;
  ServiceCall call;
  call.service = "sso";
  call.operation = "Logout";
  call.region = *region;
  call.params = Value::object({{"accessToken", token["accessToken"]}});
  auto answer = context.services->call(call);
  if (!answer && context.options.warn) {
    context.options.warn("the service did not end a session: " + answer.error().message());
  }
}

Result<std::size_t> sweep(const CredentialsContext& context, std::string_view folder,
                          const std::function<bool(const Value&)>& must_go) {
  const FileSystem& files = *context.host.files;
  const std::string path = expand_path(folder, context.host);
  auto names = files.list_directory(path);
  if (!names) return std::size_t{0};
  std::size_t gone = 0;
  for (const std::string& name : *names) {
    auto text = files.read_file(path + '/' + name);
    auto document = text ? codec::parse_json(*text) : Result<Value>(std::move(text).error());
    if (!document || !must_go(*document)) continue;
    if (auto removed = files.remove_file(path + '/' + name); !removed) {
      return std::move(removed).error();
    }
    ++gone;
  }
  return gone;
}

}  // namespace

Result<std::size_t> sso_logout(const CredentialsContext& context) {
  auto tokens = sweep(context, kSsoCacheFolder, [&](const Value& document) {
    if (!document.contains("accessToken")) return false;
    tell_service(context, document);
    return true;
  });
  if (!tokens) return tokens;
  auto keys = sweep(context, kCliCacheFolder, [](const Value& document) {
    return document["ProviderType"].get_if_string() == "sso";
  });
  if (!keys) return keys;
  return *tokens + *keys;
}

}  // namespace botocxx::inline v1
