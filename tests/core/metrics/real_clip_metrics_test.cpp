// SPDX-License-Identifier: Apache-2.0
// The whole way from motion files and sound to numbers, against the scripts of the originals.
#include "core/audio/features/beat_times.h"
#include "core/audio/resample.h"
#include "core/io/motion_file.h"
#include "core/metrics/beat_consistency.h"
#include "core/metrics/diversity.h"
#include "core/metrics/evaluation.h"
#include "core/metrics/joint_positions.h"
#include "tests/support/golden_values.h"
#include "tests/support/shared_data.h"
#include "tests/support/synthetic_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::metrics {
namespace {

using motion::Clip;
using motion::kPoseSize;

constexpr std::int64_t kFrames = 1204;
constexpr std::int64_t kShift = 10;

// Mean speeds and DIV are sums of float32 joints that smplx and the body model round differently
// (1e-5 m).
constexpr double kJointTolerance = 2e-5;
// Relative; of scores whose beats are all the same ones; measured 2e-7.
constexpr double kBeatTolerance = 1e-5;
// Folded curves have kinks at which rounding decides: when the script's own joints are moved by
// 1e-7 m at random, a joint wins or loses a beat and the score changes by up to 0.3 %.
constexpr double kFoldedTolerance = 5e-3;
constexpr float kFoldedBeats = 1.0F;
// Of float32 vertices, relative; measured 3e-6.
constexpr double kFaceTolerance = 2e-5;

Clip framesOf(const Clip& clip, std::int64_t begin) {
    const auto part = [&](std::span<const float> values, std::int64_t width) {
        return std::vector<float>(values.begin() + begin * width,
                                  values.begin() + (begin + kFrames) * width);
    };
    Clip::Data data;
    data.poses = part(clip.poses(), kPoseSize);
    data.translations = part(clip.translations(), 3);
    data.expressions = part(clip.expressions(), motion::kExpressionCount);
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    return Clip::create(std::move(data)).value();
}

struct RealClip {
    std::shared_ptr<const motion::BodyModel> body =
        motion::BodyModel::create(test::syntheticBody({})).value();
    Clip generated;
    Clip reference;
    std::vector<float> meanSpeeds;
    audio::Sound paperSpeech;
    audio::Sound plainSpeech;

    RealClip(const Clip& clip, const std::filesystem::path& wav)
        : generated(framesOf(clip, kShift))
        , reference(framesOf(clip, 0)) {
        JobControl control;
        const auto shaped = body->shaped(reference.betas());
        MeanJointSpeeds mean;
        mean.add(jointSpeeds(
            jointPositions(shaped.get(), reference, kFrames, JointCall::World, control).value(),
            {30, 1}));
        meanSpeeds = mean.result();
        paperSpeech =
            audio::readSpeech(wav, audio::SpeechPath::Reference, control).value().speech16k;
        plainSpeech = audio::readMono(wav, 16000, control).value();
    }

    ClipMeasures evaluate(MetricMode mode) const {
        EvaluationSettings settings;
        settings.mode = mode;
        settings.body = body;
        settings.smplxBody = true;
        settings.meanSpeeds = meanSpeeds;
        Evaluation evaluation(std::move(settings));
        EvaluatedClip clip{"real", generated, reference};
        clip.speech = mode == MetricMode::Paper ? &paperSpeech : &plainSpeech;
        JobControl control;
        const Status added = evaluation.add(clip, control);
        EXPECT_TRUE(added.ok());
        return evaluation.total();
    }

    /// Beats of each joint in paper mode.
    std::vector<float> paperBeats() const {
        JobControl control;
        const auto shaped = body->shaped(reference.betas());
        auto positions = jointPositions(shaped.get(), throughRotation6d(generated, kFrames).value(),
                                        kFrames, JointCall::Trainer, control)
                             .value();
        foldAroundMean(positions, kPoseSize);
        std::vector<float> counts;
        for (const auto& beats : motionBeats(positions, meanSpeeds, MetricMode::Paper))
            counts.push_back(static_cast<float>(beats.size()));
        return counts;
    }
};

void expectRelative(const Measure& measure, float wanted, double tolerance, const char* what) {
    ASSERT_TRUE(measure.value) << what << ": " << measure.reason;
    EXPECT_NEAR(*measure.value, wanted, tolerance * wanted) << what;
}

TEST(RealClipMetrics, EqualTheScriptsOfTheOriginals) {
    GESTURE_SHARED_DATA_OR_SKIP(motion, "2_scott_0_1_1.npz");
    GESTURE_SHARED_DATA_OR_SKIP(wav, "2_scott_0_1_1_test.wav");
    auto golden = test::goldenValues("metrics/real_clip.txt");
    const RealClip real(io::readMotionFile(motion).value(), wav);
    ASSERT_EQ(golden["mean_speeds"].size(), real.meanSpeeds.size());
    for (std::size_t i = 0; i < real.meanSpeeds.size(); ++i)
        EXPECT_NEAR(real.meanSpeeds[i], golden["mean_speeds"][i],
                    kJointTolerance * static_cast<double>(golden["mean_speeds"][i]));
    JobControl control;
    const auto onsets =
        audio::audioBeatTimes(real.paperSpeech, kFrames, audio::BeatProtocol::Legacy, control);
    EXPECT_EQ(static_cast<float>(onsets.value().size()), golden["onsets_paper"].front());
    EXPECT_THAT(real.paperBeats(),
                testing::Pointwise(testing::FloatNear(kFoldedBeats), golden["beats_paper"]));

    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard}) {
        SCOPED_TRACE(std::string(nameOf(mode)));
        const ClipMeasures measures = real.evaluate(mode);
        const auto wanted = [&](const std::string& name) {
            const auto& values = golden[name + "_" + std::string(nameOf(mode))];
            return values.empty() ? golden[name + "_evaltools"].front() : values.front();
        };
        const bool folded = mode == MetricMode::Paper;
        expectRelative(measures[Metric::Bc], wanted("bc"),
                       folded ? kFoldedTolerance : kBeatTolerance, "bc");
        if (mode != MetricMode::Standard)
            expectRelative(measures[Metric::Div], wanted("div"), kJointTolerance, "div");
        expectRelative(measures[Metric::Mse], wanted("mse"), kFaceTolerance, "mse");
        expectRelative(measures[Metric::Lvd], wanted("lvd"), kFaceTolerance, "lvd");
    }
}

} // namespace
} // namespace gesture::metrics
