// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz.h"
#include "tests/e2e/cli.h"
#include "tests/support/temporary_folder.h"

namespace gesture {
namespace {

using test::jsonLineWith;
using test::runGesture;

std::string shippedAvatar() {
    return (std::filesystem::path(GESTURE_TEST_SOURCE) / "resources/avatar/free-avatar.npz")
        .string();
}

TEST(AvatarCommand, TheShippedAvatarIsUsable) {
    const auto output = runGesture({"avatar", "check", shippedAvatar(), "--json"});
    EXPECT_EQ(output.exitStatus, 0) << output.text;
    const auto report = jsonLineWith(output, "usable");
    EXPECT_TRUE(report["usable"].get<bool>());
    EXPECT_NEAR(report["heightMetres"].get<double>(), 1.733, 0.002);
    for (const auto& finding : report["findings"])
        EXPECT_NE(finding["severity"], "error") << finding;
}

TEST(AvatarCommand, EverythingThatIsWrongIsNamedAtOnce) {
    const test::TemporaryFolder folder;
    const auto path = folder / "body.npz";
    const std::vector<float> vertices(30);
    ASSERT_TRUE(
        io::writeNpz(path, {{"v_template", io::NpyArray::from<float>(vertices, {10, 3})}}).ok());
    const auto output = runGesture({"avatar", "check", path.string()});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    for (const char* name : {"weights", "J_regressor", "kintree_table", "shapedirs"})
        EXPECT_NE(output.text.find(name), std::string::npos) << name << "\n" << output.text;
}

TEST(AvatarCommand, BuildingFromOtherFilesIsRefused) {
    const test::TemporaryFolder folder;
    const auto output =
        runGesture({"avatar", "build", shippedAvatar(), "-o", (folder / "avatar.npz").string()});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(AvatarCommand, ABridgeNeedsABodyWithSmplxExpressions) {
    const auto output = runGesture({"avatar", "bridge", shippedAvatar()});
    EXPECT_EQ(output.exitStatus, 1) << output.text;
    EXPECT_NE(output.text.find("free-avatar.npz"), std::string::npos) << output.text;
}

} // namespace
} // namespace gesture
