#include "server/form_fields.h"

#include "server/param_error.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::server {
namespace {

constexpr std::size_t kMostParts = 128;
// A step of a name takes two octets in a form and a hundred times as much in the tree.
constexpr std::size_t kMostNodes = 500'000;
constexpr std::uint64_t kGreatestNumber = 1'000'000;
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

std::string_view shown(std::string_view text) { return text.substr(0, 80); }

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

Result<std::string> decode_part(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hex_digit(text[at + 1]) || !is_hex_digit(text[at + 2])) {
      return malformed_body(fmt::format("bad percent-encoding in '{}'", shown(text)));
    }
  }
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  std::string decoded = percent_decode(blanks);
  if (!is_utf8(decoded)) {
    return malformed_body(fmt::format("'{}' is not UTF-8", shown(text)));
  }
  return decoded;
}

FormNode& child_of(FormNode& node, std::string_view name, std::size_t& count) {
  auto found = node.children.find(name);
  if (found == node.children.end()) {
    found = node.children.emplace(name, std::make_unique<FormNode>()).first;
    ++count;
  }
  return *found->second;
}

Result<void> add_field(FormNode& root, std::string_view name, std::string text,
                       std::size_t& count) {
  if (static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) >= kMostParts) {
    return malformed_parameter(
        fmt::format("'{}…' has more than {} parts", shown(name), kMostParts));
  }
  FormNode* node = &root;
  std::string_view rest = name;
  for (;;) {
    std::size_t dot = rest.find('.');
    node = &child_of(*node, rest.substr(0, dot), count);
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (count > kMostNodes) {
    return malformed_body(fmt::format("a form whose names have more than {} parts", kMostNodes));
  }
  if (node->text) return malformed_parameter(fmt::format("{} is given twice", shown(name)));
  node->text = std::move(text);
  return {};
}

}  // namespace

Result<FormFields> parse_form(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    std::size_t end = text.find('&');
    std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    std::size_t equals = pair.find('=');
    Result<std::string> name = decode_part(pair.substr(0, equals));
    if (!name) return std::move(name).error();
    Result<std::string> value =
        decode_part(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!value) return std::move(value).error();
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

Result<FormFields> read_form(const HttpRequest& request) {
  Result<FormFields> fields = parse_form(request.url.query);
  if (!fields) return fields;
  if (request.body.is_stream()) {
    return malformed_body("a form must be in memory before it can be read");
  }
  if (request.body.bytes().empty()) return fields;
  std::string_view type = request.headers.get("Content-Type").value_or(kFormType);
  if (!equals_ignore_case(type.substr(0, kFormType.size()), kFormType)) {
    return malformed_body(
        fmt::format("expected a body of type {}, not {}", kFormType, shown(type)));
  }
  Result<FormFields> more = parse_form(request.body.bytes());
  if (!more) return more;
  std::move(more->begin(), more->end(), std::back_inserter(*fields));
  return fields;
}

const std::string* find_field(const FormFields& fields, std::string_view name) {
  for (const auto& [known, value] : fields) {
    if (known == name) return &value;
  }
  return nullptr;
}

const FormNode* FormNode::child(std::string_view name) const {
  auto found = children.find(name);
  return found == children.end() ? nullptr : found->second.get();
}

Result<FormNode> make_form_tree(FormFields fields) {
  FormNode root;
  std::size_t count = 0;
  for (auto& [name, text] : fields) {
    if (Result<void> done = add_field(root, name, std::move(text), count); !done) {
      return std::move(done).error();
    }
  }
  return root;
}

Result<std::vector<const FormNode*>> numbered_children(const FormNode& node) {
  std::vector<std::pair<std::uint64_t, const FormNode*>> numbered;
  for (const auto& [name, child] : node.children) {
    if (name.empty() ||
        !std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      continue;
    }
    std::uint64_t number = 0;
    auto [stop, status] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (status != std::errc() || number == 0 || number > kGreatestNumber || name[0] == '0') {
      return malformed_parameter(
          fmt::format("expected a number from 1 to {}, not '{}'", kGreatestNumber, shown(name)));
    }
    numbered.emplace_back(number, child.get());
  }
  std::ranges::sort(numbered);
  std::vector<const FormNode*> children;
  children.reserve(numbered.size());
  for (const auto& [number, child] : numbered) children.push_back(child);
  return children;
}

}  // namespace botocxx::server
