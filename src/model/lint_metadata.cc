// check_layers: allow-file service-name: "s3" is a version of signatures here, not a service
#include "model/lint_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::model {
namespace {

constexpr std::array<std::string_view, 9> kSections{
    "metadata", "operations",          "shapes",     "documentation",    "version",
    "examples", "clientContextParams", "deprecated", "deprecatedMessage"};
constexpr std::array<std::string_view, 19> kEntries{"apiVersion",
                                                    "endpointPrefix",
                                                    "protocol",
                                                    "protocols",
                                                    "serviceFullName",
                                                    "serviceId",
                                                    "signatureVersion",
                                                    "uid",
                                                    "auth",
                                                    "signingName",
                                                    "jsonVersion",
                                                    "serviceAbbreviation",
                                                    "targetPrefix",
                                                    "xmlNamespace",
                                                    "globalEndpoint",
                                                    "protocolSettings",
                                                    "checksumFormat",
                                                    "awsQueryCompatible",
                                                    "ripServiceName"};
constexpr std::array<std::string_view, 6> kProtocols{"json",  "rest-json", "rest-xml",
                                                     "query", "ec2",       "smithy-rpc-v2-cbor"};
constexpr std::array<std::string_view, 8> kSignatures{"v2",   "v3",     "v4",  "s3",
                                                      "s3v4", "bearer", "v4a", "none"};

bool is_protocol(const Value& value) {
  return std::find(kProtocols.begin(), kProtocols.end(), value.get_if_string().value_or("")) !=
         kProtocols.end();
}

void lint_protocol(LintContext& context, const Value& metadata) {
  const Value& protocols = metadata["protocols"];
  if (!protocols.is_null() && !protocols.is_list()) {
    return context.error("/metadata/protocols", "\"protocols\" must be a list of protocols");
  }
  bool any = std::any_of(protocols.items().begin(), protocols.items().end(), is_protocol);
  const Value& protocol = metadata["protocol"];
  if (any || is_protocol(protocol)) return;
  std::string name = text_or_empty(protocol);
  if (name.empty()) {
    return context.error("/metadata/protocol",
                         "metadata must name the \"protocol\", as one of json, rest-json, "
                         "rest-xml, query, ec2, smithy-rpc-v2-cbor");
  }
  context.error("/metadata/protocol", fmt::format("unknown protocol \"{}\"", name),
                did_you_mean(name, kProtocols));
}

void require_text(LintContext& context, const Value& metadata, std::string_view name,
                  std::string_view why) {
  const Value& value = metadata[name];
  std::string pointer = join_pointer("/metadata", name);
  if (value.is_null()) {
    context.error(pointer, fmt::format("metadata has no \"{}\": {}", name, why));
  } else if (!value.is_string() || value.empty()) {
    context.error(pointer, fmt::format("\"{}\" must be a text that is not empty: {}", name, why));
  }
}

}  // namespace

void lint_metadata(LintContext& context) {
  context.check_names(context.document(), "", kSections);
  const Value* metadata = context.document().find("metadata");
  if (metadata == nullptr || !metadata->is_object()) {
    return context.error("/metadata", metadata == nullptr ? "a service model must have \"metadata\""
                                                          : "\"metadata\" must be an object");
  }
  context.check_names(*metadata, "/metadata", kEntries);
  require_text(context, *metadata, "endpointPrefix", "endpoints and signing need it");
  require_text(context, *metadata, "serviceId", "clients and events are named by it");
  if ((*metadata)["apiVersion"].is_null()) {
    context.warning("/metadata/apiVersion", "metadata has no \"apiVersion\"",
                    "use the name of the folder that the file lies in");
  }
  lint_protocol(context, *metadata);
  context.check_choice(*metadata, "signatureVersion", "/metadata", kSignatures);
  if (text_or_empty((*metadata)["protocol"]) == "json") {
    require_text(context, *metadata, "targetPrefix", "the json protocol sends it");
    require_text(context, *metadata, "jsonVersion", "the json protocol sends it");
  }
}

}  // namespace botocxx::model
