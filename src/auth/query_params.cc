#include "auth/query_params.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <unordered_set>

namespace botocxx::auth {
namespace {

std::string decode(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return percent_decode(blanks);
}

}  // namespace

QueryParams parse_params(std::string_view text) {
  QueryParams params;
  std::unordered_set<std::string> seen;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('&'), text.size());
    std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    std::size_t equals = std::min(pair.find('='), pair.size());
    std::string name = decode(pair.substr(0, equals));
    if (!seen.insert(name).second) continue;
    params.emplace_back(std::move(name), decode(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return params;
}

std::string encode_params(const QueryParams& params) {
  std::string out;
  for (const auto& [name, value] : params) {
    if (!out.empty()) out += '&';
    percent_encode_to(out, name);
    out += '=';
    percent_encode_to(out, value);
  }
  return out;
}

std::string encode_form(const QueryParams& params) {
  // Strictly encoded text holds no blank, so that every "%20" is one.
  std::string strict = encode_params(params), out;
  for (std::size_t i = 0; i < strict.size(); ++i) {
    // botocore's forms are urllib's, which leave `~` as it is, too.
    if (strict.compare(i, 3, "%20") == 0) {
      out += '+';
      i += 2;
    } else {
      out += strict[i];
    }
  }
  return out;
}

}  // namespace botocxx::auth
