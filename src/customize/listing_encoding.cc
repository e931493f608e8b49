#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <vector>

namespace botocxx::customize {
namespace {

constexpr std::string_view kOurs = "encoding_type_auto_set";

struct Listing {
  std::string_view operation;
  std::vector<std::string_view> members;
  std::vector<std::pair<std::string_view, std::string_view>> items;  ///< list, member of its items
};

std::vector<Listing> listings() {
  return {
      {"ListObjects",
       {"Delimiter", "Marker", "NextMarker"},
       {{"Contents", "Key"}, {"CommonPrefixes", "Prefix"}}},
      {"ListObjectsV2",
       {"Delimiter", "Prefix", "StartAfter"},
       {{"Contents", "Key"}, {"CommonPrefixes", "Prefix"}}},
      {"ListObjectVersions",
       {"KeyMarker", "NextKeyMarker", "Prefix", "Delimiter"},
       {{"Versions", "Key"}, {"DeleteMarkers", "Key"}, {"CommonPrefixes", "Prefix"}}},
  };
}

// As Python's `unquote_plus`: what is no UTF-8 afterwards cannot be a text, and stays encoded.
void decode(Value* value) {
  if (value == nullptr || !value->is_string()) return;
  std::string text(value->as_string());
  std::replace(text.begin(), text.end(), '+', ' ');
  std::string decoded = percent_decode(text);
  if (decoded != value->as_string() && is_utf8(decoded)) *value = decoded;
}

void decode_listing(const Listing& listing, AfterCall& event) {
  bool encoded = event.parsed["EncodingType"].get_if_string() == "url";
  bool ours = event.context.notes.contains(kOurs) || event.context.is_answer_only;
  if (!encoded || !ours) return;
  for (std::string_view name : listing.members) decode(event.parsed.find(name));
  for (auto [list, member] : listing.items) {
    Value* items = event.parsed.find(list);
    if (items == nullptr) continue;
    for (Value& item : items->items()) decode(item.find(member));
  }
}

}  // namespace

// XML cannot say every key; encoded ones arrive whole. Whoever asks for that himself gets them as
// they come.
void register_listing_encoding(Events& events) {
  for (const Listing& listing : listings()) {
    std::string scope = "s3." + std::string(listing.operation);
    on(events, "before-parameter-build." + scope, [](BeforeParameterBuild& event) {
      if (event.params.contains("EncodingType")) return;
      event.context.notes.set(kOurs, true);
      event.params.set("EncodingType", "url");
    });
    on(events, "after-call." + scope,
       [listing](AfterCall& event) { decode_listing(listing, event); });
  }
}

}  // namespace botocxx::customize
