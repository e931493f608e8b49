// Uploads a file and downloads it again, streaming both ways:
//   stream_object ENDPOINT_URL BUCKET KEY FILE COPY
#include <botocxx/botocxx.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  try {
    auto session = botocxx::Session::create().value();
    auto s3 = session.client("s3", {.endpoint_url = argv[1]}).value();
    auto file = botocxx::Body::from_file(argv[4]).value();
    s3.call("PutObject", {{"Bucket", argv[2]}, {"Key", argv[3]}, {"Body", file}}).value();
    auto object = s3.call("GetObject", {{"Bucket", argv[2]}, {"Key", argv[3]}}).value();
    auto count = object["Body"].as_body().save(argv[5]).value();
    std::cout << count << " octets\n";
  } catch (const botocxx::ServiceException& e) {
    std::cerr << e.error().code() << ": " << e.what() << '\n';
    return 1;
  }
}
