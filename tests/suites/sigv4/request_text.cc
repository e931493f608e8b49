#include "suites/sigv4/request_text.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <string>
#include <vector>

namespace botocxx {
namespace {

std::string_view take_line(std::string_view& text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// The vectors' targets hold raw octets; on the wire (and in a `Url`) queries are percent-encoded.
void split_target(std::string_view target, Url& url) {
  std::size_t question = target.find('?');
  url.path = target.substr(0, question);
  if (question == std::string_view::npos) return;
  url.has_query = true;
  url.query = percent_encode(target.substr(question + 1), "=&%");
}

void add_header_line(std::string_view line, HttpRequest& request) {
  if (line.starts_with(' ')) {  // the value goes on
    std::vector<Headers::Field> fields = request.headers.fields();
    request.headers = {};
    fields.back().value.append("\n").append(line);
    for (Headers::Field& field : fields) request.headers.add(field.name, field.value);
    return;
  }
  std::size_t colon = line.find(':');
  request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
}

}  // namespace

HttpRequest parse_request(std::string_view text) {
  HttpRequest request;
  std::string_view start = take_line(text);
  std::size_t first = start.find(' '), last = start.rfind(' ');
  request.method = start.substr(0, first);
  request.url.scheme = "https";
  request.url.host = "example.amazonaws.com";
  split_target(start.substr(first + 1, last - first - 1), request.url);
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (line.empty()) break;
    add_header_line(line, request);
  }
  request.body = Body(std::string(text));
  return request;
}

}  // namespace botocxx
