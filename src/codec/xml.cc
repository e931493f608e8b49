#include "codec/xml.h"

#include <fmt/format.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <memory_resource>
#include <optional>

namespace botocxx::codec {

struct XmlDocument::Storage {
  explicit Storage(std::size_t size) : arena(size) {}
  ~Storage() {
    if (names != nullptr) xmlDictFree(names);
  }
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  std::pmr::monotonic_buffer_resource arena;
  xmlDictPtr names = nullptr;  ///< libxml2's own table: element names point into it
};

namespace {

// Models give the names that count; libxml2's table of names becomes slow beyond this many.
constexpr int kMostNames = 65'536;

std::string_view as_view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view as_view(const xmlChar* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

// Builds the tree from libxml2's events.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view source, const XmlReadOptions& options,
              std::pmr::memory_resource& arena)
      : source_(source), options_(options), arena_(arena) {}

  void attach(xmlParserCtxtPtr parser) { parser_ = parser; }
  const XmlNode* root() const { return root_; }
  const std::string& problem() const { return problem_; }
  int line() const { return line_; }
  int column() const { return column_; }

  void start(const xmlChar* name, int attribute_count, const xmlChar** attributes) {
    finish_text();
    if (xmlDictSize(parser_->dict) > kMostNames) {
      return stop(fmt::format("more than {} different names", kMostNames));
    }
    if (open_.size() >= options_.max_depth) {
      return stop(fmt::format("nested deeper than {} levels", options_.max_depth));
    }
    XmlNode* node = make<XmlNode>(1);
    node->name = as_view(name);
    if (attribute_count > 0) node->attributes = copy_attributes(attribute_count, attributes);
    if (open_.empty()) {
      root_ = node;
    } else if (Open& parent = open_.back(); parent.last_child != nullptr) {
      parent.last_child->next_sibling = node;
      parent.last_child = node;
    } else {
      parent.node->first_child = node;
      parent.last_child = node;
    }
    open_.push_back({node, nullptr});
  }

  void end() {
    finish_text();
    if (!open_.empty()) open_.pop_back();
  }

  // Text after the first child belongs to nobody: botocore never looks at it.
  void characters(std::string_view text) {
    if (open_.empty() || open_.back().last_child != nullptr) return;
    XmlNode& node = *open_.back().node;
    if (joined_.empty() && node.text.empty()) {
      node.text = text;  // libxml2's buffer: to be settled before the next event
      settle(node);
      return;
    }
    if (joined_.empty()) joined_ = node.text;
    joined_ += text;
  }

  void stop(std::string problem) {
    if (problem_.empty()) {
      problem_ = std::move(problem);
      line_ = xmlSAX2GetLineNumber(parser_);
      column_ = xmlSAX2GetColumnNumber(parser_);
    }
    xmlStopParser(parser_);
  }

  void report(const xmlError& error) {
    if (!problem_.empty() || error.level < XML_ERR_ERROR) return;
    // A namespace may be called anything: nobody looks there.
    if (error.domain == XML_FROM_NAMESPACE && error.code == XML_WAR_NS_URI) return;
    problem_ = error.message == nullptr ? "not well-formed" : error.message;
    while (!problem_.empty() && problem_.back() == '\n') problem_.pop_back();
    line_ = error.line;
    column_ = error.int2;
  }

 private:
  struct Open {
    XmlNode* node;
    XmlNode* last_child;
  };

