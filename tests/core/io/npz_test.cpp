// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz.h"

#include "core/io/zip_reader.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/golden.h"
#include "tests/core/io/raw_zip.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace gesture::io {
namespace {

using test::ByteVector;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Arrays = std::vector<std::pair<std::string, NpyArray>>;

Result<NpzReader> openBytes(const test::TemporaryFolder& folder, const ByteVector& bytes) {
    test::writeBytes(folder / "a.npz", bytes);
    return NpzReader::open(folder / "a.npz");
}

class NpzOfNumPy : public ::testing::TestWithParam<std::string> {
protected:
    NpzReader npz = NpzReader::open(test::goldenNpz(GetParam())).value();
};

TEST_P(NpzOfNumPy, HasTheNumbersOfEveryType) {
    for (const std::string code :
         {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"}) {
        for (const std::string variant : {"", "_big", "_fortran"}) {
            const auto array = npz.read(code + variant);
            ASSERT_TRUE(array.ok()) << code << variant << array.error().message();
            EXPECT_THAT(array->shape(), ElementsAre(3, 4));
            EXPECT_EQ(array->numbers<double>().value(), test::ramp(12, code[0])) << code << variant;
        }
    }
}

TEST_P(NpzOfNumPy, HasTheOtherShapesAndTexts) {
    EXPECT_EQ(npz.read("cube_fortran_big")->numbers<double>().value(), test::ramp(24, 'f'));
    EXPECT_THAT(npz.read("scalar")->numbers<int>().value(), ElementsAre(30));
    EXPECT_EQ(npz.read("empty")->describe(), "(0, 3) float32");
    EXPECT_THAT(npz.read("text")->strings().value(), ElementsAre("smplx2020"));
    EXPECT_THAT(npz.read("text_empty")->strings().value(), ElementsAre(""));
    for (const std::string name : {"texts", "texts_big"})
        EXPECT_THAT(npz.read(name)->strings().value(), ElementsAre("skin", "grün", "手", "🙂"));
    EXPECT_THAT(npz.read("bytes")->strings().value(), ElementsAre("male", "female"));
}

INSTANTIATE_TEST_SUITE_P(StoredAndDeflated, NpzOfNumPy,
                         ::testing::Values("types.npz", "types_deflated.npz"));

TEST(Npz, WritesTheSameNpyBytesAsNumPy) {
    const auto npz = NpzReader::open(test::goldenNpz("types.npz"));
    const auto zip = ZipReader::open(test::goldenNpz("types.npz"));
    ASSERT_TRUE(npz.ok() && zip.ok());
    for (const std::string name : {"b1", "i1", "u8", "f2", "f4", "f8", "scalar", "empty", "text",
                                   "text_empty", "texts", "row_1906"}) {
        const auto expected = zip->read(*zip->find(name + ".npy"), 1 << 20);
        ASSERT_TRUE(expected.ok());
        EXPECT_EQ(serializeNpy(npz->read(name).value()), *expected) << name;
    }
}

TEST(Npz, ReadsAFileThatWasStreamed) {
    const auto npz = NpzReader::open(test::goldenNpz("streamed.npz"));
    ASSERT_TRUE(npz.ok()) << npz.error().message();
    EXPECT_EQ(npz->read("a")->numbers<double>().value(), test::ramp(6, 'i'));
    EXPECT_EQ(npz->read("b")->numbers<double>().value(), std::vector<double>(1000));
}

TEST(Npz, ListsObjectsButNeverReadsThem) {
    const auto npz = NpzReader::open(test::goldenNpz("objects.npz"));
    ASSERT_TRUE(npz.ok()) << npz.error().message();
    EXPECT_EQ(npz->read("numbers")->numbers<double>().value(), test::ramp(5, 'f'));
    ASSERT_NE(npz->find("objects"), nullptr);
    EXPECT_TRUE(npz->find("objects")->isObject);
    EXPECT_EQ(npz->find("objects")->dtype, "|O");
    EXPECT_THAT(npz->read("objects").error().message(),
                AllOf(HasSubstr("'objects'"), HasSubstr("objects.npz"),
                      HasSubstr("Python objects, which this program never reads")));
    for (const std::string name : {"complex", "structured", "date"}) {
        EXPECT_TRUE(npz->contains(name));
        EXPECT_EQ(npz->read(name).error().code(), ErrorCode::InvalidInput) << name;
    }
}

TEST(Npz, ReadsHonestArraysThatDeflateBetterThanHundredToOne) {
    const auto path = test::goldenNpz("zeros.npz"); // 1.2 MB of zeros in 1.4 kB
    ASSERT_LT(std::filesystem::file_size(path), 2000U);
    const auto zeros = NpzReader::open(path)->read("zeros");
    ASSERT_TRUE(zeros.ok()) << zeros.error().message();
    EXPECT_EQ(zeros->elementCount(), 300'000U);
}

TEST(Npz, RefusesABombPastTheAllowance) {
    const test::TemporaryFolder folder;
    const ByteVector zeros =
        serializeNpy(NpyArray::from<double>(std::vector<double>(5 << 20), {5 << 20})); // 40 MiB
    const auto npz = openBytes(folder, test::rawZip({test::deflatedMember("a.npy", zeros),
                                                     test::deflatedMember("b.npy", zeros)}));
    ASSERT_FALSE(npz.ok());
    EXPECT_EQ(npz.error().code(), ErrorCode::LimitExceeded);
    EXPECT_THAT(npz.error().message(), HasSubstr("a.npz"));
}

TEST(Npz, RefusesAnArrayWhoseShapeDoesNotFitItsSize) {
    const test::TemporaryFolder folder;
    ByteVector bytes = serializeNpy(NpyArray::from<float>(std::vector<float>(6), {6}));
    bytes.resize(bytes.size() + (1 << 20));
    const auto npz = openBytes(folder, test::rawZip({test::deflatedMember("a.npy", bytes)}));
    ASSERT_FALSE(npz.ok());
    EXPECT_THAT(npz.error().message(),
                AllOf(HasSubstr("array 'a'"), HasSubstr("(6,) takes 24 bytes")));
}

TEST(Npz, IgnoresMembersThatAreNoArrays) {
    const test::TemporaryFolder folder;
    const auto npz = openBytes(folder, test::rawZip({test::storedMember("README", "hello")}));
    ASSERT_TRUE(npz.ok());
    EXPECT_TRUE(npz->entries().empty());
    EXPECT_THAT(npz->read("poses").error().message(), HasSubstr("no arrays"));
}

TEST(Npz, NamesWhatItHasWhenAskedForSomethingElse) {
    const auto npz = NpzReader::open(test::goldenNpz("streamed.npz"));
    const auto array = npz->read("poses");
    ASSERT_FALSE(array.ok());
    EXPECT_EQ(array.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(array.error().message(), HasSubstr("no array 'poses'; it holds: a, b."));
}

TEST(Npz, KeepsArraysThroughWritingAndReading) {
    const test::TemporaryFolder folder;
    const std::vector<float> values{1.5F, -2.0F, 3.25F, 0.0F, 1e-30F, 6.0F};
    const Arrays arrays{{"values", NpyArray::from<float>(values, {2, 3})},
                        {"rate", NpyArray::scalar<std::int32_t>(30)},
                        {"none", NpyArray::from<float>({}, {0})},
                        {"model", NpyArray::fromString("smplx2020")}};
    for (const auto compression : {NpzCompression::Stored, NpzCompression::Deflated}) {
        ASSERT_TRUE(writeNpz(folder / "a.npz", arrays, compression).ok());
        const auto npz = NpzReader::open(folder / "a.npz");
        ASSERT_TRUE(npz.ok()) << npz.error().message();
        ASSERT_EQ(npz->entries().size(), arrays.size());
        EXPECT_EQ(npz->entries()[1].name, "rate");
        EXPECT_EQ(npz->entries()[1].dtype, "<i4");
        EXPECT_EQ(npz->read("values")->numbers<float>().value(), values);
        EXPECT_EQ(npz->read("none")->elementCount(), 0U);
        EXPECT_THAT(npz->read("model")->strings().value(), ElementsAre("smplx2020"));
        ASSERT_TRUE(writeNpz(folder / "b.npz", arrays, compression).ok());
        EXPECT_EQ(test::readBytes(folder / "a.npz"), test::readBytes(folder / "b.npz"));
    }
}

TEST(Npz, RefusesEveryTruncation) {
    const test::TemporaryFolder folder;
    std::filesystem::copy(test::goldenNpz("types.npz"), folder / "a.npz");
    test::forEachTruncation(folder / "a.npz", [&](std::size_t length) {
        EXPECT_FALSE(NpzReader::open(folder / "a.npz").ok()) << length;
    });
}

TEST(Npz, GivesTheSameNumbersOrAnErrorForEveryFlippedByte) {
    const test::TemporaryFolder folder;
    std::filesystem::copy(test::goldenNpz("streamed.npz"), folder / "a.npz");
    test::forEachFlip(folder / "a.npz", [&](std::size_t offset) {
        const auto npz = NpzReader::open(folder / "a.npz");
        if (!npz) return;
        if (const auto a = npz->read("a")) {
            EXPECT_EQ(a->numbers<double>().value(), test::ramp(6, 'i')) << offset;
        }
        if (const auto b = npz->read("b")) {
            EXPECT_EQ(b->numbers<double>().value(), std::vector<double>(1000)) << offset;
        }
    });
}

} // namespace
} // namespace gesture::io
