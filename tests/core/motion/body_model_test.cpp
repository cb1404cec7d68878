// SPDX-License-Identifier: Apache-2.0
#include "core/motion/body_model.h"

#include "tests/support/golden_values.h"
#include "tests/support/synthetic_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <functional>
#include <limits>

namespace gesture::motion {
namespace {

using test::counterUniform;
using test::syntheticBody;
using test::SyntheticBodySize;
using ::testing::HasSubstr;

// What float32 in another order may differ by: 10 µm.
constexpr float kSmplxTolerance = 1e-5F;

/// Storage of one pose.
struct PoseValues {
    std::array<float, kPoseSize> axisAngles{};
    std::array<float, 3> translation{};
    std::vector<float> expression;

    [[nodiscard]] BodyPose view() const { return {axisAngles, translation, expression}; }
};

PoseValues randomPose(std::uint64_t stream, std::size_t expressions) {
    PoseValues pose;
    for (std::size_t i = 0; i < kPoseSize; ++i) {
        pose.axisAngles[i] = 0.7F * counterUniform(stream, i);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        pose.translation[i] = counterUniform(stream, 1000 + i);
    }
    for (std::size_t i = 0; i < expressions; ++i) {
        pose.expression.push_back(counterUniform(stream, 2000 + i));
    }
    return pose;
}

std::shared_ptr<const BodyModel> makeModel(const SyntheticBodySize& size) {
    return BodyModel::create(syntheticBody(size)).value();
}

float largestDifference(const Points& a, const Points& b) { return (a - b).cwiseAbs().maxCoeff(); }

/// The formulas of `lbs`, one vertex after another, in double precision.
Points plainVertices(const BodyModelData& data, std::span<const float> betas, const BodyPose& pose,
                     const PosedBody& posed) {
    Points vertices(data.templateVertices.rows(), 3);
    for (Eigen::Index v = 0; v < vertices.rows(); ++v) {
        Eigen::Vector3d point = data.templateVertices.row(v).transpose().cast<double>();
        const auto add = [&](const RowMatrix& directions, Eigen::Index k, double weight) {
            point += weight * directions.block<3, 1>(3 * v, k).cast<double>();
        };
        for (std::size_t k = 0; k < betas.size(); ++k) {
            add(data.shapeDirections, static_cast<Eigen::Index>(k), betas[k]);
        }
        for (std::size_t k = 0; k < pose.expression.size(); ++k) {
            add(data.expressionDirections, static_cast<Eigen::Index>(k), pose.expression[k]);
        }
        for (Eigen::Index k = 0; k < posed.poseFeature.size(); ++k) {
            add(data.poseDirections, k, posed.poseFeature[k]);
        }
        Eigen::Vector3d sum = Eigen::Vector3d::Zero();
        for (std::size_t j = 0; j < kJointCount; ++j) {
            const double weight = data.weights(v, static_cast<Eigen::Index>(j));
            sum += weight * (posed.worldFromRest[j].cast<double>() * point.homogeneous());
        }
        vertices.row(v) = sum.cast<float>();
    }
    return vertices;
}

class SmplxGolden : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        if (model_ == nullptr) model_ = makeModel({});
    }
    static void TearDownTestSuite() { model_ = nullptr; }

    static std::vector<float> scaled(std::uint64_t stream, std::size_t pose, std::size_t count,
                                     float scale) {
        std::vector<float> values(count);
        for (std::size_t i = 0; i < count; ++i) {
            values[i] = scale * counterUniform(stream, pose * count + i);
        }
        return values;
    }

    /// Pose number `pose` of make_smplx_golden.py; `ranges` are its four ranges.
    static PoseValues goldenPose(std::size_t pose, std::span<const float> ranges) {
        PoseValues values;
        values.expression = scaled(12, pose, 100, ranges[1]);
        std::ranges::copy(scaled(13, pose, kPoseSize, ranges[2]), values.axisAngles.begin());
        std::ranges::copy(scaled(14, pose, 3, ranges[3]), values.translation.begin());
        return values;
    }

    static inline std::shared_ptr<const BodyModel> model_;
};

