#include "auth/scheme_choice.h"

#include <algorithm>
#include <array>
#include <utility>

namespace botocxx::auth {
namespace {

using Names = std::vector<std::string_view>;

constexpr std::string_view kNone = "none";

// Traits and their signature versions. A preference names them without what is before the `#`.
constexpr auto kTraits = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"aws.auth#sigv4", "v4"},
    {"aws.auth#sigv4a", "v4a"},
    {"smithy.api#httpBearerAuth", "bearer"},
    {"smithy.api#noAuth", kNone},
});

std::string_view after_hash(std::string_view trait) {
  return trait.substr(trait.rfind('#') + 1);  // npos + 1 is 0
}

template <typename Match>
std::string_view version_where(Match match) {
  auto place = std::find_if(kTraits.begin(), kTraits.end(),
                            [&](const auto& entry) { return match(entry.first); });
  return place == kTraits.end() ? std::string_view() : place->second;
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string join(std::span<const std::string_view> names, std::string_view separator) {
  std::string text;
  for (std::string_view name : names) text.append(text.empty() ? "" : separator).append(name);
  return text;
}

Error unknown_version(const std::string& name) {
  return Error(ErrorKind::kUsage, "UnknownSignatureVersion",
               "Unknown Signature Version: " + name + ".");
}

Error unsupported_version(const std::string& name) {
  return Error(ErrorKind::kUsage, "UnsupportedSignatureVersion",
               "Signature version(s) are not supported: " + name);
}

bool has_signer(std::string_view version, bool has_v4a) {
  auto scheme = parse_scheme(version);
  if (!scheme || scheme->family == SchemeFamily::kNone) return false;
  bool v4a = scheme->family == SchemeFamily::kV4a || scheme->family == SchemeFamily::kStoreV4a;
  return has_v4a || !v4a;
}

// botocore's `resolve_auth_type`: the first trait that can be served.
Result<std::string> first_supported(const Names& traits, bool has_v4a) {
  for (std::string_view trait : traits) {
    std::string_view version = version_where([&](auto known) { return known == trait; });
    if (version.empty()) return unknown_version(std::string(trait));
    if (version == kNone || has_signer(version, has_v4a)) return std::string(version);
  }
  return unsupported_version(join(traits, ", "));
}

// botocore's `resolve_auth_scheme_preference`: what is preferred first, then the offer's order.
Result<std::string> preferred(const std::vector<std::string>& preference, const Names& offered,
                              bool has_v4a) {
  Names order;
  Names names;
  for (std::string_view offer : offered) names.push_back(after_hash(offer));
  for (const std::string& name : preference) {
    if (contains(names, name)) order.push_back(name);
  }
  order.insert(order.end(), names.begin(), names.end());
  for (std::string_view name : order) {
    std::string_view version = version_where([&](auto known) { return after_hash(known) == name; });
    if (version == kNone || has_signer(version, has_v4a)) return std::string(version);
  }
  std::sort(names.begin(), names.end());
  return unsupported_version(join(names, ", "));
}

std::string_view without_sig(std::string_view name) {
  return name.starts_with("sig") ? name.substr(3) : name;
}

// Endpoint rules know neither S3's own flavour of a version nor its forms.
bool is_same_scheme(std::string_view requested, std::string_view offered) {
  std::string base(requested.substr(0, requested.find('-')));
  auto scheme = parse_scheme(base);
  if (scheme && scheme->family == SchemeFamily::kStoreV4) scheme->family = SchemeFamily::kV4;
  if (scheme && scheme->family == SchemeFamily::kStoreV4a) scheme->family = SchemeFamily::kV4a;
  return without_sig(offered) == (scheme ? to_string(*scheme) : base);
}

// The state of a choice on its way: what botocore keeps in a call's context.
struct Context {
  std::string auth_type{};
  std::string region{};
  std::string signing_name{};
  bool sign_payload = true;
};

void adopt(const EndpointAuthScheme& scheme, std::string auth_type, const SchemeFacts& facts,
           Context& context) {
  context.auth_type = std::move(auth_type);
  context.signing_name = scheme.signing_name;
  if (facts.ignore_endpoint_region) return;
  context.region = scheme.signing_region;
  if (!context.region.empty()) return;
  for (const std::string& region : scheme.signing_region_set) {
    context.region.append(context.region.empty() ? "" : ",").append(region);
  }
}

Result<void> adopt_preferred(const SchemeFacts& facts, Context& context) {
  Names names;
  for (const EndpointAuthScheme& scheme : *facts.endpoint_schemes) names.push_back(scheme.name);
  auto version = preferred(facts.preference, names, facts.has_v4a);
  if (!version) return std::move(version).error();
  for (const EndpointAuthScheme& scheme : *facts.endpoint_schemes) {
    bool fits =
        after_hash(without_sig(scheme.name)) == *version ||
        version_where([&](auto trait) { return after_hash(trait) == scheme.name; }) == *version;
    if (!fits) continue;
    adopt(scheme, *std::move(version), facts, context);
    return {};
  }
  return {};
}

// Whether a preference can name the scheme; sessions, for one, only endpoints know.
bool is_nameable(const EndpointAuthScheme& scheme) {
  return !version_where([&](auto trait) { return after_hash(trait) == scheme.name; }).empty();
}

// What the endpoint says replaces what the operation said.
Result<void> adopt_endpoint(const SchemeFacts& facts, Context& context) {
  const auto& schemes = *facts.endpoint_schemes;
  context.auth_type.clear();
  if (facts.requested_in_code == kNone) {
    context.auth_type = kNone;
    return {};
  }
  if (!facts.requested_in_code.empty()) {
    auto same = std::find_if(schemes.begin(), schemes.end(), [&](const auto& scheme) {
      return is_same_scheme(facts.requested_in_code, scheme.name);
    });
    // Older schemes are no endpoint's: then the client's own counts.
    if (same != schemes.end()) {
      adopt(*same, std::string(facts.requested_in_code), facts, context);
    }
    return {};
  }
  if (!facts.preference.empty() && std::any_of(schemes.begin(), schemes.end(), is_nameable)) {
    return adopt_preferred(facts, context);
  }
  Names offered;
  for (const EndpointAuthScheme& scheme : schemes) {
    offered.push_back(without_sig(scheme.name));
    if (!has_signer(offered.back(), facts.has_v4a)) continue;
    adopt(scheme, std::string(offered.back()), facts, context);
    return {};
  }
  return unknown_version(join(offered, ", "));
}

void use_v4a_region(const SchemeFacts& facts, Context& context) {
  if (!facts.v4a_region_set.empty()) context.region = facts.v4a_region_set;
  if (context.region.empty()) context.region.assign(1, '*');  // a literal makes GCC 12 warn wrongly
}

std::string_view signing_name(const SchemeFacts& facts, const Context& context) {
  return context.signing_name.empty() ? facts.signing_name : std::string_view(context.signing_name);
}

// botocore's `set_operation_specific_signer`. Empty: no opinion.
std::string operations_scheme(const SchemeFacts& facts, Context& context) {
  const std::string& type = context.auth_type;
  if (type.empty() || type == kNone || type == "bearer") return type;
  if (facts.operation_unsigned_payload || type == "v4-unsigned-body") context.sign_payload = false;
  if (!type.starts_with("v4")) return {};
  if (type == "v4-s3express") return type;
  const bool asymmetric = type == "v4a";
  if (asymmetric) use_v4a_region(facts, context);
  AuthScheme scheme{.family = asymmetric ? SchemeFamily::kV4a : SchemeFamily::kV4, .form = {}};
  if (contains(facts.store_signing_names, signing_name(facts, context))) {
    scheme.family = asymmetric ? SchemeFamily::kStoreV4a : SchemeFamily::kStoreV4;
  }
  return to_string(scheme);
}

// botocore's `_set_auth_scheme_preference_signer`. Empty: no opinion.
Result<std::string> preferred_scheme(const SchemeFacts& facts, Context& context) {
  const bool in_code = !facts.requested_in_code.empty();
  std::string version(facts.client_scheme);
  if (!in_code && !facts.preference.empty() && !facts.service_auth.empty()) {
    auto resolved = preferred(facts.preference, facts.service_auth, facts.has_v4a);
    if (!resolved) return resolved;
    version = *std::move(resolved);
  }
  bool offers_bearer = contains(facts.service_auth, "smithy.api#httpBearerAuth");
  bool nothing_in_code = !in_code && !facts.preference_in_code;
  if (offers_bearer && facts.has_service_token && (version == "bearer" || nothing_in_code)) {
    version = "bearer";
  }
  if (version == "v4a") use_v4a_region(facts, context);
  return version == facts.client_scheme ? std::string() : version;
}

// Version 4a and a bucket's session stay as they are; other URLs and forms take HmacV1.
std::string v1_for_presigning(const SchemeFacts& facts, std::string_view version) {
  if (!facts.presign_with_v1 || version.starts_with("v4a")) return {};
  if (version.starts_with("v4-s3express")) return std::string(version);
  if (facts.form == SigningForm::kHeaders) return {};
  return to_string({.family = SchemeFamily::kStoreV1, .form = SigningForm::kHeaders});
}

Result<std::string> name_of_scheme(const SchemeFacts& facts, Context& context) {
  std::string version =
      context.auth_type.empty() ? std::string(facts.client_scheme) : context.auth_type;
  if (!facts.forced.empty()) return std::string(facts.forced);
  std::string chosen = v1_for_presigning(facts, version);
  if (chosen.empty()) chosen = operations_scheme(facts, context);
  if (chosen.empty()) {
    auto wanted = preferred_scheme(facts, context);
    if (!wanted) return wanted;
    chosen = *std::move(wanted);
  }
  return chosen.empty() ? version : chosen;
}

bool needs_region(SchemeFamily family) {
  return family == SchemeFamily::kV4 || family == SchemeFamily::kV4a ||
         family == SchemeFamily::kStoreV4 || family == SchemeFamily::kStoreV4a ||
         family == SchemeFamily::kSessionV4;
}

std::string with_form(std::string name, SigningForm form) {
  std::string_view ending = form == SigningForm::kQuery ? "-query" : "-presign-post";
  return name.ends_with(ending) ? name : name.append(ending);
}

Result<SchemeChoice> finished(const std::string& name, const SchemeFacts& facts,
                              const Context& context) {
  const bool presigning = facts.form != SigningForm::kHeaders;
  auto scheme = parse_scheme(name);
  if (scheme && presigning) {
    if (scheme->form != facts.form && scheme->form != SigningForm::kHeaders) scheme.reset();
    if (scheme) scheme->form = facts.form;
    if (scheme && scheme->family != SchemeFamily::kNone && !is_supported(*scheme)) scheme.reset();
  }
  if (!scheme)
    return presigning ? unsupported_version(with_form(name, facts.form)) : unknown_version(name);
  SchemeChoice choice;
  choice.scheme = *scheme;
  choice.sign_payload = context.sign_payload;
  choice.signing_name = signing_name(facts, context);
  choice.region = facts.region;
  if (!facts.explicit_region.empty()) {
    choice.region = facts.explicit_region;
  } else if (!context.region.empty()) {
    choice.region = context.region;
  }
  // botocore looks at the client's region alone.
  if (needs_region(scheme->family) && facts.region.empty()) {
    return Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.");
  }
  return choice;
}

// The model's word that a call works without credentials stands, whatever the endpoint says.
bool is_anonymous(const SchemeFacts& facts) {
  return facts.operation_auth_type == kNone ||
         (facts.operation_auth.size() == 1 && facts.operation_auth[0] == "smithy.api#noAuth");
}

}  // namespace

