#include "endpoint.h"

#include "schema.h"

namespace botocxx::objectscale {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;  // in nanoseconds

}  // namespace

Endpoint::Endpoint(std::shared_ptr<const ServiceModel> model, EndpointOptions options)
    : options_(std::move(options)),
      router_(std::move(model), {.virtual_host_domains = options_.virtual_host_domains}),
      protocol_(router_.model().resolved_protocol().or_throw()),
      blobs_(options_.data_folder),
      databases_((options_.data_folder / "objects.sqlite").string()) {
  DatabasePool::Lease database = databases_.take();
  create_schema(*database);
  // Files whose transaction never committed, and those whose removal was cut short.
  database->execute(
      "CREATE TEMP TABLE used AS SELECT file FROM versions UNION SELECT file FROM parts");
  database->execute("CREATE INDEX temp.used_files ON used(file)");
  blobs_.sweep([&](const std::string& name) {
    Statement row = database->prepare("SELECT 1 FROM used WHERE file = ?");
    return row.bind(std::string_view(name)).step();
  });
  database->execute("DELETE FROM used");
}

std::int64_t Endpoint::now_ms() const {
  Timestamp now = system_host().clock->now();
  return now.seconds() * 1000 + now.nanoseconds() / kMillisecond;
}

std::optional<Credentials> Endpoint::find_credentials(std::string_view access_key) const {
  for (const Credentials& credentials : options_.credentials) {
    if (credentials.access_key == access_key) return credentials;
  }
  return std::nullopt;
}

std::string new_id() {
  std::string id = make_uuid4(*system_host().random);
  std::erase(id, '-');
  return id;
}

Timestamp timestamp_of(std::int64_t ms) {
  return Timestamp::from_unix(ms / 1000, static_cast<std::int32_t>(ms % 1000 * kMillisecond));
}

}  // namespace botocxx::objectscale
