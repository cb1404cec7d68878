// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/transport.h"

#include "app/studio/services/sync_meter.h"
#include "tests/app/studio/fake_sound_output.h"
#include "tests/app/studio/test_clip.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

class TransportTest : public ::testing::Test {
protected:
    TransportTest() {
        document.setMotion("a.npz", test::clipOf(90)); // 3 s
    }

    void openSound(double seconds) {
        test::writeSine(folder / "sine.wav", 16000, seconds);
        AudioTrack track;
        track.path = folder / "sine.wav";
        track.info = audio::AudioReader::open(track.path).value().info();
        document.setAudio(std::make_shared<const AudioTrack>(track));
    }
    /// Lets the steady clock and the device run on, then ticks.
    void pass(double seconds) {
        now += seconds;
        if (device.started) device.play(seconds);
        transport.tick();
    }

    test::TemporaryFolder folder;
    test::FakeDevice device;
    double now = 10;
    Document document;
    Transport transport{document, test::factoryOf(device), [this] { return now; }};
};

TEST_F(TransportTest, WithoutSoundTheSteadyClockLeads) {
    transport.play();
    pass(1.0);
    EXPECT_EQ(document.frame().value, 30);
    EXPECT_EQ(device.opened, 0);
    EXPECT_EQ(transport.soundState(), SoundState::Silent);
}

TEST_F(TransportTest, StopsAtTheEndAndPlaysFromTheStartAgain) {
    transport.play();
    pass(5.0);
    EXPECT_FALSE(transport.playing());
    EXPECT_EQ(document.frame().value, 89);
    transport.play();
    pass(0.1);
    EXPECT_EQ(document.frame().value, 3);
}

TEST_F(TransportTest, RunsAheadByTheTimeOfAPicture) {
    transport.setLead({0.05});
    transport.play();
    pass(0.5);
    EXPECT_EQ(document.frame().value, 16);
    EXPECT_DOUBLE_EQ(transport.livePosition().value, 0.5);
}

TEST_F(TransportTest, TheLeadWrapsWithTheLoop) {
    document.setLoop(Loop::Yes);
    transport.setLead({0.1});
    transport.play();
    pass(2.95);
    EXPECT_EQ(document.frame().value, 1);
    EXPECT_TRUE(transport.playing());
}

TEST_F(TransportTest, TheLeadEndsNothingEarly) {
    transport.setLead({0.1});
    transport.play();
    pass(2.95);
    EXPECT_EQ(document.frame().value, 89);
    EXPECT_TRUE(transport.playing());
}

TEST_F(TransportTest, ThePlayheadMovesOnlyToOtherFrames) {
    transport.play();
    pass(0.101);
    int moves = 0;
    QObject::connect(&document, &Document::changed, &document, [&] { ++moves; });
    pass(0.008);
    EXPECT_EQ(moves, 0);
    pass(0.03);
    EXPECT_EQ(moves, 1);
}

TEST(CorrectedLead, MeetsTheSound) {
    Seconds lead{0};
    constexpr double kPictureTakes = 0.025;
    for (int i = 0; i < 100; ++i) {
        lead = correctedLead(lead, kPictureTakes - lead.value);
    }
    EXPECT_NEAR(lead.value, kPictureTakes, 0.001);
    EXPECT_LE(correctedLead(lead, 10).value, 0.1);
    EXPECT_GE(correctedLead(lead, -10).value, 0);
}

TEST_F(TransportTest, LoopsTheRange) {
    document.setRange(FrameRange{{30}, {60}});
    document.setLoop(Loop::Yes);
    transport.play();
    EXPECT_TRUE(transport.playing());
    pass(1.5);
    EXPECT_TRUE(transport.playing());
    EXPECT_EQ(document.frame().value, 45);
}

TEST_F(TransportTest, SpeedCounts) {
    document.setSpeedPercent(50);
    transport.play();
    pass(1.0);
    EXPECT_EQ(document.frame().value, 15);
    document.setSpeedPercent(200);
    pass(0.5);
    EXPECT_EQ(document.frame().value, 45);
}

