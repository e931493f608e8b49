#pragma once

#include <botocxx/model/service_model.h>

#include <memory>
#include <string_view>

namespace botocxx::integrity {

/// A service with one operation, "Put", that has the given traits and a body of either kind.
struct SampleOperation {
  explicit SampleOperation(std::string_view traits, bool streaming = false,
                           std::string_view body_traits = "");
  Operation operation() const { return model->operation("Put").value(); }

  std::shared_ptr<const ServiceModel> model;
};

}  // namespace botocxx::integrity