TEST_F(SmplxGolden, VerticesAndJointsAgreeWithThePackage) {
    const auto golden = test::goldenValues("smplx/poses.txt");
    const auto& picked = golden.at("picked");
    const std::size_t poses = golden.at("ranges").size() / 4;
    PosedBody posed;
    for (std::size_t p = 0; p < poses; ++p) {
        const auto ranges = std::span(golden.at("ranges")).subspan(4 * p, 4);
        const auto body = model_->shaped(scaled(11, p, 300, ranges[0]));
        const PoseValues pose = goldenPose(p, ranges);
        body->pose(pose.view(), posed);
        const Eigen::Map<const Points> joints(&golden.at("joints")[p * kPoseSize], kJointCount, 3);
        EXPECT_LE(largestDifference(posed.joints, joints), kSmplxTolerance) << "pose " << p;
        float worst = 0.0F;
        for (std::size_t i = 0; i < picked.size(); ++i) {
            for (Eigen::Index c = 0; c < 3; ++c) {
                const float wanted = golden.at(
                    "vertices")[3 * (p * picked.size() + i) + static_cast<std::size_t>(c)];
                const float actual = posed.vertices(static_cast<Eigen::Index>(picked[i]), c);
                worst = std::max(worst, std::abs(actual - wanted));
            }
        }
        EXPECT_LE(worst, kSmplxTolerance) << "pose " << p;
    }
}

TEST(BodyModel, AgreesWithThePlainFormulasForAnySizes) {
    for (const SyntheticBodySize& size :
         {SyntheticBodySize{.vertices = 1, .shapes = 0, .expressions = 0, .correctives = {485}},
          SyntheticBodySize{.vertices = 15, .shapes = 1, .expressions = 7, .correctives = {0, 13}},
          SyntheticBodySize{.vertices = 16, .shapes = 10, .expressions = 52, .correctives = {7}},
          SyntheticBodySize{.vertices = 431, .shapes = 10, .expressions = 0, .correctives = {}}}) {
        const auto model = makeModel(size);
        std::vector<float> betas(static_cast<std::size_t>(size.shapes), 0.5F);
        const PoseValues pose = randomPose(70, static_cast<std::size_t>(size.expressions));
        PosedBody posed;
        model->shaped(betas)->pose(pose.view(), posed);
        EXPECT_LE(largestDifference(posed.vertices,
                                    plainVertices(model->data(), betas, pose.view(), posed)),
                  kSmplxTolerance)
            << size.vertices << " vertices";
    }
}

TEST(BodyModel, WorksWithoutAnyDirections) {
    BodyModelData data = syntheticBody({.vertices = 40, .shapes = 1, .expressions = 1});
    data.shapeDirections.resize(0, 0);
    data.expressionDirections.resize(0, 0);
    data.poseDirections.resize(0, 0);
    data.poseDirectionIndex.clear();
    const auto model = BodyModel::create(std::move(data)).value();
    const PoseValues pose = randomPose(71, 5);
    PosedBody posed;
    model->shaped(std::vector<float>{1.0F})->pose(pose.view(), posed);
    PoseValues bare = pose;
    bare.expression.clear();
    EXPECT_LE(
        largestDifference(posed.vertices, plainVertices(model->data(), {}, bare.view(), posed)),
        kSmplxTolerance);
    std::vector<float> many(3U * 3U * 40U);
    const std::vector<BodyPose> poses(3, pose.view());
    model->shaped({})->poseMany(poses, many, {});
    EXPECT_EQ(many[0], posed.vertices(0, 0));
}

TEST(BodyModel, RestPoseWithoutHandMeansIsTheTemplate) {
    BodyModelData data = syntheticBody({.vertices = 300, .shapes = 3, .expressions = 2});
    data.leftHandMean.fill(0.0F);
    data.rightHandMean.fill(0.0F);
    const auto model = BodyModel::create(std::move(data)).value();
    PosedBody posed;
    model->shaped({})->pose(PoseValues{}.view(), posed);
    EXPECT_LE(largestDifference(posed.vertices, model->data().templateVertices), 1e-6F);
}

