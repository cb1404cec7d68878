// SPDX-License-Identifier: Apache-2.0
#include "core/speech/forced_alignment.h"
#include "tests/core/speech/flite_speech.h"
#include "tests/core/speech/speech_fixture.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace gesture::speech {
namespace {

const std::filesystem::path kVoice =
    std::filesystem::path(GESTURE_TEST_SOURCE) / "resources" / "demo" / "voice.flac";

TEST(DemoVoice, IsSixteenKilohertzSpeechBelowFullScale) {
    const audio::Sound voice = test::readSound(kVoice);
    EXPECT_EQ(voice.sampleRate, 16000);
    EXPECT_NEAR(voice.duration().value, 15.5, 0.5);
    float peak = 0;
    for (const float sample : voice.samples)
        peak = std::max(peak, std::abs(sample));
    EXPECT_LT(peak, std::pow(10.0F, -1.0F / 20));
    EXPECT_GT(peak, 0.5F);
    EXPECT_LT(std::abs(voice.samples.front()), 0.001F);
    EXPECT_LT(std::abs(voice.samples.back()), 0.001F);
    EXPECT_LT(std::filesystem::file_size(kVoice), 600'000U);
}

class DemoVoiceWords : public test::SpeechTest {};

TEST_F(DemoVoiceWords, AreThoseThatItsDescriptionNames) {
    JobControl control;
    const auto aligned = alignText(
        model(), test::readSound(kVoice),
        "And Mr. John Dashwood had then leisure to consider how much there might be prudently in "
        "his power to do for them. He was not an ill-disposed young man, unless to be rather cold "
        "hearted and rather selfish is to be ill-disposed.",
        control);
    ASSERT_TRUE(aligned.ok()) << aligned.error().message();
    EXPECT_EQ(aligned->placedShare, 1.0);
    EXPECT_GT(aligned->confidence, 0.95);
}

} // namespace
} // namespace gesture::speech
