// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/face_error.h"

#include "tests/support/golden_values.h"
#include "tests/support/synthetic_body.h"
#include "tests/support/synthetic_clip.h"

#include <cmath>
#include <gtest/gtest.h>
#include <stop_token>

namespace gesture::metrics {
namespace {

using test::syntheticClip;
using test::syntheticClipData;

using motion::BodyModel;
using motion::Clip;
using motion::ExpressionSpace;
using motion::kJaw;
using motion::kPoseSize;
using motion::Points;
using motion::PosedBody;
using motion::ShapedBody;

constexpr MetricMode kModes[] = {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard};

// Of float32 vertices that are summed in double precision; measured 2e-7 against smplx.
constexpr double kRelativeTolerance = 1e-5;

std::shared_ptr<const ShapedBody> smallBody() {
    const auto model =
        BodyModel::create(test::syntheticBody({120, 10, 100, {9, 40, 200, 207}})).value();
    return model->shaped(std::vector<float>(10, 0.5F));
}

FaceError compare(const ShapedBody& body, const Clip& generated, const Clip& reference,
                  MetricMode mode) {
    JobControl control;
    const auto error = faceError(body, generated, reference, mode, control);
    EXPECT_TRUE(error.ok()) << error.error().message();
    return error.ok() ? *error : FaceError{};
}

/// Vertices of a frame with nothing but jaw and expression.
Points faceOf(const ShapedBody& body, const Clip& clip, std::int64_t frame) {
    std::array<float, kPoseSize> pose{};
    for (std::size_t i = 0; i < 3; ++i)
        pose[3 * kJaw + i] = clip.pose({frame})[3 * kJaw + i];
    const std::array<float, 3> origin{};
    PosedBody posed;
    body.pose({pose, origin, clip.expression({frame})}, posed);
    return posed.vertices;
}

/// The formulas one coordinate after another.
FaceError plainError(const ShapedBody& body, const Clip& generated, const Clip& reference,
                     std::int64_t frames, MetricMode mode) {
    double squares = 0.0;
    double differences = 0.0;
    Eigen::MatrixXd before;
    for (std::int64_t t = 0; t < frames; ++t) {
        const Eigen::MatrixXd apart =
            faceOf(body, generated, t).cast<double>() - faceOf(body, reference, t).cast<double>();
        squares += apart.squaredNorm();
        if (t > 0 && mode == MetricMode::Paper) differences += apart.cwiseAbs().sum();
        if (t > 0 && mode != MetricMode::Paper) differences += (apart - before).cwiseAbs().sum();
        before = apart;
    }
    const auto count = static_cast<double>(frames);
    const double coordinates = 3.0 * body.model().vertexCount();
    const double steps = mode == MetricMode::EvalTools ? count : count - 1.0;
    return {squares / count / coordinates, differences / steps / coordinates, frames};
}

TEST(FaceError, EqualsTheEvaluatorsOnSmplx) {
    auto golden = test::goldenValues("smplx/face_error.txt");
    const auto model = BodyModel::create(test::syntheticBody({})).value();
    std::vector<float> betas(300);
    for (std::size_t i = 0; i < betas.size(); ++i)
        betas[i] = test::counterUniform(11, i);
    const auto body = model->shaped(betas);
    const Clip generated = syntheticClip(70, 60);
    const Clip reference = syntheticClip(70, 61);

    const FaceError paper = compare(*body, generated, reference, MetricMode::Paper);
    const FaceError tools = compare(*body, generated, reference, MetricMode::EvalTools);
    const FaceError standard = compare(*body, generated, reference, MetricMode::Standard);

    const auto near = [](double value, float expected) {
        EXPECT_NEAR(value, expected, kRelativeTolerance * expected);
    };
    ASSERT_EQ(golden["mean_square"].size(), 1U);
    near(paper.meanSquare, golden["mean_square"].front());
    near(standard.meanSquare, golden["mean_square"].front());
    near(paper.vertexDifference, golden["paper"].front());
    near(tools.vertexDifference, golden["evaltools"].front());
    near(standard.vertexDifference, golden["standard"].front());
    EXPECT_EQ(paper.frames, 70);
}

TEST(FaceError, EqualsPlainLoopsAtEveryLength) {
    const auto body = smallBody();
    const Clip reference = syntheticClip(200, 61);
    for (const std::int64_t frames : {2, 63, 64, 65, 128, 150}) {
        const Clip generated = syntheticClip(static_cast<std::size_t>(frames), 60);
        for (const MetricMode mode : kModes) {
            const FaceError error = compare(*body, generated, reference, mode);
            const FaceError plain = plainError(*body, generated, reference, frames, mode);
            EXPECT_EQ(error.frames, frames);
            EXPECT_NEAR(error.meanSquare, plain.meanSquare, kRelativeTolerance * plain.meanSquare);
            EXPECT_NEAR(error.vertexDifference, plain.vertexDifference,
                        kRelativeTolerance * plain.vertexDifference);
        }
    }
}

TEST(FaceError, AClipDoesNotDifferFromItself) {
    const auto body = smallBody();
    const Clip clip = syntheticClip(70);
    for (const MetricMode mode : kModes)
        EXPECT_EQ(compare(*body, clip, clip, mode), (FaceError{0.0, 0.0, 70}));
}

TEST(FaceError, OnlyJawAndExpressionCount) {
    const auto body = smallBody();
    const Clip::Data data = syntheticClipData(20);
    Clip::Data other = data;
    for (std::size_t i = 0; i < other.poses.size(); ++i) {
        const std::size_t joint = i % kPoseSize / 3;
        if (joint != kJaw) other.poses[i] += 0.3F;
    }
    for (float& value : other.translations)
        value += 1.0F;
    const Clip clip = Clip::create(data).value();

    const Clip elsewhere = Clip::create(other).value();
    EXPECT_EQ(compare(*body, elsewhere, clip, MetricMode::Paper).meanSquare, 0.0);

    other.poses[3 * kJaw] += 0.1F;
    const Clip open = Clip::create(other).value();
    EXPECT_GT(compare(*body, open, clip, MetricMode::Paper).meanSquare, 0.0);
}

TEST(FaceError, AConstantDistanceIsNoDifferenceOfVelocities) {
    const auto body = smallBody();
    Clip::Data still = syntheticClipData(30);
    for (std::size_t i = 0; i < still.poses.size(); ++i)
        still.poses[i] = 0.0F;
    for (float& value : still.expressions)
        value = 0.5F;
    Clip::Data apart = still;
    for (float& value : apart.expressions)
        value = 0.7F;
    const Clip one = Clip::create(still).value();
    const Clip two = Clip::create(apart).value();

    EXPECT_GT(compare(*body, one, two, MetricMode::Paper).vertexDifference, 1e-4);
    EXPECT_NEAR(compare(*body, one, two, MetricMode::Standard).vertexDifference, 0.0, 1e-12);
}

TEST(FaceError, OneFrameHasNoVelocity) {
    const auto body = smallBody();
    for (const MetricMode mode : kModes) {
        const FaceError error = compare(*body, syntheticClip(1, 60), syntheticClip(1, 61), mode);
        EXPECT_GT(error.meanSquare, 0.0);
        EXPECT_EQ(error.vertexDifference, 0.0);
        EXPECT_EQ(error.frames, 1);
    }
}

TEST(FaceError, RefusesWhatCannotBeCompared) {
    const auto body = smallBody();
    const Clip clip = syntheticClip(10);
    Clip::Data slow = syntheticClipData(10);
    slow.rate = FrameRate{25, 1};
    Clip::Data units = syntheticClipData(10);
    units.expressionSpace = ExpressionSpace::Arkit52;
    JobControl control;
    for (Clip::Data* data : {&slow, &units}) {
        const Clip other = Clip::create(std::move(*data)).value();
        const auto error = faceError(*body, other, clip, MetricMode::Paper, control);
        ASSERT_FALSE(error.ok());
        EXPECT_EQ(error.error().code(), ErrorCode::InvalidInput);
    }
}

TEST(FaceError, ReportsProgressAndStops) {
    const auto body = smallBody();
    const Clip clip = syntheticClip(200);
    std::stop_source source;
    std::int64_t reached = 0;
    JobControl control(source.get_token(), [&](const Progress& progress) {
        reached = progress.done;
        source.request_stop();
    });
    const auto error = faceError(*body, clip, clip, MetricMode::Paper, control);
    ASSERT_FALSE(error.ok());
    EXPECT_EQ(error.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(reached, 0);
}

TEST(FaceError, TheMeanOverClipsWeighsFrames) {
    const FaceError clips[] = {{1.0, 4.0, 10}, {3.0, 1.0, 30}};
    EXPECT_EQ(meanFaceError(clips), (FaceError{2.5, 1.75, 40}));
    EXPECT_EQ(meanFaceError({}), FaceError{});
}

} // namespace
} // namespace gesture::metrics
