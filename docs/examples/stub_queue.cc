// A stand-in for a service, in memory: a client of sqs whose requests are answered by handlers
// here. Nothing goes over a network.
#include <botocxx/botocxx.h>
#include <botocxx/server/router.h>
#include <botocxx/server/service_codec.h>

#include <deque>
#include <iostream>
#include <mutex>

using namespace botocxx;

// Routes, decodes and answers by the model that the client has as well.
class StubQueue : public HttpClient {
 public:
  explicit StubQueue(std::shared_ptr<const ServiceModel> model) : router_(std::move(model)) {}

  Result<HttpResponse> send(const HttpRequest& request, const SendOptions&) override {
    std::lock_guard lock(mutex_);
    auto route = router_.route(request);
    if (!route) return encode_error(route.error(), router_.protocol(), {});
    auto params = decode_request(*route, router_.protocol(), request);
    if (!params) {
      return encode_error(
          route->operation, router_.protocol(),
          Error(ErrorKind::kService, "InvalidParameterValue", params.error().message()));
    }
    auto output = handle(route->operation.name(), *params);
    if (!output) return encode_error(route->operation, router_.protocol(), output.error());
    return encode_response(route->operation, router_.protocol(), *output);
  }

 private:
  Result<Value> handle(std::string_view operation, const Value& params) {
    if (operation == "SendMessage") {
      messages_.emplace_back(params["MessageBody"].as_string());
      return Value{{"MessageId", std::to_string(messages_.size())}};
    }
    if (operation == "ReceiveMessage" && !messages_.empty()) {
      Value message{{"Body", messages_.front()}};
      messages_.pop_front();
      return Value{{"Messages", Value::list({message})}};
    }
    return Error(ErrorKind::kService, "QueueDoesNotExist", "there is nothing here");
  }

  Router router_;
  std::mutex mutex_;
  std::deque<std::string> messages_;
};

int main() {
  try {
    auto session = Session::create().value();
    auto stub = std::make_shared<StubQueue>(session.loader().load_service_model("sqs").value());
    auto sqs = session
                   .client("sqs", {.region_name = "us-east-1",
                                   .endpoint_url = "http://stub.test",
                                   .aws_access_key_id = "any",
                                   .aws_secret_access_key = "any",
                                   .http_client = stub})
                   .value();
    Value queue{{"QueueUrl", "http://stub.test/q"}};
    sqs.call("SendMessage", {{"QueueUrl", "http://stub.test/q"}, {"MessageBody", "hello"}}).value();
    auto answer = sqs.call("ReceiveMessage", queue).value();
    std::cout << answer.output().at("Messages[0].Body").as_string() << '\n';
    auto failed = sqs.call("ReceiveMessage", queue);
    std::cout << failed.error().code() << '\n';
  } catch (const Exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
