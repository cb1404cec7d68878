// SPDX-License-Identifier: Apache-2.0
// Speech of whole recordings against the originals: tests/golden/make_speech_golden.py.
#include "core/models/speech/hubert_speech.h"
#include "core/models/speech/log_mel_speech_encoder.h"
#include "core/models/speech/orthogonal_projection.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/golden_window.h"
#include "tests/core/models/parity.h"
#include "tests/support/golden_values.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/matmul.h>
#include <gtest/gtest.h>
#include <limits>

namespace gesture::test {
namespace {

using models::Hubert;
using models::HubertSizes;
using models::Pass;
using models::SpeechStreams;

/// Float32 networks of a dozen layers, summed in another order.
constexpr double kTolerance = 1e-4;

const Hubert& smallHubert() {
    static FilledSource source;
    static const Hubert made(source, {.layers = 12,
                                      .width = 32,
                                      .heads = 4,
                                      .feedForward = 48,
                                      .channels = std::vector<std::int64_t>(7, 16),
                                      .positionKernel = 16,
                                      .positionGroups = 4});
    return made;
}

Result<SpeechStreams> listen(const at::Tensor& samples, const models::HubertSpeechRequest& request,
                             JobControl control = {}) {
    return models::hubertSpeech(smallHubert(), samples, request, control);
}

TEST(HubertSpeech, OfAWholeRecordingEqualsTheOriginal) {
    const auto golden = goldenValues("networks/hubert_recording.txt");
    // One piece and a rest; an offset that normalisation takes away.
    const at::Tensor recording = namedUniform("in:recording", {332'000}) + 0.25;
    const auto plain = listen(recording, {.frames = 450, .middleBlock = 11});
    ASSERT_TRUE(plain.ok());
    expectEqual(plain->high.slice(0, 0, {}, 30), golden.at("high"), kTolerance);
    expectEqual(plain->low.slice(0, 0, {}, 30), golden.at("low"), kTolerance);
    const auto projected = listen(
        recording,
        {.frames = 450, .middleBlock = 11, .projection = namedUniform("in:projection", {32, 12})});
    ASSERT_TRUE(projected.ok());
    expectEqual(projected->high.slice(0, 0, {}, 30), golden.at("high_projected"), kTolerance);
    expectEqual(projected->low.slice(0, 0, {}, 30), golden.at("low_projected"), kTolerance);
}

TEST(HubertSpeech, PiecesEndWhereTheOriginalsDo) {
    // Up to 79 samples after a piece belong to it; up to 399 are too few for a frame of their own.
    const at::Tensor noise = namedUniform("in:noise", {320'480});
    for (const std::int64_t count : {400, 720, 319'999, 320'079, 320'399, 320'480}) {
        const auto streams =
            listen(noise.narrow(0, 0, count), {.frames = (count - 80) / 320, .middleBlock = 1});
        ASSERT_TRUE(streams.ok()) << count;
        EXPECT_EQ(streams->high.size(0), (count - 80) / 320);
        EXPECT_TRUE(streams->high.isfinite().all().item<bool>());
        EXPECT_TRUE(streams->low.isfinite().all().item<bool>());
    }
}

TEST(HubertSpeech, CountsFramesAsTheReference) {
    EXPECT_EQ(models::referenceFrameCount(1'025'559), 1924);
    EXPECT_EQ(models::referenceFrameCount(532), 0);
    const HubertSizes sizes;
    EXPECT_EQ(sizes.samplesPerFrame(), 320);
    EXPECT_EQ(sizes.samplesForOneFrame(), 400);
}

TEST(HubertSpeech, RefusesWhatCannotBeHeard) {
    const at::Tensor second = namedUniform("in:second", {16'000});
    EXPECT_EQ(listen(second.narrow(0, 0, 399), {.frames = 1}).error().code(),
              ErrorCode::InvalidInput);
    EXPECT_EQ(listen(second, {.frames = 0}).error().code(), ErrorCode::Usage);
    EXPECT_EQ(listen(second, {.frames = 30, .middleBlock = 13}).error().code(), ErrorCode::Usage);
    EXPECT_EQ(
        listen(second, {.frames = 30, .projection = namedUniform("x", {31, 8})}).error().code(),
        ErrorCode::Usage);
}

TEST(HubertSpeech, NoNumbersCountAsSilence) {
    at::Tensor damaged = namedUniform("in:second", {16'000});
    damaged[5] = std::numeric_limits<float>::quiet_NaN();
    at::Tensor mended = namedUniform("in:second", {16'000});
    mended[5] = 0.0F;
    EXPECT_TRUE(listen(damaged, {.frames = 30})->high.equal(listen(mended, {.frames = 30})->high));
}

TEST(HubertSpeech, ReportsBlocksAndStops) {
    const at::Tensor second = namedUniform("in:second", {16'000});
    std::stop_source stop;
    Progress last;
    const JobControl control(stop.get_token(), [&](const Progress& progress) {
        last = progress;
        if (progress.done > 0) stop.request_stop();
    });
    EXPECT_TRUE(listen(second, {.frames = 30},
                       JobControl({}, [&](const Progress& progress) { last = progress; }))
                    .ok());
    EXPECT_EQ(last.done, 12);
    EXPECT_EQ(last.total, 12);
    stop.request_stop();
    EXPECT_EQ(listen(second, {.frames = 30}, control).error().code(), ErrorCode::Cancelled);
}

TEST(OrthogonalProjection, IsTheOneThatTheReferenceMakes) {
    const at::Tensor normals = models::seededNormals({});
    expectNear(at(normals, {0, 0}), 1.926915, 1e-6);
    expectNear(at(normals, {0, 1}), 1.487284, 1e-6);
    expectNear(at(normals, {0, 2}), 0.900717, 1e-6);
    expectNear(at(normals, {0, 3}), -2.105521, 1e-6);
    const at::Tensor projection = models::orthogonalProjection();
    EXPECT_EQ(projection.sizes(), (std::vector<std::int64_t>{1024, 256}));
    EXPECT_TRUE(projection.is_contiguous());
    const std::vector<double> row{-0.0613475, -0.0449979, -0.0265717, 0.0621926, 0.0243590};
    for (std::size_t i = 0; i < row.size(); ++i)
        expectNear(at(projection, {0, static_cast<std::int64_t>(i)}), row[i], 2e-7);
    expectNear(at(projection, {1023, 255}), -0.0401403, 2e-7);
    expectNear(projection.to(at::kDouble).sum().item<double>(), -1.877263, 2e-5);
    const at::Tensor products = at::matmul(projection.t(), projection);
    EXPECT_LT((products - at::eye(256)).abs().max().item<double>(), 1e-5);
}

TEST(LogMelSpeechEncoder, EqualsTheSameNetworkInPyTorch) {
    const at::NoGradGuard noGradient;
    const auto golden = goldenValues("networks/log_mel_encoder.txt");
    FilledSource source;
    const models::LogMelSpeechEncoder network(source, {});
    EXPECT_EQ(source.parameterCount(), static_cast<std::int64_t>(golden.at("parameters").at(0)));
    const auto features = network(namedUniform("in:mel", {2, 60, 80}), Pass::Inference);
    const auto sample = [](const at::Tensor& x) { return x.slice(1, 0, {}, 9); };
    expectEqual(sample(features.high).slice(2, 0, {}, 4), golden.at("high"), kTolerance);
    expectEqual(sample(features.low).slice(2, 0, {}, 4), golden.at("low"), kTolerance);
    const auto labels = network.labels(features.high);
    expectEqual(sample(labels.phone), golden.at("phone"), kTolerance);
    expectEqual(sample(labels.stress), golden.at("stress"), kTolerance);
    expectEqual(sample(labels.apex), golden.at("apex"), kTolerance);
    expectEqual(sample(labels.lexicon), golden.at("lexicon"), kTolerance);
    expectEqual(models::atMotionFrames(features.high, 36)[1].slice(1, 0, {}, 8),
                golden.at("in_time"), kTolerance);
}

TEST(LogMelSpeechEncoder, SizesComeFromTheManifest) {
    const at::NoGradGuard noGradient;
    FilledSource source;
    const models::LogMelSpeechEncoder network(source, {.bands = 12,
                                                       .width = 16,
                                                       .inner = 24,
                                                       .kernel = 3,
                                                       .dilations = {1, 2},
                                                       .lowBlock = 1,
                                                       .phones = 5,
                                                       .lexiconWords = 32});
    const auto features = network(namedUniform("in:mel", {1, 1, 12}), Pass::Inference);
    EXPECT_EQ(features.high.sizes(), (std::vector<std::int64_t>{1, 1, 16}));
    EXPECT_EQ(network.labels(features.high).lexicon.sizes(), (std::vector<std::int64_t>{1, 1, 32}));
    EXPECT_EQ(source.specs().count("blocks.1.depthwise.weight"), 1U);
}

TEST(LogMelSpeechEncoder, FramesOfMotionTakeTheFeaturesAtTheirCentres) {
    const at::Tensor ramp = at::arange(50).to(at::kFloat).view({1, 50, 1});
    const at::Tensor moved = models::atMotionFrames(ramp, 40);
    expectNear(at(moved, {0, 0, 0}), 50.0 / 60.0, 1e-5);
    expectNear(at(moved, {0, 10, 0}), 10.5 / 30.0 * 50.0, 1e-5);
    expectNear(at(moved, {0, 39, 0}), 49.0, 1e-5); // beyond the end
    EXPECT_EQ(models::atMotionFrames(ramp.slice(1, 0, 1), 3).sizes(),
              (std::vector<std::int64_t>{1, 3, 1}));
}

} // namespace
} // namespace gesture::test
