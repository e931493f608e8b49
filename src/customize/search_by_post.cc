#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <utility>

namespace botocxx::customize {

// A search can be longer than a URL may be.
void register_search_by_post(Events& events) {
  on(events, "request-created.cloudsearchdomain.Search", [](RequestCreated& event) {
    HttpRequest& request = event.request;
    if (request.method != "GET" || !request.url.has_query) return;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.method = "POST";
    request.body = Body(std::exchange(request.url.query, {}));
    request.url.has_query = false;
  });
}

}  // namespace botocxx::customize
