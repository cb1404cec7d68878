// SPDX-License-Identifier: Apache-2.0
#include "core/base/fast_hash.h"

#include "core/base/atomic_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gesture {
namespace {

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// The bytes by which the reference implementation of xxHash checks itself (its
/// XSUM_fillTestBuffer).
std::string testBuffer(std::size_t size) {
    std::uint64_t generator = 2654435761U;
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        bytes += static_cast<char>(generator >> 56);
        generator *= 11400714785074694797ULL;
    }
    return bytes;
}

TEST(FastHash, IsXxh64) {
    EXPECT_EQ(fastHashOf({}), 0xEF46DB3751D8E999U);
    EXPECT_EQ(fastHashOf(bytesOf("a")), 0xD24EC4F1A98C6E5BU);
    EXPECT_EQ(fastHashOf(bytesOf("abc")), 0x44BC2CF5AD770999U);
    EXPECT_EQ(fastHashOf(bytesOf(testBuffer(1))), 0xE934A84ADB052768U);
    EXPECT_EQ(fastHashOf(bytesOf(testBuffer(4))), 0x9136A0DCA57457EEU);
    EXPECT_EQ(fastHashOf(bytesOf(testBuffer(14))), 0x8282DCC4994E35C8U);
    EXPECT_EQ(fastHashOf(bytesOf(testBuffer(222))), 0xB641AE8CB691C174U);
}

TEST(FastHash, PiecesOfAnySizeGiveTheSame) {
    const std::string text = testBuffer(1000);
    for (const std::size_t piece : {1U, 3U, 31U, 32U, 33U, 500U}) {
        FastHash hash;
        for (std::size_t at = 0; at < text.size(); at += piece)
            hash.update(bytesOf(text).subspan(at, std::min(piece, text.size() - at)));
        EXPECT_EQ(hash.finish(), fastHashOf(bytesOf(text))) << piece;
    }
}

TEST(FastHash, OfAFile) {
    const test::TemporaryFolder folder;
    const std::string text = testBuffer(600000);
    ASSERT_TRUE(writeTextAtomically(folder / "a", text).ok());
    JobControl control;
    EXPECT_EQ(fastHashOfFile(folder / "a", control).value(), fastHashOf(bytesOf(text)));
    EXPECT_EQ(fastHashOfFile(folder / "b", control).error().code(), ErrorCode::NotFound);
}

} // namespace
} // namespace gesture