TEST(BodyModel, HandMeansBendTheHandsOnly) {
    const auto body = makeModel({.vertices = 300, .shapes = 3, .expressions = 2})->shaped({});
    PosedBody posed;
    body->poseJoints(PoseValues{}.view(), posed);
    for (int j = 0; j < kFirstLeftHandJoint; ++j) {
        EXPECT_LE((posed.joints.row(j) - body->restJoints().row(j)).norm(), 1e-6F) << j;
    }
    EXPECT_GT((posed.joints - body->restJoints()).norm(), 1e-3F);
}

TEST(BodyModel, MissingCoefficientsAreZeroAndExtraOnesIgnored) {
    const auto model = makeModel({.vertices = 100, .shapes = 3, .expressions = 4});
    PoseValues few = randomPose(72, 2);
    PoseValues padded = few;
    padded.expression.insert(padded.expression.end(), {0.0F, 0.0F, 9.0F, 9.0F});
    PosedBody a;
    PosedBody b;
    model->shaped(std::vector<float>{0.3F})->pose(few.view(), a);
    model->shaped(std::vector<float>{0.3F, 0.0F, 0.0F, 8.0F})->pose(padded.view(), b);
    EXPECT_EQ(a.vertices, b.vertices);
    EXPECT_EQ(a.joints, b.joints);
}

TEST(BodyModel, TranslationMovesEverythingAndNothingElse) {
    const auto body = makeModel({.vertices = 100, .shapes = 1, .expressions = 1})->shaped({});
    PoseValues pose = randomPose(73, 1);
    pose.translation = {};
    PosedBody still;
    body->pose(pose.view(), still);
    pose.translation = {1.0F, -2.0F, 0.5F};
    PosedBody moved;
    body->pose(pose.view(), moved);
    const Eigen::RowVector3f step(1.0F, -2.0F, 0.5F);
    EXPECT_LE(largestDifference(moved.vertices, still.vertices.rowwise() + step), 1e-6F);
    EXPECT_LE(largestDifference(moved.joints, still.joints.rowwise() + step), 1e-6F);
}

TEST(BodyModel, ManyPosesEqualEachAloneOnAnyNumberOfThreads) {
    const auto body = makeModel({.vertices = 431, .shapes = 1, .expressions = 5})->shaped({});
    constexpr std::size_t kPoses = 135; // two batches, the second with a group that is not full
    std::vector<PoseValues> values;
    std::vector<BodyPose> poses;
    for (std::size_t i = 0; i < kPoses; ++i) {
        values.push_back(randomPose(80 + i, 5));
    }
    for (const PoseValues& pose : values) {
        poses.push_back(pose.view());
    }
    std::vector<float> vertices(kPoses * 431U * 3U);
    std::vector<float> joints(kPoses * kPoseSize);
    PosedBody alone;
    for (const int threads : {1, 2, 3, 0}) {
        body->poseMany(poses, vertices, joints, threads);
        for (std::size_t i = 0; i < kPoses; ++i) {
            body->pose(poses[i], alone, threads);
            const Eigen::Map<const Points> many(&vertices[i * 431U * 3U], 431, 3);
            ASSERT_LE(largestDifference(alone.vertices, many), 1e-6F) << i;
            const Eigen::Map<const Points> manyJoints(&joints[i * kPoseSize], kJointCount, 3);
            ASSERT_EQ(alone.joints, Points(manyJoints)) << i;
        }
    }
}

TEST(BodyModel, ManyPosesOfNoneAndOne) {
    const auto body = makeModel({.vertices = 50, .shapes = 1, .expressions = 1})->shaped({});
    body->poseMany({}, {}, {});
    const PoseValues pose = randomPose(75, 1);
    const std::vector<BodyPose> one = {pose.view()};
    std::vector<float> vertices(150);
    body->poseMany(one, vertices, {});
    PosedBody alone;
    body->pose(pose.view(), alone);
    EXPECT_EQ(alone.vertices, Points(Eigen::Map<const Points>(vertices.data(), 50, 3)));
}

