// SPDX-License-Identifier: Apache-2.0
// Whole requests with tiny networks of random weights: lengths, streams, seams and repeatability.
#include "core/audio/audio_writer.h"
#include "core/base/atomic_file.h"
#include "core/inference/edit_mask.h"
#include "core/inference/take.h"
#include "core/models/bundle/load_network.h"
#include "core/models/generation/motion_track.h"
#include "core/models/generation/network_service.h"
#include "core/models/networks/motion_features.h"
#include "core/motion/representation.h"
#include "tests/core/models/filled_source.h"
#include "tests/core/models/tiny_bundle.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::test {
namespace {

using inference::GenerateRequest;
using inference::MotionFrames;
using io::Architecture;
using motion::BodyPart;

/// What a request yielded, put together as a client does.
struct Collected {
    MotionFrames whole;
    std::int64_t finalEnd = 0;
    int chunks = 0;
    inference::PerPart<std::vector<std::uint16_t>> tokenCodes;
    inference::PerPart<std::vector<float>> confidence;
    std::vector<float> score;
    std::vector<inference::AttentionWindow> windows;
    std::vector<float> features;
};

class Collector final : public inference::ResultSink {
public:
    void motion(const inference::MotionChunk& chunk) override {
        const auto begin = static_cast<std::size_t>(chunk.begin.value);
        EXPECT_GE(chunk.begin.value, data.finalEnd) << "frames that were final have changed";
        data.finalEnd = chunk.finalEnd.value;
        put(data.whole.poses, begin * motion::kPoseSize, chunk.frames.poses);
        put(data.whole.translations, begin * 3, chunk.frames.translations);
        put(data.whole.expressions, begin * motion::kExpressionCount, chunk.frames.expressions);
        put(data.whole.contacts, begin * 4, chunk.frames.contacts);
        ++data.chunks;
    }
    void tokens(const inference::TokenChunk& chunk) override {
        put(data.tokenCodes[chunk.part], static_cast<std::size_t>(chunk.begin * chunk.layers),
            chunk.codes);
        put(data.confidence[chunk.part], static_cast<std::size_t>(chunk.begin), chunk.confidence);
    }
    void semantic(const inference::SemanticChunk& chunk) override {
        put(data.score, static_cast<std::size_t>(chunk.begin), chunk.score);
    }
    void attention(const inference::AttentionWindow& window) override {
        data.windows.push_back(window);
    }
    void note(const inference::Note&) override {}
    void features(const inference::MotionFeatureRows& rows) override {
        data.features = rows.values;
    }

    Collected data;

private:
    template <typename T>
    static void put(std::vector<T>& values, std::size_t at, const std::vector<T>& more) {
        values.resize(at);
        values.insert(values.end(), more.begin(), more.end());
    }
};

MotionFrames framesOf(const motion::Clip& clip) {
    return {{clip.poses().begin(), clip.poses().end()},
            {clip.translations().begin(), clip.translations().end()},
            {clip.expressions().begin(), clip.expressions().end()},
            {}};
}

/// A folder with a tiny bundle and a sound; features are kept in it, too.
class Generation : public testing::TestWithParam<Architecture> {
protected:
    Generation()
        : cache_("XDG_CACHE_HOME", (folder_ / "cache").string()) {}

