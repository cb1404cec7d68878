// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/evaluation.h"

#include "core/metrics/frechet_distance.h"
#include "tests/support/counter_random.h"
#include "tests/support/synthetic_body.h"
#include "tests/support/synthetic_clip.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <stop_token>

namespace gesture::metrics {
namespace {

using motion::Clip;
using test::syntheticClip;
using test::syntheticClipData;

ClipMeasures evaluate(Evaluation& evaluation, const EvaluatedClip& clip) {
    JobControl control;
    const Status added = evaluation.add(clip, control);
    EXPECT_TRUE(added.ok());
    return evaluation.clips().back();
}

TEST(Evaluation, AMotionEqualsItselfInEveryMode) {
    const Clip clip = syntheticClip(200);
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard}) {
        EvaluationSettings settings;
        settings.mode = mode;
        Evaluation evaluation(settings);
        const ClipMeasures measures = evaluate(evaluation, {"a", clip, clip});
        EXPECT_EQ(measures.frames, 200);
        EXPECT_NEAR(measures[Metric::HandCorrelation].value.value(), 1.0, 1e-9);
        EXPECT_DOUBLE_EQ(measures[Metric::StrokeF1].value.value(), 1.0);
        EXPECT_DOUBLE_EQ(measures[Metric::WristAccelerationRatio].value.value(), 1.0);
        EXPECT_DOUBLE_EQ(measures[Metric::HeadSpeedRatio].value.value(), 1.0);
        EXPECT_NEAR(measures[Metric::JawCorrelation].value.value(), 1.0, 1e-9);
        EXPECT_GT(measures[Metric::Div].value.value(), 0.0);
    }
}

TEST(Evaluation, WhatIsMissingHasAReason) {
    const Clip clip = syntheticClip(200);
    Evaluation evaluation{EvaluationSettings{}};
    evaluate(evaluation, {"a", clip, clip});
    const ClipMeasures total = evaluation.total();
    for (const Metric metric : {Metric::Fgd, Metric::Bc, Metric::Mse, Metric::Lvd,
                                Metric::StrokeScore, Metric::SemanticAuc, Metric::AttentionAuc}) {
        EXPECT_FALSE(total[metric].value) << infoOf(metric).key;
        EXPECT_FALSE(total[metric].reason.empty()) << infoOf(metric).key;
    }
    EXPECT_NE(total[Metric::Mse].reason.find("10,475"), std::string::npos);
}

TEST(Evaluation, TheShorterMotionDecides) {
    Evaluation evaluation{EvaluationSettings{}};
    EXPECT_EQ(evaluate(evaluation, {"a", syntheticClip(130), syntheticClip(200)}).frames, 130);
    EXPECT_EQ(evaluate(evaluation, {"b", syntheticClip(200), syntheticClip(90)}).frames, 90);
    EXPECT_EQ(evaluate(evaluation, {"c", syntheticClip(1), syntheticClip(1)}).frames, 1);
    EXPECT_EQ(evaluation.total().frames, 221);
}

