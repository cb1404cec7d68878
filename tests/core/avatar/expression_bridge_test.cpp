// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/bridge_store.h"
#include "core/avatar/expression_bridge.h"
#include "core/avatar/face_registration.h"
#include "core/avatar/face_surface.h"
#include "tests/core/avatar/shipped_avatar.h"
#include "tests/core/avatar/synthetic_smplx.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fstream>

namespace gesture::avatar {
namespace {

/// RMS over the shipped avatar's moved vertices of a displacement given by unit weights, mm.
float sizeOf(const Eigen::VectorXf& units) {
    const Eigen::VectorXf moved = test::shippedAvatar().body->data().expressionDirections * units;
    const auto count = static_cast<float>((moved.array().abs() > 1e-5F).count()) / 3.0F;
    return 1000.0F * moved.norm() / std::sqrt(std::max(count, 1.0F));
}

class ExpressionBridgeOfSyntheticBody : public testing::Test {
protected:
    static void SetUpTestSuite() {
        synthetic_ = std::make_unique<test::SyntheticSmplx>(test::makeSyntheticSmplx());
        JobControl control;
        auto fitted = fitExpressionBridge(synthetic_->avatar, test::shippedAvatar(), control);
        ASSERT_TRUE(fitted.ok()) << fitted.error().message();
        bridge_ = std::make_unique<ExpressionBridge>(std::move(fitted).value());
    }
    static void TearDownTestSuite() {
        bridge_.reset();
        synthetic_.reset();
    }

    static inline std::unique_ptr<test::SyntheticSmplx> synthetic_;
    static inline std::unique_ptr<ExpressionBridge> bridge_;
};

TEST_F(ExpressionBridgeOfSyntheticBody, FacesLieOverEachOther) {
    EXPECT_LT(bridge_->data().surfaceDistanceMillimetres, 0.05F);
}

// The mixtures that made the 100 directions come back as displacements.
TEST_F(ExpressionBridgeOfSyntheticBody, SmplxDirectionsBecomeTheirMixtures) {
    for (Eigen::Index k = 0; k < 100; ++k) {
        SmplxExpression expression{};
        expression[static_cast<std::size_t>(k)] = 1.0F;
        const FaceUnits units = bridge_->unitsFromSmplx(expression);
        const Eigen::VectorXf found = Eigen::Map<const Eigen::VectorXf>(units.data(), 52);
        const Eigen::VectorXf made = synthetic_->unitsFromSmplx.col(k);
        EXPECT_LT(sizeOf(found - made), 0.10F * sizeOf(made) + 0.05F) << k;
    }
}

TEST_F(ExpressionBridgeOfSyntheticBody, FaceUnitsComeBackThroughSmplx) {
    for (Eigen::Index unit = 0; unit < 51; ++unit) { // the last is tongueOut
        FaceUnits units{};
        units[static_cast<std::size_t>(unit)] = 1.0F;
        const SmplxExpression expression = bridge_->smplxFromUnits(units);
        const Eigen::VectorXf back =
            synthetic_->unitsFromSmplx * Eigen::Map<const Eigen::VectorXf>(expression.data(), 100);
        Eigen::VectorXf wanted = Eigen::VectorXf::Zero(52);
        wanted[unit] = 1.0F;
        const std::string_view name = faceUnitNames()[static_cast<std::size_t>(unit)];
        EXPECT_LT(sizeOf(back - wanted), 0.05F * sizeOf(wanted) + 0.1F) << name;
    }
}

TEST_F(ExpressionBridgeOfSyntheticBody, ReportsSizesAndErrors) {
    for (const BridgeFit& fit : bridge_->data().unitFits) {
        EXPECT_GE(fit.errorMillimetres, 0.0F);
        EXPECT_LE(fit.errorMillimetres, fit.sizeMillimetres + 1e-4F);
    }
    EXPECT_GT(bridge_->data().unitFits[kJawOpenUnit].sizeMillimetres, 1.0F);
}

TEST_F(ExpressionBridgeOfSyntheticBody, FileKeepsAllNumbers) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeBridge(folder / "bridge.npz", *bridge_).ok());
    const auto read = readBridge(folder / "bridge.npz");
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->data().unitsFromSmplx, bridge_->data().unitsFromSmplx);
    EXPECT_EQ(read->data().smplxFromUnits, bridge_->data().smplxFromUnits);
    EXPECT_EQ(read->data().unitGram, bridge_->data().unitGram);
    EXPECT_EQ(read->data().unitFits[7].errorMillimetres,
              bridge_->data().unitFits[7].errorMillimetres);
    EXPECT_EQ(read->data().surfaceDistanceMillimetres, bridge_->data().surfaceDistanceMillimetres);
}