TEST_F(TransportTest, TheSoundDeviceLeadsNotTheSteadyClock) {
    openSound(3.0);
    transport.play();
    EXPECT_EQ(transport.soundState(), SoundState::Playing);
    now += 0.3; // the device has not begun
    transport.tick();
    EXPECT_EQ(document.frame().value, 0);
    pass(0.3);
    EXPECT_EQ(document.frame().value, 9);
}

TEST_F(TransportTest, GoesOnWithoutADevice) {
    device.present = false;
    openSound(3.0);
    transport.play();
    EXPECT_EQ(transport.soundState(), SoundState::NoDevice);
    pass(1.0);
    EXPECT_EQ(document.frame().value, 30);
}

TEST_F(TransportTest, GoesOnWhenTheDeviceIsLost) {
    openSound(3.0);
    transport.play();
    pass(0.3);
    device.healthy = false;
    transport.tick();
    EXPECT_EQ(transport.soundState(), SoundState::Lost);
    EXPECT_TRUE(transport.playing());
    const std::int64_t before = document.frame().value;
    now += 1.0;
    transport.tick();
    EXPECT_EQ(document.frame().value, before + 30);
}

TEST_F(TransportTest, ANewDeviceTakesOverWhilePlaying) {
    device.present = false;
    openSound(3.0);
    transport.play();
    pass(0.5);
    device.present = true;
    transport.devicesChanged();
    EXPECT_EQ(transport.soundState(), SoundState::Playing);
    pass(0.3);
    EXPECT_EQ(document.frame().value, 24);
}

TEST_F(TransportTest, PlaysOnAfterTheSoundEnds) {
    openSound(0.5);
    transport.play();
    for (int i = 0; i < 10; ++i) {
        pass(0.2);
    }
    EXPECT_TRUE(transport.playing());
    EXPECT_EQ(document.frame().value, 60);
}

TEST_F(TransportTest, PlaysOnAfterTheMotionEnds) {
    openSound(4.0);
    document.goToFrame({85});
    transport.play();
    for (int i = 0; i < 4; ++i) {
        pass(0.2);
    }
    EXPECT_TRUE(transport.playing());
    EXPECT_GT(document.frame().value, 100);
}

TEST_F(TransportTest, SeekingWhilePlayingGoesOnFromThere) {
    openSound(3.0);
    transport.play();
    pass(0.2);
    transport.goToFrame({60});
    pass(0.2);
    EXPECT_EQ(document.frame().value, 66);
}

TEST_F(TransportTest, VolumeDoesNotInterruptTheSound) {
    openSound(3.0);
    transport.play();
    pass(0.2);
    document.setVolumePercent(50);
    document.setMuted(true);
    EXPECT_GT(device.heard, 0);
    EXPECT_EQ(device.opened, 1);
}

TEST_F(TransportTest, ShuttlesFasterAndBackwards) {
    document.goToFrame({60});
    transport.shuttleTowards(-1);
    pass(0.5);
    EXPECT_EQ(document.frame().value, 45);
    transport.shuttleTowards(-1);
    EXPECT_EQ(transport.shuttle(), -2);
    pass(0.5);
    EXPECT_EQ(document.frame().value, 15);
    pass(5);
    EXPECT_FALSE(transport.playing());
    EXPECT_EQ(document.frame().value, 0);
}

TEST_F(TransportTest, SteppingPausesAndStaysInside) {
    transport.play();
    transport.stepFrames(-1);
    EXPECT_FALSE(transport.playing());
    EXPECT_EQ(document.frame().value, 0);
    transport.stepFrames(1000);
    EXPECT_EQ(document.frame().value, 89);
}

TEST_F(TransportTest, ClosingEverythingStops) {
    openSound(3.0);
    transport.play();
    document.closeMotion();
    EXPECT_TRUE(transport.playing());
    document.closeAudio();
    EXPECT_FALSE(transport.playing());
}

TEST_F(TransportTest, SurvivesDevicesThatComeAndGo) {
    openSound(3.0);
    document.setLoop(Loop::Yes);
    transport.play();
    for (int i = 0; i < 50; ++i) {
        device.present = i % 3 != 0;
        device.healthy = i % 5 != 4;
        if (i % 2 == 0) transport.devicesChanged();
        pass(0.05);
        EXPECT_TRUE(transport.playing());
        device.healthy = true;
    }
}

} // namespace
} // namespace gesture::app
