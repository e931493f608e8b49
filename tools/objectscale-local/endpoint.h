#pragma once

#include "blob_store.h"
#include "database.h"
#include <botocxx/auth/credentials.h>
#include <botocxx/base/host.h>
#include <botocxx/server/router.h>

#include <filesystem>
#include <string>
#include <vector>

namespace botocxx::objectscale {

/// How the endpoint behaves where releases of the product differ.
struct Behaviour {
  bool legacy_markers = false;   ///< end of pages is "NO MORE PAGES", without IsTruncated
  bool error_namespace = false;  ///< error documents are in the S3 namespace
  bool accept_v2 = true;         ///< Signature V2 is accepted
  bool v2_sign_query = true;     ///< V2 covers `query` and `searchmetadata`
  bool drop_mds_block_with_prefix = false;  ///< a prefix costs the USERMD block, as before 3.7
  std::int64_t min_part_size = 5 << 20;     ///< of all parts but the last
};

struct EndpointOptions {
  std::filesystem::path data_folder;
  std::vector<Credentials> credentials;
  std::vector<std::string> virtual_host_domains;
  std::string node_address;  ///< what ListDataNodes tells
  Behaviour behaviour;
};

/// Everything that requests share. Thread-safe.
class Endpoint {
 public:
  /// Opens the data folder; throws when it can't be used.
  Endpoint(std::shared_ptr<const ServiceModel> model, EndpointOptions options);

  const Router& router() const { return router_; }
  const std::string& protocol() const { return protocol_; }
  const EndpointOptions& options() const { return options_; }
  const Behaviour& behaviour() const { return options_.behaviour; }
  DatabasePool& databases() { return databases_; }
  const BlobStore& blobs() const { return blobs_; }
  /// Milliseconds since 1970.
  std::int64_t now_ms() const;
  std::optional<Credentials> find_credentials(std::string_view access_key) const;

 private:
  EndpointOptions options_;
  Router router_;
  std::string protocol_;
  BlobStore blobs_;
  DatabasePool databases_;
};

/// A fresh id of 32 hexadecimal digits.
std::string new_id();

Timestamp timestamp_of(std::int64_t ms);

}  // namespace botocxx::objectscale
