#include "protocol/query_compatible.h"

#include <algorithm>

namespace botocxx::protocol {

void add_query_mode(const ServiceModel& model, Headers& headers) {
  if (model.metadata_json("awsQueryCompatible")) headers.set("x-amzn-query-mode", "true");
}

std::string translate_query_error(const HttpResponse& head, std::string code, Value& error) {
  auto header = head.headers.joined("x-amzn-query-error");
  if (!header) return code;
  std::size_t mark = header->find(';');
  bool two_parts = std::count(header->begin(), header->end(), ';') == 1;
  if (!two_parts || mark == 0) return code;
  error.set("QueryErrorCode", Value(code));
  error.set("Type", Value(std::string_view(*header).substr(mark + 1)));
  return header->substr(0, mark);
}

}  // namespace botocxx::protocol
