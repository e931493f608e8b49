#include <botocxx/model/service_model.h>

#include <algorithm>
#include <array>

namespace botocxx::inline v1 {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

// Operations whose brand names botocore keeps in one word; sorted.
constexpr std::array<std::string_view, 45> kBrandedNames{{
    "AssociateWhatsAppBusinessAccount",
    "CreateCachediSCSIVolume",
    "CreateOAuth2Token",
    "CreateOAuth2TokenWithIAM",
    "CreateStorediSCSIVolume",
    "CreateWhatsAppDataset",
    "CreateWhatsAppFlow",
    "CreateWhatsAppMessageTemplate",
    "CreateWhatsAppMessageTemplateFromLibrary",
    "CreateWhatsAppMessageTemplateMedia",
    "DeleteWhatsAppFlow",
    "DeleteWhatsAppMessageMedia",
    "DeleteWhatsAppMessageTemplate",
    "DeprecateWhatsAppFlow",
    "DescribeCachediSCSIVolumes",
    "DescribeStorediSCSIVolumes",
    "DisassociateWhatsAppBusinessAccount",
    "ExecutePartiQLBatch",
    "ExecutePartiQLStatement",
    "ExecutePartiQLTransaction",
    "GetLinkedWhatsAppBusinessAccount",
    "GetLinkedWhatsAppBusinessAccountPhoneNumber",
    "GetOTelEnrichment",
    "GetWhatsAppFlow",
    "GetWhatsAppFlowPreview",
    "GetWhatsAppMessageMedia",
    "GetWhatsAppMessageTemplate",
    "IntrospectOAuth2TokenWithIAM",
    "ListHITsForQualificationType",
    "ListLinkedWhatsAppBusinessAccounts",
    "ListWhatsAppFlowAssets",
    "ListWhatsAppFlows",
    "ListWhatsAppMessageTemplates",
    "ListWhatsAppTemplateLibrary",
    "PostWhatsAppMessageMedia",
    "PublishWhatsAppFlow",
    "PutWhatsAppBusinessAccountEventDestinations",
    "RevokeOAuth2TokenWithIAM",
    "SendWhatsAppConversionEvent",
    "SendWhatsAppMessage",
    "StartOTelEnrichment",
    "StopOTelEnrichment",
    "UpdateWhatsAppFlow",
    "UpdateWhatsAppFlowAssets",
    "UpdateWhatsAppMessageTemplate",
}};

struct Brand {
  std::string_view spelled;
  std::string_view as_word;
};
constexpr std::array<Brand, 6> kBrands{{{"iSCSI", "Iscsi"},
                                        {"HITs", "Hits"},
                                        {"PartiQL", "Partiql"},
                                        {"OAuth2", "Oauth2"},
                                        {"WhatsApp", "Whatsapp"},
                                        {"OTel", "Otel"}}};

std::string with_brands_as_words(std::string_view name) {
  std::string text(name);
  if (!std::binary_search(kBrandedNames.begin(), kBrandedNames.end(), name)) return text;
  for (const Brand& brand : kBrands) {
    std::size_t at = text.find(brand.spelled);
    if (at != std::string::npos) text.replace(at, brand.spelled.size(), brand.as_word);
  }
  return text;
}

// "GatewayARNs" ends in a plural acronym: "Gateway" + separator + "arns".
void split_plural_acronym(std::string& text, char separator) {
  if (text.size() < 3 || text.back() != 's') return;
  std::size_t start = text.size() - 1;
  while (start > 0 && is_upper(text[start - 1])) --start;
  if (text.size() - 1 - start < 2) return;
  for (std::size_t i = start; i < text.size(); ++i) text[i] = lower(text[i]);
  text.insert(start, 1, separator);
}

// A capital that is followed by small letters begins a word, unless it is the first character.
// As in a regular expression's left-to-right scan, the character before it is used up by the match.
std::string split_before_capitalised_words(const std::string& text, char separator) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    bool begins = i + 2 < text.size() && is_upper(text[i + 1]) && is_lower(text[i + 2]);
    out += text[i++];
    if (!begins) continue;
    out += separator;
    out += text[i++];
    while (i < text.size() && is_lower(text[i])) out += text[i++];
  }
  return out;
}

std::string split_before_capitals(const std::string& text, char separator) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool boundary = i > 0 && is_upper(text[i]) && (is_lower(text[i - 1]) || is_digit(text[i - 1]));
    if (boundary) out += separator;
    out += text[i];
  }
  return out;
}

}  // namespace

std::string xform_name(std::string_view name, char separator) {
  if (name.find(separator) != std::string_view::npos) return std::string(name);
  std::string text = with_brands_as_words(name);
  split_plural_acronym(text, separator);
  text = split_before_capitals(split_before_capitalised_words(text, separator), separator);
  for (char& c : text) c = lower(c);
  return text;
}

}  // namespace botocxx::inline v1
