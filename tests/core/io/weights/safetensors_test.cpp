// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/safetensors.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"
#include "tests/support/temporary_folder.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

namespace gesture::io {
namespace {

using test::floatTensor;
using testing::HasSubstr;

const std::map<std::string, TensorData>& someTensors() {
    static const std::map<std::string, TensorData> tensors{
        {"b.weight", floatTensor({2, 3}, {1, 2, 3, 4, 5, 6})},
        {"a \"quoted\" \\ grün", floatTensor({1}, {std::numeric_limits<float>::infinity()})},
        {"empty", floatTensor({0, 7}, {})},
        {"flag", {TensorType::Bool, {}, {std::byte{1}}}},
        {"count", {TensorType::Int64, {}, std::vector<std::byte>(8, std::byte{3})}}};
    return tensors;
}

TEST(Safetensors, ReadsWhatTheReferenceWrote) {
    const auto reader = SafetensorsReader::open(test::goldenWeights("types.safetensors"));
    ASSERT_TRUE(reader.ok()) << reader.error().message();
    EXPECT_EQ(reader->metadata().at("note"), "grün");
    const auto& expected = test::goldenTensors().at("types.safetensors");
    EXPECT_EQ(reader->tensors().size(), expected.size());
    for (const auto& [name, golden] : expected) {
        const auto tensor = reader->read(name);
        ASSERT_TRUE(tensor.ok()) << tensor.error().message();
        EXPECT_EQ(nameOf(tensor->type), golden.dtype) << name;
        EXPECT_EQ(tensor->shape, golden.shape) << name;
        EXPECT_EQ(test::numbersOf(*tensor), golden.values) << name;
    }
}

TEST(Safetensors, ComesBackAsItWasWritten) {
    const test::TemporaryFolder folder;
    const auto path = folder / "w.safetensors";
    const TensorMetadata metadata{{"format", "pt"}, {"source", "a\nb \"c\""}};
    ASSERT_TRUE(writeSafetensorsFile(path, someTensors(), metadata).ok());
    const auto reader = SafetensorsReader::open(path);
    ASSERT_TRUE(reader.ok()) << reader.error().message();
    EXPECT_EQ(reader->metadata(), metadata);
    EXPECT_EQ(reader->tensors().size(), someTensors().size());
    for (const auto& [name, tensor] : someTensors()) {
        const auto read = reader->read(name);
        ASSERT_TRUE(read.ok()) << read.error().message();
        EXPECT_EQ(*read, tensor) << name;
    }
}

TEST(Safetensors, SameTensorsGiveSameBytes) {
    const test::TemporaryFolder folder;
    SafetensorsContent content;
    for (const auto& [name, tensor] : someTensors())
        content.tensors.push_back({name, tensor.type, tensor.shape});
    content.read = [](const TensorInfo& info) -> Result<TensorData> {
        return someTensors().at(info.name);
    };
    ASSERT_TRUE(writeSafetensorsFile(folder / "a", content).ok());
    std::reverse(content.tensors.begin(), content.tensors.end());
    ASSERT_TRUE(writeSafetensorsFile(folder / "b", content).ok());
    EXPECT_EQ(test::readBytes(folder / "a"), test::readBytes(folder / "b"));
}

TEST(Safetensors, DataBeginsAtAMultipleOfEight) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeSafetensorsFile(folder / "a", someTensors()).ok());
    EXPECT_EQ(static_cast<unsigned>(test::readBytes(folder / "a")[0]) % 8, 0U);
}

TEST(Safetensors, NamesThatAreNoneAreNotWritten) {
    const test::TemporaryFolder folder;
    for (const std::string name : {"", "__metadata__", "a\nb", "\xff"}) {
        const auto written = writeSafetensorsFile(folder / "a", {{name, floatTensor({}, {1})}});
        EXPECT_FALSE(written.ok()) << name;
    }
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(Safetensors, AMissingTensorIsNamed) {
    const auto reader = SafetensorsReader::open(test::goldenWeights("types.safetensors"));
    ASSERT_TRUE(reader.ok());
    const auto tensor = reader->read("codebook");
    ASSERT_FALSE(tensor.ok());
    EXPECT_EQ(tensor.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(tensor.error().message(), HasSubstr("codebook"));
}

TEST(Safetensors, IsRefusedWhereverItIsCut) {
    const test::TemporaryFolder folder;
    const auto path = folder / "w.safetensors";
    std::filesystem::copy_file(test::goldenWeights("types.safetensors"), path);
    test::forEachTruncation(path, [&](std::size_t length) {
        EXPECT_FALSE(SafetensorsReader::open(path).ok()) << length;
    });
}

TEST(Safetensors, SurvivesEveryFlippedByte) {
    const test::TemporaryFolder folder;
    const auto path = folder / "w.safetensors";
    std::filesystem::copy_file(test::goldenWeights("types.safetensors"), path);
    test::forEachFlip(path, [&](std::size_t) {
        const auto reader = SafetensorsReader::open(path);
        if (!reader) {
            EXPECT_THAT(reader.error().message(), HasSubstr("w.safetensors"));
            return;
        }
        for (const TensorInfo& info : reader->tensors())
            static_cast<void>(reader->read(info.name).ok());
    });
}

} // namespace
} // namespace gesture::io
