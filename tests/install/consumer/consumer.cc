#include <botocxx/value/value.h>

#include <iostream>

int main() {
  const botocxx::Value params = {{"Bucket", "photos"}, {"MaxKeys", 3}};
  std::cout << params["Bucket"].as_string() << ' ' << params["MaxKeys"].as_int() << '\n';
  return 0;
}
