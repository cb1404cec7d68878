// SPDX-License-Identifier: Apache-2.0
#include "render/mesh_check.h"

#include "render/split_mesh.h"
#include "tests/render/render_fixture.h"

#include <functional>
#include <limits>

namespace gesture::render {
namespace {

struct Fault {
    const char* name;
    std::function<void(AvatarMesh&)> make;
};

class MeshFaultTest : public test::RenderTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(MeshFaultTest, IsRefusedAndTheOldMeshStays) {
    showFigure();
    const Box before = scene_->bounds();
    AvatarMesh mesh = figure_.mesh;
    GetParam().make(mesh);
    const Status status = scene_->setMesh(mesh);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::InvalidInput);
    EXPECT_TRUE(scene_->bounds().isApprox(before));
}

INSTANTIATE_TEST_SUITE_P(
    Mesh, MeshFaultTest,
    ::testing::Values(
        Fault{"NoVertices", [](AvatarMesh& m) { m = AvatarMesh{}; }},
        Fault{"NoFaces", [](AvatarMesh& m) { m.faces.clear(); }},
        Fault{"FaceOutOfRange", [](AvatarMesh& m) { m.faces[5][1] = 1U << 30U; }},
        Fault{"PositionNotFinite",
              [](AvatarMesh& m) { m.positions[7][2] = std::numeric_limits<float>::quiet_NaN(); }},
        Fault{"PositionFarAway", [](AvatarMesh& m) { m.positions[7][2] = 1.0e20F; }},
        Fault{"WeightNotFinite",
              [](AvatarMesh& m) {
                  m.influences[3].weight[0] = std::numeric_limits<float>::infinity();
              }},
        Fault{"JointOutOfRange", [](AvatarMesh& m) { m.influences[3].joint[2] = 200; }},
        Fault{"InfluencesMissing", [](AvatarMesh& m) { m.influences.pop_back(); }},
        Fault{"PartOutOfRange", [](AvatarMesh& m) { m.partIds[0] = 9; }},
        Fault{"PartsMissing", [](AvatarMesh& m) { m.partIds.pop_back(); }},
        Fault{"MaterialsMissing", [](AvatarMesh& m) { m.partMaterials.pop_back(); }},
        Fault{"TintsMissing", [](AvatarMesh& m) { m.tints.pop_back(); }},
        Fault{"BlendStartsShrink", [](AvatarMesh& m) { m.blendStart[1] = 4000000000U; }},
        Fault{"BlendStartsMissing", [](AvatarMesh& m) { m.blendStart.clear(); }},
        Fault{"BlendShapeOutOfRange", [](AvatarMesh& m) { m.blendEntries[0].shape = 2; }},
        Fault{
            "BlendShapeNotFinite",
            [](AvatarMesh& m) { m.blendEntries[0].dy = std::numeric_limits<float>::quiet_NaN(); }},
        Fault{"NoJoints", [](AvatarMesh& m) { m.jointCount = 0; }},
        Fault{"ParentOutOfRange", [](AvatarMesh& m) { m.jointParents[1] = 99; }}),
    [](const auto& fault) { return std::string(fault.param.name); });

class MeshTest : public test::RenderTest {};

TEST_F(MeshTest, ALimitIsNamed) {
    AvatarMesh mesh = figure_.mesh;
    mesh.jointCount = 257;
    const Status status = scene_->setMesh(mesh);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::LimitExceeded);
}

TEST_F(MeshTest, APoseBeforeAMeshIsRefused) {
    const Status status = scene_->setPose(relaxedPose(figure_));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::Usage);
}

TEST_F(MeshTest, APoseThatDoesNotFitIsRefusedAndTheOldStays) {
    showFigure();
    const Box before = scene_->bounds();
    AvatarPose tooShort = relaxedPose(figure_);
    tooShort.worldFromRest.pop_back();
    AvatarPose notFinite = relaxedPose(figure_);
    notFinite.worldFromRest[0](1, 3) = std::numeric_limits<float>::quiet_NaN();
    AvatarPose wrongShapes = relaxedPose(figure_);
    wrongShapes.blendWeights.push_back(0.0F);
    for (const AvatarPose& pose : {tooShort, notFinite, wrongShapes}) {
        const Status status = scene_->setPose(pose);
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code(), ErrorCode::InvalidInput);
    }
    EXPECT_TRUE(scene_->bounds().isApprox(before));
}

TEST_F(MeshTest, APlainMeshWithoutPartsOrShapesIsDrawn) {
    AvatarMesh mesh = figure_.mesh;
    mesh.partIds.clear();
    mesh.partColours.clear();
    mesh.partMaterials.clear();
    mesh.tints.clear();
    mesh.blendStart.clear();
    mesh.blendEntries.clear();
    mesh.shapeCount = 0;
    mesh.jointParents.clear();
    EXPECT_TRUE(scene_->setMesh(mesh).ok());
    EXPECT_TRUE(scene_->renderToImage(Camera{}, 64, 64).ok());
}

TEST(SplitMesh, DoublesVerticesOnlyWherePartsMeet) {
    AvatarMesh mesh;
    mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 1, 0}};
    mesh.influences.resize(4);
    mesh.jointCount = 1;
    mesh.faces = {{0, 1, 2}, {1, 3, 2}};
    mesh.partIds = {0, 1};
    mesh.partColours.resize(2);
    mesh.twoSidedParts = {0};
    const SplitMesh split = splitByPart(mesh, std::vector<float>(4, 1.0F));
    EXPECT_EQ(split.vertices.size(), 6U);
    ASSERT_EQ(split.parts.size(), 2U);
    EXPECT_TRUE(split.parts[0].twoSided);
    EXPECT_FALSE(split.parts[1].twoSided);
}

TEST(MaterialForPartName, KnowsThePartsOfTheBuiltInAvatar) {
    EXPECT_EQ(materialForPartName("skin"), PartMaterial::Skin);
    EXPECT_EQ(materialForPartName("iris"), PartMaterial::Eye);
    EXPECT_EQ(materialForPartName("something else"), PartMaterial::Cloth);
}

} // namespace
} // namespace gesture::render
