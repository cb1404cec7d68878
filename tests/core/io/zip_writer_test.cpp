// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_writer.h"

#include "core/io/zip_reader.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/raw_zip.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>

namespace gesture::io {
namespace {

using test::ByteVector;

/// Two members: one of two parts and an empty one, stored; one deflated.
Status writeSample(const std::filesystem::path& path, std::uint64_t zip64From) {
    auto writer = ZipWriter::create(path, zip64From);
    if (!writer) return std::move(writer).error();
    const ByteVector first = test::bytesOf("first");
    const ByteVector second = test::bytesOf(" part");
    const ByteVector zeros(300'000);
    if (auto added = writer->add("grün.txt", {first, {}, second}, ZipMethod::Stored); !added)
        return added;
    if (auto added = writer->add("zeros", {zeros}, ZipMethod::Deflated); !added) return added;
    return writer->commit();
}

void expectSample(const std::filesystem::path& path) {
    ZipLimits limits;
    limits.allowance = 1 << 20;
    const auto zip = ZipReader::open(path, limits);
    ASSERT_TRUE(zip.ok()) << zip.error().message();
    ASSERT_EQ(zip->entries().size(), 2U);
    EXPECT_EQ(zip->entries()[0].name, "grün.txt");
    EXPECT_EQ(zip->read(zip->entries()[0], 1000).value(), test::bytesOf("first part"));
    EXPECT_EQ(zip->read(zip->entries()[1], 1 << 20).value(), ByteVector(300'000));
    EXPECT_LT(zip->entries()[1].compressedSize, 1000U);
}

TEST(ZipWriter, WritesWhatTheReaderReads) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeSample(folder / "a.zip", ZipWriter::kZip64From).ok());
    expectSample(folder / "a.zip");
}

TEST(ZipWriter, WritesZip64WhereSizesNeedIt) {
    const test::TemporaryFolder folder;
    for (const std::uint64_t from : {0U, 8U, 100U, 300'000U}) {
        ASSERT_TRUE(writeSample(folder / "a.zip", from).ok());
        expectSample(folder / "a.zip");
    }
}

TEST(ZipWriter, DamagedZip64IsRefusedOrReadTheSame) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeSample(folder / "a.zip", 0).ok());
    ZipLimits limits;
    limits.allowance = 1 << 20;
    test::forEachFlip(folder / "a.zip", [&](std::size_t offset) {
        const auto zip = ZipReader::open(folder / "a.zip", limits);
        if (!zip) return;
        for (const ZipEntry& entry : zip->entries()) {
            const auto bytes = zip->read(entry, 1 << 20);
            if (!bytes) continue;
            EXPECT_EQ(bytes->size(), entry.name == "zeros" ? 300'000U : 10U) << offset;
        }
    });
    test::forEachTruncation(folder / "a.zip", [&](std::size_t length) {
        EXPECT_FALSE(ZipReader::open(folder / "a.zip", limits).ok()) << length;
    });
}

TEST(ZipWriter, SameInputGivesSameBytes) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeSample(folder / "a.zip", ZipWriter::kZip64From).ok());
    ASSERT_TRUE(writeSample(folder / "b.zip", ZipWriter::kZip64From).ok());
    EXPECT_EQ(test::readBytes(folder / "a.zip"), test::readBytes(folder / "b.zip"));
}

TEST(ZipWriter, LeavesNothingWithoutCommit) {
    const test::TemporaryFolder folder;
    {
        auto writer = ZipWriter::create(folder / "a.zip");
        ASSERT_TRUE(writer.ok());
        const ByteVector bytes(10);
        ASSERT_TRUE(writer->add("a", {bytes}, ZipMethod::Stored).ok());
    }
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(ZipWriter, SaysWhyItCannotWrite) {
    const test::TemporaryFolder folder;
    const auto writer = ZipWriter::create(folder / "absent" / "a.zip");
    ASSERT_FALSE(writer.ok());
    EXPECT_EQ(writer.error().code(), ErrorCode::Io);
}

} // namespace
} // namespace gesture::io
