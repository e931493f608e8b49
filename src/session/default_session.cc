#include <botocxx/session/default_session.h>

#include <mutex>
#include <optional>
#include <utility>

namespace botocxx::inline v1 {
namespace {

struct Place {
  std::mutex mutex;
  std::optional<Session> session;
};

Place& place() {
  static Place the_place;
  return the_place;
}

}  // namespace

Result<Session> default_session() {
  Place& one = place();
  std::lock_guard lock(one.mutex);
  if (!one.session) {
    SessionOptions options;
    auto made = Session::create(std::move(options));
    if (!made) return made;
    one.session = *std::move(made);
  }
  return *one.session;
}

Result<Session> setup_default_session(SessionOptions options) {
  auto made = Session::create(std::move(options));
  if (!made) return made;
  Place& one = place();
  std::lock_guard lock(one.mutex);
  one.session = *made;
  return made;
}

}  // namespace botocxx::inline v1
