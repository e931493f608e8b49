#include "exchange.h"

#include "request_signature.h"
#include "service_error.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/service_codec.h>
#include <botocxx/server/signature_verifier.h>

#include <algorithm>

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";
constexpr std::size_t kLargestDocument = 4 << 20;

bool needs_no_signature(const Operation& operation) {
  if (operation.auth_type() == "none") return true;
  std::vector<std::string_view> schemes = operation.auth();
  return std::ranges::find(schemes, "smithy.api#noAuth") != schemes.end();
}

/// The library's errors under the service's names.
Error as_service_error(const Error& error) {
  if (error.kind() == ErrorKind::kService) return error;
  if (error.is("MalformedBody")) return service_error("MalformedXML", error.message());
  if (error.is("UnknownRoute")) return service_error("InvalidURI", error.message());
  if (error.is("MethodNotAllowed")) return service_error("MethodNotAllowed", error.message());
  if (error.is("MalformedParameter") || error.is("MissingParameter")) {
    return service_error("InvalidArgument", error.message());
  }
  return service_error("InternalError", error.message());
}

/// "gzip" of "aws-chunked, gzip": the framing is no part of what is stored.
void strip_chunked_coding(Headers& headers) {
  std::optional<std::string> coding = headers.joined("Content-Encoding");
  if (!coding) return;
  std::string kept;
  std::string_view rest = *coding;
  while (!rest.empty()) {
    std::size_t comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (item.empty() || item == "aws-chunked") continue;
    if (!kept.empty()) kept += ',';
    kept += item;
  }
  headers.remove("Content-Encoding");
  if (!kept.empty()) headers.set("Content-Encoding", kept);
}

}  // namespace

Exchange::Exchange(Endpoint& endpoint, HttpRequest head)
    : endpoint_(endpoint),
      request_(std::move(head)),
      request_id_(new_request_id()),
      host_id_(new_id()) {}

Exchange::~Exchange() = default;

std::string_view Exchange::operation_name() const {
  return route_ ? route_->operation.name() : std::string_view("-");
}

bool Exchange::begin() {
  try {
    if (Result<void> done = open(); !done) failure_ = std::move(done).error();
  } catch (const Exception& exception) {
    failure_ = exception.error();
  }
  return !failure_;
}

Result<void> Exchange::open() {
  Result<Route> route = endpoint_.router().route(request_);
  if (!route) {
    // Without a signature nobody learns which paths exist.
    if (Result<VerifiedRequest> signer = verify_request(endpoint_, request_); !signer) {
      return std::move(signer).error();
    }
    return std::move(route).error();
  }
  route_ = std::move(*route);
  if (!needs_no_signature(route_->operation)) {
    Result<VerifiedRequest> verified = verify_request(endpoint_, request_);
    if (!verified) return std::move(verified).error();
    verified_ = std::move(*verified);
    owner_ = verified_.access_key;
  }
  handler_ = find_handler(route_->operation.name());
  if (!handler_) {
    return service_error("NotImplemented", "This endpoint does not implement the operation " +
                                               std::string(route_->operation.name()) + ".")
        .with_context("Operation", std::string(route_->operation.name()));
  }
  choose_sink();
  return {};
}

void Exchange::choose_sink() {
  checks_.emplace(request_.headers, verified_.content_sha256);
  if (route_->operation.has_streaming_input()) {
    upload_ = std::make_shared<UploadContent>(endpoint_.blobs().create());
  }
  bool chunked = verified_.payload == PayloadCheck::kChunks ||
                 verified_.payload == PayloadCheck::kSignedChunks;
  if (chunked) {
    chunks_ = std::make_unique<ChunkedPayload>(
        verified_, [this](std::span<const std::byte> bytes) { return accept(bytes); });
  }
}

Result<void> Exchange::accept(std::span<const std::byte> bytes) {
  checks_->update(bytes);
  if (upload_) return upload_->append(bytes);
  if (document_.size() + bytes.size() > kLargestDocument) {
    return service_error("MaxMessageLengthExceeded");
  }
  document_ += as_text(bytes);
  return {};
}

void Exchange::consume(std::span<const std::byte> bytes) {
  if (failure_) return;
  try {
    Result<void> done = chunks_ ? chunks_->feed(bytes) : accept(bytes);
    if (!done) failure_ = std::move(done).error();
  } catch (const Exception& exception) {
    failure_ = exception.error();
  }
}

Result<void> Exchange::close_content() {
  Headers trailers;
  if (chunks_) {
    if (Result<void> done = chunks_->finish(); !done) return done;
    trailers = chunks_->trailers();
    auto announced = request_.headers.get("X-Amz-Decoded-Content-Length");
    if (announced && *announced != std::to_string(chunks_->size())) {
      return service_error("IncompleteBody");
    }
    if (announced) request_.headers.set("Content-Length", std::string(*announced));
    strip_chunked_coding(request_.headers);
  }
  Result<std::map<std::string, std::string>> checksums =
      checks_->finish(request_.headers, trailers);
  if (!checksums) return std::move(checksums).error();
  if (upload_) {
    upload_->finish(std::move(*checksums));
    request_.body = Body(std::shared_ptr<ByteStream>(upload_));
  } else {
    request_.body = Body(std::move(document_));
  }
  return {};
}

Result<HttpResponse> Exchange::answer() {
  if (Result<void> done = close_content(); !done) return std::move(done).error();
  Result<Value> params = decode_request(*route_, endpoint_.protocol(), request_);
  if (!params) return std::move(params).error();
  Result<Reply> reply = handler_({endpoint_, route_->operation, *params, request_, owner_});
  if (!reply) return std::move(reply).error();
  HttpResponse response;
  if (reply->document) {
    response.status = reply->status != 0 ? reply->status : route_->operation.response_code();
    if (!reply->document->empty()) response.headers.add("Content-Type", "application/xml");
    response.body = Body(*std::move(reply->document));
  } else {
    EncodeOptions options{.root_name = reply->root,
                          .xml_namespace = reply->plain_namespace ? std::string_view() : kNamespace,
                          .status = reply->status};
    Result<HttpResponse> encoded =
        encode_response(route_->operation, endpoint_.protocol(), reply->output, options);
    if (!encoded) return std::move(encoded).error();
    response = std::move(*encoded);
  }
  for (const Headers::Field& field : reply->headers) response.headers.set(field.name, field.value);
  return response;
}

HttpResponse Exchange::finish() {
  HttpResponse response;
  try {
    Result<HttpResponse> answered = failure_ ? Result<HttpResponse>(*failure_) : answer();
    response = answered ? std::move(*answered) : refuse(answered.error());
  } catch (const Exception& exception) {
    response = refuse(exception.error());
  } catch (const std::exception& exception) {
    response = refuse(Error(ErrorKind::kInternal, "InternalError", exception.what()));
  }
  response.headers.set("x-amz-request-id", request_id_);
  response.headers.set("x-amz-id-2", host_id_);
  response.headers.set("Server", "objectscale-local");
  return response;
}

HttpResponse Exchange::refuse(const Error& error) const {
  Error shown = as_service_error(error);
  EncodeOptions options{
      .root_name = {},
      .xml_namespace = endpoint_.behaviour().error_namespace ? kNamespace : std::string_view(),
      .status = 0};
  return encode_error(shown, endpoint_.protocol(),
                      {percent_decode(request_.url.path), request_id_, host_id_}, options);
}

}  // namespace botocxx::objectscale
