#pragma once

#include <botocxx/base/result.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::codec {

/// An attribute as written; namespace declarations are none. In `xsi:type="Group"` the name is
/// "type" and `has_prefix` says that it is in a namespace.
struct XmlAttribute {
  std::string_view name;
  std::string_view value;
  bool has_prefix = false;
};

/// An element. Names are local: the namespace is dropped. Equal names of one document are the same
/// text in memory, so that their addresses can be compared.
struct XmlNode {
  std::string_view name;
  /// What stands before the first child element, references resolved, CDATA included.
  std::string_view text;
  const XmlNode* first_child = nullptr;
  const XmlNode* next_sibling = nullptr;
  std::span<const XmlAttribute> attributes;
};

struct XmlReadOptions {
  /// Deeper nesting is refused.
  std::size_t max_depth = 256;
};

/// A parsed document. Texts refer to the octets that were parsed where they need no change, names
/// always belong to the document: keep both as long as nodes are in use.
class XmlDocument {
 public:
  /// Reads UTF-8 XML, whatever encoding its declaration states; any other gives an error. A
  /// document type declaration is skipped, one that declares entities refused; nothing outside of
  /// `text` is ever read. The error (code "XmlSyntax") says line, column and what is wrong, also in
  /// its context.
  static Result<XmlDocument> parse(std::string_view text, const XmlReadOptions& options = {});

  XmlDocument(XmlDocument&&) noexcept;
  XmlDocument& operator=(XmlDocument&&) noexcept;
  ~XmlDocument();

  const XmlNode& root() const { return *root_; }
  /// True when `text` lies in the octets that were parsed: it lives as long as they do.
  bool is_in_source(std::string_view text) const;

 private:
  struct Storage;
  XmlDocument();

  std::unique_ptr<Storage> storage_;
  const XmlNode* root_ = nullptr;
  std::string_view source_;
};

/// Prints XML as Python's ElementTree does, which is what botocore sends: no declaration, `<Tag />`
/// for an empty element, attributes in the order in which they were first set, `&<>` escaped in
/// text and `&<>"` and line ends in attributes.
class XmlWriter {
 public:
  void open(std::string_view name);
  /// Adds or replaces an attribute of the open element, also after children were written.
  void set_attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  void close();
  /// `open`, `text`, `close`.
  void element(std::string_view name, std::string_view text);

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  struct Level {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::size_t tag_begin = 0;
    std::size_t tag_end = 0;  ///< 0 while the start tag is not finished
  };
  void finish_tag();
  static void append_tag(std::string& out, const Level& level);

  std::string out_;
  std::vector<Level> levels_;  ///< never shrinks: [0, depth_) are open
  std::size_t depth_ = 0;
};

/// `text` with `&`, `<` and `>` escaped.
void append_xml_text(std::string& out, std::string_view text);

}  // namespace botocxx::codec
