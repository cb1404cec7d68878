// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_file.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using testing::HasSubstr;

class GoldenTorchFile : public testing::TestWithParam<std::string> {};

TEST_P(GoldenTorchFile, HasTheTensorsThatPyTorchSaved) {
    auto file = TorchFile::open(test::goldenWeights(GetParam()));
    ASSERT_TRUE(file.ok()) << file.error().message();
    const auto& expected = test::goldenTensors().at(GetParam());
    EXPECT_EQ(file->tensors().size(), expected.size());
    for (const auto& [name, golden] : expected) {
        const auto tensor = file->read(name);
        ASSERT_TRUE(tensor.ok()) << tensor.error().message();
        EXPECT_EQ(nameOf(tensor->type), golden.dtype) << name;
        EXPECT_EQ(tensor->shape, golden.shape) << name;
        EXPECT_EQ(test::numbersOf(*tensor), golden.values) << name;
    }
}

std::vector<std::string> torchFiles() {
    std::vector<std::string> names;
    for (const auto& [name, tensors] : test::goldenTensors())
        if (!name.ends_with(".safetensors")) names.push_back(name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(All, GoldenTorchFile, testing::ValuesIn(torchFiles()),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::replace(name.begin(), name.end(), '.', '_');
                             return name;
                         });

TEST(TorchFile, SaysHowItsTensorsWereWrapped) {
    const auto file = TorchFile::open(test::goldenWeights("checkpoint.bin"));
    ASSERT_TRUE(file.ok()) << file.error().message();
    EXPECT_EQ(file->container(), TorchFile::Container::Zip);
    EXPECT_EQ(file->wrapper(), "model_state");
    EXPECT_TRUE(file->hadModulePrefix());
}

TEST(TorchFile, KnowsTheOlderContainer) {
    const auto file = TorchFile::open(test::goldenWeights("views_legacy.pt"));
    ASSERT_TRUE(file.ok()) << file.error().message();
    EXPECT_EQ(file->container(), TorchFile::Container::Legacy);
    EXPECT_EQ(file->wrapper(), "");
    EXPECT_FALSE(file->hadModulePrefix());
}

TEST(TorchFile, TensorsOfOneStorageAreReadInAnyOrder) {
    auto file = TorchFile::open(test::goldenWeights("views.pt"));
    ASSERT_TRUE(file.ok()) << file.error().message();
    const auto first = file->read("base");
    const auto other = file->read("rop");
    const auto again = file->read("tied");
    ASSERT_TRUE(first.ok() && other.ok() && again.ok());
    EXPECT_EQ(*first, *again);
}

TEST(TorchFile, AMissingTensorIsNamed) {
    auto file = TorchFile::open(test::goldenWeights("rop.pt"));
    ASSERT_TRUE(file.ok()) << file.error().message();
    const auto tensor = file->read("codebook");
    ASSERT_FALSE(tensor.ok());
    EXPECT_EQ(tensor.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(tensor.error().message(), HasSubstr("codebook"));
}

TEST(TorchFile, AMissingFileIsNamed) {
    const auto file = TorchFile::open("/nowhere/best.bin");
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(file.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(file.error().message(), HasSubstr("/nowhere/best.bin"));
}

/// Reads all that a file says it has; nothing may happen but a result or an error with words.
bool readsWhole(const std::filesystem::path& path) {
    auto file = TorchFile::open(path);
    if (!file) {
        EXPECT_FALSE(file.error().message().empty());
        return false;
    }
    for (const TensorInfo& info : file->tensors())
        if (!file->read(info.name)) return false;
    return true;
}

class DamagedTorchFile : public testing::TestWithParam<std::string> {
protected:
    DamagedTorchFile()
        : path_(folder_ / GetParam()) {
        std::filesystem::copy_file(test::goldenWeights(GetParam()), path_);
    }
    test::TemporaryFolder folder_;
    std::filesystem::path path_;
};

TEST_P(DamagedTorchFile, IsRefusedWhereverItIsCut) {
    test::forEachTruncation(path_,
                            [&](std::size_t length) { EXPECT_FALSE(readsWhole(path_)) << length; });
}

TEST_P(DamagedTorchFile, SurvivesEveryFlippedByte) {
    test::forEachFlip(path_, [&](std::size_t) { readsWhole(path_); });
}

INSTANTIATE_TEST_SUITE_P(Some, DamagedTorchFile,
                         testing::Values("network.bin", "checkpoint_legacy.bin"),
                         [](const auto& test) {
                             return test.param.substr(0, test.param.find('.'));
                         });

} // namespace
} // namespace gesture::io
