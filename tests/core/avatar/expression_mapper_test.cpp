// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/expression_mapper.h"
#include "core/avatar/mouth_from_sound.h"
#include "tests/core/avatar/shipped_avatar.h"

#include <cmath>
#include <memory>

namespace gesture::avatar {
namespace {

using motion::ExpressionSpace;

constexpr std::int64_t kFrames = 30;

/// A body with SMPL-X expressions instead of face units: the shipped one with 12 of its directions.
io::Avatar smplxAvatar() {
    motion::BodyModelData data = test::shippedAvatar().body->data();
    data.expressionDirections = motion::RowMatrix(data.expressionDirections.leftCols(12));
    io::Avatar avatar;
    avatar.body = motion::BodyModel::create(std::move(data)).value();
    return avatar;
}

std::shared_ptr<const motion::Clip> clipOf(ExpressionSpace space, std::vector<float> expression,
                                           float jawPitch) {
    return std::make_shared<const motion::Clip>(
        test::stillClip(kFrames, space, expression, jawPitch));
}

std::vector<float> unit(std::size_t index, float value) {
    std::vector<float> expression(motion::kExpressionCount, 0.0F);
    expression[index] = value;
    return expression;
}

/// A bridge whose first SMPL-X coefficient is jawOpen and whose second is mouthFunnel.
std::shared_ptr<const ExpressionBridge> twoUnitBridge() {
    ExpressionBridge::Data data;
    data.unitsFromSmplx = motion::RowMatrix::Zero(52, 100);
    data.unitsFromSmplx(kJawOpenUnit, 0) = 1.0F;
    data.unitsFromSmplx(kMouthFunnelUnit, 1) = 1.0F;
    data.smplxFromUnits = data.unitsFromSmplx.transpose();
    data.unitGram = motion::RowMatrix::Identity(52, 52);
    data.unitFits.resize(52);
    data.smplxFits.resize(100);
    return std::make_shared<const ExpressionBridge>(
        ExpressionBridge::create(std::move(data)).value());
}

struct Face {
    std::vector<float> coefficients;
    AxisAngle jaw;
};
Face faceAt(const ExpressionMapper& mapper, std::int64_t frame = kFrames / 2) {
    Face face;
    face.coefficients.resize(static_cast<std::size_t>(mapper.coefficientCount()), 7.0F);
    face.jaw = mapper.map({frame}, face.coefficients);
    return face;
}

TEST(ExpressionMapper, SameUnitsPassThrough) {
    const auto clip = clipOf(ExpressionSpace::Arkit52, unit(kMouthFunnelUnit, 0.7F), 0.1F);
    const ExpressionMapper mapper(test::shippedAvatar(), {clip, {}, nullptr});
    const Face face = faceAt(mapper);
    EXPECT_EQ(mapper.source(), FaceSource::Clip);
    EXPECT_TRUE(mapper.note().empty());
    ASSERT_EQ(face.coefficients.size(), 52U);
    EXPECT_FLOAT_EQ(face.coefficients[kMouthFunnelUnit], 0.7F);
    EXPECT_FLOAT_EQ(face.coefficients[kJawOpenUnit], 0.0F);
    EXPECT_FLOAT_EQ(face.jaw.x(), 0.1F);
}

TEST(ExpressionMapper, OpeningStatedTwiceIsShownOnce) {
    const float pitch = 0.5F * static_cast<float>(kJawOpenAngle);
    const auto clip = clipOf(ExpressionSpace::Arkit52, unit(kJawOpenUnit, 0.5F), pitch);
    const Face face = faceAt(ExpressionMapper(test::shippedAvatar(), {clip, {}, nullptr}));
    EXPECT_FLOAT_EQ(face.coefficients[kJawOpenUnit], 0.5F);
    EXPECT_NEAR(face.jaw.x(), 0.0F, 1e-6F);
}

TEST(ExpressionMapper, SmplxPassesThroughAsFarAsTheBodyGoes) {
    auto expression = unit(3, -1.5F);
    expression[50] = 9.0F;
    const auto clip = clipOf(ExpressionSpace::Smplx, expression, 0.2F);
    const ExpressionMapper mapper(smplxAvatar(), {clip, {}, nullptr});
    const Face face = faceAt(mapper);
    EXPECT_EQ(mapper.source(), FaceSource::Clip);
    ASSERT_EQ(face.coefficients.size(), 12U);
    EXPECT_FLOAT_EQ(face.coefficients[3], -1.5F);
    EXPECT_FLOAT_EQ(face.jaw.x(), 0.2F);
}

TEST(ExpressionMapper, MouthFollowsTheSoundWithoutABridge) {
    std::vector<float> loudness(kFrames, 0.0F);
    std::fill(loudness.begin() + 10, loudness.begin() + 20, 0.2F);
    const auto clip = clipOf(ExpressionSpace::Smplx, unit(0, 5.0F), 0.01F);
    const ExpressionMapper mapper(test::shippedAvatar(), {clip, loudness, nullptr});
    EXPECT_EQ(mapper.source(), FaceSource::Sound);
    EXPECT_EQ(mapper.note(),
              "Face: mouth follows the sound; this avatar cannot show SMPL-X expressions.");
    const Face silent = faceAt(mapper, 0);
    const Face loud = faceAt(mapper, 15);
    EXPECT_FLOAT_EQ(silent.jaw.x(), 0.01F); // the clip's own
    EXPECT_GT(loud.jaw.x(), 0.1F);
    EXPECT_LE(loud.jaw.x(), 0.5F * static_cast<float>(kJawOpenAngle));
    EXPECT_GT(loud.coefficients[kMouthLowerDownLeftUnit], 0.0F);
    EXPECT_EQ(loud.coefficients[kMouthLowerDownLeftUnit],
              loud.coefficients[kMouthLowerDownRightUnit]);
    EXPECT_EQ(loud.coefficients[kJawOpenUnit], 0.0F); // the jaw joint opens the mouth
    EXPECT_LT(*std::max_element(silent.coefficients.begin(), silent.coefficients.end()), 0.02F);
}

TEST(ExpressionMapper, ClipLongerThanItsSoundKeepsItsJaw) {
    const auto clip = clipOf(ExpressionSpace::Smplx, {}, 0.05F);
    const ExpressionMapper mapper(test::shippedAvatar(), {clip, {0.2F, 0.2F}, nullptr});
    EXPECT_FLOAT_EQ(faceAt(mapper, kFrames - 1).jaw.x(), 0.05F);
}

TEST(ExpressionMapper, JawAloneWithoutSound) {
    const auto clip = clipOf(ExpressionSpace::Smplx, unit(0, 5.0F), 0.3F);
    const ExpressionMapper mapper(test::shippedAvatar(), {clip, {}, nullptr});
    EXPECT_EQ(mapper.source(), FaceSource::Jaw);
    EXPECT_NE(mapper.note().find("jaw"), std::string::npos);
    EXPECT_FLOAT_EQ(faceAt(mapper).jaw.x(), 0.3F);
}

TEST(ExpressionMapper, JawOpenTurnsTheJawOfALicensedBody) {
    const auto clip = clipOf(ExpressionSpace::Arkit52, unit(kJawOpenUnit, 1.0F), 0.1F);
    const ExpressionMapper mapper(smplxAvatar(), {clip, {}, nullptr});
    const Face face = faceAt(mapper);
    EXPECT_EQ(mapper.source(), FaceSource::Jaw);
    EXPECT_NEAR(face.jaw.x(), kJawOpenAngle, 1e-6);
    EXPECT_EQ(*std::max_element(face.coefficients.begin(), face.coefficients.end()), 0.0F);
}

TEST(ExpressionMapper, BridgeTranslatesToFaceUnits) {
    auto expression = unit(0, 0.5F);
    expression[1] = 0.25F;
    const auto clip = clipOf(ExpressionSpace::Smplx, expression, 0.1F);
    const ExpressionMapper mapper(test::shippedAvatar(), {clip, {}, twoUnitBridge()});
    const Face face = faceAt(mapper);
    EXPECT_EQ(mapper.source(), FaceSource::Bridge);
    EXPECT_NE(mapper.note().find("bridge"), std::string::npos);
    EXPECT_NEAR(face.coefficients[kMouthFunnelUnit], 0.25F, 1e-4F);
    EXPECT_EQ(face.coefficients[kJawOpenUnit], 0.0F);
    EXPECT_NEAR(face.jaw.x(), 0.1 + 0.5 * kJawOpenAngle, 1e-4);
}

TEST(ExpressionMapper, BridgeTranslatesToSmplx) {
    auto expression = unit(kJawOpenUnit, 0.5F);
    expression[kMouthFunnelUnit] = 0.75F;
    const auto clip = clipOf(ExpressionSpace::Arkit52, expression, 0.0F);
    const ExpressionMapper mapper(smplxAvatar(), {clip, {}, twoUnitBridge()});
    const Face face = faceAt(mapper);
    EXPECT_NEAR(face.coefficients[1], 0.75F, 1e-5F);
    EXPECT_EQ(face.coefficients[0], 0.0F); // the jaw joint opens the mouth
    EXPECT_NEAR(face.jaw.x(), 0.5 * kJawOpenAngle, 1e-6);
}

TEST(MouthFromLoudness, SilenceKeepsItClosed) {
    for (const auto& shape : mouthFromLoudness(std::vector<float>(50, 1e-5F), {30, 1})) {
        EXPECT_EQ(shape.open, 0.0F);
        EXPECT_EQ(shape.round, 0.0F);
    }
    EXPECT_TRUE(mouthFromLoudness({}, {30, 1}).empty());
}

TEST(MouthFromLoudness, DoesNotDependOnTheRecordingLevel) {
    std::vector<float> quiet;
    std::vector<float> loud;
    for (int i = 0; i < 90; ++i) {
        const float level = i % 15 < 6 ? 0.02F : 0.004F;
        quiet.push_back(level);
        loud.push_back(10.0F * level);
    }
    const auto a = mouthFromLoudness(quiet, {30, 1});
    const auto b = mouthFromLoudness(loud, {30, 1});
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_NEAR(a[i].open, b[i].open, 1e-5F) << i;
    }
}

TEST(MouthFromLoudness, StaysInRangeAndOpensInTheMiddleOfASyllable) {
    std::vector<float> loudness(60, 0.0F);
    std::fill(loudness.begin() + 20, loudness.begin() + 31, 0.5F);
    loudness[25] = 40.0F;
    loudness[40] = std::nanf("");
    const auto shapes = mouthFromLoudness(loudness, {30, 1});
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        EXPECT_GE(shapes[i].open, 0.0F);
        EXPECT_LE(shapes[i].open, 1.0F);
        EXPECT_GE(shapes[i].round, 0.0F);
        EXPECT_LE(shapes[i].round, 1.0F);
        if (shapes[i].open > shapes[widest].open) widest = i;
    }
    EXPECT_NEAR(static_cast<double>(widest), 25.0, 4.0); // no lag to either side
    EXPECT_EQ(shapes[5].open, 0.0F);
}

} // namespace
} // namespace gesture::avatar
