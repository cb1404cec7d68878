// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/arm_solver.h"

#include <Eigen/Geometry>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <string>
#include <vector>

namespace gesture::gestures {
namespace {

constexpr float kDegrees = 180.0F / std::numbers::pi_v<float>;

struct Degrees {
    Eigen::Vector3f shoulder;
    Eigen::Vector3f elbow;
    Eigen::Vector3f wrist;
};

/// Poses of a straight left arm (0.26 and 0.25 m) as the table of the corpus's design has them, in
/// whole degrees; its solver was another program.
struct GoldenPose {
    std::string name;
    Eigen::Vector3d wrist;
    Eigen::Vector3d palm;
    double flexion;
    Degrees degrees;
};

// clang-format off
const std::vector<GoldenPose>& goldenPoses() {
    static const std::vector<GoldenPose> poses = {
    {"home", {0.08, -0.62, 0.46}, {-0.6, -0.6, 0.2}, 0, {{16, -11, -64}, {8, -78, 6}, {11, 0, 0}}},
    {"rest side", {0.12, -0.92, 0.14}, {-0.9, -0.1, -0.4}, 0, {{37, -16, -67}, {-5, -40, -2}, {-7, 0, 0}}},
    {"rest front", {-0.28, -0.74, 0.4}, {-0.9, -0.1, -0.4}, 0, {{29, -39, -79}, {-4, -55, -2}, {-5, 0, 0}}},
    {"beat up", {0.11, -0.45, 0.49}, {-0.6, -0.6, 0.2}, -14, {{8, -6, -62}, {8, -95, 9}, {13, -2, 14}}},
    {"beat down", {0.13, -0.68, 0.56}, {-0.6, -0.6, 0.2}, 12, {{4, -19, -64}, {5, -54, 3}, {7, 1, -12}}},
    {"big", {0.42, -0.28, 0.52}, {-1, 0, 0}, 0, {{-20, 3, -51}, {-14, -86, -13}, {-21, 0, 0}}},
    {"small", {-0.22, -0.3, 0.55}, {-1, 0, 0}, 0, {{9, -36, -75}, {0, -97, -1}, {-1, 0, 0}}},
    {"wide", {0.55, -0.42, 0.42}, {0, -1, 0}, 0, {{-20, 10, -49}, {21, -71, 16}, {30, 0, 0}}},
    {"tall", {0.25, 0.28, 0.55}, {0, -1, 0}, 10, {{-49, -24, -33}, {4, -96, 5}, {7, 1, -10}}},
    {"up", {0.18, 0.22, 0.55}, {-1, 0, 0}, 0, {{-44, -26, -40}, {-14, -102, -18}, {-24, 0, 0}}},
    {"down", {0.15, -0.72, 0.4}, {0, -1, 0}, -10, {{17, -8, -63}, {26, -65, 17}, {36, -3, 10}}},
    {"you", {0, -0.28, 0.86}, {0, 1, 0}, 0, {{-23, -43, -61}, {-46, -47, -22}, {-60, 0, 0}}},
    {"me", {-0.28, -0.34, 0.26}, {0, 0, -1}, 10, {{45, -33, -76}, {-5, -118, -8}, {-10, -1, -10}}},
    {"here", {0, -0.6, 0.58}, {0, -1, 0}, 15, {{8, -23, -67}, {28, -65, 18}, {38, 5, -14}}},
    {"there", {0.72, -0.05, 0.48}, {0, -1, 0}, 0, {{-46, -1, -33}, {21, -59, 12}, {29, 0, 0}}},
    {"all", {0.45, -0.48, 0.48}, {0, 1, 0}, 0, {{-13, 4, -52}, {-43, -66, -31}, {-60, 0, 0}}},
    {"one", {0.12, -0.08, 0.48}, {0, 0, 1}, -15, {{-15, -11, -58}, {22, -115, 38}, {44, -6, 14}}},
    {"two", {0.12, -0.08, 0.48}, {0, 0, 1}, -15, {{-15, -11, -58}, {22, -115, 38}, {44, -6, 14}}},
    {"three", {0.12, -0.08, 0.48}, {0, 0, 1}, -15, {{-15, -11, -58}, {22, -115, 38}, {44, -6, 14}}},
    {"no", {0.45, -0.42, 0.48}, {0, -1, 0}, 0, {{-15, 6, -52}, {21, -76, 17}, {31, 0, 0}}},
    {"yes", {0.1, -0.42, 0.66}, {0, 1, 0}, 0, {{-6, -20, -62}, {-42, -71, -33}, {-60, 0, 0}}},
    {"stop", {0.05, -0.02, 0.74}, {0, 0, 1}, -55, {{-29, -36, -57}, {31, -81, 28}, {44, -23, 52}}},
    {"maybe", {0.38, -0.42, 0.4}, {0, 1, 0}, 0, {{-7, 13, -54}, {-38, -86, -40}, {-60, 0, 0}}},
    {"why", {0.2, -0.46, 0.55}, {0, 1, 0}, 0, {{-1, -7, -60}, {-40, -78, -36}, {-60, 0, 0}}},
    {"idea", {-0.05, -0.32, 0.58}, {0, 1, 0}, 0, {{3, -24, -68}, {-37, -90, -42}, {-60, 0, 0}}},
    {"think", {-0.06, 0.3, 0.16}, {-1, 0, 0}, 0, {{-63, -36, 0}, {-6, -139, -17}, {-17, 0, 0}}},
    {"round", {0.05, -0.2, 0.6}, {0, -1, 0}, 0, {{-9, -21, -63}, {19, -99, 24}, {33, 0, 0}}},
    {"back", {0.28, 0.08, 0.12}, {0, 0, -1}, 0, {{-49, 32, -37}, {29, -120, 87}, {88, 0, 0}}},
    {"next", {0.05, -0.36, 0.8}, {0, -1, 0}, 0, {{-17, -35, -61}, {27, -56, 14}, {36, 0, 0}}},
    {"fast", {-0.25, -0.28, 0.55}, {-1, 0, 0}, 0, {{9, -39, -77}, {1, -97, 1}, {1, 0, 0}}},
    {"slow", {0.12, -0.6, 0.5}, {0, -1, 0}, 0, {{10, -10, -63}, {26, -74, 20}, {37, 0, 0}}},
    {"heart", {-0.3, -0.3, 0.24}, {0, 0, -1}, 0, {{47, -36, -79}, {-5, -121, -9}, {-10, 0, 0}}},
    {"open", {0.3, -0.5, 0.46}, {0, 1, 0}, 0, {{0, 4, -57}, {-40, -78, -36}, {-60, 0, 0}}},
    {"between", {-0.28, -0.55, 0.55}, {-1, 0, 0}, 0, {{16, -40, -77}, {-6, -68, -4}, {-8, 0, 0}}},
    {"great", {0.08, -0.16, 0.5}, {0, 0, 1}, -10, {{-7, -13, -62}, {26, -110, 41}, {50, -4, 9}}},
    };
    return poses;
}
// clang-format on

const ArmBones kStraightArm{{0.26F, 0.0F, 0.0F}, {0.25F, 0.0F, 0.0F}};

ArmVector controlFor(const Eigen::Vector3d& wrist, const Eigen::Vector3d& palm, double flexion) {
    return vectorOf({wrist, palm, flexion, HandShape{}, 0.0});
}

TEST(ArmSolver, ReachesTheDesignsAnglesWithinOneDegree) {
    ASSERT_EQ(goldenPoses().size(), 35U);
    for (const GoldenPose& golden : goldenPoses()) {
        const std::vector<ArmVector> controls = {
            controlFor(golden.wrist, golden.palm, golden.flexion)};
        const ArmPose pose = solveArm(controls, kStraightArm, {}).front();
        const auto error = [](const Eigen::Vector3f& radians, const Eigen::Vector3f& degrees) {
            return (kDegrees * radians - degrees).cwiseAbs().maxCoeff();
        };
        EXPECT_LT(error(pose.shoulder, golden.degrees.shoulder), 1.0F) << golden.name;
        EXPECT_LT(error(pose.elbow, golden.degrees.elbow), 1.0F) << golden.name;
        EXPECT_LT(error(pose.wrist, golden.degrees.wrist), 1.0F) << golden.name;
    }
}

Eigen::Matrix3f matrixOf(const Eigen::Vector3f& rotation) {
    return Eigen::AngleAxisf(rotation.norm(), rotation.stableNormalized()).toRotationMatrix();
}

TEST(ArmSolver, PutsTheWristOfAnyArmWhereItWasAsked) {
    const ArmBones bones = averageArm();
    const Eigen::Vector3d target(0.1, -0.45, 0.5);
    const std::vector<ArmVector> controls = {controlFor(target, {0.0, 1.0, 0.0}, 0.0)};
    const ArmPose pose = solveArm(controls, bones, {}).front();
    const Eigen::Matrix3f shoulder = matrixOf(pose.collar) * matrixOf(pose.shoulder);
    const Eigen::Vector3f wrist = shoulder * (bones.upper + matrixOf(pose.elbow) * bones.fore);
    EXPECT_LT((wrist - (bones.length() * target).cast<float>()).norm(), 1e-4F);
}

TEST(ArmSolver, TurnsThePalmWhereItShouldFace) {
    const std::vector<ArmVector> controls = {controlFor({0.2, -0.46, 0.55}, {0.0, 1.0, 0.0}, 0.0)};
    const ArmPose pose = solveArm(controls, kStraightArm, {}).front();
    const Eigen::Matrix3f hand = matrixOf(pose.collar) * matrixOf(pose.shoulder) *
                                 matrixOf(pose.elbow) * matrixOf(pose.wrist);
    const Eigen::Vector3f palm = hand * -Eigen::Vector3f::UnitY();
    EXPECT_GT(palm.y(), 0.9F);
}

TEST(ArmSolver, TurnsForearmsContinuouslyWherePalmsGoFromUpToBack) {
    std::vector<ArmVector> controls;
    for (int i = 0; i <= 60; ++i) {
        const double angle = std::numbers::pi * i / 60.0;
        controls.push_back(controlFor({0.1 + 0.003 * i, -0.4 + 0.008 * i, 0.5 - 0.006 * i},
                                      {-std::sin(angle), std::cos(angle), -0.3}, 0.0));
    }
    const std::vector<ArmPose> poses = solveArm(controls, kStraightArm, {});
    for (std::size_t i = 1; i < poses.size(); ++i)
        EXPECT_LT(kDegrees * (poses[i].wrist - poses[i - 1].wrist).norm(), 8.0F) << i;
}

TEST(ArmSolver, ComesAsNearAsItCanToTargetsOutOfReach) {
    const std::vector<ArmVector> controls = {controlFor({0.0, 0.0, 3.0}, {0.0, -1.0, 0.0}, 0.0),
                                             controlFor({0.0, 0.0, 0.01}, {0.0, -1.0, 0.0}, 0.0)};
    for (const ArmPose& pose : solveArm(controls, kStraightArm, {}))
        EXPECT_TRUE(pose.shoulder.allFinite() && pose.elbow.allFinite() && pose.wrist.allFinite());
}

} // namespace
} // namespace gesture::gestures
