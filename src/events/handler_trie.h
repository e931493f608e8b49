#pragma once

#include <botocxx/events/event.h>

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::events {

/// Where among the handlers of one name a handler is called.
enum class Section : std::uint8_t { kFirst, kMiddle, kLast };

/// Handlers by names with dots; botocore's `_PrefixTrie`. A regular value.
class HandlerTrie {
 public:
  HandlerTrie() = default;
  HandlerTrie(const HandlerTrie& other);
  HandlerTrie& operator=(const HandlerTrie&) = delete;

  void append(std::string_view name, EventHandler handler, Section section);
  /// The first of them under this very name; false when there is none.
  bool remove(std::string_view name, const EventHandler& handler);

  /// What is to be called for an event, in order: what is registered under prefixes of its name,
  /// the longest first; paths through "*" come before those that took the part itself.
  std::vector<EventHandler> search(std::string_view name) const;
  /// Whether any name begins with this part; "*" counts for every one.
  bool has_first_part(std::string_view part) const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
    std::array<std::vector<EventHandler>, 3> sections;
  };
  static std::unique_ptr<Node> copy(const Node& node);
  static bool remove(Node& node, std::string_view rest, const EventHandler& handler);

  Node root_;
};

}  // namespace botocxx::events
