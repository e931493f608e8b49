#include "transport/curl_transfer.h"
#include "transport/loop_exchange.h"
#include <botocxx/base/host.h>
#include <botocxx/transport/http_client.h>

#include <memory>
#include <utility>

namespace botocxx::inline v1 {
namespace {

using transport::CurlHandlePool;
using transport::CurlSettings;
using transport::CurlTransfer;
using transport::LoopExchange;

/// A response's body while it arrives. Dropped before its end, it closes the connection.
class CurlBodyStream : public ByteStream {
 public:
  explicit CurlBodyStream(std::unique_ptr<CurlTransfer> transfer)
      : transfer_(std::move(transfer)) {}

  Result<std::size_t> read(std::span<std::byte> out) override {
    if (!transfer_) return std::size_t{0};
    auto got = transfer_->read(out);
    // At the end the connection goes back to the pool at once, however long the stream is kept.
    if (got && *got == 0 && !out.empty()) transfer_.reset();
    return got;
  }
  std::optional<std::uint64_t> size() const override {
    return transfer_ ? transfer_->remaining() : 0;
  }

 private:
  std::unique_ptr<CurlTransfer> transfer_;
};

class CurlHttpClient : public HttpClient {
 public:
  explicit CurlHttpClient(HttpClientOptions options)
      : pool_(std::make_shared<CurlHandlePool>(options.max_pool_connections)),
        settings_(std::make_shared<CurlSettings>(CurlSettings{
            std::move(options), transport::ProxyEnvironment(*system_host().environment)})) {}

  Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) override {
    auto transfer = std::make_unique<CurlTransfer>(settings_, pool_, request, options);
    auto response = transfer->run(request);
    if (response && options.stream_response) {
      response->body = Body(std::make_shared<CurlBodyStream>(std::move(transfer)));
    }
    return response;
  }

  void send_async(const std::shared_ptr<EventLoop>& loop, HttpRequest request, SendOptions options,
                  std::function<void(Result<HttpResponse>)> done) override {
    auto exchange = std::make_shared<std::unique_ptr<LoopExchange>>(std::make_unique<LoopExchange>(
        settings_, std::move(request), std::move(options), std::move(done)));
    loop->post([state = loop->state().get(), exchange] { state->begin(std::move(*exchange)); });
  }

 private:
  std::shared_ptr<CurlHandlePool> pool_;
  std::shared_ptr<const CurlSettings> settings_;
};

}  // namespace

std::shared_ptr<HttpClient> make_curl_http_client(HttpClientOptions options) {
  return std::make_shared<CurlHttpClient>(std::move(options));
}

}  // namespace botocxx::inline v1
