// SPDX-License-Identifier: Apache-2.0
#include "tests/render/render_fixture.h"

#include <algorithm>
#include <cmath>

namespace gesture::render {
namespace {

constexpr double kToleranceMetres = 1.0e-4; // a tenth of a millimetre

class DeformationTest : public test::RenderTest {
protected:
    void expectEqualToReference(const AvatarMesh& mesh, const AvatarPose& pose) {
        ASSERT_TRUE(scene_->setMesh(mesh).ok());
        ASSERT_TRUE(scene_->setPose(pose).ok());
        const auto expected = test::skinnedReference(mesh, pose);
        const auto actual = scene_->readSkinnedVertices();
        ASSERT_EQ(actual.size(), expected.size());
        double worst = 0.0;
        for (std::size_t v = 0; v < expected.size(); ++v)
            for (std::size_t c = 0; c < 3; ++c)
                worst =
                    std::max(worst, std::abs(static_cast<double>(actual[v][c]) - expected[v][c]));
        EXPECT_LT(worst, kToleranceMetres);
    }
};

TEST_F(DeformationTest, GpuEqualsCpuOnARandomMeshWithBlendShapes) {
    const AvatarMesh mesh = test::makeRandomMesh(3001, 55, 20);
    expectEqualToReference(mesh, test::makeRandomPose(mesh));
}

TEST_F(DeformationTest, GpuEqualsCpuWithTheMostJoints) {
    const AvatarMesh mesh = test::makeRandomMesh(500, 256, 3);
    expectEqualToReference(mesh, test::makeRandomPose(mesh));
}

TEST_F(DeformationTest, GpuEqualsCpuOnAFigure) {
    AvatarPose pose = test::relaxedPose(figure_);
    pose.blendWeights = {0.7F, -0.4F};
    expectEqualToReference(figure_.mesh, pose);
}

TEST_F(DeformationTest, WithoutAPoseTheMeshRests) {
    ASSERT_TRUE(scene_->setMesh(figure_.mesh).ok());
    const auto positions = scene_->readSkinnedVertices();
    ASSERT_EQ(positions.size(), figure_.mesh.positions.size());
    EXPECT_EQ(positions[17], figure_.mesh.positions[17]);
}

TEST_F(DeformationTest, BoundsHoldEveryVertex) {
    showFigure();
    Box bounds = scene_->bounds();
    bounds.min().array() -= 1.0e-4F;
    bounds.max().array() += 1.0e-4F;
    for (const auto& position : scene_->readSkinnedVertices())
        EXPECT_TRUE(bounds.contains(Eigen::Vector3f(position.data())));
}

} // namespace
} // namespace gesture::render
