#include "model/compiled_file.h"

#include "base/crc.h"
#include "base/digest.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <limits>

namespace botocxx::model {
namespace {

constexpr std::array<char, 4> kCompiledMagic{'B', 'C', 'X', 'C'};
// Raised with every change of this layout, of the flat format, and of what compiling makes of the
// same files.
constexpr std::uint32_t kCompiledVersion = 1;
// A file that changed so shortly before may change again within the same tick of its time.
constexpr std::int64_t kSettledNs = 2'000'000'000;
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

struct CompiledHeader {
  std::array<char, 4> magic;
  std::uint32_t version;
  std::uint32_t kind;
  std::uint32_t input_count;
  std::uint64_t payload_size;
  std::uint32_t payload_crc;
  std::uint32_t inputs_crc;
};

struct CompiledInput {
  std::uint64_t size;
  std::int64_t modified_ns;
  base::Sha256Bytes digest;
};

template <typename Record>
std::string_view octets_of(const Record& record) {
  return {reinterpret_cast<const char*>(&record), sizeof record};
}

bool fits(const CompiledInput& input, const std::string& path, const FileSystem& files) {
  FileSystem::Status status = files.status(path);
  if (status.type != FileSystem::Type::kFile || status.size != input.size) return false;
  if (status.modified_ns == input.modified_ns && input.modified_ns != kNoTime) return true;
  auto text = files.read_file(path);
  return text && base::sha256(*text) == input.digest;
}

}  // namespace

std::string compiled_name(const DocumentInputs& inputs) {
  if (inputs.service.empty()) {
    bool large = inputs.type == "partitions" || inputs.type == "endpoints";
    return large ? inputs.type + ".bcxc" : std::string();
  }
  if (inputs.type != "service-2" && inputs.type != "endpoint-rule-set-1") return {};
  return fmt::format("{}/{}/{}.bcxc", inputs.service, inputs.version, inputs.type);
}

DocumentInputs data_inputs(const std::string& path) {
  DocumentInputs inputs;
  inputs.base = path;
  std::string name = path.substr(path.rfind('/') + 1);
  inputs.type = name.substr(0, name.find('.'));
  return inputs;
}

Result<std::string> write_compiled(CompiledKind kind, std::string_view payload,
                                   const std::vector<std::string>& paths, const Host& host) {
  Timestamp now = host.clock->now();
  std::int64_t now_ns = now.seconds() * 1'000'000'000 + now.nanoseconds();
  std::string inputs;
  for (const std::string& path : paths) {
    FileSystem::Status status = host.files->status(path);
    auto text = host.files->read_file(path);
    if (!text) return std::move(text).error();
    bool settled = status.modified_ns < now_ns - kSettledNs;
    CompiledInput input{text->size(), settled ? status.modified_ns : kNoTime, base::sha256(*text)};
    inputs += octets_of(input);
  }
  CompiledHeader header{kCompiledMagic,
                        kCompiledVersion,
                        static_cast<std::uint32_t>(kind),
                        static_cast<std::uint32_t>(paths.size()),
                        payload.size(),
                        base::crc32(payload),
                        base::crc32(inputs)};
  std::string content;
  content.reserve(sizeof header + inputs.size() + payload.size());
  content.append(octets_of(header)).append(inputs).append(payload);
  return content;
}

std::optional<std::string> read_compiled(std::string content, CompiledKind kind,
                                         const std::vector<std::string>& paths,
                                         const FileSystem& files) {
  CompiledHeader header{};
  if (content.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, content.data(), sizeof header);
  if (header.magic != kCompiledMagic || header.version != kCompiledVersion) return std::nullopt;
  if (header.kind != static_cast<std::uint32_t>(kind)) return std::nullopt;
  if (header.input_count != paths.size()) return std::nullopt;
  std::size_t inputs_size = paths.size() * sizeof(CompiledInput);
  std::size_t rest = content.size() - sizeof header;
  if (rest < inputs_size || rest - inputs_size != header.payload_size) return std::nullopt;
  std::string_view inputs = std::string_view(content).substr(sizeof header, inputs_size);
  if (base::crc32(inputs) != header.inputs_crc) return std::nullopt;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    CompiledInput input{};
    std::memcpy(&input, inputs.data() + i * sizeof input, sizeof input);
    if (!fits(input, paths[i], files)) return std::nullopt;
  }
  content.erase(0, sizeof header + inputs_size);
  if (base::crc32(content) != header.payload_crc) return std::nullopt;
  return content;
}

}  // namespace botocxx::model
