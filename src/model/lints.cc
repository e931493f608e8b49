#include "model/lints.h"

#include "model/lint_context.h"

#include <fmt/format.h>

namespace botocxx::model {

std::vector<Finding> lint_service(const Value& document) {
  LintContext context(document);
  lint_metadata(context);
  for (std::string_view section : {"operations", "shapes"}) {
    const Value* value = document.find(section);
    if (value != nullptr && !value->is_object()) {
      context.error(join_pointer("", section), fmt::format("\"{}\" must be an object, not {}",
                                                           section, to_string(value->kind())));
    }
  }
  lint_shapes(context);
  lint_operations(context);
  return context.take();
}

std::vector<Finding> lint_document(const Value& document, std::string_view type,
                                   const Value* service) {
  LintContext context(document);
  if (type == "paginators-1") lint_pagination(context, service);
  if (type == "waiters-2") lint_waiters(context, service);
  if (type == "resources-1") lint_resources(context, service);
  if (type == "endpoint-rule-set-1") lint_rule_set(context);
  return context.take();
}

}  // namespace botocxx::model
