#include "base/digest.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

#include <array>
#include <vector>

namespace botocxx::customize {
namespace {

constexpr std::size_t kLeafSize = 1024 * 1024;

// Both checksums of one pass: of the whole, and of a tree over pieces of a MiB.
class ArchiveHash {
 public:
  void add(std::string_view octets) {
    whole_.update(octets);
    while (!octets.empty()) {
      std::string_view part = octets.substr(0, kLeafSize - in_leaf_);
      leaf_.update(part);
      in_leaf_ += part.size();
      octets.remove_prefix(part.size());
      if (in_leaf_ == kLeafSize) end_leaf();
    }
  }
  std::string linear() { return hex_encode(as_byte_span(whole_.finish())); }
  std::string tree() {
    if (in_leaf_ > 0 || leaves_.empty()) end_leaf();
    while (leaves_.size() > 1) join_pairs();
    return hex_encode(as_byte_span(leaves_.front()));
  }

 private:
  void end_leaf() {
    leaves_.push_back(leaf_.finish());
    in_leaf_ = 0;
  }
  void join_pairs() {
    std::vector<std::string> joined;
    for (std::size_t i = 0; i + 1 < leaves_.size(); i += 2) {
      joined.emplace_back(as_text(base::sha256(leaves_[i] + leaves_[i + 1])));
    }
    if (leaves_.size() % 2 == 1) joined.push_back(leaves_.back());
    leaves_ = std::move(joined);
  }

  base::Digest whole_{base::DigestAlgorithm::kSha256};
  base::Digest leaf_{base::DigestAlgorithm::kSha256};
  std::size_t in_leaf_ = 0;
  std::vector<std::string> leaves_;
};

Result<void> add_checksums(BeforeCall& event) {
  constexpr std::string_view kLinear = "x-amz-content-sha256";
  constexpr std::string_view kTree = "x-amz-sha256-tree-hash";
  Headers& headers = event.request.headers;
  if (headers.contains(kLinear) && headers.contains(kTree)) return {};
  const Body& body = event.request.body;
  if (!body.can_rewind()) {
    return Error(ErrorKind::kUsage, "UnseekableStream",
                 "an archive is read twice, once for its checksums and once to send it, but this "
                 "stream can be read only once")
        .with_hint("pass a file or octets");
  }
  ArchiveHash hash;
  auto read = body.copy_to([&](std::span<const std::byte> octets) -> Result<void> {
    hash.add(as_text(octets));
    return {};
  });
  if (!read) return std::move(read).error();
  if (auto rewound = body.rewind(); !rewound) return rewound;
  if (!headers.contains(kLinear)) headers.add(std::string(kLinear), hash.linear());
  if (!headers.contains(kTree)) headers.add(std::string(kTree), hash.tree());
  return {};
}

}  // namespace

void register_archive_vaults(Events& events) {
  on(events, "before-parameter-build.glacier", [](BeforeParameterBuild& event) {
    // "-" is the account that signs.
    if (event.params["accountId"].is_null()) event.params.set("accountId", "-");
  });
  on(events, "before-call.glacier", [](BeforeCall& event) {
    event.request.headers.set("x-amz-glacier-version",
                              event.operation.model().metadata("apiVersion"));
  });
  on(events, "before-call.glacier.UploadArchive", add_checksums);
  on(events, "before-call.glacier.UploadMultipartPart", add_checksums);
}

}  // namespace botocxx::customize
