// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_reader.h"

#include "core/io/byte_order.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/raw_zip.h"
#include "tests/support/temporary_folder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <sys/stat.h>

namespace gesture::io {
namespace {

using test::ByteVector;
using test::deflatedMember;
using test::RawMember;
using test::rawZip;
using test::storedMember;
using ::testing::HasSubstr;

constexpr std::uint64_t kNoLimit = 1ULL << 40;

/// Opens and reads every member; the error of the first thing that fails, or "".
std::string readAll(const std::filesystem::path& path, const ZipLimits& limits = {}) {
    const auto zip = ZipReader::open(path, limits);
    if (!zip) return zip.error().message();
    for (const ZipEntry& entry : zip->entries()) {
        const auto bytes = zip->read(entry, kNoLimit);
        if (!bytes) return bytes.error().message();
        EXPECT_EQ(bytes->size(), entry.size);
    }
    return {};
}

std::string readAll(const ByteVector& archive, const ZipLimits& limits = {}) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "a.zip", archive);
    return readAll(folder / "a.zip", limits);
}

ByteVector pattern(std::size_t size) {
    ByteVector bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::byte>(i * i >> 7);
    return bytes;
}

TEST(ZipReader, ReadsStoredAndDeflatedMembers) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "a.zip", rawZip({storedMember("a.txt", "hello"),
                                               deflatedMember("b/c.bin", pattern(100'000))}));
    const auto zip = ZipReader::open(folder / "a.zip");
    ASSERT_TRUE(zip.ok()) << zip.error().message();
    ASSERT_NE(zip->find("b/c.bin"), nullptr);
    EXPECT_EQ(zip->read(*zip->find("a.txt"), 5).value(), test::bytesOf("hello"));
    EXPECT_EQ(zip->read(*zip->find("b/c.bin"), kNoLimit).value(), pattern(100'000));
    EXPECT_EQ(zip->find("nothing"), nullptr);
}

TEST(ZipReader, StreamsAMemberPieceByPiece) {
    const test::TemporaryFolder folder;
    const ByteVector expected = pattern(70'001);
    test::writeBytes(folder / "a.zip", rawZip({deflatedMember("a", expected)}));
    const auto zip = ZipReader::open(folder / "a.zip");
    ASSERT_TRUE(zip.ok());
    auto stream = zip->stream(zip->entries().front());
    ASSERT_TRUE(stream.ok());
    ByteVector got;
    while (stream->remaining() > 0) {
        ByteVector piece(std::min<std::uint64_t>(97, stream->remaining()));
        ASSERT_TRUE(stream->read(piece).ok());
        got.insert(got.end(), piece.begin(), piece.end());
    }
    EXPECT_EQ(got, expected);
    ByteVector one(1);
    EXPECT_FALSE(stream->read(one).ok());
}

TEST(ZipReader, ReadsDataDescriptorsCommentsAndFolders) {
    RawMember streamed = deflatedMember("a", pattern(1000));
    streamed.flags = 8;
    test::RawEnd end;
    end.comment = "made by a test";
    EXPECT_EQ(readAll(rawZip({storedMember("folder/", ""), streamed}, end)), "");
}

TEST(ZipReader, ReadsAnEmptyArchiveAndEmptyMembers) {
    EXPECT_EQ(readAll(rawZip({})), "");
    EXPECT_EQ(readAll(rawZip({storedMember("a", ""), deflatedMember("b", {})})), "");
}

TEST(ZipReader, KeepsToTheLimitOfOneMember) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "a.zip", rawZip({storedMember("a", "hello")}));
    const auto zip = ZipReader::open(folder / "a.zip");
    const auto bytes = zip->read(zip->entries().front(), 4);
    ASSERT_FALSE(bytes.ok());
    EXPECT_EQ(bytes.error().code(), ErrorCode::LimitExceeded);
}

TEST(ZipReader, CountsMembersAgainstItsLimit) {
    std::vector<RawMember> members;
    for (int i = 0; i < 1001; ++i)
        members.push_back(storedMember(fmt::format("m{}", i), ""));
    EXPECT_THAT(readAll(rawZip(members)), HasSubstr("1001 members; at most 1000"));
    ZipLimits limits;
    limits.maxEntries = 5000;
    EXPECT_EQ(readAll(rawZip(members), limits), "");
    members.pop_back();
    EXPECT_EQ(readAll(rawZip(members)), "");
}

TEST(ZipReader, RefusesWhatIsNoFile) {
    const test::TemporaryFolder folder;
    EXPECT_EQ(ZipReader::open(folder / "absent.npz").error().code(), ErrorCode::NotFound);
    EXPECT_THAT(readAll(folder.path()), HasSubstr("folder"));
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_THAT(readAll(folder / "pipe"), HasSubstr("not a regular file"));
    EXPECT_THAT(readAll(ByteVector{}), HasSubstr("empty"));
    EXPECT_THAT(readAll(ByteVector(4000)), HasSubstr("not a zip archive"));
}

// Bombs -------------------------------------------------------------------------------------------

TEST(ZipReader, RefusesABombOfZeros) {
    EXPECT_THAT(readAll(rawZip({deflatedMember("a", ByteVector(20 << 20))})),
                HasSubstr("more than 100 times"));
}

TEST(ZipReader, RefusesABombOfManyMembers) {
    std::vector<RawMember> members(900, deflatedMember("", ByteVector(1 << 20)));
    for (std::size_t i = 0; i < members.size(); ++i)
        members[i].name = fmt::format("member{}", i);
    EXPECT_THAT(readAll(rawZip(members)), HasSubstr("more than 100 times"));
}

TEST(ZipReader, RefusesOverlappingMembers) {
    // As in "A better zip bomb" (Fifield 2019): two directory entries for the same bytes.
    RawMember twin = deflatedMember("a", pattern(10'000));
    twin.name = "b";
    twin.localOffset = 0;
    EXPECT_THAT(readAll(rawZip({deflatedMember("a", pattern(10'000)), twin})),
                HasSubstr("contradicts the directory"));
    // A member quoted inside another one: its local header is genuine, but lies in the first one.
    const ByteVector inner = rawZip({storedMember("b", "inner")});
    RawMember outer =
        storedMember("a", std::string(reinterpret_cast<const char*>(inner.data()), inner.size()));
    RawMember quoted = storedMember("b", "inner");
    quoted.localOffset = 31; // behind the local header of "a"
    EXPECT_THAT(readAll(rawZip({outer, quoted})), HasSubstr("overlaps"));
}

TEST(ZipReader, RefusesSizesThatDeflateCannotReach) {
    RawMember member = deflatedMember("a", ByteVector(1000));
    member.size = 90'000;
    EXPECT_THAT(readAll(rawZip({member})), HasSubstr("declares more bytes than it can hold"));
}

// Hostile directories -----------------------------------------------------------------------------

struct HostileName {
    std::string name;
    std::string message;
};

class ZipReaderHostileName : public ::testing::TestWithParam<HostileName> {};

TEST_P(ZipReaderHostileName, IsRefused) {
    EXPECT_THAT(readAll(rawZip({storedMember(GetParam().name, "x")})),
                HasSubstr(GetParam().message));
}

const std::string kOut = "leads out of the archive";
const std::string kUnreadable = "not readable text";
INSTANTIATE_TEST_SUITE_P(
    All, ZipReaderHostileName,
    ::testing::Values(HostileName{"../a", kOut}, HostileName{"a/../../b", kOut},
                      HostileName{"a/..", kOut}, HostileName{"..", kOut},
                      HostileName{"/etc/passwd", kOut}, HostileName{"C:/a", kOut},
                      HostileName{"..\\a", kOut}, HostileName{"", kUnreadable},
                      HostileName{std::string("a\0b", 3), kUnreadable},
                      HostileName{"a\nb", kUnreadable}, HostileName{"a\x1b[2J", kUnreadable},
                      HostileName{"\xff\xfe", kUnreadable}, HostileName{"\xc3", kUnreadable},
                      HostileName{std::string(2000, 'a'), kUnreadable}));

TEST(ZipReader, AcceptsDotsInsideNames) {
    EXPECT_EQ(readAll(rawZip({storedMember("a..b/..c", "x")})), "");
}

TEST(ZipReader, RefusesDuplicateNames) {
    EXPECT_THAT(readAll(rawZip({storedMember("a", "1"), storedMember("a", "2")})),
                HasSubstr("'a' occurs twice"));
}

TEST(ZipReader, RefusesEncryptionAndOtherMethods) {
    for (const std::uint16_t flag : {1, 1 << 6, 1 << 13}) {
        RawMember member = storedMember("a", "x");
        member.flags = flag;
        EXPECT_THAT(readAll(rawZip({member})), HasSubstr("encrypted")) << flag;
    }
    for (const std::uint16_t method : {1, 9, 12, 14, 93, 99}) {
        RawMember member = storedMember("a", "x");
        member.method = method;
        EXPECT_THAT(readAll(rawZip({member})), HasSubstr("method")) << method;
    }
}

TEST(ZipReader, RefusesHeadersThatContradictEachOther) {
    RawMember name = storedMember("a", "x");
    name.localName = "b";
    EXPECT_THAT(readAll(rawZip({name})), HasSubstr("contradicts"));
    RawMember longName = storedMember("a", "x");
    longName.localName = "ab";
    EXPECT_THAT(readAll(rawZip({longName})), HasSubstr("contradicts"));
    RawMember size = deflatedMember("a", pattern(100));
    size.localSize = 99;
    EXPECT_THAT(readAll(rawZip({size})), HasSubstr("contradicts"));
    RawMember descriptor = size;
    descriptor.flags = 8;
    EXPECT_THAT(readAll(rawZip({descriptor})), HasSubstr("contradicts"));
    RawMember stored = storedMember("a", "xyz");
    stored.size = 2;
    EXPECT_THAT(readAll(rawZip({stored})), HasSubstr("two different sizes"));
}

TEST(ZipReader, RefusesDataThatContradictsTheDirectory) {
    RawMember crc = storedMember("a", "x");
    crc.crc ^= 1;
    EXPECT_THAT(readAll(rawZip({crc})), HasSubstr("checksum"));
    RawMember emptyCrc = storedMember("a", "");
    emptyCrc.crc = 7;
    EXPECT_THAT(readAll(rawZip({emptyCrc})), HasSubstr("checksum"));
    RawMember more = deflatedMember("a", pattern(100));
    more.size = 99;
    EXPECT_THAT(readAll(rawZip({more})), HasSubstr("holds more than"));
    RawMember less = deflatedMember("a", pattern(100));
    less.size = 101;
    EXPECT_THAT(readAll(rawZip({less})), HasSubstr("holds less than"));
    RawMember trailing = deflatedMember("a", pattern(100));
    trailing.data.resize(trailing.data.size() + 5);
    EXPECT_THAT(readAll(rawZip({trailing})), HasSubstr("holds more than"));
    RawMember cut = deflatedMember("a", pattern(100));
    cut.data.resize(cut.data.size() / 2);
    EXPECT_THAT(readAll(rawZip({cut})), HasSubstr("ends too early"));
    RawMember noise = deflatedMember("a", pattern(100));
    noise.data[0] = std::byte{0xff};
    EXPECT_THAT(readAll(rawZip({noise})), HasSubstr("damaged"));
}

TEST(ZipReader, RefusesMembersOutsideTheFile) {
    for (const std::uint32_t offset : {1U, 40U, 1'000'000U, 0xfffffffeU}) {
        RawMember member = storedMember("a", "hello");
        member.localOffset = offset;
        EXPECT_NE(readAll(rawZip({member})), "") << offset;
    }
    RawMember big = storedMember("a", "hello");
    big.localOffset = 0xffffffffU; // promises a ZIP64 field that is not there
    EXPECT_THAT(readAll(rawZip({big})), HasSubstr("lacks its ZIP64 header"));
}

TEST(ZipReader, RefusesDamagedExtraFields) {
    for (const std::string& extra :
         {std::string("\x01"), std::string("\x01\x00\xff\xff", 4),
          std::string("\x01\x00\x08\x00", 4), std::string("\x01\x00\x00\x00\x01\x00\x00\x00", 8)}) {
        RawMember member = storedMember("a", "hello");
        member.extra = test::bytesOf(extra);
        EXPECT_NE(readAll(rawZip({member})), "") << extra.size();
    }
}

TEST(ZipReader, RefusesEndRecordsThatLie) {
    const std::vector<RawMember> members{storedMember("a", "hello"), storedMember("b", "world")};
    for (const std::uint16_t entries : {0, 1, 3, 1000, 0xfffe, 0xffff}) {
        test::RawEnd end;
        end.entries = entries;
        EXPECT_NE(readAll(rawZip(members, end)), "") << entries;
    }
    const auto size = static_cast<std::uint32_t>(rawZip(members).size());
    for (const std::uint32_t value : {0U, 1U, size, size + 1, 0x7fffffffU, 0xfffffffeU, ~0U}) {
        test::RawEnd end;
        end.directorySize = value;
        EXPECT_NE(readAll(rawZip(members, end)), "") << value;
        test::RawEnd moved;
        moved.directoryOffset = value;
        EXPECT_NE(readAll(rawZip(members, moved)), "") << value;
    }
    test::RawEnd parts;
    parts.disk = 1;
    EXPECT_THAT(readAll(rawZip(members, parts)), HasSubstr("one of several parts"));
}

TEST(ZipReader, RefusesBytesBehindTheEnd) {
    ByteVector archive = rawZip({storedMember("a", "hello")});
    archive.push_back(std::byte{0});
    EXPECT_THAT(readAll(archive), HasSubstr("no end of the directory"));
}

TEST(ZipReader, RefusesEveryTruncation) {
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "a.zip",
                     rawZip({storedMember("a", "hello"), deflatedMember("b", pattern(3000))}));
    test::forEachTruncation(folder / "a.zip", [&](std::size_t length) {
        EXPECT_NE(readAll(folder / "a.zip"), "") << length;
    });
}

TEST(ZipReader, GivesTheSameBytesOrAnErrorForEveryFlippedByte) {
    const test::TemporaryFolder folder;
    RawMember streamed = deflatedMember("b", pattern(2000));
    streamed.flags = 8;
    test::writeBytes(folder / "a.zip", rawZip({storedMember("a", "hello"), streamed}));
    test::forEachFlip(folder / "a.zip", [&](std::size_t offset) {
        const auto zip = ZipReader::open(folder / "a.zip");
        if (!zip) return;
        for (const ZipEntry& entry : zip->entries()) {
            const auto bytes = zip->read(entry, kNoLimit);
            if (!bytes) continue;
            const ByteVector expected = entry.name == "a" ? test::bytesOf("hello") : pattern(2000);
            EXPECT_EQ(*bytes, expected) << offset;
        }
    });
}

} // namespace
} // namespace gesture::io
