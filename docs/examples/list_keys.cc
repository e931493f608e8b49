// Prints the keys of a bucket, however many there are: list_keys BUCKET [ENDPOINT_URL]
#include <botocxx/botocxx.h>

#include <iostream>

int main(int argc, char** argv) {
  auto session = botocxx::Session::create().value();
  auto s3 = session.client("s3", {.endpoint_url = argc > 2 ? argv[2] : ""}).value();
  auto pages = botocxx::paginate(s3, "ListObjectsV2", {{"Bucket", argv[1]}});
  for (const botocxx::Value& object : pages.items("Contents").or_throw()) {
    std::cout << object["Key"].as_string() << ' ' << object["Size"].as_int() << '\n';
  }
}
