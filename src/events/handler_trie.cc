#include "events/handler_trie.h"

#include <algorithm>
#include <utility>

namespace botocxx::events {
namespace {

// The part before the first dot, and what is behind it; nothing behind the last part.
std::pair<std::string_view, std::optional<std::string_view>> split(std::string_view name) {
  std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {name, std::nullopt};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

template <typename Children>
auto* child_of(Children& children, std::string_view part) {
  auto found = children.find(part);
  return found == children.end() ? nullptr : found->second.get();
}

}  // namespace

HandlerTrie::HandlerTrie(const HandlerTrie& other) : root_(std::move(*copy(other.root_))) {}

std::unique_ptr<HandlerTrie::Node> HandlerTrie::copy(const Node& node) {
  auto made = std::make_unique<Node>();
  made->sections = node.sections;
  for (const auto& [part, child] : node.children) {
    made->children.emplace_hint(made->children.end(), part, copy(*child));
  }
  return made;
}

void HandlerTrie::append(std::string_view name, EventHandler handler, Section section) {
  Node* node = &root_;
  for (std::optional<std::string_view> rest = name; rest;) {
    auto [part, behind] = split(*rest);
    auto found = node->children.find(part);
    if (found == node->children.end()) {
      found = node->children.emplace(part, std::make_unique<Node>()).first;
    }
    node = found->second.get();
    rest = behind;
  }
  node->sections[static_cast<std::size_t>(section)].push_back(std::move(handler));
}

bool HandlerTrie::remove(std::string_view name, const EventHandler& handler) {
  return remove(root_, name, handler);
}

bool HandlerTrie::remove(Node& node, std::string_view rest, const EventHandler& handler) {
  auto [part, behind] = split(rest);
  Node* next = child_of(node.children, part);
  if (next == nullptr) return false;
  bool removed = false;
  if (behind) {
    removed = remove(*next, *behind, handler);
  } else {
    for (auto& section : next->sections) {
      auto found = std::ranges::find(section, handler);
      if (found == section.end()) continue;
      section.erase(found);
      removed = true;
      break;
    }
  }
  bool bare = next->children.empty() &&
              std::ranges::all_of(next->sections, [](const auto& one) { return one.empty(); });
  if (bare) node.children.erase(node.children.find(part));
  return removed;
}

std::vector<EventHandler> HandlerTrie::search(std::string_view name) const {
  // botocore's walk with a stack: a node's literal child is looked at before its wildcard, and what
  // is found later is called earlier.
  struct Visit {
    const Node* node;
    std::optional<std::string_view> rest;
  };
  std::vector<Visit> stack{{&root_, name}};
  std::vector<const Node*> visited;
  while (!stack.empty()) {
    Visit visit = stack.back();
    stack.pop_back();
    visited.push_back(visit.node);
    if (!visit.rest) continue;
    auto [part, behind] = split(*visit.rest);
    if (const Node* any = child_of(visit.node->children, "*")) stack.push_back({any, behind});
    if (const Node* own = child_of(visit.node->children, part)) stack.push_back({own, behind});
  }
  std::vector<EventHandler> handlers;
  for (auto node = visited.rbegin(); node != visited.rend(); ++node) {
    for (const auto& section : (*node)->sections) {
      handlers.insert(handlers.end(), section.begin(), section.end());
    }
  }
  return handlers;
}

bool HandlerTrie::has_first_part(std::string_view part) const {
  return root_.children.find(part) != root_.children.end() ||
         root_.children.find("*") != root_.children.end();
}

}  // namespace botocxx::events
