#include "suites/credentials/scripted_traffic.h"

#include <botocxx/base/text_encoding.h>
#include <botocxx/codec/json.h>

#include <algorithm>

namespace botocxx::suites {
namespace {

// A form as an object of texts.
Value read_form(std::string body) {
  Value form = Value::object();
  std::replace(body.begin(), body.end(), '+', ' ');
  for (std::size_t start = 0; start < body.size();) {
    const std::size_t end = std::min(body.find('&', start), body.size());
    const std::string pair = body.substr(start, end - start);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    form.set(percent_decode(pair.substr(0, equals)),
             percent_decode(pair.substr(std::min(equals + 1, pair.size()))));
    start = end + 1;
  }
  return form;
}

bool includes(const Value& whole, const Value& part) {
  if (!part.is_object()) return whole == part;
  for (const auto& member : part.members()) {
    if (!includes(whole[member.key.view()], member.value)) return false;
  }
  return whole.is_object();
}

}  // namespace

void ScriptedTraffic::check_body(const Value& wanted, const std::string& body) {
  if (wanted.is_null()) return;
  auto json = parse_json(body);
  const Value sent = json ? *json : read_form(body);
  if (!includes(sent, wanted)) {
    complaints_.push_back("sent " + to_json(sent) + " instead of " + to_json(wanted));
  }
}

void ScriptedTraffic::check(const Value& exchange, const HttpRequest& request) {
  const std::string to = request.method + ' ' + request.url.to_string();
  if (to != exchange["to"].as_string()) {
    complaints_.push_back("asked " + to + " instead of " + std::string(exchange["to"].as_string()));
  }
  for (const auto& header : exchange["headers"].members()) {
    auto value = request.headers.get(header.key.view());
    if (value == header.value.get_if_string()) continue;
    complaints_.push_back("header " + std::string(header.key.view()) + " is " +
                          std::string(value.value_or("not there")));
  }
  if (exchange.contains("signed_by")) {
    const std::string signature(request.headers.get("Authorization").value_or(""));
    auto key = exchange["signed_by"].get_if_string();
    bool fits = key ? signature.find("Credential=" + std::string(*key) + '/') != std::string::npos
                    : signature.empty();
    if (!fits) complaints_.push_back(to + " is signed by somebody else");
  }
  check_body(exchange["sends"], request.body.bytes());
}

Result<HttpResponse> ScriptedTraffic::send(const HttpRequest& request, const SendOptions&) {
  std::lock_guard lock(mutex_);
  if (next_ >= exchanges_.size()) {
    complaints_.push_back("asked " + request.method + ' ' + request.url.to_string() +
                          " when nothing more was to be asked");
    return Error(ErrorKind::kTransport, "EndpointConnection", "no more traffic");
  }
  const Value& exchange = exchanges_[next_++];
  check(exchange, request);
  if (auto failure = exchange["fails"].get_if_string()) {
    bool slow = failure->ends_with("Timeout");
    return Error(slow ? ErrorKind::kTimeout : ErrorKind::kTransport, std::string(*failure),
                 std::string(*failure) + " on " + request.url.to_string());
  }
  HttpResponse response;
  response.status = static_cast<int>(exchange["status"].get_if_int().value_or(200));
  const Value& json = exchange["json"];
  response.body = Body(json.is_null() ? std::string(exchange["body"].get_if_string().value_or(""))
                                      : to_json(json));
  for (const auto& header : exchange["answer_headers"].members()) {
    response.headers.set(std::string(header.key.view()), std::string(header.value.as_string()));
  }
  return response;
}

std::vector<std::string> ScriptedTraffic::complaints() const {
  std::lock_guard lock(mutex_);
  return complaints_;
}

std::size_t ScriptedTraffic::left() const {
  std::lock_guard lock(mutex_);
  return exchanges_.size() - next_;
}

}  // namespace botocxx::suites
