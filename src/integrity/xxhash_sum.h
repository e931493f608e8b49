#pragma once

#include "integrity/running_checksum.h"

#include <memory>

namespace botocxx::integrity {

/// The xxHash family without a seed, digests in its canonical (big-endian) form.
std::unique_ptr<Checksum::Running> start_xxhash64();
std::unique_ptr<Checksum::Running> start_xxhash3();
std::unique_ptr<Checksum::Running> start_xxhash128();

}  // namespace botocxx::integrity