TEST(BodyModel, PosingAgainReusesTheBuffers) {
    const auto body = makeModel({.vertices = 431, .shapes = 1, .expressions = 5})->shaped({});
    PosedBody posed;
    body->pose(PoseValues{}.view(), posed);
    const float* const vertices = posed.vertices.data();
    const auto* const transforms = posed.scratch.transforms.data();
    const float* const weights = posed.scratch.weights.data();
    for (std::uint64_t i = 0; i < 5; ++i) {
        body->pose(randomPose(90 + i, 5).view(), posed);
    }
    EXPECT_EQ(posed.vertices.data(), vertices);
    EXPECT_EQ(posed.scratch.transforms.data(), transforms);
    EXPECT_EQ(posed.scratch.weights.data(), weights);
}

TEST(BodyModel, ShapedBodyKeepsItsModelAlive) {
    auto model = makeModel({.vertices = 50, .shapes = 1, .expressions = 1});
    const auto body = model->shaped({});
    model.reset();
    PosedBody posed;
    body->pose(PoseValues{}.view(), posed);
    EXPECT_EQ(body->model().vertexCount(), 50);
}

struct Damage {
    const char* name;
    std::function<void(BodyModelData&)> apply;
    const char* message;
};

class DamagedBodyModel : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedBodyModel, IsRefusedInWords) {
    BodyModelData data = syntheticBody({.vertices = 60, .shapes = 2, .expressions = 2});
    data.faces = {{0, 1, 59}};
    ASSERT_TRUE(BodyModel::create(data).ok());
    GetParam().apply(data);
    const auto model = BodyModel::create(std::move(data));
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code(), ErrorCode::InvalidInput);
    EXPECT_THAT(model.error().message(), HasSubstr(GetParam().message));
}

const float kNan = std::numeric_limits<float>::quiet_NaN();

INSTANTIATE_TEST_SUITE_P(
    BodyModel, DamagedBodyModel,
    ::testing::Values(
        Damage{"NoVertices", [](auto& d) { d.templateVertices.resize(0, 3); }, "0 vertices"},
        Damage{"Shapes", [](auto& d) { d.shapeDirections.resize(179, 2); }, "'shapedirs'"},
        Damage{"Expressions", [](auto& d) { d.expressionDirections.resize(6, 2); }, "expressions"},
        Damage{"Correctives", [](auto& d) { d.poseDirections.resize(181, 486); }, "'posedirs'"},
        Damage{"Index", [](auto& d) { d.poseDirectionIndex.pop_back(); }, "'posedirs_index'"},
        Damage{"IndexRange", [](auto& d) { d.poseDirectionIndex[3] = 486; }, "486"},
        Damage{"IndexNegative", [](auto& d) { d.poseDirectionIndex[3] = -1; }, "-1"},
        Damage{"Regressor", [](auto& d) { d.jointRegressor.resize(55, 59); }, "'J_regressor'"},
        Damage{"Weights", [](auto& d) { d.weights.resize(60, 54); }, "'weights'"},
        Damage{"WeightSum", [](auto& d) { d.weights(5, 7) += 0.1F; }, "vertex 5"},
        Damage{"Parents", [](auto& d) { d.parents[5] = 7; }, "kintree_table"},
        Damage{"ParentCount", [](auto& d) { d.parents.pop_back(); }, "kintree_table"},
        Damage{"Faces",
               [](auto& d) {
                   d.faces.push_back({1, 60, 2});
               },
               "Triangle 1"},
        Damage{"NanTemplate", [](auto& d) { d.templateVertices(3, 1) = kNan; }, "'v_template'"},
        Damage{"NanWeight", [](auto& d) { d.weights(3, 1) = kNan; }, "'weights'"},
        Damage{"InfCorrective",
               [](auto& d) { d.poseDirections(3, 1) = std::numeric_limits<float>::infinity(); },
               "posedirs"},
        Damage{"NanMean", [](auto& d) { d.rightHandMean[44] = kNan; }, "'hands_meanr'"}),
    [](const auto& test) { return test.param.name; });

} // namespace
} // namespace gesture::motion
