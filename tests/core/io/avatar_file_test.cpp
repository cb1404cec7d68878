// SPDX-License-Identifier: Apache-2.0
#include "core/io/avatar_file.h"

#include "core/io/npz.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/golden.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

namespace gesture::io {
namespace {

using motion::BodyModelData;
using motion::kJointCount;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Four vertices, two triangles, two shapes, three expressions, one pose corrective.
BodyModelData sampleBody() {
    BodyModelData data;
    data.templateVertices = motion::Points::Random(4, 3);
    data.faces = {{0, 1, 2}, {2, 1, 3}};
    data.shapeDirections = motion::RowMatrix::Random(12, 2);
    data.expressionDirections = motion::RowMatrix::Random(12, 3);
    data.poseDirections = motion::RowMatrix::Random(12, 1);
    data.poseDirectionIndex = {196};
    data.jointRegressor = motion::RowMatrix::Constant(kJointCount, 4, 0.25F);
    data.weights = motion::RowMatrix::Zero(4, kJointCount);
    data.weights.leftCols(2).setConstant(0.5F);
    const auto parents = motion::jointParents();
    data.parents.assign(parents.begin(), parents.end());
    data.leftHandMean[2] = -0.25F;
    data.rightHandMean[2] = 0.25F;
    return data;
}

Avatar sampleAvatar() {
    Avatar avatar;
    avatar.body = motion::BodyModel::create(sampleBody()).value();
    avatar.appearance.textureCoordinates = {{0.0F, 0.25F}, {1.0F, 0.5F}, {0.5F, 1.0F}};
    avatar.appearance.textureFaces = {{0, 1, 2}, {2, 1, 0}};
    avatar.appearance.partIds = {0, 1};
    avatar.appearance.partNames = {"skin", "suit_top"};
    avatar.appearance.partColours = {{203, 168, 146}, {72, 92, 112}};
    avatar.appearance.skinTint = {{1, 2, 3, 4}, {0, 0, 0, 0}, {5, 6, 7, 8}, {9, 9, 9, 255}};
    avatar.shapeNames = {"gender", "height"};
    avatar.expressionNames = {"jawOpen", "mouthClose", "tongueOut"};
    avatar.expressionSpace = motion::ExpressionSpace::Arkit52;
    avatar.licence = "CC0 1.0";
    return avatar;
}

void expectSameBody(const BodyModelData& a, const BodyModelData& b) {
    EXPECT_TRUE(a.templateVertices == b.templateVertices);
    EXPECT_TRUE(a.faces == b.faces);
    EXPECT_TRUE(a.shapeDirections == b.shapeDirections);
    EXPECT_TRUE(a.expressionDirections == b.expressionDirections);
    EXPECT_TRUE(a.poseDirections == b.poseDirections);
    EXPECT_TRUE(a.poseDirectionIndex == b.poseDirectionIndex);
    EXPECT_TRUE(a.jointRegressor == b.jointRegressor);
    EXPECT_TRUE(a.weights == b.weights);
    EXPECT_TRUE(a.parents == b.parents);
    EXPECT_TRUE(a.leftHandMean == b.leftHandMean);
    EXPECT_TRUE(a.rightHandMean == b.rightHandMean);
}

/// The sample avatar's file, with arrays that a test replaces or removes.
class AvatarFile : public ::testing::Test {
protected:
    AvatarFile() {
        EXPECT_TRUE(writeAvatarFile(folder / "avatar.npz", sampleAvatar()).ok());
        const auto npz = NpzReader::open(folder / "avatar.npz");
        for (const auto& entry : npz->entries())
            arrays.emplace_back(entry.name, npz->read(entry.name).value());
    }

    void remove(const std::string& name) {
        std::erase_if(arrays, [&](const auto& one) { return one.first == name; });
    }

    void set(const std::string& name, NpyArray array) {
        remove(name);
        arrays.emplace_back(name, std::move(array));
    }

    static NpyArray zeros(std::vector<std::size_t> shape) {
        const std::size_t count = std::accumulate(shape.begin(), shape.end(), std::size_t{1},
                                                  std::multiplies<std::size_t>());
        return NpyArray::from<float>(std::vector<float>(count), std::move(shape));
    }

