#pragma once

#include <botocxx/base/export.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// HTTP header fields: ordered, names compared without case, a name may repeat. A plain value.
class BOTOCXX_EXPORT Headers {
 public:
  struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field&, const Field&) = default;
  };

  /// Appends, also when the name is there already.
  void add(std::string name, std::string value);
  /// Replaces every field of that name by one, in the place of the first.
  void set(std::string name, std::string value);
  void remove(std::string_view name);

  bool contains(std::string_view name) const;
  /// First value of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  /// All values of that name joined by `, `; nothing when absent.
  std::optional<std::string> joined(std::string_view name) const;

  const std::vector<Field>& fields() const { return fields_; }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }
  bool empty() const { return fields_.empty(); }

  friend bool operator==(const Headers&, const Headers&) = default;

 private:
  std::vector<Field> fields_;
};

}  // namespace botocxx::inline v1
