// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/speech_analysis.h"

#include "tests/core/audio/features/synthetic_speech.h"

#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <stop_token>

namespace gesture::audio {
namespace {

using test::syntheticSpeech;

TEST(SpeechAnalysis, HoldsWhatATimelineShows) {
    JobControl control;
    const auto analysis = analyseSpeech(syntheticSpeech(16000), control);
    ASSERT_TRUE(analysis.ok());
    EXPECT_EQ(analysis->onsetStrength.framesPerSecond, 31.25);
    EXPECT_EQ(analysis->onsetStrength.values.size(), 94U);
    EXPECT_EQ(analysis->onsets.size(), 19U);
    EXPECT_DOUBLE_EQ(analysis->onsets[0].value, 7 * 0.032);
    EXPECT_EQ(analysis->energy.framesPerSecond, 100.0);
    EXPECT_EQ(analysis->energy.values.size(), 301U);
    EXPECT_EQ(analysis->pitch.framesPerSecond, 100.0);
    EXPECT_EQ(analysis->pitch.hertz.size(), 301U);
    EXPECT_EQ(analysis->speech.size(), 301U);
    EXPECT_EQ(analysis->speech[110], 1);
    EXPECT_EQ(analysis->speech[290], 0);
}

TEST(SpeechAnalysis, TinySoundsAreNoTrouble) {
    JobControl control;
    for (const std::size_t count : {0U, 1U, 2U, 159U, 160U, 511U, 1023U}) {
        for (const int rate : {8000, 16000, 22050, 384000}) {
            const auto analysis = analyseSpeech({rate, std::vector<float>(count, 0.5F)}, control);
            ASSERT_TRUE(analysis.ok()) << count << " at " << rate;
            EXPECT_EQ(analysis->energy.values.size(), analysis->pitch.hertz.size());
            EXPECT_EQ(analysis->energy.values.empty(), count == 0);
            EXPECT_TRUE(analysis->onsets.empty());
        }
    }
}

TEST(SpeechAnalysis, TheSameVoiceIsHeardAtEveryRate) {
    JobControl control;
    for (const int rate : {8000, 22050, 44100, 48000}) {
        const auto analysis = analyseSpeech(syntheticSpeech(rate), control);
        ASSERT_TRUE(analysis.ok());
        // 120 Hz + 40 Hz/s, in the middle of the fourth syllable (1.1 s).
        const auto middle =
            static_cast<std::size_t>(std::lround(1.1 * analysis->pitch.framesPerSecond));
        EXPECT_NEAR(analysis->pitch.hertz[middle], 164.0F, 2.0F) << rate;
        EXPECT_EQ(analysis->speech[middle], 1) << rate;
    }
}

TEST(SpeechAnalysis, ReportsEachStageToItsEnd) {
    std::set<std::string> finished;
    JobControl control({}, [&](const Progress& progress) {
        EXPECT_LE(progress.done, progress.total);
        if (progress.done == progress.total) finished.insert(progress.stage);
    });
    ASSERT_TRUE(analyseSpeech(syntheticSpeech(16000), control).ok());
    EXPECT_EQ(finished.size(), 4U);
}

TEST(SpeechAnalysis, StopsInTheMiddleOfAStage) {
    std::stop_source stop;
    int reports = 0;
    JobControl control(stop.get_token(), [&](const Progress& progress) {
        ++reports;
        if (progress.stage == "Looking for onsets") stop.request_stop();
    });
    const auto analysis = analyseSpeech(syntheticSpeech(16000, 6.0), control);
    ASSERT_FALSE(analysis.ok());
    EXPECT_EQ(analysis.error().code(), ErrorCode::Cancelled);
    EXPECT_GE(reports, 3);
}

} // namespace
} // namespace gesture::audio