TEST(Evaluation, OtherFrameRatesAreRefused) {
    Clip::Data slow = syntheticClipData(50);
    slow.rate = {25, 1};
    const Clip other = Clip::create(std::move(slow)).value();
    Evaluation evaluation{EvaluationSettings{}};
    JobControl control;
    const Status added = evaluation.add({"name", other, syntheticClip(50)}, control);
    ASSERT_FALSE(added.ok());
    EXPECT_EQ(added.error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(added.error().message().find("'name' has 25.000"), std::string::npos);
    EXPECT_TRUE(evaluation.clips().empty());
}

TEST(Evaluation, StopsWhenAsked) {
    std::stop_source source;
    source.request_stop();
    JobControl control(source.get_token(), {});
    Evaluation evaluation{EvaluationSettings{}};
    const Clip clip = syntheticClip(50);
    const Status added = evaluation.add({"a", clip, clip}, control);
    ASSERT_FALSE(added.ok());
    EXPECT_EQ(added.error().code(), ErrorCode::Cancelled);
}

TEST(Evaluation, MeansWeighClipsAsTheOriginalsDo) {
    Evaluation evaluation{EvaluationSettings{}};
    const auto one = evaluate(evaluation, {"a", syntheticClip(100, 51), syntheticClip(100, 52)});
    const auto two = evaluate(evaluation, {"b", syntheticClip(300, 53), syntheticClip(300, 54)});
    const ClipMeasures total = evaluation.total();
    EXPECT_NEAR(*total[Metric::Div].value,
                (100 * *one[Metric::Div].value + 300 * *two[Metric::Div].value) / 400, 1e-9);
    EXPECT_NEAR(*total[Metric::HandCorrelation].value,
                (*one[Metric::HandCorrelation].value + *two[Metric::HandCorrelation].value) / 2,
                1e-12);
    const auto reference = [](const ClipMeasures& clip) {
        return *clip[Metric::WristJerk].value / *clip[Metric::WristJerkRatio].value;
    };
    EXPECT_NEAR(*total[Metric::WristJerkRatio].value,
                (100 * *one[Metric::WristJerk].value + 300 * *two[Metric::WristJerk].value) /
                    (100 * reference(one) + 300 * reference(two)),
                1e-9);
}

TEST(Evaluation, FeaturesOfAllClipsAreOneDistance) {
    std::vector<float> features(60 * 4);
    for (std::size_t i = 0; i < features.size(); ++i)
        features[i] = test::counterUniform(60, i);
    std::vector<float> moved = features;
    for (float& value : moved)
        value += 0.5F;
    EvaluationSettings settings;
    settings.featureWidth = 4;
    Evaluation evaluation(settings);
    const Clip clip = syntheticClip(40);
    for (const std::size_t half : {std::size_t{0}, std::size_t{1}}) {
        EvaluatedClip part{"a", clip, clip};
        part.generatedFeatures = std::span(features).subspan(half * 120, 120);
        part.referenceFeatures = std::span(moved).subspan(half * 120, 120);
        EXPECT_FALSE(evaluate(evaluation, part)[Metric::Fgd].value);
    }
    const ClipMeasures total = evaluation.total();
    EXPECT_DOUBLE_EQ(total[Metric::Fgd].value.value(),
                     frechetDistance(features, moved, 4, MetricMode::Paper).value());
    EXPECT_NEAR(*total[Metric::Fgd].value, 1.0, 1e-5);
    EXPECT_TRUE(total[Metric::Fgd].reason.empty());
}

TEST(Evaluation, SemanticTokensArePooledAndAttentionIsMeasuredInWindows) {
    const Clip clip = syntheticClip(40);
    Evaluation evaluation{EvaluationSettings{}};
    const std::vector<float> low{0.1F, 0.2F, 0.3F};
    const std::vector<std::uint8_t> lowTruth{0, 0, 1};
    const std::vector<float> high{0.8F, 0.9F};
    const std::vector<std::uint8_t> highTruth{1, 0};
    EvaluatedClip first{"a", clip, clip};
    first.semanticScores = low;
    first.semanticTruth = lowTruth;
    first.importance = low;
    first.strokes = lowTruth;
    EXPECT_EQ(evaluate(evaluation, first)[Metric::SemanticAuc].value, 1.0);
    EvaluatedClip second{"b", clip, clip};
    second.semanticScores = high;
    second.semanticTruth = highTruth;
    evaluate(evaluation, second);
    // 0.3 exceeds two of three, 0.8 two of three.
    EXPECT_NEAR(evaluation.total()[Metric::SemanticAuc].value.value(), 4.0 / 6.0, 1e-12);
    EXPECT_EQ(evaluation.total()[Metric::AttentionAuc].value, 1.0);
    EXPECT_NE(evaluation.total()[Metric::AttentionAuc].reason.find("1 of 2 clips"),
              std::string::npos);
}

TEST(Evaluation, TheCeilingTurnsStrokesIntoAScore) {
    const Clip generated = syntheticClip(300, 51);
    const Clip truth = syntheticClip(300, 52);
    Evaluation evaluation{EvaluationSettings{}};
    EvaluatedClip clip{"a", generated, truth};
    clip.ceiling = &truth;
    const ClipMeasures measures = evaluate(evaluation, clip);
    const double f1 = *measures[Metric::StrokeF1].value;
    const double control = *measures[Metric::StrokeControl].value;
    EXPECT_NEAR(*measures[Metric::StrokeScore].value, (f1 - control) / (1.0 - control), 1e-12);
}

TEST(Evaluation, ABodyOfItsOwnShapeIsUsedForJointsButNotForFaces) {
    EvaluationSettings settings;
    settings.body =
        motion::BodyModel::create(test::syntheticBody({120, 10, 100, {9, 40, 200, 207}})).value();
    Evaluation evaluation(settings);
    const Clip clip = syntheticClip(40);
    const ClipMeasures measures = evaluate(evaluation, {"a", clip, clip});
    EXPECT_TRUE(measures[Metric::Div].value);
    EXPECT_FALSE(measures[Metric::Mse].value);
}

TEST(MetricInfos, AreCompleteAndInOrder) {
    std::set<std::string_view> keys;
    for (std::size_t i = 0; i < kMetricCount; ++i) {
        const MetricInfo& info = metricInfos()[i];
        EXPECT_EQ(static_cast<std::size_t>(info.metric), i);
        EXPECT_FALSE(info.title.empty());
        EXPECT_TRUE(info.formula.ends_with('.')) << info.key;
        keys.insert(info.key);
    }
    EXPECT_EQ(keys.size(), kMetricCount);
}

TEST(MetricMode, NamesComeBack) {
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard})
        EXPECT_EQ(metricModeFrom(nameOf(mode)), mode);
    EXPECT_FALSE(metricModeFrom("legacy"));
}

} // namespace
} // namespace gesture::metrics
