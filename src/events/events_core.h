#pragma once

#include "events/handler_snapshot.h"
#include "events/handler_trie.h"
#include <botocxx/events/events.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace botocxx::inline v1 {

// Registering changes the tree, under the lock and in a copy when a snapshot refers to it; reading
// takes the snapshot of the present version, made when it is first wanted.
struct Events::Core {
  struct Identity {
    EventHandler handler;
    int count = 0;  ///< 0: not counted
  };

  std::shared_ptr<const events::HandlerSnapshot> snapshot();
  /// The tree, to be changed; marks snapshots as old. Only under the lock.
  events::HandlerTrie& change();

  std::atomic<std::uint64_t> version{1};
  std::mutex mutex;
  std::shared_ptr<events::HandlerTrie> trie = std::make_shared<events::HandlerTrie>();
  bool trie_is_shared = false;  ///< others read this tree, too: a change needs a copy
  std::shared_ptr<const events::HandlerSnapshot> latest;  ///< null: none of this version
  std::map<std::string, Identity, std::less<>> identities;
};

}  // namespace botocxx::inline v1
