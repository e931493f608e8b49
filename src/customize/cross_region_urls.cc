#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace botocxx::customize {
namespace {

// The fields of a form, in order.
class Form {
 public:
  explicit Form(std::string_view text) {
    while (!text.empty()) {
      std::string_view field = text.substr(0, text.find('&'));
      std::size_t equals = std::min(field.find('='), field.size());
      fields_.emplace_back(decoded(field.substr(0, equals)),
                           decoded(field.substr(std::min(equals + 1, field.size()))));
      text.remove_prefix(std::min(field.size() + 1, text.size()));
    }
  }
  std::optional<std::string> get(std::string_view name) const {
    auto found = find(name);
    return found == fields_.end() ? std::nullopt : std::optional(found->second);
  }
  void set(std::string_view name, std::string value) {
    auto found = std::ranges::find(fields_, name, &Field::first);
    if (found == fields_.end()) {
      fields_.emplace_back(name, std::move(value));
    } else {
      found->second = std::move(value);
    }
  }
  void remove(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return field.first == name; });
  }
  /// As a body, where a blank is "+".
  std::string as_form() const {
    std::string text = as_query();
    for (std::size_t at = text.find("%20"); at != std::string::npos; at = text.find("%20", at)) {
      text.replace(at, 3, "+");
    }
    return text;
  }
  std::string as_query() const {
    std::string text;
    for (const auto& [name, value] : fields_) {
      if (!text.empty()) text += '&';
      text += percent_encode(name) + '=' + percent_encode(value);
    }
    return text;
  }

 private:
  using Field = std::pair<std::string, std::string>;
  std::vector<Field>::const_iterator find(std::string_view name) const {
    return std::ranges::find(fields_, name, &Field::first);
  }
  static std::string decoded(std::string_view text) {
    std::string blanks(text);
    std::ranges::replace(blanks, '+', ' ');
    return percent_decode(blanks);
  }

  std::vector<Field> fields_;
};

// The same request to the other region, as a URL. That regions can be exchanged in the host holds
// for these services; it is what botocore does.
Result<std::string> presigned(BeforeCall& event, Form form, std::string_view source) {
  std::string_view destination = event.context.client_region;
  form.set("DestinationRegion", std::string(destination));
  std::string text = event.request.url.to_string();
  for (std::size_t at = text.find(destination); at != std::string::npos && !destination.empty();
       at = text.find(destination, at + source.size())) {
    text.replace(at, destination.size(), source);
  }
  auto url = Url::parse(text);
  if (!url) return std::move(url).error();
  HttpRequest request;
  request.method = "GET";
  request.url = *std::move(url);
  request.url.query = form.as_query();
  request.url.has_query = true;
  return event.signer.presign(std::move(request), source);
}

Result<void> add_snapshot_url(BeforeCall& event) {
  Form form(event.request.body.bytes());
  auto source = form.get("SourceRegion");
  if (form.get("PresignedUrl") || !source) return {};
  auto url = presigned(event, form, *source);
  if (!url) return std::move(url).error();
  form.set("PresignedUrl", *std::move(url));
  form.set("DestinationRegion", std::string(event.context.client_region));
  event.request.body = Body(form.as_form());
  return {};
}

// The source region is no parameter of the service's, only of its clients.
Result<void> add_database_url(BeforeCall& event) {
  Form form(event.request.body.bytes());
  auto source = form.get("SourceRegion");
  if (!source) return {};
  form.remove("SourceRegion");
  if (!form.get("PreSignedUrl")) {
    auto url = presigned(event, form, *source);
    if (!url) return std::move(url).error();
    form.set("PreSignedUrl", *std::move(url));
  }
  event.request.body = Body(form.as_form());
  return {};
}

}  // namespace

// What is copied from another region is asked for there with a URL that the caller signs.
void register_cross_region_urls(Events& events) {
  on(events, "before-call.ec2.CopySnapshot", add_snapshot_url);
  for (auto operation :
       {"rds.CopyDBClusterSnapshot", "rds.CreateDBCluster", "rds.CopyDBSnapshot",
        "rds.CreateDBInstanceReadReplica", "rds.StartDBInstanceAutomatedBackupsReplication",
        "neptune.CopyDBClusterSnapshot", "neptune.CreateDBCluster", "docdb.CopyDBClusterSnapshot",
        "docdb.CreateDBCluster"}) {
    on(events, std::string("before-call.") + operation, add_database_url);
  }
}

}  // namespace botocxx::customize
