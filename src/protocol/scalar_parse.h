#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

/// Scalars of documents and headers, read as botocore reads them; shared by the protocols whose
/// scalars are texts.
namespace botocxx::protocol {

/// kind kParse, code "ResponseParser".
Error parse_failure(std::string_view problem);

/// The same for a body that is no `format` ("JSON") at all, with the reader's own error in it and
/// its context kept.
Error unreadable_body(std::string_view format, const Error& cause);

/// `error` with one more step of the way to the value, added from the inside out: the context
/// "path" becomes `Contents[0].Size`.
Error at_member(Error error, std::string_view name);
Error at_index(Error error, std::size_t index);

/// Where a text that is parsed lives: decides whether a value may refer to it.
enum class TextOwner {
  kOutlivesValue,  ///< part of the body, say: refer to it
  kTemporary       ///< copy it
};

/// `text` as `shape`'s type. Integers that do not fit into 64 bits become doubles.
Result<Value> parse_scalar(const Shape& shape, std::string_view text, TextOwner owner,
                           std::pmr::memory_resource* resource);

/// Without the blanks that Python's `strip()` removes (ASCII ones).
std::string_view strip(std::string_view text);

}  // namespace botocxx::protocol
