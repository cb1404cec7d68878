// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/document.h"

#include "tests/app/studio/test_clip.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

TEST(Document, HasNoTimeAxisWhenNothingIsOpen) {
    const Document document;
    EXPECT_FALSE(document.hasClip());
    EXPECT_EQ(document.frameCount(), 0);
    EXPECT_EQ(document.lastFrame().value, 0);
}

TEST(Document, IsAsLongAsTheLongerOfMotionAndSound) {
    Document document;
    document.setMotion("a.npz", test::clipOf(60));
    EXPECT_EQ(document.frameCount(), 60);
    document.setAudio(test::trackOf(3.01));
    EXPECT_EQ(document.frameCount(), 91);
    document.closeMotion();
    EXPECT_EQ(document.frameCount(), 91);
}

TEST(Document, KeepsPlayheadAndRangeInsideWhenTheClipGetsShorter) {
    Document document;
    document.setMotion("a.npz", test::clipOf(60));
    document.setAudio(test::trackOf(10));
    document.goToFrame({250});
    document.setRange(FrameRange{{200}, {280}});
    document.closeAudio();
    EXPECT_EQ(document.frame().value, 59);
    EXPECT_FALSE(document.range().has_value());
}

TEST(Document, InAndOutMakeARangeThatIncludesBothFrames) {
    Document document;
    document.setMotion("a.npz", test::clipOf(100));
    document.setIn({20});
    document.setOut({40});
    EXPECT_EQ(document.range(), (FrameRange{{20}, {41}}));
}

TEST(Document, AnOutPointBeforeTheInPointStartsTheRangeAnew) {
    Document document;
    document.setMotion("a.npz", test::clipOf(100));
    document.setIn({50});
    document.setOut({10});
    EXPECT_EQ(document.range(), (FrameRange{{0}, {11}}));
}

TEST(Document, PlaysTheRangeOnlyWhileItLoops) {
    Document document;
    document.setMotion("a.npz", test::clipOf(100));
    document.setRange(FrameRange{{10}, {20}});
    EXPECT_EQ(document.playRange(), (FrameRange{{0}, {100}}));
    document.setLoop(Loop::Yes);
    EXPECT_EQ(document.playRange(), (FrameRange{{10}, {20}}));
}

TEST(Document, TellsOnlyOfRealChanges) {
    Document document;
    document.setMotion("a.npz", test::clipOf(100));
    int changes = 0;
    QObject::connect(&document, &Document::changed, [&changes] { ++changes; });
    document.goToFrame({5});
    document.goToFrame({5});
    document.setSpeedPercent(100);
    document.setMuted(false);
    EXPECT_EQ(changes, 1);
}

TEST(Document, LimitsSpeedAndVolume) {
    Document document;
    document.setSpeedPercent(1000);
    document.setVolumePercent(-5);
    EXPECT_EQ(document.speedPercent(), 200);
    EXPECT_EQ(document.volumePercent(), 0);
}

} // namespace
} // namespace gesture::app
