// check_layers: allow-file service-name: botocore calls a signature version so.
#include "auth/scheme.h"

#include <algorithm>
#include <array>

namespace botocxx::auth {
namespace {

constexpr std::string_view kQuerySuffix = "-query";
constexpr std::string_view kPostSuffix = "-presign-post";

struct FamilyName {
  std::string_view name{};
  SchemeFamily family{};
  bool query = false;
  bool post = false;
};

// The first name of a family is the one that is written.
constexpr auto kFamilies = std::to_array<FamilyName>({
    {"none", SchemeFamily::kNone, true, false},
    {"v2", SchemeFamily::kV2, false, false},
    {"v3", SchemeFamily::kV3, false, false},
    {"v3https", SchemeFamily::kV3, false, false},
    {"v4", SchemeFamily::kV4, true, false},
    {"v4a", SchemeFamily::kV4a, true, false},
    {"s3v4", SchemeFamily::kStoreV4, true, true},
    {"s3v4a", SchemeFamily::kStoreV4a, true, false},
    {"s3", SchemeFamily::kStoreV1, true, true},
    {"v4-s3express", SchemeFamily::kSessionV4, true, true},
    {"bearer", SchemeFamily::kBearer, false, false},
});

}  // namespace

std::optional<AuthScheme> parse_scheme(std::string_view signature_version) {
  AuthScheme scheme;
  std::string_view name = signature_version;
  if (name.ends_with(kQuerySuffix)) {
    scheme.form = SigningForm::kQuery;
    name.remove_suffix(kQuerySuffix.size());
  } else if (name.ends_with(kPostSuffix)) {
    scheme.form = SigningForm::kPostForm;
    name.remove_suffix(kPostSuffix.size());
  }
  auto known = std::find_if(kFamilies.begin(), kFamilies.end(),
                            [&](const FamilyName& family) { return family.name == name; });
  if (known == kFamilies.end()) return std::nullopt;
  scheme.family = known->family;
  if (!is_supported(scheme)) return std::nullopt;
  return scheme;
}

bool is_supported(AuthScheme scheme) {
  auto known = std::find_if(kFamilies.begin(), kFamilies.end(), [&](const FamilyName& family) {
    return family.family == scheme.family;
  });
  return scheme.form == SigningForm::kHeaders ||
         (scheme.form == SigningForm::kQuery ? known->query : known->post);
}

std::string to_string(AuthScheme scheme) {
  auto known = std::find_if(kFamilies.begin(), kFamilies.end(), [&](const FamilyName& family) {
    return family.family == scheme.family;
  });
  std::string text(known->name);
  if (scheme.form == SigningForm::kQuery) text += kQuerySuffix;
  if (scheme.form == SigningForm::kPostForm) text += kPostSuffix;
  return text;
}

}  // namespace botocxx::auth
