#include "session/integrity_settings.h"

#include "client/integrity_options.h"

namespace botocxx::session {

Result<void> complete_integrity_settings(Config& config, const Environment& environment,
                                         const SharedConfig* shared) {
  auto complete = [&](bool given, std::string_view variable,
                      std::string_view option) -> Result<void> {
    if (given) return {};
    std::optional<std::string> text = environment.get(variable);
    if (!text && shared != nullptr) {
      if (auto setting = shared->get(option)) text = setting->value;
    }
    return text ? client::read_integrity_option(option, Value(*text), config) : Result<void>();
  };
  auto done = complete(!config.request_checksum_calculation.empty(),
                       "AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation");
  if (!done) return done;
  done = complete(!config.response_checksum_validation.empty(), "AWS_RESPONSE_CHECKSUM_VALIDATION",
                  "response_checksum_validation");
  if (!done) return done;
  done = complete(config.request_min_compression_size_bytes.has_value(),
                  "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "request_min_compression_size_bytes");
  if (!done) return done;
  return complete(config.disable_request_compression.has_value(), "AWS_DISABLE_REQUEST_COMPRESSION",
                  "disable_request_compression");
}

}  // namespace botocxx::session
