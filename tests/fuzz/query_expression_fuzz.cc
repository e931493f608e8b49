// Any text as a metadata query: an expression or an error, and an expression's SQL stays flat.
#include "query_expression.h"
#include "search_index.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace botocxx::objectscale;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const QueryLimits limits;
  auto expression = parse_query(text, limits);
  if (!expression) return 0;
  const auto conditions = conditions_of(*expression);
  if (conditions.empty() || conditions.size() > limits.max_conditions) std::abort();
  std::vector<SearchKey> keys = {{"size", "Size", Datatype::kInteger},
                                 {"x-amz-meta-s", "x-amz-meta-s", Datatype::kString},
                                 {"x-amz-meta-d", "x-amz-meta-d", Datatype::kDecimal},
                                 {"x-amz-meta-t", "x-amz-meta-t", Datatype::kDatetime}};
  auto query = compile_query(*expression, keys, {});
  if (query && query->values.size() != 2 * conditions.size()) std::abort();
  return 0;
}
