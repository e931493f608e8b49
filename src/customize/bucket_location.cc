#include "codec/xml.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// The answer is one element, with the region as its text, which no model can say. The oldest region
// is no text at all.
void register_bucket_location(Events& events) {
  on(events, "before-parse.s3.GetBucketLocation", [](BeforeParse& event) {
    constexpr int kFirstFailure = 300;
    if (event.response.status >= kFirstFailure) return;
    auto document = codec::XmlDocument::parse(event.response.body.bytes());
    if (!document) return;  // the parser says what is wrong
    std::string_view region = document->root().text;
    event.customized_response.set("LocationConstraint", region.empty() ? Value() : Value(region));
  });
}

}  // namespace botocxx::customize
