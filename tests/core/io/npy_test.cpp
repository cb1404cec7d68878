// SPDX-License-Identifier: Apache-2.0
#include "core/io/npy.h"

#include "tests/core/io/file_damage.h"
#include "tests/core/io/golden.h"
#include "tests/core/io/raw_zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace gesture::io {
namespace {

using test::ByteVector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A version 1.0 file with any header text.
ByteVector npyFile(const std::string& header, std::size_t payload) {
    std::string text("\x93NUMPY\x01\x00", 8);
    text += static_cast<char>(header.size() & 0xff);
    text += static_cast<char>(header.size() >> 8);
    ByteVector bytes = test::bytesOf(text + header);
    bytes.resize(bytes.size() + payload);
    return bytes;
}

std::string fieldsOf(const std::string& descr, const std::string& shape) {
    return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
}

TEST(Npy, ReadsTheThreeVersionsOfTheFormat) {
    for (const std::string name : {"version1.npy", "version2.npy", "version3.npy"}) {
        const auto array = parseNpy(test::readBytes(test::goldenNpz(name)));
        ASSERT_TRUE(array.ok()) << name << array.error().message();
        EXPECT_EQ(array->describe(), "(2, 3) float32");
        EXPECT_EQ(array->numbers<double>().value(), test::ramp(6, 'f')) << name;
    }
}

TEST(Npy, WritesWhatNumPyWrites) {
    const std::vector<float> values{-9.75F, -0.5F, 8.75F, -7.25F, 2.0F, 11.25F};
    const auto array = NpyArray::from<float>(values, {2, 3});
    EXPECT_EQ(serializeNpy(array), test::readBytes(test::goldenNpz("version1.npy")));
}

TEST(Npy, DescribesShapeAndType) {
    EXPECT_EQ(NpyArray::scalar<std::int32_t>(1).describe(), "() int32");
    EXPECT_EQ(NpyArray::from<float>(std::vector<float>(300), {300}).describe(), "(300,) float32");
    EXPECT_EQ(NpyArray::from<double>({}, {0, 165}).describe(), "(0, 165) float64");
    EXPECT_EQ(NpyArray::fromString("a").describe(), "() text");
}

TEST(Npy, KeepsTextThroughWritingAndReading) {
    const std::vector<std::string> texts{"", "grün", "手", "🙂", "plain ascii"};
    const auto array = parseNpy(serializeNpy(NpyArray::fromStrings(texts)));
    ASSERT_TRUE(array.ok());
    EXPECT_EQ(array->strings().value(), texts);
    EXPECT_THAT(NpyArray::fromString("\xff"
                                     "a\xc3")
                    .strings()
                    .value(),
                ElementsAre("\xef\xbf\xbd"
                            "a\xef\xbf\xbd"));
}

TEST(Npy, RefusesCharactersThatDoNotExist) {
    for (const std::uint32_t value : {0xd800U, 0x110000U, 0xffffffffU}) {
        ByteVector file = npyFile(fieldsOf("<U1", "()"), 4);
        std::memcpy(file.data() + file.size() - 4, &value, 4);
        const auto array = parseNpy(file);
        ASSERT_TRUE(array.ok());
        EXPECT_FALSE(array->strings().ok()) << value;
    }
}

TEST(Npy, ConvertsOnlyWhatFits) {
    const auto array =
        NpyArray::from<std::int64_t>(std::array<std::int64_t, 3>{-1, 255, 4'294'967'295}, {3});
    EXPECT_THAT(array.numbers<double>().value(), ElementsAre(-1, 255, 4'294'967'295));
    EXPECT_FALSE(array.numbers<std::int32_t>().ok());
    EXPECT_THAT(array.numbers<std::uint32_t>().error().message(), HasSubstr("element 0"));
    const auto whole = NpyArray::from<double>(std::array<double, 2>{3.0, -128.0}, {2});
    EXPECT_THAT(whole.numbers<std::int8_t>().value(), ElementsAre(3, -128));
    EXPECT_FALSE(whole.numbers<std::uint8_t>().ok());
    for (const double bad : {0.5, std::nan(""), 1e300, 9223372036854775808.0, -1e19})
        EXPECT_FALSE(NpyArray::scalar(bad).numbers<std::int64_t>().ok()) << bad;
    EXPECT_FALSE(NpyArray::fromString("a").numbers<float>().ok());
    EXPECT_FALSE(NpyArray::scalar(1.0F).strings().ok());
}

TEST(Npy, NarrowsDoublesToFloats) {
    const std::array<double, 4> values{0.1, 1e300, -1e300, std::nan("")};
    const auto floats = NpyArray::from<double>(values, {4}).numbers<float>().value();
    EXPECT_EQ(floats[0], 0.1F);
    EXPECT_EQ(floats[1], std::numeric_limits<float>::infinity());
    EXPECT_EQ(floats[2], -std::numeric_limits<float>::infinity());
    EXPECT_TRUE(std::isnan(floats[3]));
}

TEST(Npy, ReadsEveryHalfPrecisionClass) {
    ByteVector file = npyFile(fieldsOf("<f2", "(8,)"), 16);
    // 1, -2, largest, smallest subnormal, -0, infinity, -infinity, NaN (IEEE 754-2008, table 3.5)
    const std::array<std::uint16_t, 8> bits{0x3c00, 0xc000, 0x7bff, 0x0001,
                                            0x8000, 0x7c00, 0xfc00, 0x7e00};
    std::memcpy(file.data() + file.size() - 16, bits.data(), 16);
    const auto values = parseNpy(file).value().numbers<float>().value();
    EXPECT_EQ(values[0], 1.0F);
    EXPECT_EQ(values[1], -2.0F);
    EXPECT_EQ(values[2], 65504.0F);
    EXPECT_EQ(values[3], std::ldexp(1.0F, -24));
    EXPECT_TRUE(std::signbit(values[4]) && values[4] == 0.0F);
    EXPECT_EQ(values[5], std::numeric_limits<float>::infinity());
    EXPECT_EQ(values[6], -std::numeric_limits<float>::infinity());
    EXPECT_TRUE(std::isnan(values[7]));
}

TEST(Npy, AcceptsHeadersOfOtherWriters) {
    for (const std::string& header :
         {std::string("{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}"),
          std::string("{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2,)}"),
          std::string("{'descr': '<f4', 'fortran_order': False, 'shape': (2L,), }   \n")}) {
        const auto array = parseNpy(npyFile(header, 8));
        ASSERT_TRUE(array.ok()) << header << array.error().message();
        EXPECT_EQ(array->describe(), "(2,) float32");
    }
}

class NpyHostileHeader : public ::testing::TestWithParam<std::string> {};

TEST_P(NpyHostileHeader, IsRefused) {
    const auto array = parseNpy(npyFile(GetParam(), 8));
    ASSERT_FALSE(array.ok());
    EXPECT_EQ(array.error().code(), ErrorCode::InvalidInput);
}

INSTANTIATE_TEST_SUITE_P(
    All, NpyHostileHeader,
    ::testing::Values(
        "", "{}", "{'descr': '<f4'}", "__import__('os').system('true')",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } + 1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (2,)}", fieldsOf("<f4", "(3,)"),
        fieldsOf("<f4", "(1,)"), fieldsOf("<f4", "()"), fieldsOf("<f8", "(2,)"),
        fieldsOf("<f4", "(99999999999999999999999,)"), fieldsOf("<f4", "(18446744073709551615,)"),
        fieldsOf("<f4", "(4611686018427387904,)"), fieldsOf("<f4", "(4294967296, 4294967296)"),
        fieldsOf("<f4", "(0, 4294967296, 4294967296)"), fieldsOf("|O", "(1,)"),
        fieldsOf("<c8", "()"), fieldsOf("<f16", "()"), fieldsOf("<M8[s]", "()"),
        fieldsOf("|V8", "()"), fieldsOf("<U0", "(2,)"), fieldsOf("<U99999999999999999999", "()"),
        fieldsOf("f4", "(2,)"), fieldsOf("<", "(2,)"), fieldsOf("<U2x", "()"),
        "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': ()}",
        "{'descr': [('a', '<f4', 'fortran_order': False, 'shape': ()}"));

TEST(Npy, RefusesTooManyDimensions) {
    std::string shape = "(";
    for (int i = 0; i < 65; ++i)
        shape += "1, ";
    EXPECT_FALSE(parseNpy(npyFile(fieldsOf("<f8", shape + ")"), 8)).ok());
}

TEST(Npy, RefusesLengthsThatDoNotFit) {
    const ByteVector good = npyFile(fieldsOf("<f4", "(2,)"), 8);
    ASSERT_TRUE(parseNpy(good).ok());
    for (const std::uint16_t length : {0, 1, 9999, 0x7fff, 0xffff}) {
        ByteVector file = good;
        std::memcpy(file.data() + 8, &length, 2);
        EXPECT_FALSE(parseNpy(file).ok()) << length;
    }
    for (const std::uint32_t length : {0U, 65537U, 0x7fffffffU, 0xffffffffU}) {
        ByteVector file = test::readBytes(test::goldenNpz("version2.npy"));
        std::memcpy(file.data() + 8, &length, 4);
        EXPECT_FALSE(parseNpy(file).ok()) << length;
    }
}

TEST(Npy, NamesWhatItDoesNotRead) {
    EXPECT_THAT(parseNpy(npyFile(fieldsOf("|O", "(1,)"), 8)).error().message(),
                HasSubstr("Python objects, which this program never reads"));
    EXPECT_THAT(parseNpy(npyFile(fieldsOf("<c8", "()"), 8)).error().message(), HasSubstr("'<c8'"));
}

TEST(Npy, RefusesEveryTruncationAndAddition) {
    const ByteVector whole = test::readBytes(test::goldenNpz("version3.npy"));
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(parseNpy(std::span(whole).first(length)).ok()) << length;
    ByteVector longer = whole;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(parseNpy(longer).ok());
}

TEST(Npy, SurvivesEveryFlippedByte) {
    for (const std::string name : {"version1.npy", "version2.npy"}) {
        ByteVector file = test::readBytes(test::goldenNpz(name));
        for (std::byte& byte : file) {
            for (int bit = 0; bit < 8; ++bit) {
                const std::byte before = byte;
                byte ^= static_cast<std::byte>(1U << static_cast<unsigned>(bit));
                if (const auto array = parseNpy(file)) {
                    EXPECT_LE(array->bytes().size(), 48U);
                }
                byte = before;
            }
        }
    }
}

} // namespace
} // namespace gesture::io
