#include "codec/json.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// A prediction is asked for where its model lives, which a parameter says.
void register_prediction_host(Events& events) {
  on(events, "request-created.machinelearning.Predict", [](RequestCreated& event) -> Result<void> {
    auto body = codec::parse_json(event.request.body.bytes());
    if (!body) return {};
    auto endpoint = (*body)["PredictEndpoint"].get_if_string();
    if (!endpoint || endpoint->empty()) return {};
    auto url = Url::parse(*endpoint);
    if (!url) return std::move(url).error();
    event.request.url.scheme = std::move(url->scheme);
    event.request.url.host = std::move(url->host);
    event.request.url.port = std::move(url->port);
    return {};
  });
}

}  // namespace botocxx::customize
