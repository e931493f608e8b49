#include "presign/url_query.h"

#include "auth/query_params.h"
#include "codec/json.h"
#include "codec/python_text.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace botocxx::presign {
namespace {

using Values = std::vector<std::string>;
using Params = std::vector<std::pair<std::string, Values>>;

void replace(Params& params, std::string_view name, Values values) {
  auto same = [&](const auto& param) { return param.first == name; };
  auto place = std::find_if(params.begin(), params.end(), same);
  if (place == params.end()) {
    params.emplace_back(name, std::move(values));
  } else {
    place->second = std::move(values);
  }
}

Error unsupported_body(std::string reason) {
  return Error(ErrorKind::kUsage, "UnsupportedBody",
               "a signed URL cannot hold the body of this request: " + std::move(reason))
      .with_hint("leave the body out: whoever uses the URL sends it");
}

Result<void> add_json(Params& params, const std::string& text) {
  auto document = codec::parse_json(text);
  if (!document) return unsupported_body("it is no JSON");
  if (!document->is_object()) return unsupported_body("it is no JSON object");
  for (const Value::Member& member : document->members()) {
    Values values;
    if (member.value.is_list()) {
      for (const Value& item : member.value.items()) values.push_back(codec::python_str(item));
    } else {
      values.push_back(codec::python_str(member.value));
    }
    replace(params, member.key, std::move(values));
  }
  return {};
}

std::string encode(const Params& params) {
  auth::QueryParams flat;
  for (const auto& [name, values] : params) {
    for (const std::string& value : values) flat.emplace_back(name, value);
  }
  return auth::encode_params(flat);
}

}  // namespace

Result<std::optional<std::string>> query_with_body(const HttpRequest& request, BodyForm form) {
  Params params;
  for (auto& [name, value] : auth::parse_params(request.url.query)) {
    params.emplace_back(std::move(name), Values{std::move(value)});
  }
  if (request.body.is_stream()) {
    if (request.body.size() != 0) return unsupported_body("it is a stream");
  } else if (form == BodyForm::kForm) {
    for (auto& [name, value] : auth::parse_params(request.body.bytes())) {
      replace(params, name, Values{std::move(value)});
    }
  } else if (!request.body.bytes().empty()) {
    if (auto added = add_json(params, request.body.bytes()); !added)
      return std::move(added).error();
  }
  if (params.empty()) return std::optional<std::string>();
  return std::optional(encode(params));
}

}  // namespace botocxx::presign