    GenerateRequest request(double seconds) {
        if (!std::filesystem::exists(folder_ / "bundle")) {
            EXPECT_TRUE(writeTinyBundle(GetParam(), folder_ / "bundle").ok());
        }
        audio::Sound sound{16'000, {}};
        sound.samples.resize(static_cast<std::size_t>(std::llround(seconds * 16'000)));
        for (std::size_t i = 0; i < sound.samples.size(); ++i) {
            const double t = static_cast<double>(i) / 16'000;
            sound.samples[i] = static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * 180 * t) *
                                                  std::sin(2 * std::numbers::pi * 1.7 * t));
        }
        const auto path = folder_ / "speech.wav";
        auto writer = audio::AudioWriter::create(path, {sound.sampleRate, 1});
        EXPECT_TRUE(writer.ok() && writer->write(sound.samples).ok() && writer->commit().ok());
        GenerateRequest request;
        request.bundle = folder_ / "bundle";
        request.speech.audio = path;
        request.speech.transcript.words = {{"the", {0.2}, {0.5}, {}}, {"Big,", {0.5}, {1.1}, {}}};
        request.compute.device = "cpu";
        request.compute.threads = 1;
        return request;
    }

    Collected run(const GenerateRequest& request) {
        Collector collector;
        JobControl control;
        const auto summary = service_->generate(request, collector, control);
        EXPECT_TRUE(summary.ok()) << summary.error().message();
        if (summary.ok()) {
            EXPECT_EQ(summary->frames, collector.data.whole.count());
        }
        return std::move(collector.data);
    }

    TemporaryFolder folder_;
    ScopedVariable cache_;
    std::unique_ptr<inference::EngineService> service_ = models::makeNetworkService();
};

TEST_P(Generation, MotionIsAsLongAsTheSpeech) {
    for (const double seconds : {0.4, 2.0, 2.2, 4.13, 9.5}) {
        const Collected result = run(request(seconds));
        EXPECT_EQ(result.whole.count(), std::llround(seconds * 30)) << seconds;
        EXPECT_EQ(result.finalEnd, result.whole.count());
        for (const float value : result.whole.poses)
            ASSERT_TRUE(std::isfinite(value));
    }
}

TEST_P(Generation, LongSpeechComesInPieces) {
    const Collected result = run(request(14.0));
    EXPECT_EQ(result.chunks, 7);
}

TEST_P(Generation, TheSameRequestGivesTheSameBytes) {
    GenerateRequest wanted = request(5.0);
    for (inference::Sampling& sampling : wanted.options.sampling.values)
        sampling = {0.9, 0.95};
    wanted.options.seed = 7;
    const Collected first = run(wanted);
    service_ = models::makeNetworkService(); // features now come from disk
    const Collected second = run(wanted);
    EXPECT_EQ(first.whole, second.whole);
    wanted.options.seed = 8;
    EXPECT_NE(run(wanted).whole, first.whole);
}

TEST_P(Generation, ReferenceRulesDropTheTail) {
    GenerateRequest wanted = request(7.0);
    wanted.options.rules = inference::WindowRules::Reference;
    const Collected result = run(wanted);
    const std::int64_t expected = GetParam() == Architecture::Emage ? 210 : 184;
    EXPECT_EQ(result.whole.count(), expected);
}

TEST_P(Generation, UnknownSpeakersAreRefused) {
    GenerateRequest wanted = request(2.0);
    wanted.options.speaker = 99;
    Collector collector;
    JobControl control;
    const auto summary = service_->generate(wanted, collector, control);
    ASSERT_FALSE(summary.ok());
    EXPECT_NE(summary.error().message().find("Speaker 99"), std::string::npos);
}

TEST_P(Generation, StopsWhenAsked) {
    const GenerateRequest wanted = request(20.0);
    std::stop_source stop;
    Collector collector;
    JobControl control(stop.get_token(), [&](const Progress& progress) {
        if (progress.stage == "Generating motion" && progress.done >= 1) stop.request_stop();
    });
    const auto summary = service_->generate(wanted, collector, control);
    ASSERT_FALSE(summary.ok());
    EXPECT_EQ(summary.error().code(), ErrorCode::Cancelled);
    EXPECT_LT(collector.data.whole.count(), 600);
}

TEST_P(Generation, AnalysisFindsTheTokensScoreAndAttention) {
    const GenerateRequest wanted = request(5.0);
    const Collected made = run(wanted);
    inference::AnalyseRequest asked;
    asked.bundle = wanted.bundle;
    asked.speech = wanted.speech;
    asked.compute = wanted.compute;
    asked.motion = made.whole;
    Collector sink;
    JobControl control;
    const auto summary = service_->analyse(asked, sink, control);
    const Collected& seen = sink.data;
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_FALSE(seen.tokenCodes[BodyPart::Hands].empty());
    const std::size_t tokens = GetParam() == Architecture::Emage ? 150 : 37;
    for (const BodyPart part : {BodyPart::Face, BodyPart::Hands}) {
        ASSERT_EQ(seen.confidence[part].size(), tokens);
        EXPECT_TRUE(std::ranges::all_of(seen.confidence[part],
                                        [](float p) { return p >= 0.0F && p <= 1.0F; }));
    }
    if (GetParam() == Architecture::SemTalk) {
        ASSERT_EQ(seen.score.size(), 38U);
        EXPECT_EQ(seen.score, std::vector(made.score.begin(), made.score.begin() + 38));
    }
    if (GetParam() != Architecture::EchoMask) return;
    ASSERT_EQ(seen.windows.size(), 3U);
    EXPECT_EQ(seen.windows.back().begin.value, 150 - 64);
    for (const inference::AttentionWindow& window : seen.windows) {
        ASSERT_EQ(window.parts.size(), 3U);
        double sum = 0.0;
        for (int frame = 0; frame < window.frames; ++frame)
            sum += window.importance[static_cast<std::size_t>(frame)];
        EXPECT_NEAR(sum, 1.0, 1e-4);
        EXPECT_EQ(window.maps.size(), std::size_t{3} *
                                          static_cast<std::size_t>(window.layers * window.heads) *
                                          64 * 64);
    }
}

TEST_P(Generation, FeaturesAreThoseOfTheNetworkOverTheWholeMotion) {
    inference::FeaturesRequest asked;
    asked.bundle = request(1.0).bundle;
    asked.compute = {"cpu", 1};
    asked.motion = framesOf(syntheticClip(100));
    Collector sink;
    JobControl control;
    const auto summary = service_->features(asked, sink, control);
    if (GetParam() == Architecture::Emage) {
        ASSERT_FALSE(summary.ok());
        EXPECT_EQ(summary.error().code(), ErrorCode::NotFound);
        return;
    }
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    EXPECT_EQ(summary->frames, 96);
    const auto bundle = io::openBundle(asked.bundle);
    ASSERT_TRUE(bundle.ok());
    const auto network = models::loadNetwork<models::MotionFeatures>(*bundle, "motion_features");
    ASSERT_TRUE(network.ok()) << network.error().message();
    std::vector<float> rotations(std::size_t{96} * 330);
    for (std::size_t frame = 0; frame < 96; ++frame)
        motion::encodePose(
            std::span<const float, motion::kPoseSize>(&asked.motion.poses[frame * 165], 165),
            std::span<float, motion::kRotationChannels>(&rotations[frame * 330], 330));
    const at::NoGradGuard noGradient;
    const at::Tensor wanted =
        (**network)(at::from_blob(rotations.data(), {1, 96, 330}, at::kFloat)).contiguous();
    const float* const values = wanted.data_ptr<float>();
    EXPECT_EQ(sink.data.features, std::vector<float>(values, values + wanted.numel()));
    EXPECT_EQ(sink.data.features.size(), 6U * 240U);

    asked.motion = framesOf(syntheticClip(31));
    const auto tooShort = service_->features(asked, sink, control);
    ASSERT_FALSE(tooShort.ok());
    EXPECT_EQ(tooShort.error().code(), ErrorCode::InvalidInput);
}

TEST_P(Generation, AnEditChangesMaskedFramesAndNoByteOutside) {
    const GenerateRequest wanted = request(8.0);
    const Collected made = run(wanted);
    inference::EditRequest asked;
    asked.bundle = wanted.bundle;
    asked.speech = wanted.speech;
    asked.compute = wanted.compute;
    asked.options.seed = 3;
    for (inference::Sampling& sampling : asked.options.sampling.values)
        sampling = {2.0, 1.0};
    asked.motion = made.whole;
    inference::EditMask mask(made.whole.count());
    mask.paint({{61}, {103}}, {{false, true, true, false}});
    mask.paint({{170}, {230}}, inference::kAllParts);
    asked.mask.assign(mask.cells().begin(), mask.cells().end());
    inference::Take before;
    before.motion = made.whole;
    inference::TakeCollector edited(before);
    JobControl control;
    const auto summary = service_->edit(asked, edited, control);
    ASSERT_TRUE(summary.ok()) << summary.error().message();
    const MotionFrames& after = edited.take().motion;
    ASSERT_EQ(after.count(), made.whole.count());
    std::size_t changed = 0;
    for (std::int64_t frame = 0; frame < after.count(); ++frame) {
        for (int joint = 0; joint < motion::kJointCount; ++joint) {
            const auto part = motion::partOf(joint);
            const bool masked = part && mask.at({frame}, *part);
            for (int axis = 0; axis < 3; ++axis) {
                const auto at =
                    static_cast<std::size_t>(frame * motion::kPoseSize + 3 * joint + axis);
                if (masked)
                    changed += after.poses[at] != made.whole.poses[at] ? 1 : 0;
                else
                    ASSERT_EQ(after.poses[at], made.whole.poses[at]) << frame << ' ' << joint;
            }
        }
        if (mask.at({frame}, BodyPart::Lower)) continue;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const std::size_t at = static_cast<std::size_t>(frame) * 3 + axis;
            ASSERT_EQ(after.translations[at], made.whole.translations[at]) << frame;
        }
    }
    EXPECT_GT(changed, 2000U);
}

TEST_P(Generation, MotionSaysWhatItsFaceMeans) {
    const GenerateRequest wanted = request(3.0);
    auto bundle = io::openBundle(wanted.bundle);
    ASSERT_TRUE(bundle.ok());
    bundle->manifest.expressions = motion::ExpressionSpace::Arkit52;
    ASSERT_TRUE(writeTextAtomically(wanted.bundle / io::kManifestFile,
                                    io::formatBundleManifest(bundle->manifest))
                    .ok());
    inference::TakeCollector made;
    JobControl control;
    ASSERT_TRUE(service_->generate(wanted, made, control).ok());
    inference::EditRequest asked;
    asked.bundle = wanted.bundle;
    asked.speech = wanted.speech;
    asked.compute = wanted.compute;
    asked.motion = made.take().motion;
    EXPECT_EQ(asked.motion.expressionSpace, motion::ExpressionSpace::Arkit52);

    // Of another meaning: the body can be made anew, the face cannot.
    asked.motion.expressionSpace = motion::ExpressionSpace::Smplx;
    inference::EditMask mask(asked.motion.count());
    mask.paint({{40}, {60}}, {{false, true, false, false}});
    asked.mask.assign(mask.cells().begin(), mask.cells().end());
    inference::TakeCollector edited({asked.motion, 0, {}});
    ASSERT_TRUE(service_->edit(asked, edited, control).ok());
    EXPECT_EQ(edited.take().motion.expressionSpace, motion::ExpressionSpace::Smplx);
    EXPECT_EQ(edited.take().motion.expressions, asked.motion.expressions);
    mask.paint({{40}, {60}}, {{true, false, false, false}});
    asked.mask.assign(mask.cells().begin(), mask.cells().end());
    const auto refused = service_->edit(asked, edited, control);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message().find("leave the face out"), std::string::npos);
}

TEST_P(Generation, AMaskOfAnotherLengthIsRefused) {
    const GenerateRequest wanted = request(2.0);
    inference::EditRequest asked;
    asked.bundle = wanted.bundle;
    asked.speech = wanted.speech;
    asked.compute = wanted.compute;
    asked.motion = run(wanted).whole;
    asked.mask.assign(4 * 59, 1);
    Collector sink;
    JobControl control;
    const auto summary = service_->edit(asked, sink, control);
    ASSERT_FALSE(summary.ok());
    EXPECT_NE(summary.error().message().find("59 frames"), std::string::npos);
}

TEST_P(Generation, TheRootStaysWhereItIsAsked) {
    GenerateRequest wanted = request(6.0);
    wanted.options.root = inference::RootMotion::None;
    const Collected result = run(wanted);
    EXPECT_EQ(result.finalEnd, result.whole.count());
    for (std::size_t frame = 1; frame < static_cast<std::size_t>(result.whole.count()); ++frame) {
        ASSERT_EQ(result.whole.translations[3 * frame], result.whole.translations[0]);
        ASSERT_EQ(result.whole.translations[3 * frame + 2], result.whole.translations[2]);
    }
}

INSTANTIATE_TEST_SUITE_P(Architectures, Generation,
                         testing::Values(Architecture::SemTalk, Architecture::EchoMask,
                                         Architecture::Emage),
                         [](const auto& tested) { return std::string(io::titleOf(tested.param)); });

TEST(MotionTrack, PieceByPieceDecodesToTheWhole) {
    const at::NoGradGuard noGradient;
    const TemporaryFolder folder;
    const auto bundle = writeTinyBundle(Architecture::EchoMask, folder / "bundle");
    ASSERT_TRUE(bundle.ok());
    const auto codec = models::MotionCodec::load(*bundle, {});
    ASSERT_TRUE(codec.ok()) << codec.error().message();
    constexpr std::int64_t kTokens = 120;
    inference::PerPart<at::Tensor> codes;
    for (int part = 0; part < motion::kBodyPartCount; ++part)
        codes.values[static_cast<std::size_t>(part)] =
            ((namedUniform("codes" + std::to_string(part), {kTokens, 2}) + 1.0F) * 7.9F)
                .to(at::kLong);
    MotionFrames whole = models::decodeFrames(**codec, codes, {{0}, {4 * kTokens}});
    models::integrateRoot(whole, {0.5F, 0.0F, -0.25F});

    models::MotionTrack track(**codec, {0.5F, 0.0F, -0.25F});
    Collector collector;
    for (std::int64_t begin = 0; begin < kTokens; begin += 15) {
        inference::PerPart<at::Tensor> piece;
        for (std::size_t part = 0; part < 4; ++part)
            piece.values[part] = codes.values[part].narrow(0, begin, 15);
        track.setCodes(begin, piece);
        const bool last = begin + 15 == kTokens;
        collector.motion(last ? track.decode({}, 4 * kTokens)
                              : track.decode(begin + 15, 4 * kTokens));
    }
    ASSERT_EQ(collector.data.whole.count(), whole.count());
    for (std::size_t i = 0; i < whole.poses.size(); ++i)
        ASSERT_NEAR(collector.data.whole.poses[i], whole.poses[i], 2e-3) << i;
    for (std::size_t i = 0; i < whole.translations.size(); ++i)
        ASSERT_NEAR(collector.data.whole.translations[i], whole.translations[i], 1e-4) << i;
}

} // namespace
} // namespace gesture::test
