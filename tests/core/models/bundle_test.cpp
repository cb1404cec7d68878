// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/convert.h"
#include "core/models/bundle/check_networks.h"
#include "core/models/bundle/load_network.h"
#include "core/models/networks/echomask.h"
#include "core/models/networks/motion_tokenizer.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/tiny_bundle.h"
#include "tests/support/temporary_folder.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using io::Architecture;

class Bundles : public testing::TestWithParam<Architecture> {
protected:
    TemporaryFolder folder_;
    JobControl control_;
};

TEST_P(Bundles, EveryNetworkFindsItsTensors) {
    const auto bundle = writeTinyBundle(GetParam(), folder_ / "bundle");
    ASSERT_TRUE(bundle.ok()) << bundle.error().message();
    for (const auto& report : models::checkNetworks(*bundle)) {
        EXPECT_EQ(report.problem, "") << report.role;
        EXPECT_GT(report.tensors, 0U) << report.role;
        EXPECT_EQ(report.unexpected, 0U) << report.role;
    }
}

TEST_P(Bundles, FilesAreKnownByTheirContents) {
    const auto bundle = writeTinyBundle(GetParam(), folder_ / "files");
    ASSERT_TRUE(bundle.ok());
    // Names that say nothing.
    int number = 0;
    for (const auto& [role, entry] : bundle->manifest.networks)
        std::filesystem::rename(bundle->folder / entry.file,
                                bundle->folder /
                                    ("weights" + std::to_string(++number) + ".safetensors"));
    std::filesystem::remove(bundle->folder / "bundle.yaml");
    std::filesystem::remove(bundle->folder / "vocabulary.json");
    const auto converted =
        io::convertReleased({{bundle->folder}, "Found", {}, "", ""}, folder_ / "made", control_);
    ASSERT_TRUE(converted.ok()) << converted.error().message();
    const io::BundleManifest& made = converted->bundle.manifest;
    EXPECT_EQ(made.architecture, GetParam());
    EXPECT_EQ(made.speakerCount, bundle->manifest.speakerCount);
    ASSERT_EQ(made.networks.size(), bundle->manifest.networks.size());
    for (const auto& [role, entry] : bundle->manifest.networks)
        EXPECT_EQ(made.networks.at(role).kind, entry.kind) << role;
    for (const auto& report : models::checkNetworks(converted->bundle))
        EXPECT_EQ(report.problem, "") << report.role;
    EXPECT_EQ(folder_.entryCount(), 2);
}

INSTANTIATE_TEST_SUITE_P(Architectures, Bundles,
                         testing::Values(Architecture::SemTalk, Architecture::EchoMask,
                                         Architecture::Emage),
                         [](const auto& tested) { return std::string(io::titleOf(tested.param)); });

TEST(BundleConversion, SaysWhatIsMissing) {
    const TemporaryFolder folder;
    const auto bundle = writeTinyBundle(Architecture::EchoMask, folder / "files");
    ASSERT_TRUE(bundle.ok());
    JobControl control;
    const auto converted = io::convertReleased(
        {{bundle->folder / "generator.safetensors"}, "", {}, "", ""}, folder / "made", control);
    ASSERT_FALSE(converted.ok());
    EXPECT_NE(converted.error().message().find("speech_encoder, tokenizer_face"), std::string::npos)
        << converted.error().message();
    EXPECT_EQ(folder.entryCount(), 1) << "something half-written was left";
}

TEST(BundleConversion, DoesNotOverwrite) {
    const TemporaryFolder folder;
    const auto bundle = writeTinyBundle(Architecture::Emage, folder / "files");
    JobControl control;
    const auto converted =
        io::convertReleased({{bundle->folder}, "", {}, "", ""}, folder / "files", control);
    ASSERT_FALSE(converted.ok());
    EXPECT_NE(converted.error().message().find("exists already"), std::string::npos);
}

TEST(LoadNetwork, AWrongFileIsExplainedInWords) {
    const TemporaryFolder folder;
    auto bundle = writeTinyBundle(Architecture::EchoMask, folder / "bundle");
    ASSERT_TRUE(bundle.ok());
    bundle->manifest.networks.find("tokenizer_upper")->second.sizes["width"] = {32};
    const auto network = models::loadNetwork<models::MotionTokenizer>(*bundle, "tokenizer_upper");
    ASSERT_FALSE(network.ok());
    EXPECT_NE(network.error().message().find("tokenizer_upper.safetensors"), std::string::npos);
    bundle->manifest.networks.find("tokenizer_upper")->second.sizes["wings"] = {2};
    EXPECT_NE(models::loadNetwork<models::MotionTokenizer>(*bundle, "tokenizer_upper")
                  .error()
                  .message()
                  .find("'wings' is not known"),
              std::string::npos);
}

TEST(LoadNetwork, WeightsAreThoseOfTheFile) {
    const at::NoGradGuard noGradient;
    const TemporaryFolder folder;
    const auto bundle = writeTinyBundle(Architecture::EchoMask, folder / "bundle");
    const auto loaded = models::loadNetwork<models::MotionTokenizer>(*bundle, "tokenizer_upper");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message();
    FilledSource source;
    const models::MotionTokenizer expected(source,
                                           {.channels = 78, .width = 16, .codes = 16, .layers = 2});
    const at::Tensor motion = namedUniform("in:motion", {1, 32, 78});
    const at::Tensor codes = expected.encode(motion);
    EXPECT_TRUE((*loaded)->encode(motion).equal(codes));
    EXPECT_TRUE((*loaded)->decode(codes).equal(expected.decode(codes)));
}

} // namespace
} // namespace gesture::test