Result<std::string> choose_client_scheme(const ClientSchemeFacts& facts) {
  if (!facts.configured.empty()) return std::string(facts.configured);
  if (!facts.service_default.empty()) return std::string(facts.service_default);
  if (!facts.model_auth.empty()) return first_supported(facts.model_auth, facts.has_v4a);
  Names offered = facts.endpoint_versions;
  if (!facts.model_signature_version.empty()) {
    offered = {facts.model_signature_version};
  } else if (contains(offered, "v4")) {
    return std::string("v4");
  }
  for (std::string_view version : offered) {
    if (has_signer(version, facts.has_v4a)) return std::string(version);
  }
  return unknown_version(join(offered, ", "));
}

Result<SchemeChoice> choose_scheme(const SchemeFacts& facts) {
  Context context;
  if (is_anonymous(facts)) return finished(std::string(kNone), facts, context);
  if (!facts.operation_auth.empty()) {
    auto version = facts.preference.empty()
                       ? first_supported(facts.operation_auth, facts.has_v4a)
                       : preferred(facts.preference, facts.operation_auth, facts.has_v4a);
    if (!version) return std::move(version).error();
    context.auth_type = *std::move(version);
  } else {
    context.auth_type = facts.operation_auth_type;
  }
  if (facts.endpoint_schemes && !facts.endpoint_schemes->empty()) {
    if (auto adopted = adopt_endpoint(facts, context); !adopted) return std::move(adopted).error();
  }
  auto name = name_of_scheme(facts, context);
  if (!name) return std::move(name).error();
  return finished(*name, facts, context);
}

PayloadHash choose_payload_hash(const PayloadFacts& facts) {
  const SchemeFamily family = facts.scheme.family;
  const bool store = family == SchemeFamily::kStoreV4 || family == SchemeFamily::kStoreV4a ||
                     family == SchemeFamily::kSessionV4;
  if (store && facts.scheme.form == SigningForm::kQuery) return PayloadHash::kUnsigned;
  if (facts.checksum_in_trailer) return PayloadHash::kUnsignedTrailer;
  if (!store) {
    // botocore leaves a body out over http, too, but for V4 in headers only.
    bool in_headers = family == SchemeFamily::kV4 && facts.scheme.form == SigningForm::kHeaders;
    bool leave_out = !facts.sign_payload && (facts.https || in_headers);
    return leave_out ? PayloadHash::kUnsigned : PayloadHash::kSigned;
  }
  bool sign = facts.sign_payload;
  if (facts.payload_signing_enabled) {
    sign = *facts.payload_signing_enabled;
  } else if (!facts.https || !facts.has_checksum_header) {
    sign = true;
  } else if (facts.streaming_input) {
    sign = false;
  }
  return sign ? PayloadHash::kSigned : PayloadHash::kUnsigned;
}

}  // namespace botocxx::auth
