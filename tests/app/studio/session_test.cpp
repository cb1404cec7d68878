// SPDX-License-Identifier: Apache-2.0
#include "app/studio/session/studio_session.h"
#include "core/io/transcript/transcript_file.h"
#include "tests/app/studio/stub_engine.h"
#include "tests/app/studio/test_clip.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <QCoreApplication>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace gesture::test {
namespace {

using namespace app;

/// A session with an engine that answers at once.
class SessionTest : public ::testing::Test {
protected:
    SessionTest()
        : data_("GESTURE_DATA", (folder / "data").string())
        , engine([wishes = wishes] { return std::make_unique<StubEngine>(wishes); })
        , session(document, engine,
                  {{"stub", folder / "stub", "Stub", io::Architecture::SemTalk, 2, 0, true}}) {}

    /// Until the engine has nothing to do.
    void settle() {
        while (engine.pending() > 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
    }
    void openSound(const char* name = "speech.wav") {
        auto track = *trackOf(3.2);
        track.path = folder / name;
        document.setAudio(std::make_shared<const AudioTrack>(std::move(track)));
        settle();
    }
    /// A number of the motion that is shown.
    float shownAt(std::int64_t frame) {
        return document.motion() ? document.motion()->clip->pose({frame})[40] : -1.0F;
    }

    /// What a session said went wrong.
    static std::shared_ptr<QStringList> failuresOf(StudioSession& of) {
        auto sentences = std::make_shared<QStringList>();
        QObject::connect(&of, &StudioSession::failed,
                         [sentences](const QString& sentence) { sentences->append(sentence); });
        return sentences;
    }

    TemporaryFolder folder;
    ScopedVariable data_;
    std::shared_ptr<StubEngine::Wishes> wishes = std::make_shared<StubEngine::Wishes>();
    Document document;
    EngineJobs engine;
    StudioSession session;
};

TEST_F(SessionTest, ASoundBecomesAProjectAndMotionByItself) {
    openSound();
    ASSERT_EQ(session.state().takes.size(), 1U);
    EXPECT_EQ(session.state().takes.front().name, "Take 1");
    ASSERT_TRUE(document.motion().has_value());
    EXPECT_EQ(document.motion()->clip->frameCount(), StubEngine::kFrames);
    ASSERT_NE(session.project(), nullptr);
    EXPECT_TRUE(session.untitled());
    EXPECT_TRUE(std::filesystem::exists(session.project()->path()));
    EXPECT_NE(session.analysisOf(session.state().takes.front()), nullptr);
}

TEST_F(SessionTest, WithoutABundleNothingIsAskedAndTheSoundIsOpen) {
    Document other;
    StudioSession bare(other, engine, {});
    other.setAudio(trackOf(3.2));
    settle();
    EXPECT_TRUE(bare.state().takes.empty());
    const auto failed = failuresOf(bare);
    bare.newTakes();
    ASSERT_EQ(failed->size(), 1);
    EXPECT_TRUE(failed->front().contains(QStringLiteral("bundle")));
}

TEST_F(SessionTest, SeveralTakesHaveSeedsOfTheirOwn) {
    openSound();
    project::GenerateSettings settings = session.state().generate;
    settings.takes = 3;
    for (inference::Sampling& part : settings.options.sampling.values)
        part.temperature = 0.5;
    session.apply(project::SetGenerate{settings});
    session.newTakes();
    EXPECT_EQ(session.jobs().size(), 3U);
    settle();
    ASSERT_EQ(session.state().takes.size(), 4U);
    EXPECT_FLOAT_EQ(shownAt(0), StubEngine::valueOf(2));
    EXPECT_EQ(session.takeA()->name, "Take 4");
}

TEST_F(SessionTest, RegeneratingIsOneStepThatCanBeTakenBack) {
    openSound();
    const float before = shownAt(40);
    session.apply(project::PaintMask{
        {{30}, {60}}, inference::kAllParts, project::PaintMask::Brush::Paint, StubEngine::kFrames});
    session.regenerate();
    settle();
    ASSERT_EQ(session.state().takes.size(), 1U) << "with one take the edit goes into it";
    EXPECT_FLOAT_EQ(shownAt(40), 0.5F);
    EXPECT_FLOAT_EQ(shownAt(10), before);
    ASSERT_EQ(session.state().takes.front().edited.size(), 1U);
    EXPECT_EQ(session.state().takes.front().edited.front().range.begin.value, 30);
    session.undo();
    EXPECT_FLOAT_EQ(shownAt(40), before);
    session.redo();
    EXPECT_FLOAT_EQ(shownAt(40), 0.5F);
}

TEST_F(SessionTest, AnEditWithoutAMaskSaysWhatIsMissing) {
    openSound();
    const auto failed = failuresOf(session);
    session.regenerate();
    ASSERT_EQ(failed->size(), 1);
    EXPECT_TRUE(failed->front().contains(QStringLiteral("masked")));
}

TEST_F(SessionTest, AFailureIsASentenceAndChangesNothing) {
    openSound();
    wishes->mood = StubEngine::Mood::Fails;
    const auto failed = failuresOf(session);
    session.newTakes();
    settle();
    ASSERT_EQ(failed->size(), 1);
    EXPECT_TRUE(failed->front().contains(QStringLiteral("memory")));
    EXPECT_EQ(session.state().takes.size(), 1U);
    EXPECT_TRUE(session.jobs().empty());
}

TEST_F(SessionTest, CancellingEndsWhatRunsAndWhatWaits) {
    openSound();
    wishes->mood = StubEngine::Mood::Waits;
    const auto failed = failuresOf(session);
    session.newTakes();
    session.analyse();
    session.cancel();
    settle();
    EXPECT_TRUE(session.jobs().empty());
    EXPECT_EQ(session.state().takes.size(), 1U);
    EXPECT_EQ(failed->size(), 0);
}

TEST_F(SessionTest, AnotherSoundIsAnotherProject) {
    openSound();
    const std::filesystem::path first = session.project()->path();
    document.closeMotion();
    openSound("other.wav");
    EXPECT_NE(session.project()->path(), first);
    EXPECT_EQ(session.state().name, "other");
    EXPECT_EQ(session.state().takes.size(), 1U);
    EXPECT_TRUE(std::filesystem::exists(first)) << "what was made before is kept";
}

TEST_F(SessionTest, PartsOfATakeGoIntoAnotherAsANewTake) {
    openSound();
    project::GenerateSettings settings = session.state().generate;
    settings.options.seed = 7;
    session.apply(project::SetGenerate{settings});
    session.newTakes();
    settle();
    ASSERT_EQ(session.state().takes.size(), 2U);
    const auto a = session.clipOf(*session.takeA());
    const auto b = session.clipOf(*session.takeB());
    inference::PartSet hands;
    hands[motion::BodyPart::Hands] = true;
    session.mergeParts(session.takeB()->id, {{20}, {60}}, hands);
    while (session.state().takes.size() < 3)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const auto made = session.clipOf(*session.takeA());
    const auto numberOf = [](const motion::Clip& clip, std::int64_t frame, int joint) {
        return clip.pose({frame})[static_cast<std::size_t>(3 * joint)];
    };
    const int finger = motion::kFirstLeftHandJoint;
    EXPECT_NEAR(numberOf(*made, 40, finger), numberOf(*b, 40, finger), 1e-6F);
    EXPECT_EQ(numberOf(*made, 40, motion::kLeftElbow), numberOf(*a, 40, motion::kLeftElbow));
    EXPECT_EQ(numberOf(*made, 10, finger), numberOf(*a, 10, finger)) << "outside of the stretch";
    session.undo();
    EXPECT_EQ(session.state().takes.size(), 2U);
}

TEST_F(SessionTest, AnyStepOfTheHistoryCanBeGoneTo) {
    openSound();
    const std::int64_t start = session.step();
    session.apply(project::SetNotes{"one"});
    session.apply(project::SetNotes{"two"});
    session.goToStep(start);
    EXPECT_EQ(session.state().notes, "");
    EXPECT_EQ(session.history().size(), static_cast<std::size_t>(start) + 2);
    session.goToStep(start + 2);
    EXPECT_EQ(session.state().notes, "two");
    session.goToStep(0);
    EXPECT_EQ(session.step(), 0);
}

TEST_F(SessionTest, WhatIsDoneWhileACopyIsWrittenIsInTheCopyToo) {
    openSound();
    session.saveAs(folder / "named.gesture");
    EXPECT_TRUE(session.saving());
    session.apply(project::SetNotes{"meanwhile"});
    while (session.saving())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    EXPECT_EQ(session.project()->path(), folder / "named.gesture");
    EXPECT_EQ(session.state().notes, "meanwhile");
}

TEST_F(SessionTest, ADeletedTakeCanBeRestored) {
    openSound();
    const project::ItemId take = session.takeA()->id;
    session.apply(project::DeleteTake{take});
    EXPECT_EQ(session.takeA(), nullptr);
    session.apply(project::DeleteTake{take, false});
    ASSERT_NE(session.takeA(), nullptr);
    EXPECT_EQ(session.takeA()->id, take);
}

TEST_F(SessionTest, ASavedProjectOpensWithItsTakes) {
    openSound();
    const std::filesystem::path path = folder / "named.gesture";
    session.saveAs(path);
    while (session.saving())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    EXPECT_FALSE(session.untitled());
    session.apply(project::RenameTake{session.takeA()->id, "Best"});
    Document otherDocument;
    StudioSession other(otherDocument, engine, {});
    int sounds = 0;
    QObject::connect(&other, &StudioSession::soundWanted, [&](const auto&) { ++sounds; });
    {
        // The first program ends.
        openSound("another.wav");
    }
    other.openProject(path);
    ASSERT_EQ(other.state().takes.size(), 1U);
    EXPECT_EQ(other.state().takes.front().name, "Best");
    ASSERT_TRUE(otherDocument.motion().has_value());
    EXPECT_EQ(otherDocument.motion()->clip->frameCount(), StubEngine::kFrames);
    EXPECT_EQ(sounds, 1);
}

TEST_F(SessionTest, WordsBesideTheSoundAreTakenAndOthersMakeTakesOutOfDate) {
    audio::Transcript words;
    words.words = {{"big", {0.2}, {0.6}, {}}};
    words.duration = {3.2};
    ASSERT_TRUE(io::writeTranscript(folder / "speech.json", words).ok());
    openSound();
    EXPECT_EQ(session.state().transcript->words.size(), 1U);
    EXPECT_FALSE(session.outOfDate(*session.takeA()));
    words.words.front().text = "small";
    session.apply(project::SetTranscript{words, "typed"});
    EXPECT_TRUE(session.outOfDate(*session.takeA()));
    session.undo();
    EXPECT_FALSE(session.outOfDate(*session.takeA()));
}

TEST_F(SessionTest, TakesAreComparedAndSwapped) {
    openSound();
    session.newTakes();
    settle();
    const project::ItemId first = session.state().takes[0].id;
    const project::ItemId second = session.state().takes[1].id;
    session.showAsA(first);
    EXPECT_EQ(session.state().choice.b, second);
    session.swapTakes();
    EXPECT_EQ(session.takeA()->id, second);
    EXPECT_EQ(session.state().choice.b, first);
    session.compareAsB(first);
    EXPECT_FALSE(session.state().choice.b) << "again: compared with nothing";
}

} // namespace
} // namespace gesture::test
