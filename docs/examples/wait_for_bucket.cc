// Waits until a bucket is there: wait_for_bucket BUCKET [ENDPOINT_URL]
#include <botocxx/botocxx.h>

#include <chrono>
#include <iostream>

int main(int argc, char** argv) {
  using namespace std::chrono_literals;
  auto session = botocxx::Session::create().value();
  auto s3 = session.client("s3", {.endpoint_url = argc > 2 ? argv[2] : ""}).value();
  auto waiter = botocxx::get_waiter(s3, "BucketExists").value();
  auto found = waiter.wait({{"Bucket", argv[1]}}, {.delay = 100ms, .max_attempts = 3});
  if (!found) {
    std::cerr << found.error().message() << '\n';
    return 1;
  }
  std::cout << "there it is\n";
}
