#pragma once

#include "endpoint.h"
#include "handler.h"
#include "payload_check.h"
#include "upload_content.h"
#include <botocxx/message/http.h>
#include <botocxx/server/chunked_payload.h>
#include <botocxx/server/router.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace botocxx::objectscale {

/// One request from its head to its answer: routed and verified by `begin`, its content taken piece
/// by piece, answered by `finish`. Used by one thread at a time; never throws.
class Exchange {
 public:
  Exchange(Endpoint& endpoint, HttpRequest head);
  ~Exchange();

  /// False when the request is refused already: its content need not be read.
  bool begin();
  /// Content as it arrives; what follows a failure is passed over.
  void consume(std::span<const std::byte> bytes);
  HttpResponse finish();

  const std::string& request_id() const { return request_id_; }
  std::string_view operation_name() const;

 private:
  Result<void> open();
  void choose_sink();
  Result<void> accept(std::span<const std::byte> bytes);
  Result<void> close_content();
  Result<HttpResponse> answer();
  HttpResponse refuse(const Error& error) const;

  Endpoint& endpoint_;
  HttpRequest request_;
  std::string request_id_, host_id_;
  std::optional<Route> route_;
  Handler handler_ = nullptr;
  std::string owner_;
  VerifiedRequest verified_;
  std::optional<PayloadChecks> checks_;
  std::shared_ptr<UploadContent> upload_;  ///< content of streaming operations
  std::string document_;                   ///< content of the others
  std::unique_ptr<ChunkedPayload> chunks_;
  std::optional<Error> failure_;
};

}  // namespace botocxx::objectscale
