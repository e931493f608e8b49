#include <botocxx/client/client_methods.h>
#include <botocxx/model/service_model.h>

namespace botocxx::inline v1 {

void ClientMethods::set(std::string name, ClientMethod method) {
  methods_.insert_or_assign(std::move(name), std::move(method));
}

void ClientMethods::remove(std::string_view name) {
  if (auto known = methods_.find(name); known != methods_.end()) methods_.erase(known);
  removed_.insert(xform_name(name));
}

const ClientMethod* ClientMethods::find(std::string_view name) const {
  auto known = methods_.find(name);
  return known == methods_.end() ? nullptr : &known->second;
}

bool ClientMethods::removed(std::string_view name) const {
  return !removed_.empty() && removed_.contains(xform_name(name));
}

}  // namespace botocxx::inline v1
