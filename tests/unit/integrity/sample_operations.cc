#include "unit/integrity/sample_operations.h"

#include "codec/json.h"
#include "model/compiler.h"

#include <fmt/format.h>

#include <string>

namespace botocxx::integrity {

SampleOperation::SampleOperation(std::string_view traits, bool streaming,
                                 std::string_view body_traits) {
  std::string text = fmt::format(
      R"({{"metadata": {{"apiVersion": "2020-01-01", "endpointPrefix": "sample", "protocol": "rest-json",
             "serviceId": "Sample", "signatureVersion": "v4"}},
            "operations": {{"Put": {{"name": "Put", "http": {{"method": "PUT", "requestUri": "/"}},
              "input": {{"shape": "Input"}}{}{}}}}},
            "shapes": {{
              "Text": {{"type": "string"}}, "Octets": {{"type": "blob"{}}},
              "Input": {{"type": "structure"{}, "members": {{
                "Algorithm": {{"shape": "Text", "location": "header", "locationName": "x-algorithm"}},
                "Nameless": {{"shape": "Text"}},
                "Mode": {{"shape": "Text", "location": "header", "locationName": "x-mode"}},
                "Body": {{"shape": "Octets"}}}}}}}}}})",
      traits.empty() ? "" : ", ", traits, body_traits, streaming ? R"(, "payload": "Body")" : "");
  model = model::compile_and_open(codec::parse_json(text).value(), "sample", "2020-01-01").value();
}

}  // namespace botocxx::integrity
