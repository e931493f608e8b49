// Finds objects by their metadata on an ECS or ObjectScale store, without exceptions:
//   find_by_metadata ENDPOINT_URL BUCKET EXPRESSION
#include <botocxx/botocxx.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  auto session = botocxx::Session::create();
  if (!session) return std::cerr << session.error().describe() << '\n', 1;
  auto s3 = session->client("s3", {.endpoint_url = argv[1]});
  if (!s3) return std::cerr << s3.error().describe() << '\n', 1;

  auto found = s3->call("metadata_search", {{"Bucket", argv[2]}, {"Query", argv[3]}});
  if (!found) {
    if (found.error().is("Metadata search not enabled")) std::cerr << "no index on this bucket\n";
    return std::cerr << found.error().describe() << '\n', 1;
  }
  for (const botocxx::Value& match : (*found)["ObjectMatches"]) {
    std::cout << match["objectName"].as_string();
    for (const botocxx::Value& block : match["queryMds"]) {
      for (const auto& entry : block["mdMap"].members()) {
        std::cout << "  " << entry.key.view() << '=' << entry.value.as_string();
      }
    }
    std::cout << '\n';
  }
}
