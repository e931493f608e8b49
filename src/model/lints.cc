#include "model/lints.h"

namespace botocxx::model {

std::vector<Finding> lint_service(const Value&) { return {}; }

std::vector<Finding> lint_document(const Value&, std::string_view, const Value*) { return {}; }

}  // namespace botocxx::model
