#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {
namespace {

bool is_id(std::string_view shape) {
  return shape == "ResourceId" || shape == "DelegationSetId" || shape == "ChangeId";
}

}  // namespace

// Results have ids with their kind in front ("/hostedzone/Z1"), parameters without.
void register_hosted_zone_ids(Events& events) {
  on(events, "before-parameter-build.route53", [](BeforeParameterBuild& event) {
    auto input = event.operation.input();
    if (!input) return;
    for (Member member : input->shape().members()) {
      if (!is_id(member.shape().name())) continue;
      auto id = event.params[member.name()].get_if_string();
      if (!id) continue;
      event.params.set(member.name(), std::string(id->substr(id->rfind('/') + 1)));
    }
  });
}

}  // namespace botocxx::customize
