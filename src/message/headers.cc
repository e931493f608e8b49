#include <botocxx/base/text_encoding.h>
#include <botocxx/message/headers.h>

#include <algorithm>

namespace botocxx::inline v1 {

void Headers::add(std::string name, std::string value) {
  fields_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string name, std::string value) {
  auto first = std::find_if(fields_.begin(), fields_.end(),
                            [&](const Field& f) { return equals_ignore_case(f.name, name); });
  if (first == fields_.end()) return add(std::move(name), std::move(value));
  auto rest = std::remove_if(first + 1, fields_.end(),
                             [&](const Field& f) { return equals_ignore_case(f.name, name); });
  fields_.erase(rest, fields_.end());
  *first = {std::move(name), std::move(value)};
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const Field& f) { return equals_ignore_case(f.name, name); });
}

bool Headers::contains(std::string_view name) const { return get(name).has_value(); }

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const Field& field : fields_) {
    if (equals_ignore_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::optional<std::string> Headers::joined(std::string_view name) const {
  std::optional<std::string> text;
  for (const Field& field : fields_) {
    if (!equals_ignore_case(field.name, name)) continue;
    text = text ? *text + ", " + field.value : field.value;
  }
  return text;
}

}  // namespace botocxx::inline v1
