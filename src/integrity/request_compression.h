#pragma once

#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>

#include <cstdint>

namespace botocxx::integrity {

struct CompressionSettings {
  bool disabled = false;
  std::uint64_t min_size = 10240;        ///< shorter bodies stay as they are, but streams never do
  std::string_view signature_version{};  ///< the client's; with "v2" nothing is compressed
};

/// Compresses the body where the model says that the service takes it ("requestcompression"), and
/// says so in Content-Encoding: botocore's `maybe_compress_request`. A stream is compressed while
/// it is sent. Returns whether it was done.
Result<bool> compress_request(const Operation& operation, const CompressionSettings& settings,
                              HttpRequest& request);

}  // namespace botocxx::integrity
