// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"
#include "core/io/bundle/bundle.h"
#include "core/io/bundle/roles.h"
#include "core/io/weights/safetensors.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::test {
namespace {

using io::Architecture;
using io::BundleManifest;
using io::FilesNeeded;

/// A manifest that has all that EMAGE needs.
BundleManifest emageManifest() {
    BundleManifest manifest;
    manifest.architecture = Architecture::Emage;
    manifest.name = "Name with \"quotes\", colons: and äöü";
    manifest.licence = "CC-BY-NC-4.0";
    manifest.speakerCount = 4;
    manifest.defaultSpeaker = 2;
    manifest.seeds = io::SeedRule::Reference;
    manifest.expressions = motion::ExpressionSpace::Arkit52;
    manifest.idle = io::IdleRule::Added;
    for (const std::string_view role : io::requiredRoles(Architecture::Emage))
        manifest.networks[std::string(role)] = {std::string(io::findRole(role)->kinds.back()),
                                                std::string(role) + ".safetensors",
                                                {{"width", {16}}, {"list", {1, 2, 3}}}};
    manifest.tables["start_pose"] = "pose.npz";
    for (const std::string& name : manifest.fileNames())
        manifest.files[name] = {std::string(64, 'a'), 12};
    return manifest;
}

std::string problemOf(const std::string& yaml, FilesNeeded files = FilesNeeded::Yes) {
    const auto manifest = io::parseBundleManifest(yaml, files);
    return manifest ? std::string() : manifest.error().message();
}

std::string with(std::string yaml, const std::string& what, const std::string& instead) {
    const std::size_t at = yaml.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return yaml.replace(at, what.size(), instead);
}

TEST(BundleManifest, IsReadAsItWasWritten) {
    const BundleManifest manifest = emageManifest();
    const auto read = io::parseBundleManifest(io::formatBundleManifest(manifest));
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(*read, manifest);
}

TEST(BundleManifest, SaysWhatIsWrong) {
    const std::string yaml = io::formatBundleManifest(emageManifest());
    const std::vector<std::array<std::string, 3>> faults{
        {"format: 1", "format: 2", "format is 2"},
        {"architecture: emage", "architecture: gpt", "must be one of: semtalk, echomask, emage"},
        {"file: generator.safetensors", "file: ../generator.safetensors", "without a path"},
        {"file: generator.safetensors", "file: .hidden", "without a path"},
        {"kind: emage\n", "kind: echomask\n", "kind 'echomask'"},
        {"default: 2", "default: 4", "speakers.default"},
        {"arkit52", "flame", "must be one of: smplx, arkit52"},
        {"width: 16", "width: -1", "whole number"},
        {"width: 16", "width: 99999999999999999999", "whole number"},
        {"sha256: aaa", "sha256: zaa", "64 hexadecimal digits"},
        {"  generator:", "  wizard:", "no 'generator'"},
        {"start_pose:", "begin_pose:", "not a table"},
        {"bytes: 12", "bytes: {}", "whole number"},
        {"name: \"Name", "name: \"\xff\xff", "UTF-8"},
        {"networks:", "networks: [", "not valid YAML"},
        {"name:", "title:", "'name' is missing"}};
    for (const auto& [what, instead, expected] : faults)
        EXPECT_NE(problemOf(with(yaml, what, instead)).find(expected), std::string::npos)
            << instead << " gave: " << problemOf(with(yaml, what, instead));
}

TEST(BundleManifest, ADraftNeedsNoHashes) {
    BundleManifest manifest = emageManifest();
    manifest.files.clear();
    const std::string yaml = io::formatBundleManifest(manifest);
    EXPECT_EQ(problemOf(yaml, FilesNeeded::No), "");
    EXPECT_NE(problemOf(yaml).find("gesture bundle pack"), std::string::npos);
}

TEST(BundleManifest, HostileTextIsRefusedQuickly) {
    EXPECT_NE(problemOf(std::string(io::kMaxManifestBytes + 1, ' ')), "");
    EXPECT_NE(problemOf(std::string(20'000, '[')), "");
    EXPECT_NE(problemOf(std::string(20'000, '{')), "");
    EXPECT_NE(problemOf("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nnetworks: *c\n"), "");
    EXPECT_NE(problemOf(""), "");
    EXPECT_NE(problemOf(std::string("\0\x01\xff", 3)), "");
}

TEST(BundleManifest, NoTruncationCrashes) {
    const std::string yaml = io::formatBundleManifest(emageManifest());
    for (std::size_t length = 0; length < yaml.size(); length += 3)
        static_cast<void>(problemOf(yaml.substr(0, length)));
}

/// A folder whose files are empty safetensors, packed.
class BundleFolder : public testing::Test {
protected:
    BundleFolder() {
        BundleManifest manifest = emageManifest();
        manifest.files.clear();
        manifest.tables.clear();
        for (const auto& [role, entry] : manifest.networks)
            EXPECT_TRUE(io::writeSafetensorsFile(folder_ / entry.file,
                                                 std::map<std::string, io::TensorData>{})
                            .ok());
        EXPECT_TRUE(writeTextAtomically(folder_ / std::string(io::kManifestFile),
                                        io::formatBundleManifest(manifest))
                        .ok());
    }

    TemporaryFolder folder_;
    JobControl control_;
};

TEST_F(BundleFolder, PackingFillsInSizesAndHashes) {
    EXPECT_FALSE(io::openBundle(folder_.path()).ok());
    ASSERT_TRUE(io::packBundle(folder_.path(), control_).ok());
    const auto bundle = io::openBundle(folder_.path());
    ASSERT_TRUE(bundle.ok()) << bundle.error().message();
    EXPECT_TRUE(io::verifyBundle(*bundle, control_).ok());
    EXPECT_EQ(bundle->manifest.files.size(), bundle->manifest.networks.size());
}

TEST_F(BundleFolder, DamageIsNoticed) {
    ASSERT_TRUE(io::packBundle(folder_.path(), control_).ok());
    const auto bundle = io::openBundle(folder_.path());
    const auto size = std::filesystem::file_size(folder_ / "generator.safetensors");
    ASSERT_TRUE(
        writeTextAtomically(folder_ / "generator.safetensors", std::string(size, 'x')).ok());
    const Status verified = io::verifyBundle(*bundle, control_);
    ASSERT_FALSE(verified.ok());
    EXPECT_NE(verified.error().message().find("generator.safetensors"), std::string::npos);
    std::filesystem::resize_file(folder_ / "generator.safetensors", size + 1);
    const auto opened = io::openBundle(folder_.path());
    ASSERT_FALSE(opened.ok());
    EXPECT_NE(opened.error().message().find("bytes instead of"), std::string::npos);
    std::filesystem::remove(folder_ / "generator.safetensors");
    EXPECT_EQ(io::openBundle(folder_.path()).error().code(), ErrorCode::NotFound);
}

} // namespace
} // namespace gesture::test