  template <typename T>
  T* make(std::size_t count) {
    T* made = static_cast<T*>(arena_.allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_default_construct_n(made, count);
    return made;
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* made = static_cast<char*>(arena_.allocate(text.size(), 1));
    std::memcpy(made, text.data(), text.size());
    return {made, text.size()};
  }

  // The same octets in the source, where libxml2 stands now; else a copy.
  void settle(XmlNode& node) {
    std::string_view text = node.text;
    const xmlParserInput& input = *parser_->input;
    std::size_t begin = input.consumed + static_cast<std::size_t>(input.cur - input.base);
    // Events come while `cur` is at the end of the text, or still at its beginning.
    for (std::size_t at : {begin - text.size(), begin}) {
      if (at > source_.size() || source_.size() - at < text.size()) continue;
      std::string_view same = source_.substr(at, text.size());
      if (same != text) continue;
      node.text = same;
      return;
    }
    node.text = copy(text);
  }

  void finish_text() {
    if (joined_.empty()) return;
    open_.back().node->text = copy(joined_);
    joined_.clear();
  }

  // libxml2 gives five pointers an attribute: name, prefix, namespace, begin and end of the value.
  std::span<const XmlAttribute> copy_attributes(int count, const xmlChar** attributes) {
    auto size = static_cast<std::size_t>(count);
    XmlAttribute* made = make<XmlAttribute>(size);
    for (std::size_t i = 0; i < size; ++i) {
      const xmlChar** entry = attributes + i * 5;
      made[i].name = as_view(entry[0]);
      made[i].value = copy(as_view(entry[3], static_cast<std::size_t>(entry[4] - entry[3])));
      made[i].has_prefix = entry[2] != nullptr;
    }
    return {made, size};
  }

  std::string_view source_;
  const XmlReadOptions& options_;
  std::pmr::memory_resource& arena_;
  xmlParserCtxtPtr parser_ = nullptr;
  XmlNode* root_ = nullptr;
  std::vector<Open> open_;
  std::string joined_;  ///< text of the innermost element, once it came in pieces
  std::string problem_;
  int line_ = 0;
  int column_ = 0;
};

TreeBuilder& builder(void* context) { return *static_cast<TreeBuilder*>(context); }

void on_start(void* context, const xmlChar* name, const xmlChar*, const xmlChar*, int,
              const xmlChar**, int attribute_count, int, const xmlChar** attributes) {
  builder(context).start(name, attribute_count, attributes);
}
void on_end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  builder(context).end();
}
void on_characters(void* context, const xmlChar* text, int size) {
  builder(context).characters(as_view(text, static_cast<std::size_t>(size)));
}
void on_entity_declaration(void* context, const xmlChar* name, int, const xmlChar*, const xmlChar*,
                           xmlChar*) {
  builder(context).stop(
      fmt::format("it declares the entity \"{}\", which is not accepted", as_view(name)));
}
void on_reference(void* context, const xmlChar* name) {
  builder(context).stop(fmt::format("undefined entity \"{}\"", as_view(name)));
}
void on_error(void* context, xmlErrorPtr error) { builder(context).report(*error); }

xmlSAXHandler make_handler() {
  xmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start;
  handler.endElementNs = on_end;
  handler.characters = on_characters;
  handler.ignorableWhitespace = on_characters;  // the same function: libxml2 need not tell apart
  handler.cdataBlock = on_characters;
  handler.entityDecl = on_entity_declaration;
  handler.reference = on_reference;
  handler.serror = on_error;
  return handler;
}

Error syntax_error(std::string_view reason, int line, int column) {
  return Error(ErrorKind::kParse, "XmlSyntax",
               fmt::format("line {}, column {}: {}", line, column, reason))
      .with_context("line", std::to_string(line))
      .with_context("column", std::to_string(column));
}

// libxml2 takes an octet of zero behind the root for the end of the document.
std::optional<Error> find_zero(std::string_view text) {
  std::size_t at = text.find('\0');
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view before = text.substr(0, at);
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return syntax_error("an octet of zero", static_cast<int>(line),
                      static_cast<int>(at - line_begin));
}

// Once per process, from whichever thread parses first; never undone.
void initialize_libxml2() {
  static const bool done = [] {
    xmlInitParser();
    return true;
  }();
  static_cast<void>(done);
}

struct FreeParser {
  void operator()(xmlParserCtxtPtr parser) const {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};

}  // namespace

XmlDocument::XmlDocument() = default;
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

bool XmlDocument::is_in_source(std::string_view text) const {
  return text.data() >= source_.data() &&
         text.data() + text.size() <= source_.data() + source_.size();
}

Result<XmlDocument> XmlDocument::parse(std::string_view text, const XmlReadOptions& options) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (text.empty()) return syntax_error("no element found", 1, 0);
  if (text.size() >= INT_MAX) return syntax_error("larger than 2 GiB", 1, 0);
  if (auto zero = find_zero(text)) return *std::move(zero);
  initialize_libxml2();
  std::unique_ptr<xmlParserCtxt, FreeParser> parser(
      xmlCreateMemoryParserCtxt(text.data(), static_cast<int>(text.size())));
  if (!parser) return syntax_error("no memory for the parser", 1, 0);
  XmlDocument document;
  document.source_ = text;
  document.storage_ = std::make_unique<Storage>(text.size() * 2 + 256);
  TreeBuilder tree(text, options, document.storage_->arena);
  tree.attach(parser.get());
  static const xmlSAXHandler handler = make_handler();
  *parser->sax = handler;
  parser->userData = &tree;
  // A stated encoding keeps libxml2 from guessing another by the first octets; its converters would
  // report errors on standard error.
  parser->encoding = xmlStrdup(reinterpret_cast<const xmlChar*>("UTF-8"));
  // HUGE lifts libxml2's limits of length, which real listings pass; depth is limited here and
  // entities are refused, so that nothing can be inflated. NOENT resolves `&amp;` in attributes.
  xmlCtxtUseOptions(parser.get(),
                    XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
  xmlParseDocument(parser.get());
  if (!tree.problem().empty()) return syntax_error(tree.problem(), tree.line(), tree.column());
  if (parser->wellFormed == 0 || tree.root() == nullptr) {
    return syntax_error("not well-formed", 1, 0);
  }
  document.root_ = tree.root();
  document.storage_->names = parser->dict;
  xmlDictReference(parser->dict);
  return document;
}

}  // namespace botocxx::codec
