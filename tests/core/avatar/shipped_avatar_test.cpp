// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "core/io/motion_file.h"
#include "tests/core/avatar/shipped_avatar.h"
#include "tests/support/shared_data.h"

#include <Eigen/Geometry>
#include <cmath>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>

// What the avatar's specification promises, on the file that ships.
namespace gesture {
namespace {

using motion::BodyModelData;
using motion::kJointCount;

constexpr int kMarkers = kJointCount;
constexpr float kJointTolerance = 5e-4F; // of the specification's table, metres
constexpr float kJawTolerance = 5e-5F;   // metres

const BodyModelData& body() { return test::shippedAvatar().body->data(); }
motion::Points restJoints() { return body().jointRegressor * body().templateVertices; }

motion::PosedBody posed(const std::vector<float>& axisAngles,
                        const std::vector<float>& expression) {
    const std::array<float, 3> translation{};
    motion::PosedBody out;
    test::shippedAvatar().body->shaped({})->pose(
        {std::span<const float, motion::kPoseSize>(axisAngles.data(), motion::kPoseSize),
         std::span<const float, 3>(translation), expression},
        out);
    return out;
}

/// Angles that undo the mean hand pose, which `pose` adds.
std::vector<float> flatHands() {
    std::vector<float> pose(motion::kPoseSize, 0.0F);
    for (std::size_t i = 0; i < 45; ++i) {
        pose[3 * motion::kFirstLeftHandJoint + i] = -body().leftHandMean[i];
        pose[3 * motion::kFirstRightHandJoint + i] = -body().rightHandMean[i];
    }
    return pose;
}

float largestDistance(const motion::Points& a, const motion::Points& b) {
    return (a - b).rowwise().norm().maxCoeff();
}

TEST(ShippedAvatar, HashIsTheOneOfItsProvenance) {
    const auto folder = test::shippedAvatarPath().parent_path();
    std::ifstream file(folder / "PROVENANCE.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto hash = sha256OfFile(test::shippedAvatarPath());
    ASSERT_TRUE(hash.ok());
    EXPECT_NE(text.find(*hash), std::string::npos);
}

TEST(ShippedAvatar, Counts) {
    EXPECT_EQ(body().templateVertices.rows(), 11599);
    EXPECT_EQ(body().faces.size(), 22780U);
    EXPECT_EQ(body().shapeDirections.cols(), 10);
    EXPECT_EQ(body().expressionDirections.cols(), 52);
    const auto& looks = test::shippedAvatar().appearance;
    EXPECT_EQ(looks.textureCoordinates.size(), 11957U);
    EXPECT_EQ(looks.partIds.size(), 22780U);
    EXPECT_EQ(looks.partNames.size(), 11U);
    EXPECT_EQ(looks.skinTint.size(), 11599U);
    EXPECT_EQ(test::shippedAvatar().expressionSpace, motion::ExpressionSpace::Arkit52);
}

TEST(ShippedAvatar, FaceUnitsHaveArkitNamesInOrder) {
    const auto& names = test::shippedAvatar().expressionNames;
    const auto& expected = avatar::faceUnitNames();
    ASSERT_EQ(names.size(), expected.size());
    EXPECT_TRUE(std::equal(names.begin(), names.end(), expected.begin()));
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    EXPECT_EQ(names[avatar::kJawOpenUnit], "jawOpen");
    EXPECT_EQ(names[avatar::kMouthFunnelUnit], "mouthFunnel");
    EXPECT_EQ(names[avatar::kMouthLowerDownLeftUnit], "mouthLowerDownLeft");
    EXPECT_EQ(names[avatar::kMouthLowerDownRightUnit], "mouthLowerDownRight");
}

TEST(ShippedAvatar, WeightsSumToOneWithAtMostSixJoints) {
    const auto& weights = body().weights;
    EXPECT_LE((weights.rowwise().sum().array() - 1.0F).abs().maxCoeff(), 1e-6F);
    EXPECT_GE(weights.minCoeff(), 0.0F);
    EXPECT_EQ((weights.array() > 0.0F).rowwise().count().maxCoeff(), 6);
    EXPECT_EQ((weights.array() > 0.0F).count(), 21157);
}

TEST(ShippedAvatar, TrianglesAreNotDegenerateAndLeaveTheMarkersOut) {
    const auto& v = body().templateVertices;
    const auto firstMarker = static_cast<std::uint32_t>(v.rows() - kMarkers);
    float smallest = 1.0F;
    for (const auto& [a, b, c] : body().faces) {
        ASSERT_LT(std::max({a, b, c}), firstMarker);
        const Eigen::Vector3f ab = v.row(b) - v.row(a);
        const Eigen::Vector3f ac = v.row(c) - v.row(a);
        smallest = std::min(smallest, 0.5F * ab.cross(ac).norm());
    }
    EXPECT_GT(smallest, 8e-8F); // 0.09 mm² was measured
}

struct TableRow {
    std::string_view joint;
    float x, y, z;
};
// The specification's T-pose table; left side.
constexpr std::array<TableRow, 20> kTable = {{
    {"pelvis", 0.0F, -0.351F, 0.0F},
    {"left_hip", .0789F, -.3994F, .0117F},
    {"left_knee", .1265F, -.8090F, .0044F},
    {"left_ankle", .1155F, -1.2300F, -.0288F},
    {"left_foot", .1385F, -1.2751F, .1018F},
    {"spine1", 0.0F, -.2410F, -.0041F},
    {"spine2", 0.0F, -.1632F, -.0033F},
    {"spine3", 0.0F, -.0143F, -.0179F},
    {"neck", 0.0F, .1676F, .0020F},
    {"head", 0.0F, .2763F, .0299F},
    {"jaw", 0.0F, .2649F, .0533F},
    {"left_eye_smplhf", .0299F, .3164F, .1064F},
    {"left_collar", .0236F, .0944F, .0210F},
    {"left_shoulder", .1763F, .0708F, .0193F},
    {"left_elbow", .4234F, .0359F, -.0067F},
    {"left_wrist", .6708F, .0359F, -.0067F},
    {"left_index1", .7774F, .0270F, .0202F},
    {"left_middle3", .8402F, .0280F, -.0056F},
    {"left_pinky1", .7608F, .0284F, -.0459F},
    {"left_thumb1", .7091F, .0306F, .0185F},
}};

TEST(ShippedAvatar, JointsStandWhereTheTableSays) {
    const motion::Points joints = restJoints();
    for (const TableRow& row : kTable) {
        const int joint = motion::findJoint(row.joint).value();
        const Eigen::RowVector3f expected(row.x, row.y, row.z);
        EXPECT_LE((joints.row(joint) - expected).cwiseAbs().maxCoeff(), kJointTolerance)
            << row.joint;
    }
}

TEST(ShippedAvatar, RightJointsMirrorTheLeft) {
    const motion::Points joints = restJoints();
    for (int j = 0; j < kJointCount; ++j) {
        const std::string name(motion::jointNames()[static_cast<std::size_t>(j)]);
        if (name.rfind("left_", 0) != 0) continue;
        const int right = motion::findJoint("right_" + name.substr(5)).value();
        const Eigen::RowVector3f mirrored =
            joints.row(j).cwiseProduct(Eigen::RowVector3f(-1.0F, 1.0F, 1.0F));
        EXPECT_LE((joints.row(right) - mirrored).cwiseAbs().maxCoeff(), 1e-6F) << name;
    }
}

TEST(ShippedAvatar, ExpressionsMoveNoJoint) {
    const Eigen::Index markerRows = 3 * kMarkers;
    EXPECT_EQ(body().expressionDirections.bottomRows(markerRows).cwiseAbs().maxCoeff(), 0.0F);
    // Each joint is its marker and nothing else.
    EXPECT_EQ((body().jointRegressor.array() != 0.0F).count(), kMarkers);
    EXPECT_TRUE(body().jointRegressor.rightCols(kMarkers).isIdentity(0.0F));
}

TEST(ShippedAvatar, PelvisStaysInEveryShape) {
    const Eigen::Index pelvis = 3 * (body().templateVertices.rows() - kMarkers);
    EXPECT_LE(body().shapeDirections.middleRows(pelvis, 3).cwiseAbs().maxCoeff(), 1e-6F);
}

struct Height {
    Eigen::Index shape;
    float plus, minus;
};
TEST(ShippedAvatar, ShapesChangeTheHeightAsTabulated) {
    constexpr std::array<Height, 6> kHeights = {{{0, 1.808F, 1.659F},
                                                 {1, 1.931F, 1.535F},
                                                 {4, 1.710F, 1.761F},
                                                 {5, 1.737F, 1.729F},
                                                 {7, 1.815F, 1.650F},
                                                 {9, 1.755F, 1.710F}}};
    const auto heightAt = [](Eigen::Index shape, float value) {
        std::vector<float> betas(10, 0.0F);
        betas[static_cast<std::size_t>(shape)] = value;
        const auto y = test::shippedAvatar().body->shaped(betas)->restVertices().col(1);
        return y.maxCoeff() - y.minCoeff();
    };
    EXPECT_NEAR(heightAt(0, 0.0F), 1.733F, 1e-3F);
    for (const Height& row : kHeights) {
        EXPECT_NEAR(heightAt(row.shape, 1.0F), row.plus, 1e-3F) << row.shape;
        EXPECT_NEAR(heightAt(row.shape, -1.0F), row.minus, 1e-3F) << row.shape;
    }
}

TEST(ShippedAvatar, ZeroPoseWithoutHandMeanIsTheTemplate) {
    EXPECT_LE(largestDistance(posed(flatHands(), {}).vertices, body().templateVertices), 2e-6F);
}

TEST(ShippedAvatar, JawPitchEqualsJawOpen) {
    auto pose = flatHands();
    pose[3 * motion::kJaw] = static_cast<float>(avatar::kJawOpenAngle);
    std::vector<float> jawOpen(52, 0.0F);
    jawOpen[avatar::kJawOpenUnit] = 1.0F;
    auto byJoint = posed(pose, {}).vertices;
    const auto byUnit = posed(flatHands(), jawOpen).vertices;
    EXPECT_LE(largestDistance(byJoint, byUnit), kJawTolerance);
}

TEST(ShippedAvatar, HalfTheJawPitchStaysCloseToHalfTheUnit) {
    auto pose = flatHands();
    pose[3 * motion::kJaw] = 0.5F * static_cast<float>(avatar::kJawOpenAngle);
    std::vector<float> jawOpen(52, 0.0F);
    jawOpen[avatar::kJawOpenUnit] = 0.5F;
    EXPECT_LE(largestDistance(posed(pose, {}).vertices, posed(flatHands(), jawOpen).vertices),
              2.5e-3F); // 2.47 mm were measured, at the lips
}

TEST(ShippedAvatar, SkinnedMarkersAreTheJointsInAnyPose) {
    std::mt19937 random(7);
    std::normal_distribution<float> angle(0.0F, 0.5F);
    std::vector<float> pose(motion::kPoseSize);
    std::generate(pose.begin(), pose.end(), [&] { return angle(random); });
    const std::vector<float> expression(52, 0.3F);
    const auto out = posed(pose, expression);
    EXPECT_LE(largestDistance(out.vertices.bottomRows(kMarkers), out.joints), 2e-6F);
}

// Part 0 to 4 (skin and suit): skin only on head, neck and hands, where the suit ends.
TEST(ShippedAvatar, IsClothed) {
    constexpr float kCollarHeight = 0.05F; // metres, T-pose: below the collar bones is cloth
    constexpr float kNeckWidth = 0.20F;
    constexpr float kCuff = 0.60F;
    const auto& looks = test::shippedAvatar().appearance;
    std::set<std::uint32_t> skin;
    for (std::size_t f = 0; f < body().faces.size(); ++f) {
        const bool bodySkin = looks.partNames[looks.partIds[f]] == "skin";
        if (bodySkin) skin.insert(body().faces[f].begin(), body().faces[f].end());
    }
    EXPECT_GT(skin.size(), 7000U);
    for (const auto vertex : skin) {
        const Eigen::RowVector3f p = body().templateVertices.row(vertex);
        const bool headOrNeck = p.y() > kCollarHeight && std::abs(p.x()) < kNeckWidth;
        const bool hand = std::abs(p.x()) > kCuff;
        ASSERT_TRUE(headOrNeck || hand) << "vertex " << vertex << " at " << p;
    }
}

// Figures of the specification on a clip of the BEAT2 corpus.
TEST(ShippedAvatar, FeetMeetTheFloorOnARealClip) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    const auto clip = io::readMotionFile(path);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    const auto& v = body().templateVertices;
    std::vector<Eigen::Index> feet;
    for (Eigen::Index i = 0; i < v.rows() - kMarkers; ++i) {
        const float weight =
            body().weights(i, motion::kLeftAnkle) + body().weights(i, motion::kRightAnkle) +
            body().weights(i, motion::kLeftFoot) + body().weights(i, motion::kRightFoot);
        if (weight > 0.5F) feet.push_back(i);
    }
    const auto shaped = test::shippedAvatar().body->shaped({});
    motion::PosedBody out;
    std::vector<double> lowest;
    for (std::int64_t f = 0; f < clip->frameCount(); f += 2) {
        shaped->poseJoints({clip->pose({f}), clip->translation({f}), {}}, out);
        float low = 1.0F;
        for (const auto i : feet) {
            motion::Transform blend = motion::Transform::Zero();
            for (int j = 0; j < kJointCount; ++j) {
                const float weight = body().weights(i, j);
                if (weight > 0.0F) blend += weight * out.worldFromRest[static_cast<std::size_t>(j)];
            }
            low = std::min(low, (blend * v.row(i).transpose().homogeneous()).y());
        }
        lowest.push_back(low);
    }
    std::sort(lowest.begin(), lowest.end());
    const auto quantile = [&](double share) {
        return lowest[static_cast<std::size_t>(share * static_cast<double>(lowest.size() - 1))];
    };
    constexpr double kTolerance = 2e-3;
    EXPECT_NEAR(quantile(0.05), -0.014, kTolerance);
    EXPECT_NEAR(quantile(0.50), 0.005, kTolerance);
    EXPECT_NEAR(quantile(0.95), 0.025, kTolerance);
    EXPECT_NEAR(lowest.front(), -0.018, kTolerance);
    EXPECT_NEAR(lowest.back(), 0.040, kTolerance);
}

} // namespace
} // namespace gesture
