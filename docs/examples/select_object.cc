// Runs a query over a CSV object and prints the records as they arrive:
//   select_object ENDPOINT_URL BUCKET KEY QUERY
#include <botocxx/botocxx.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  try {
    auto session = botocxx::Session::create().value();
    auto s3 = session.client("s3", {.endpoint_url = argv[1]}).value();
    botocxx::Value params{{"Bucket", argv[2]},
                          {"Key", argv[3]},
                          {"Expression", argv[4]},
                          {"ExpressionType", "SQL"},
                          {"InputSerialization", {{"CSV", {{"FileHeaderInfo", "USE"}}}}},
                          {"OutputSerialization", {{"JSON", botocxx::Value::object()}}}};
    auto response = s3.call("SelectObjectContent", params).value();
    bool complete = false;
    for (auto& event : response.events()) {
      const botocxx::Value& value = event.value();  // throws what the stream failed with
      if (const auto* records = value.find("Records"))
        std::cout << (*records)["Payload"].as_bytes();
      complete = complete || value.contains("End");
    }
    if (complete) return 0;
    std::cerr << "the result is not complete\n";
  } catch (const botocxx::Exception& e) {
    std::cerr << e.error().code() << ": " << e.what() << '\n';
  }
  return 1;
}
