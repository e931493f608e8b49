#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/body.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::integrity {

/// The octets in gzip form. The same octets always give the same result: no time is written.
Result<std::string> gzip(std::string_view octets);

/// The body in gzip form, made as it is read, in constant memory. Its length is not known
/// beforehand. Rewinds where the body does.
Result<std::shared_ptr<ByteStream>> make_gzip_stream(Body body);

}  // namespace botocxx::integrity
