#pragma once

#include "support/random_value.h"
#include "support/round_trip_rules.h"
#include <botocxx/model/service_model.h>
#include <botocxx/server/router.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace botocxx::suites {

enum class Journey { kRequests, kAnswers, kErrors };

/// "requests", "answers", "errors".
std::string_view to_string(Journey journey);

/// One model in one protocol: what goes in at one end must come out at the other.
class Traveller {
 public:
  Traveller(std::shared_ptr<const ServiceModel> model, std::string protocol, RuleLog& log);

  /// What went wrong, in a line; empty when all is well.
  std::string travel(Journey journey, const Operation& operation, std::uint64_t number);
  const ServiceModel& model() const { return router_.model(); }
  const std::string& protocol() const { return protocol_; }
  /// "s3/2006-03-01"
  std::string label() const;

 private:
  std::string send_request(const Operation& operation);
  std::string send_answer(const Operation& operation);
  std::string send_error(const Operation& operation);
  std::string check_route(const Operation& operation, const HttpRequest& request, Route& route);

  std::string protocol_;
  Router router_;
  RuleLog& log_;
  testing::RandomValue params_, answers_;
};

}  // namespace botocxx::suites