    Result<Avatar> read() {
        EXPECT_TRUE(writeNpz(folder / "changed.npz", arrays).ok());
        return readAvatarFile(folder / "changed.npz");
    }

    std::string message() {
        const auto avatar = read();
        return avatar ? "" : avatar.error().message();
    }

    test::TemporaryFolder folder;
    std::vector<std::pair<std::string, NpyArray>> arrays;
};

TEST_F(AvatarFile, KeepsAnAvatarThroughWritingAndReading) {
    const Avatar avatar = sampleAvatar();
    ASSERT_TRUE(writeAvatarFile(folder / "a.npz", avatar).ok());
    const auto again = readAvatarFile(folder / "a.npz");
    ASSERT_TRUE(again.ok()) << again.error().message();
    expectSameBody(avatar.body->data(), again->body->data());
    EXPECT_EQ(again->appearance.textureCoordinates, avatar.appearance.textureCoordinates);
    EXPECT_EQ(again->appearance.textureFaces, avatar.appearance.textureFaces);
    EXPECT_EQ(again->appearance.partIds, avatar.appearance.partIds);
    EXPECT_EQ(again->appearance.partNames, avatar.appearance.partNames);
    EXPECT_EQ(again->appearance.partColours, avatar.appearance.partColours);
    EXPECT_EQ(again->appearance.skinTint, avatar.appearance.skinTint);
    EXPECT_EQ(again->shapeNames, avatar.shapeNames);
    EXPECT_EQ(again->expressionNames, avatar.expressionNames);
    EXPECT_EQ(again->expressionSpace, avatar.expressionSpace);
    EXPECT_EQ(again->licence, avatar.licence);
    ASSERT_TRUE(writeAvatarFile(folder / "b.npz", *again).ok());
    EXPECT_EQ(test::readBytes(folder / "a.npz"), test::readBytes(folder / "b.npz"));
}

TEST_F(AvatarFile, MayHaveABodyAlone) {
    Avatar plain;
    plain.body = sampleAvatar().body;
    ASSERT_TRUE(writeAvatarFile(folder / "a.npz", plain).ok());
    const auto again = readAvatarFile(folder / "a.npz");
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_TRUE(again->appearance.partIds.empty());
    EXPECT_TRUE(again->expressionNames.empty());
    EXPECT_EQ(again->expressionSpace, motion::ExpressionSpace::Smplx);
    EXPECT_EQ(again->licence, "");
}

TEST_F(AvatarFile, OfTheLicensedLayoutHas300And100Directions) {
    const auto avatar = readAvatarFile(test::goldenNpz("body_400.npz"));
    ASSERT_TRUE(avatar.ok()) << avatar.error().message();
    const BodyModelData& data = avatar->body->data();
    EXPECT_EQ(avatar->body->shapeCount(), 300);
    EXPECT_EQ(avatar->body->expressionCount(), 100);
    EXPECT_EQ(data.parents.front(), -1);
    EXPECT_EQ(data.poseDirectionIndex.size(), 486U);
    EXPECT_EQ(data.poseDirectionIndex.back(), 485);
    // Row 3v + c, column k of the directions is element (v, c, k) of shapedirs.
    EXPECT_EQ(data.shapeDirections(5, 299), test::rampAt(5 * 400 + 299, 'f'));
    EXPECT_EQ(data.expressionDirections(5, 0), test::rampAt(5 * 400 + 300, 'f'));
    EXPECT_EQ(data.poseDirections(11, 485), test::rampAt(11 * 486 + 485, 'f'));
    EXPECT_EQ(data.templateVertices(3, 2), test::rampAt(11, 'f'));
    EXPECT_EQ(data.rightHandMean[44], -test::rampAt(44, 'f'));
}

TEST_F(AvatarFile, OfTheOlderLayoutHas10And10Directions) {
    const auto avatar = readAvatarFile(test::goldenNpz("body_20.npz")); // half precision
    ASSERT_TRUE(avatar.ok()) << avatar.error().message();
    EXPECT_EQ(avatar->body->shapeCount(), 10);
    EXPECT_EQ(avatar->body->expressionCount(), 10);
    EXPECT_EQ(avatar->body->data().expressionDirections(0, 0), test::rampAt(10, 'f'));
}

TEST_F(AvatarFile, SaysHowItsDirectionsAreUnclear) {
    remove("num_betas");
    EXPECT_THAT(message(), AllOf(HasSubstr("'shapedirs' has 5 columns"), HasSubstr("'num_betas'")));
    for (const std::int32_t wrong : {-1, 0, 3, 5, 2'000'000'000}) {
        set("num_betas", NpyArray::scalar(wrong));
        EXPECT_THAT(message(), HasSubstr("'num_betas' is")) << wrong;
    }
}

TEST_F(AvatarFile, MakesHalfPrecisionWeightsSumToOne) {
    std::vector<float> weights(4 * 55);
    for (std::size_t vertex = 0; vertex < 4; ++vertex) {
        weights[55 * vertex] = 0.333252F; // 1/3 in half precision
        weights[55 * vertex + 1] = 0.666504F;
    }
    set("weights", NpyArray::from<float>(weights, {4, 55}));
    const auto avatar = read();
    ASSERT_TRUE(avatar.ok()) << avatar.error().message();
    EXPECT_NEAR(avatar->body->data().weights.row(3).sum(), 1.0F, 1e-6F);
}

TEST_F(AvatarFile, NamesEveryMissingArray) {
    for (const std::string name : {"v_template", "f", "weights", "J_regressor", "kintree_table",
                                   "shapedirs", "posedirs", "hands_meanl", "hands_meanr"}) {
        const auto before = arrays;
        remove(name);
        EXPECT_THAT(message(), HasSubstr("no array '" + name + "'"));
        arrays = before;
    }
    remove("posedirs_index");
    EXPECT_THAT(message(), HasSubstr("without 'posedirs_index' it should have 486 columns"));
}

TEST_F(AvatarFile, NamesEveryWrongShape) {
    const std::vector<std::pair<std::string, NpyArray>> wrong{
        {"v_template", zeros({4, 2})},
        {"v_template", zeros({12})},
        {"v_template", zeros({})},
        {"v_template", zeros({0, 3})},
        {"f", zeros({2, 4})},
        {"f", zeros({6})},
        {"weights", zeros({4, 24})},
        {"weights", zeros({5, 55})},
        {"J_regressor", zeros({55, 5})},
        {"J_regressor", zeros({24, 4})},
        {"kintree_table", zeros({2, 24})},
        {"shapedirs", zeros({5, 3, 5})},
        {"shapedirs", zeros({4, 3, 3000})},
        {"shapedirs", zeros({12, 5})},
        {"posedirs", zeros({4, 3, 487})},
        {"posedirs", zeros({3, 4, 1})},
        {"posedirs_index", zeros({2})},
        {"hands_meanl", zeros({44})},
        {"hands_meanr", zeros({15, 3})},
        {"ft", zeros({3, 3})},
        {"vt", zeros({3, 3})},
        {"part_id", zeros({3})},
        {"part_rgb", zeros({3, 3})},
        {"skin_tint", zeros({4, 3})},
        {"num_betas", zeros({2})},
        {"shape_names", NpyArray::fromString("a")},
        {"expr_names", NpyArray::fromStrings(std::vector<std::string>{"a"})}};
    for (const auto& [name, array] : wrong) {
        const auto before = arrays;
        set(name, array);
        EXPECT_THAT(message(),
                    AllOf(HasSubstr("changed.npz"),
                          HasSubstr("'" + name + "' is " + describeShape(array.shape()))));
        arrays = before;
    }
}

TEST_F(AvatarFile, RefusesIndicesThatPointNowhere) {
    const auto indices = [](std::vector<std::int32_t> values, std::vector<std::size_t> shape) {
        return NpyArray::from<std::int32_t>(values, std::move(shape));
    };
    const std::vector<std::pair<std::string, NpyArray>> wrong{
        {"f", indices({0, 1, 4, 0, 1, 2}, {2, 3})},  {"f", indices({0, 1, -1, 0, 1, 2}, {2, 3})},
        {"ft", indices({0, 1, 3, 0, 1, 2}, {2, 3})}, {"part_id", indices({0, 2}, {2})},
        {"part_id", indices({0, 256}, {2})},         {"posedirs_index", indices({486}, {1})},
        {"posedirs_index", indices({-1}, {1})}};
    for (const auto& [name, array] : wrong) {
        const auto before = arrays;
        set(name, array);
        EXPECT_THAT(message(), HasSubstr("'" + name + "'"));
        arrays = before;
    }
}

TEST_F(AvatarFile, KnowsBothWaysToWriteTheRoot) {
    std::vector<std::int64_t> tree;
    for (const int parent : motion::jointParents())
        tree.push_back(parent);
    tree.resize(110);
    for (const std::int64_t root : {std::int64_t{-1}, std::int64_t{4'294'967'295}}) {
        tree[0] = root;
        set("kintree_table", NpyArray::from<std::int64_t>(tree, {2, 55}));
        EXPECT_EQ(read()->body->data().parents.front(), -1);
    }
    tree[0] = 4'294'967'294;
    set("kintree_table", NpyArray::from<std::int64_t>(tree, {2, 55}));
    EXPECT_THAT(message(), HasSubstr("gives joint 0 the parent"));
    tree[0] = -1;
    tree[5] = 0;
    set("kintree_table", NpyArray::from<std::int64_t>(tree, {2, 55}));
    EXPECT_NE(message(), "");
}

TEST_F(AvatarFile, RecognisesAMotion) {
    const auto avatar = readAvatarFile(test::goldenNpz("motion.npz"));
    ASSERT_FALSE(avatar.ok());
    EXPECT_THAT(avatar.error().message(), HasSubstr("this is a motion"));
}

TEST_F(AvatarFile, RefusesAnUnknownExpressionSpace) {
    set("expression_space", NpyArray::fromString("flame"));
    EXPECT_THAT(message(), HasSubstr("'flame'"));
}

TEST_F(AvatarFile, SurvivesEveryTruncationAndFlippedByte) {
    const auto path = folder / "avatar.npz";
    const auto expected = readAvatarFile(path).value();
    test::forEachFlip(path, [&](std::size_t offset) {
        const auto avatar = readAvatarFile(path);
        if (!avatar) return;
        EXPECT_TRUE(avatar->body->data().shapeDirections == expected.body->data().shapeDirections)
            << offset;
    });
    test::forEachTruncation(
        path, [&](std::size_t length) { EXPECT_FALSE(readAvatarFile(path).ok()) << length; });
}

TEST_F(AvatarFile, OfThePrototypeHasItsCounts) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "avatar-prototype.npz");
    const auto avatar = readAvatarFile(path);
    ASSERT_TRUE(avatar.ok()) << avatar.error().message();
    EXPECT_EQ(avatar->body->vertexCount(), 11'599);
    EXPECT_EQ(avatar->body->data().faces.size(), 22'780U);
    EXPECT_EQ(avatar->body->shapeCount(), 10);
    EXPECT_EQ(avatar->body->expressionCount(), 52);
    EXPECT_THAT(avatar->body->data().poseDirectionIndex, ElementsAre(196));
    EXPECT_EQ(avatar->appearance.textureCoordinates.size(), 11'957U);
    EXPECT_EQ(avatar->appearance.partNames.size(), 11U);
    EXPECT_EQ(avatar->expressionNames.back(), "tongueOut");
    EXPECT_EQ(avatar->expressionSpace, motion::ExpressionSpace::Arkit52);
    ASSERT_TRUE(writeAvatarFile(folder / "again.npz", *avatar).ok());
    const auto again = readAvatarFile(folder / "again.npz");
    ASSERT_TRUE(again.ok()) << again.error().message();
    expectSameBody(avatar->body->data(), again->body->data());
}

} // namespace
} // namespace gesture::io
