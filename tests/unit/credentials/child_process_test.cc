#include "credentials/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>

namespace botocxx::credentials {
namespace {

using testing::HasSubstr;

Result<ChildResult> shell(const std::string& script,
                          std::optional<std::chrono::steady_clock::time_point> deadline = {}) {
  return run_child({"/bin/sh", "-c", script}, deadline);
}

TEST(ChildProcess, CollectsBothKindsOfOutputAndTheStatus) {
  auto ended = shell("echo out; echo err >&2; exit 3").value();
  EXPECT_EQ(ended.output, "out\n");
  EXPECT_EQ(ended.errors, "err\n");
  EXPECT_EQ(ended.status, 3);
}

TEST(ChildProcess, MuchOutputOfBothKindsBlocksNobody) {
  auto ended = shell("yes x | head -c 300000; yes y | head -c 300000 >&2").value();
  EXPECT_EQ(ended.output.size(), 300000u);
  EXPECT_EQ(ended.errors.size(), 300000u);
}

TEST(ChildProcess, ASignalThatEndedItIsTold) {
  EXPECT_EQ(shell("kill -9 $$").value().status, -SIGKILL);
}

TEST(ChildProcess, AProgramThatIsMissingIsNamed) {
  auto failed = run_child({"/none/program"}, std::nullopt);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message(), HasSubstr("/none/program"));
}

TEST(ChildProcess, WhatHangsIsKilledAtTheDeadline) {
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  auto failed = shell("exec sleep 1000", deadline);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind(), ErrorKind::kTimeout);
}

TEST(ChildProcess, WhatClosesItsOutputAndHangsIsKilledToo) {
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  auto failed = shell("exec >&- 2>&-; exec sleep 1000", deadline);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind(), ErrorKind::kTimeout);
}

}  // namespace
}  // namespace botocxx::credentials
