// Prints some keys of a bucket and where to go on: resume_listing BUCKET ENDPOINT_URL COUNT [TOKEN]
#include <botocxx/botocxx.h>

#include <iostream>
#include <string>

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  auto session = botocxx::Session::create().value();
  auto s3 = session.client("s3", {.endpoint_url = argv[2]}).value();
  botocxx::PaginateOptions options{.max_items = std::stoi(argv[3])};
  if (argc > 4) options.starting_token = argv[4];
  auto pages = botocxx::paginate(s3, "ListObjectsV2", {{"Bucket", argv[1]}}, options);
  for (botocxx::Result<botocxx::Value>& object : pages.items()) {
    if (!object) {
      std::cerr << object.error().describe() << '\n';
      return 1;
    }
    std::cout << (*object)["Key"].as_string() << '\n';
  }
  if (auto token = pages.resume_token()) std::cout << "go on with " << *token << '\n';
}
