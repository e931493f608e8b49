// Prints the keys of a bucket: list_keys BUCKET [ENDPOINT_URL]
#include <botocxx/botocxx.h>

#include <iostream>

int main(int argc, char** argv) {
  auto session = botocxx::Session::create().value();
  auto s3 = session.client("s3", {.endpoint_url = argc > 2 ? argv[2] : ""}).value();
  auto page = s3.call("ListObjectsV2", {{"Bucket", argv[1]}}).value();
  for (const botocxx::Value& object : page["Contents"]) {
    std::cout << object["Key"].as_string() << ' ' << object["Size"].as_int() << '\n';
  }
}
