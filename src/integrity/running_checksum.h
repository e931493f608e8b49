#pragma once

#include "integrity/checksum.h"

namespace botocxx::integrity {

/// An algorithm at work.
struct Checksum::Running {
  Running() = default;
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  virtual ~Running() = default;
  virtual void update(std::span<const std::byte> octets) = 0;
  /// Gives the digest and starts over.
  virtual std::string finish() = 0;
};

}  // namespace botocxx::integrity
