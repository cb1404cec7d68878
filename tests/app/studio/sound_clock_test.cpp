// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_clock.h"

#include "tests/app/studio/fake_sound_output.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

PlayOrder orderOf(double from, double begin, double end, bool repeat, double rate = 1) {
    return {{from}, {begin}, {end}, repeat, rate};
}

TEST(PlayOrder, EndsOrStartsAgain) {
    EXPECT_DOUBLE_EQ(positionAfter(orderOf(1, 0, 4, false), 2).position.value, 3);
    EXPECT_TRUE(positionAfter(orderOf(1, 0, 4, false), 3).ended);
    const PlayReading again = positionAfter(orderOf(3, 2, 4, true), 1.5);
    EXPECT_FALSE(again.ended);
    EXPECT_DOUBLE_EQ(again.position.value, 2.5);
    EXPECT_DOUBLE_EQ(positionAfter(orderOf(0, 2, 4, true), 13).position.value, 3);
}

TEST(PlayOrder, GoesBackwards) {
    EXPECT_DOUBLE_EQ(positionAfter(orderOf(3, 0, 4, false, -2), 1).position.value, 1);
    EXPECT_TRUE(positionAfter(orderOf(3, 0, 4, false, -2), 2).ended);
    EXPECT_DOUBLE_EQ(positionAfter(orderOf(1, 0, 4, true, -1), 2).position.value, 3);
}

TEST(PlayOrder, AnEmptyRangeIsOver) { EXPECT_TRUE(positionAfter(orderOf(0, 2, 2, true), 1).ended); }

TEST(ClockSmoother, EvensOutStepsOfADevice) {
    ClockSmoother smoother;
    double last = smoother.smooth(0, 0);
    for (int i = 1; i < 400; ++i) {
        const double now = i * 0.008;
        const double raw = static_cast<int>(now / 0.02) * 0.02; // a device with 20 ms periods
        const double smooth = smoother.smooth(raw, now);
        EXPECT_GE(smooth, last);
        EXPECT_NEAR(smooth, now, 0.021);
        EXPECT_LT(smooth - last, 0.0125);
        last = smooth;
    }
}

TEST(ClockSmoother, JumpsWhenTheDeviceDoes) {
    ClockSmoother smoother;
    static_cast<void>(smoother.smooth(1, 1));
    EXPECT_DOUBLE_EQ(smoother.smooth(5, 1.01), 5);
}

class SoundClockTest : public ::testing::Test {
protected:
    SoundClockTest() {
        test::writeSine(folder / "sine.wav", 16000, 2.0);
        clock = std::make_unique<SoundClock>(std::make_unique<test::FakeSoundOutput>(device),
                                             audio::AudioReader::open(folder / "sine.wav").value(),
                                             [this] { return now; });
    }

    test::TemporaryFolder folder;
    test::FakeDevice device;
    double now = 100;
    std::unique_ptr<SoundClock> clock;
};

TEST_F(SoundClockTest, StandsStillUntilTheDeviceIsHeard) {
    clock->start(orderOf(0.5, 0, 2, false));
    now += 0.2;
    EXPECT_DOUBLE_EQ(clock->read({0}).position.value, 0.5);
}

TEST_F(SoundClockTest, GoesWithWhatWasHeard) {
    clock->start(orderOf(0.5, 0, 2, false));
    device.play(0.1);
    now += 0.1;
    EXPECT_NEAR(clock->read({0}).position.value, 0.6, 1e-6);
}

TEST_F(SoundClockTest, PlaysTheSineAtItsPitchAndLoudness) {
    clock->start(orderOf(0, 0, 2, false));
    const std::vector<float> samples = device.play(0.1);
    ASSERT_EQ(samples.size(), 9600U);
    for (std::size_t i = 100; i < 4700; ++i) {
        const double time = static_cast<double>(i) / test::FakeDevice::kRate;
        const double expected = 0.5 * std::sin(2 * std::numbers::pi * 220 * time);
        ASSERT_NEAR(static_cast<double>(samples[2 * i]), expected, 2e-3) << i;
        ASSERT_EQ(samples[2 * i], samples[2 * i + 1]);
    }
}

TEST_F(SoundClockTest, GainActsAtOnce) {
    clock->setGain(0);
    clock->start(orderOf(0, 0, 2, false));
    for (const float sample : device.play(0.05)) {
        ASSERT_EQ(sample, 0.0F);
    }
}

TEST_F(SoundClockTest, ADeviceThatOnlyTremblesIsNotHealthy) {
    clock->start(orderOf(0, 0, 2, false));
    device.play(0.05);
    for (int i = 0; i < 200; ++i) {
        now += 0.01;
        device.heard = 0.05 + 0.005 * (i % 2);
        static_cast<void>(clock->read({0}));
    }
    EXPECT_FALSE(clock->healthy());
}

TEST_F(SoundClockTest, ADeviceThatStandsStillIsNotHealthy) {
    clock->start(orderOf(0, 0, 2, false));
    device.play(0.05);
    static_cast<void>(clock->read({0}));
    EXPECT_TRUE(clock->healthy());
    now += 3;
    static_cast<void>(clock->read({0}));
    EXPECT_FALSE(clock->healthy());
}

} // namespace
} // namespace gesture::app
