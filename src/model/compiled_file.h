#pragma once

#include "model/document_inputs.h"
#include <botocxx/base/host.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

/// What a compiled file holds.
enum class CompiledKind : std::uint32_t {
  kService = 1,  ///< the flat buffer of FORMAT.md
  kDocument = 2  ///< a merged document as compact JSON
};

/// The file of a document below the folder of compiled ones; empty for types without that form.
std::string compiled_name(const DocumentInputs& inputs);

/// The inputs of a top-level data file.
DocumentInputs data_inputs(const std::string& path);

/// The content of a compiled file: `payload`, and by which states of `paths` it may be used (their
/// sizes, times and SHA-256). An error when one of them cannot be read.
Result<std::string> write_compiled(CompiledKind kind, std::string_view payload,
                                   const std::vector<std::string>& paths, const Host& host);

/// The payload, when the content is whole, of this version and kind, and made from just these
/// files as they are now: of the recorded size, and of the recorded time or else content.
std::optional<std::string> read_compiled(std::string content, CompiledKind kind,
                                         const std::vector<std::string>& paths,
                                         const FileSystem& files);

}  // namespace botocxx::model
