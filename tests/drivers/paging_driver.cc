// Pages through canned answers: one JSON object a line in, one a line out. For
// tests/differential/test_paginators.py, which says what the members mean.
#include "codec/json.h"
#include "page/full_result.h"
#include "page/page_cursor.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/model/loader.h>

#include <iostream>

namespace botocxx {
namespace {

constexpr std::string_view kOctets = "$octets";

// JSON has no octets: {"$octets": base64} stands for them.
Value from_json_form(const Value& value) {
  if (value.is_object() && value.size() == 1 && value.contains(kOctets)) {
    return Value(Bytes{*base64_decode(value[kOctets].as_string())});
  }
  Value out = value;
  for (Value& item : out.items()) item = from_json_form(item);
  for (Value::Member& member : out.members()) member.value = from_json_form(member.value);
  return out;
}

Value to_json_form(const Value& value) {
  if (value.is_bytes()) {
    Value out = Value::object();
    out.set(kOctets, Value(base64_encode(as_byte_span(value.as_bytes()))));
    return out;
  }
  Value out = value;
  for (Value& item : out.items()) item = to_json_form(item);
  for (Value::Member& member : out.members()) member.value = to_json_form(member.value);
  return out;
}

Value error_value(const Error& error) {
  Value out = Value::object();
  out.set("code", Value(error.code()));
  out.set("message", Value(error.message()));
  return out;
}

page::CursorOptions options_of(const Value& job) {
  page::CursorOptions options;
  options.max_items = job["max_items"].get_if_int();
  options.page_size = job["page_size"].get_if_int();
  if (auto token = job["starting_token"].get_if_string()) options.starting_token = *token;
  return options;
}

// Asks, takes pages and puts them together until the conversation ends.
void converse(const Value& answers, page::PageCursor& cursor, Value& out) {
  Value all = Value::object();
  Value pages = Value::list();
  Value requests = Value::list();
  std::optional<Error> failure;
  for (std::size_t i = 0; !failure && i < answers.size(); ++i) {
    const Value* params = cursor.next_params();
    if (params == nullptr) break;
    requests.push_back(to_json_form(*params));
    Value answer = from_json_form(answers[i]);
    auto changed = cursor.accept(answer);
    if (!changed) {
      failure = std::move(changed).error();
      break;
    }
    const Value& page = *changed ? **changed : answer;
    pages.push_back(to_json_form(page));
    auto added = page::add_page(cursor.rules(), page, all);
    if (!added && !out.contains("full_error")) out.set("full_error", error_value(added.error()));
  }
  if (!failure) failure = cursor.failure();
  if (failure) out.set("error", error_value(*failure));
  auto completed = page::add_non_aggregate(cursor.rules(), cursor.non_aggregate_part(), all);
  if (!completed) out.set("full_error", error_value(completed.error()));
  if (cursor.resume_token()) all.set("NextToken", Value(*cursor.resume_token()));
  out.set("pages", std::move(pages));
  out.set("requests", std::move(requests));
  out.set("full", to_json_form(all));
  out.set("ended", Value(cursor.next_params() == nullptr));
}

Result<Value> run(const Loader& loader, const Value& job) {
  auto model = loader.load_service_model(job["service"].as_string(), job["version"].as_string());
  if (!model) return std::move(model).error();
  auto document =
      loader.load_document(job["service"].as_string(), "paginators-1", job["version"].as_string());
  if (!document) return std::move(document).error();
  auto operation = (*model)->operation(job["operation"].as_string());
  if (!operation) return std::move(operation).error();
  const Value* entry = &(**document)["pagination"][operation->name()];
  if (job.contains("entry")) entry = &job["entry"];
  auto rules = page::compile_paging_rules(*operation, *entry);
  if (!rules) return std::move(rules).error();
  auto cursor =
      page::PageCursor::create(*std::move(rules), from_json_form(job["params"]), options_of(job));
  if (!cursor) return std::move(cursor).error();
  Value out = Value::object();
  converse(job["answers"], *cursor, out);
  return out;
}

}  // namespace
}  // namespace botocxx

int main() {
  botocxx::Loader loader;
  for (std::string line; std::getline(std::cin, line);) {
    auto job = botocxx::codec::parse_json(line);
    auto done = job ? botocxx::run(loader, *job) : std::move(job);
    botocxx::Value out = botocxx::Value::object();
    if (done) {
      out = *std::move(done);
    } else {
      out.set("error", botocxx::error_value(done.error()));
    }
    std::cout << botocxx::codec::write_json(out) << std::endl;
  }
}
