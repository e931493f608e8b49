#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::server {

/// `value` as the element `name`, by shape, in the form that rest-xml parsers read: lists and maps
/// wrapped or flattened, attributes, namespaces where the model states them.
Result<void> write_element(std::string& out, const Member& member, const Value& value,
                           std::string_view name, std::string_view default_namespace);

/// The members of `shape` that belong into the body, one element each.
Result<void> write_members(std::string& out, const Shape& shape, const Value& value);

/// `<name>text</name>`; false when the text holds what XML 1.0 can't (control characters, broken
/// UTF-8), which is then left out.
bool write_text_element(std::string& out, std::string_view name, std::string_view text);

void open_element(std::string& out, std::string_view name, std::string_view xml_namespace,
                  std::string_view prefix = {});

/// The characters of `text` escaped for content and attributes; nothing when XML can't hold it.
std::optional<std::string> escape_xml(std::string_view text);

inline constexpr std::string_view kXmlDeclaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

}  // namespace botocxx::server
