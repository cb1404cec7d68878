// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace gesture {
namespace {

TEST(Result, HoldsAValueThatOnlyMoves) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    ASSERT_TRUE(result.ok());
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 7);
}

TEST(Result, ContextStandsBeforeTheMessage) {
    const Result<int> failed(Error(ErrorCode::InvalidInput, "Array 'poses' is empty."));
    const Error error = Error(failed.error()).withContext("clip.npz");
    EXPECT_EQ(error.message(), "clip.npz: Array 'poses' is empty.");
    EXPECT_EQ(error.code(), ErrorCode::InvalidInput);
}

TEST(ResultDeathTest, ReadingTheWrongSideAborts) {
    const Result<int> failed(Error(ErrorCode::Io, "x"));
    EXPECT_DEATH(static_cast<void>(failed.value()), "Internal error");
}

TEST(Error, ExitStatusesAreTheDocumentedOnes) {
    EXPECT_EQ(exitStatus(ErrorCode::InvalidInput), 1);
    EXPECT_EQ(exitStatus(ErrorCode::Usage), 2);
    EXPECT_EQ(exitStatus(ErrorCode::Cancelled), 3);
    EXPECT_EQ(exitStatus(ErrorCode::Unavailable), 4);
}

} // namespace
} // namespace gesture
