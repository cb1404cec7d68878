// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace gesture {
namespace {

// FIPS 180-4 examples, published by NIST.
TEST(Sha256, EmptyMessage) {
    EXPECT_EQ(sha256Of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, OneBlock) {
    EXPECT_EQ(sha256Of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, TwoBlocks) {
    EXPECT_EQ(sha256Of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, MillionLettersInPieces) {
    const std::string piece(997, 'a'); // not a divisor of the block size
    Sha256 hash;
    std::size_t left = 1'000'000;
    while (left > 0) {
        const std::size_t count = std::min(left, piece.size());
        hash.update(std::as_bytes(std::span(piece).first(count)));
        left -= count;
    }
    EXPECT_EQ(hash.finish(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, FileEqualsItsBytes) {
    const test::TemporaryFolder folder;
    const std::string bytes(3'000'000, 'x');
    std::ofstream(folder / "file", std::ios::binary) << bytes;
    const auto digest = sha256OfFile(folder / "file");
    ASSERT_TRUE(digest.ok());
    EXPECT_EQ(*digest, sha256Of(bytes));
}

TEST(Sha256, MissingFileIsNotFound) {
    const auto digest = sha256OfFile("/nowhere/at/all");
    ASSERT_FALSE(digest.ok());
    EXPECT_EQ(digest.error().code(), ErrorCode::NotFound);
}

} // namespace
} // namespace gesture
