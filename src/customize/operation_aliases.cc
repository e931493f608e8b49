#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <array>

namespace botocxx::customize {
namespace {

struct Alias {
  std::string_view service;
  std::string_view old_name;
  std::string_view name;
};

// Names that operations had before the rules of snake_case, or the operations, changed.
constexpr std::array<Alias, 6> kAliases{{
    {"mturk", "list_hi_ts_for_qualification_type", "list_hits_for_qualification_type"},
    {"socialmessaging", "delete_whatsapp_media_message", "delete_whatsapp_message_media"},
    {"cloudwatch", "get_o_tel_enrichment", "get_otel_enrichment"},
    {"cloudwatch", "start_o_tel_enrichment", "start_otel_enrichment"},
    {"cloudwatch", "stop_o_tel_enrichment", "stop_otel_enrichment"},
    {"signin", "create_o_auth2_token", "create_oauth2_token"},
}};

}  // namespace

void register_operation_aliases(Events& events) {
  for (const Alias& alias : kAliases) {
    std::string event = "getattr.";
    event.append(alias.service).append(".").append(alias.old_name);
    on(events, event,
       [name = alias.name](GetAttribute& asked) { asked.respond(std::string(name)); });
  }
}

}  // namespace botocxx::customize
