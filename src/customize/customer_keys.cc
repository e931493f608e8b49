#include "base/digest.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::customize {
namespace {

// A key goes out as base64 with its MD5; who gives the MD5 has encoded the key, too.
EventHandler encode_key(std::string_view prefix) {
  std::string key_name = std::string(prefix) + "Key";
  std::string md5_name = key_name + "MD5";
  return [key_name, md5_name](BeforeParameterBuild& event) {
    const Value& key = event.params[key_name];
    if (!(key.is_string() || key.is_bytes()) || event.params.contains(md5_name)) return;
    std::string octets(key.as_bytes());
    event.params.set(key_name, base64_encode(as_byte_span(octets)));
    event.params.set(md5_name, base64_encode(as_byte_span(base::md5(octets))));
  };
}

}  // namespace

void register_customer_keys(Events& events) {
  for (auto operation :
       {"HeadObject", "GetObject", "PutObject", "CopyObject", "CreateMultipartUpload", "UploadPart",
        "UploadPartCopy", "CompleteMultipartUpload", "SelectObjectContent"}) {
    on(events, std::string("before-parameter-build.s3.") + operation, encode_key("SSECustomer"));
  }
  for (auto operation : {"CopyObject", "UploadPartCopy"}) {
    on(events, std::string("before-parameter-build.s3.") + operation,
       encode_key("CopySourceSSECustomer"));
  }
}

}  // namespace botocxx::customize