TEST_F(ExpressionBridgeOfSyntheticBody, IsMadeOnceAndFoundAgain) {
    const test::TemporaryFolder folder;
    const char* before = std::getenv("GESTURE_DATA");
    const std::string restore = before != nullptr ? before : "";
    ::setenv("GESTURE_DATA", folder.path().c_str(), 1);
    EXPECT_EQ(latestBridge().error().code(), ErrorCode::NotFound);
    const auto file = folder / "licensed.npz";
    ASSERT_TRUE(io::writeAvatarFile(file, synthetic_->avatar).ok());
    JobControl control;
    const auto made = makeBridge(file, test::shippedAvatar(), control);
    ASSERT_TRUE(made.ok()) << made.error().message();
    EXPECT_EQ(made->path.parent_path(), bridgeDirectory());
    const auto time = std::filesystem::last_write_time(made->path);
    const auto again = makeBridge(file, test::shippedAvatar(), control);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(std::filesystem::last_write_time(again->path), time);
    const auto latest = latestBridge();
    ASSERT_TRUE(latest.ok());
    EXPECT_EQ(latest->path, made->path);
    before != nullptr ? ::setenv("GESTURE_DATA", restore.c_str(), 1) : ::unsetenv("GESTURE_DATA");
}

TEST_F(ExpressionBridgeOfSyntheticBody, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto fitted = fitExpressionBridge(synthetic_->avatar, test::shippedAvatar(), control);
    ASSERT_FALSE(fitted.ok());
    EXPECT_EQ(fitted.error().code(), ErrorCode::Cancelled);
}

// Another person's face: the registration is no longer exact, the mixtures still come out.
TEST(ExpressionBridge, WorksAcrossDifferentFaces) {
    const auto other = test::makeSyntheticSmplx({0.8F, 0.0F, 0.5F, 0.0F, 0.3F, 0, 0, 0, 0, 0.5F});
    JobControl control;
    const auto bridge = fitExpressionBridge(other.avatar, test::shippedAvatar(), control);
    ASSERT_TRUE(bridge.ok()) << bridge.error().message();
    EXPECT_GT(bridge->data().surfaceDistanceMillimetres, 0.2F);
    EXPECT_LT(bridge->data().surfaceDistanceMillimetres, 5.0F);
    float error = 0.0F;
    float size = 0.0F;
    for (Eigen::Index k = 0; k < 100; ++k) {
        SmplxExpression expression{};
        expression[static_cast<std::size_t>(k)] = 1.0F;
        const FaceUnits units = bridge->unitsFromSmplx(expression);
        const Eigen::VectorXf made = other.unitsFromSmplx.col(k);
        error += sizeOf(Eigen::Map<const Eigen::VectorXf>(units.data(), 52) - made);
        size += sizeOf(made);
    }
    EXPECT_LT(error, 0.2F * size);
}

TEST(ExpressionBridge, RefusesTheWrongBody) {
    JobControl control;
    const auto fitted = fitExpressionBridge(test::shippedAvatar(), test::shippedAvatar(), control);
    ASSERT_FALSE(fitted.ok());
    EXPECT_EQ(fitted.error().code(), ErrorCode::InvalidInput);
}

TEST(ExpressionBridge, RefusesDamagedFiles) {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "bridge.npz") << "no npz";
    EXPECT_FALSE(readBridge(folder / "bridge.npz").ok());
    EXPECT_FALSE(readBridge(test::shippedAvatarPath()).ok());
    EXPECT_FALSE(ExpressionBridge::create({}).ok());
}

// Two units that move one vertex in opposite directions: a negative amount of one is shown by
// the other, which a clamp of the linear answer would lose.
TEST(ExpressionBridge, NegativeAmountsAreShownByOpposedUnits) {
    ExpressionBridge::Data data;
    data.unitsFromSmplx = motion::RowMatrix::Zero(52, 100);
    data.unitsFromSmplx(0, 0) = -0.5F;
    data.smplxFromUnits = motion::RowMatrix::Zero(100, 52);
    data.unitGram = motion::RowMatrix::Identity(52, 52);
    data.unitGram(0, 1) = data.unitGram(1, 0) = -0.95F;
    data.unitFits.resize(52);
    data.smplxFits.resize(100);
    const auto bridge = ExpressionBridge::create(std::move(data));
    ASSERT_TRUE(bridge.ok());
    SmplxExpression expression{};
    expression[0] = 1.0F;
    const FaceUnits units = bridge->unitsFromSmplx(expression);
    EXPECT_EQ(units[0], 0.0F);
    EXPECT_NEAR(units[1], 0.475F, 1e-3F);
}

} // namespace
} // namespace gesture::avatar
