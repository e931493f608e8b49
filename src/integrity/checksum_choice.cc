#include "integrity/checksum_choice.h"

#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::integrity {
namespace {

constexpr std::string_view kHeaderStem = "x-amz-checksum-";
constexpr std::string_view kDefaultName = "CRC32";

// As botocore orders them; MD5, which it does not know, is last.
constexpr std::array<ChecksumAlgorithm, 10> kPreference{
    ChecksumAlgorithm::kXxhash128, ChecksumAlgorithm::kXxhash3, ChecksumAlgorithm::kCrc64Nvme,
    ChecksumAlgorithm::kXxhash64,  ChecksumAlgorithm::kCrc32c,  ChecksumAlgorithm::kCrc32,
    ChecksumAlgorithm::kSha1,      ChecksumAlgorithm::kSha256,  ChecksumAlgorithm::kSha512,
    ChecksumAlgorithm::kMd5};

bool is_checksum_header(std::string_view name) {
  if (!equals_ignore_case(name.substr(0, kHeaderStem.size()), kHeaderStem)) return false;
  name.remove_prefix(kHeaderStem.size());
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool has_checksum(const Headers& headers) {
  return std::any_of(headers.begin(), headers.end(),
                     [](const Headers::Field& field) { return is_checksum_header(field.name); });
}

std::string text(const Value& value) { return std::string(value.get_if_string().value_or("")); }

std::optional<Headers::Field> announcement(const Operation& operation,
                                           const ChecksumTraits& traits) {
  auto input = operation.input();
  if (!input || traits.algorithm_member.empty()) return std::nullopt;
  auto member = input->shape().find_member(traits.algorithm_member);
  if (!member || member->wire_name().empty()) return std::nullopt;
  return Headers::Field{std::string(member->wire_name()), std::string(kDefaultName)};
}

Result<ChecksumAlgorithm> named_algorithm(const Value& name) {
  auto algorithm = find_checksum_algorithm(text(name));
  if (algorithm) return *algorithm;
  std::vector<std::string> known;
  for (ChecksumAlgorithm one : kPreference) known.emplace_back(to_string(one));
  std::string given = to_lower(text(name));
  Error error(ErrorKind::kUsage, "FlexibleChecksum",
              fmt::format("Unsupported checksum algorithm: {}", given));
  auto near = nearest_name(given, known);
  return near ? std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *near)) : error;
}

}  // namespace

ChecksumTraits checksum_traits(const Operation& operation) {
  ChecksumTraits traits;
  traits.required = operation.trait("httpChecksumRequired") == "true";
  auto stated = operation.trait("httpChecksum");
  if (!stated) return traits;
  auto read = codec::parse_json(*stated);
  if (!read) return traits;
  if ((*read)["requestChecksumRequired"].get_if_bool() == true) traits.required = true;
  traits.algorithm_member = text((*read)["requestAlgorithmMember"]);
  traits.mode_member = text((*read)["requestValidationModeMember"]);
  for (const Value& name : (*read)["responseAlgorithms"].items()) {
    traits.response_algorithms.push_back(text(name));
  }
  return traits;
}

Result<std::optional<RequestChecksum>> choose_request_checksum(const Operation& operation,
                                                               const ChecksumTraits& traits,
                                                               const Value& params,
                                                               const Headers& headers,
                                                               const RequestFacts& facts) {
  if (has_checksum(headers)) return std::nullopt;
  RequestChecksum chosen;
  const Value* asked =
      traits.algorithm_member.empty() ? nullptr : params.find(traits.algorithm_member);
  if (asked != nullptr && !asked->is_null()) {
    auto algorithm = named_algorithm(*asked);
    if (!algorithm) return std::move(algorithm).error();
    chosen.algorithm = *algorithm;
  } else if (traits.required && facts.content_md5) {
    if (headers.contains("Content-MD5")) return std::nullopt;
    return RequestChecksum{ChecksumAlgorithm::kMd5, ChecksumPlace::kHeader, "Content-MD5", false,
                           std::nullopt};
  } else if (traits.required ||
             (!traits.algorithm_member.empty() && facts.calculation == WhenToCheck::kSupported)) {
    chosen.algorithm = ChecksumAlgorithm::kCrc32;
    chosen.optional = !traits.required;
    chosen.announcement = announcement(operation, traits);
  } else {
    return std::nullopt;
  }
  // Trailers go unsigned, so that only TLS keeps them from being changed on the way.
  bool in_trailer = operation.has_streaming_input() && facts.https && facts.takes_trailers;
  chosen.place = in_trailer ? ChecksumPlace::kTrailer : ChecksumPlace::kHeader;
  chosen.name = checksum_header(chosen.algorithm);
  return chosen;
}

std::vector<ChecksumAlgorithm> choose_response_checksums(const ChecksumTraits& traits,
                                                         const Value& params) {
  std::vector<ChecksumAlgorithm> chosen;
  if (traits.mode_member.empty() || params[traits.mode_member].is_null()) return chosen;
  for (ChecksumAlgorithm algorithm : kPreference) {
    bool offered = std::any_of(
        traits.response_algorithms.begin(), traits.response_algorithms.end(),
        [&](const std::string& name) { return find_checksum_algorithm(name) == algorithm; });
    if (offered) chosen.push_back(algorithm);
  }
  return chosen;
}

void ask_for_response_checksum(const ChecksumTraits& traits, WhenToCheck validation,
                               Value& params) {
  if (traits.mode_member.empty() || validation != WhenToCheck::kSupported) return;
  if (!params.contains(traits.mode_member)) params.set(traits.mode_member, "ENABLED");
}

}  // namespace botocxx::integrity
