// Looks up many keys of a bucket at once, on one thread: prints the size of each.
#include <botocxx/botocxx.h>

#include <iostream>
#include <string>

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: many_calls BUCKET ENDPOINT_URL [KEY…]\n";
    return 2;
  }
  auto session = botocxx::Session::create().value();
  auto s3 = session.client("s3", {.endpoint_url = argv[2]}).value();
  auto loop = botocxx::EventLoop::create();
  int failed = 0;
  for (int i = 3; i < argc; ++i) {
    std::string key = argv[i];
    s3.call_async("HeadObject", {{"Bucket", argv[1]}, {"Key", key}}, {}, loop)
        .then([key, &failed](botocxx::Result<botocxx::Response> found) {
          if (found) {
            std::cout << key << ' ' << (*found)["ContentLength"].as_int() << '\n';
          } else {
            std::cerr << key << ": " << found.error().message() << '\n';
            ++failed;
          }
        });
  }
  loop->run();
  return failed == 0 ? 0 : 1;
}
