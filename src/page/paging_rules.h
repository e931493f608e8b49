#pragma once

#include "page/page_path.h"
#include <botocxx/model/service_model.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::page {

/// One operation's entry of a "paginators-1" document, compiled.
struct PagingRules {
  std::vector<std::string> input_tokens;
  std::vector<PagePath> output_tokens;
  std::vector<PagePath> result_keys;  ///< the first one is what is counted and truncated
  std::vector<PagePath> non_aggregate_keys;
  std::optional<PagePath> more_results;
  std::string limit_key;       ///< empty: the operation has none
  bool limit_is_text = false;  ///< the page's size is sent as a string
};

/// The error ("PaginatorConfig") names what is missing or malformed.
Result<std::shared_ptr<const PagingRules>> compile_paging_rules(const Operation& operation,
                                                                const Value& entry);

/// Kind kUsage, code "Pagination", botocore's wording around `message`.
Error pagination_error(const std::string& message);

}  // namespace botocxx::page
