// SPDX-License-Identifier: Apache-2.0
#include "core/project/command.h"

#include "core/project/project.h"
#include "core/project/state_rows.h"
#include "tests/core/project/example_project.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <set>

namespace gesture::project {
namespace {

using motion::BodyPart;
using test::exampleState;
using test::exampleTake;
using test::hashOfState;
using test::TemporaryFolder;

/// A project in a folder of its own that begins as the example.
class Bench {
public:
    Bench()
        : project_(Project::create(folder_ / "bench.gesture", exampleState()).value()) {}
    Project& project() { return project_; }
    void reopen() {
        ASSERT_TRUE(project_.close().ok());
        project_ = Project::open(folder_ / "bench.gesture").value();
    }

private:
    TemporaryFolder folder_;
    Project project_;
};

/// One of each command, all of which change the example.
std::vector<Command> oneOfEach() {
    inference::EditMask mask(test::kExampleFrames);
    mask.paint({{0}, {10}}, inference::kAllParts);
    AudioReference audio{"/tmp/other.wav", test::hashFor("other"), 99, 48000, 2, 48000, {}};
    Take changed = exampleTake("1");
    changed.id = {1};
    changed.motion = test::hashFor("new");
    inference::PinnedPose pin;
    pin.frame = {77};
    pin.joints = {20};
    pin.pose.assign(motion::kPoseSize, 0.5F);
    ProjectState other;
    other.name = "Before";
    return {
        SetName{"New"},
        SetNotes{"New notes"},
        SetAudio{audio},
        SetTranscript{test::exampleTranscript(20), "file"},
        MoveWord{300, {150.05}, {150.2}},
        RenameWord{2, "zwei"},
        AddTakes{{exampleTake("3"), exampleTake("4")}},
        ReplaceTake{changed},
        RenameTake{{1}, "First"},
        StarTake{{1}, true},
        FreezeTake{{1}, true},
        DeleteTake{{2}},
        Several{"Delete and restore", {DeleteTake{{2}}, DeleteTake{{2}, false}, SetName{"Back"}}},
        MoveTake{{1}, 1},
        SetComposition{BodyPart::Face, {{{{5}, {9}}, {2}}}},
        PaintMask{{{100}, {120}}},
        PaintMask{{{45}, {50}}, inference::kAllParts, PaintMask::Brush::Erase},
        SetMask{mask, "Invert mask"},
        SetMaskOptions{},
        PutPreset{{"Other", "random:10%"}},
        RemovePreset{"Big words"},
        PutMarker{{{}, {3}, "new"}},
        PutMarker{{{3}, {99}, "moved"}},
        RemoveMarker{{3}},
        PutSegment{{{}, {{1}, {2}}, "new"}},
        RemoveSegment{{4}},
        PutPin{pin},
        RemovePin{{30}},
        SetThresholds{},
        SetPartWeights{},
        SetRoot{inference::RootMotion::FeetLocked},
        SetPartTuning{BodyPart::Lower, {{{{1}, 2.0}}, {}, 0.25}},
        SetFaceFactor{"mouth", 0.5},
        ResetTuning{},
        SetGates{},
        SetGenerate{},
        RevertTo{other},
        Several{"Both", {SetName{"Two"}, RemoveMarker{{3}}}}};
}

TEST(Command, EachKindIsAmongThoseThatAreTested) {
    std::set<std::size_t> kinds;
    for (const Command& command : oneOfEach())
        kinds.insert(command.what.index());
    EXPECT_EQ(kinds.size(), std::variant_size_v<Command::Variant>);
}

TEST(Command, EachHasANameForPeople) {
    for (const Command& command : oneOfEach()) {
        EXPECT_FALSE(kindOf(command).empty()) << command.what.index();
        EXPECT_FALSE(nameOf(command).empty()) << command.what.index();
    }
}

TEST(Command, IsUndoneAndRedoneToEqualStates) {
    for (const Command& command : oneOfEach()) {
        Bench bench;
        Project& project = bench.project();
        const ProjectState before = project.state();
        ASSERT_TRUE(project.perform(command).ok()) << nameOf(command);
        const ProjectState after = project.state();
        EXPECT_FALSE(before == after) << nameOf(command);
        ASSERT_TRUE(project.undoEntry()) << nameOf(command);
        EXPECT_EQ(project.undoEntry()->name, nameOf(command));

        ASSERT_TRUE(project.undo().ok()) << nameOf(command);
        EXPECT_EQ(hashOfState(project), hashOf(before).value()) << nameOf(command);
        EXPECT_FALSE(project.undoEntry());
        ASSERT_TRUE(project.redo().ok()) << nameOf(command);
        EXPECT_TRUE(project.state() == after) << nameOf(command);
    }
}

TEST(Command, IsKeptAcrossARestartAndUndoneThen) {
    for (const Command& command : oneOfEach()) {
        Bench bench;
        const std::string before = hashOfState(bench.project());
        ASSERT_TRUE(bench.project().perform(command).ok());
        const ProjectState after = bench.project().state();
        bench.reopen();
        EXPECT_TRUE(bench.project().state() == after) << nameOf(command);
        ASSERT_TRUE(bench.project().undo().ok());
        bench.reopen();
        EXPECT_EQ(hashOfState(bench.project()), before) << nameOf(command);
        ASSERT_TRUE(bench.project().redoEntry());
        ASSERT_TRUE(bench.project().redo().ok());
        EXPECT_TRUE(bench.project().state() == after) << nameOf(command);
    }
}

TEST(Command, StepsOfOneDragAreOneStepOfTheHistory) {
    Bench bench;
    Project& project = bench.project();
    const std::string before = hashOfState(project);
    const Gesture drag = project.newGesture();
    for (std::int64_t frame = 100; frame < 130; ++frame)
        ASSERT_TRUE(project.perform(PaintMask{{{frame}, {frame + 5}}}, drag).ok());
    ASSERT_TRUE(project.endGesture().ok());
    EXPECT_EQ(project.history().value().size(), 1U);
    const ProjectState after = project.state();
    ASSERT_TRUE(project.undo().ok());
    EXPECT_EQ(hashOfState(project), before);
    ASSERT_TRUE(project.redo().ok());
    EXPECT_TRUE(project.state() == after);
}

TEST(Command, DragsOfOthersThingsAreStepsOfTheirOwn) {
    Bench bench;
    Project& project = bench.project();
    const Gesture drag = project.newGesture();
    ASSERT_TRUE(project.perform(RenameTake{{1}, "a"}, drag).ok());
    ASSERT_TRUE(project.perform(RenameTake{{2}, "b"}, drag).ok());
    ASSERT_TRUE(project.perform(RenameTake{{2}, "c"}, project.newGesture()).ok());
    ASSERT_TRUE(project.perform(RenameTake{{2}, "d"}).ok());
    EXPECT_EQ(project.history().value().size(), 4U);
}

TEST(Command, ADragThatEndsWhereItBeganLeavesNoStep) {
    Bench bench;
    Project& project = bench.project();
    const Gesture drag = project.newGesture();
    Thresholds thresholds = project.state().thresholds;
    const Thresholds before = thresholds;
    thresholds.semantic = 0.9;
    ASSERT_TRUE(project.perform(SetThresholds{thresholds}, drag).ok());
    ASSERT_TRUE(project.perform(SetThresholds{before}, drag).ok());
    EXPECT_FALSE(project.undoEntry());
    EXPECT_TRUE(project.history().value().empty());
}

TEST(Command, ThatChangesNothingLeavesNoStep) {
    Bench bench;
    ASSERT_TRUE(bench.project().perform(SetName{"Example"}).ok());
    EXPECT_FALSE(bench.project().undoEntry());
}

TEST(Command, AfterAnUndoEndsWhatCouldBeRedone) {
    Bench bench;
    Project& project = bench.project();
    ASSERT_TRUE(project.perform(SetName{"a"}).ok());
    ASSERT_TRUE(project.undo().ok());
    ASSERT_TRUE(project.perform(SetName{"b"}).ok());
    EXPECT_FALSE(project.redoEntry());
    EXPECT_EQ(project.history().value().size(), 1U);
}

TEST(Command, OnWhatIsNotThereIsRefusedInASentence) {
    Bench bench;
    Project& project = bench.project();
    for (const Command& command : std::vector<Command>{
             RenameTake{{99}, "x"}, RenameWord{9999, "x"}, RemoveMarker{{99}}, RemovePreset{"none"},
             SetComposition{BodyPart::Face, {{{{0}, {1}}, {9}}}}, MoveWord{2, {5.0}, {1.0}},
             RenameTake{{1}, std::string(5000, 'x')}, RenameTake{{1}, "\xff\xfe"}}) {
        const Status done = project.perform(command);
        ASSERT_FALSE(done.ok()) << nameOf(command);
        EXPECT_NE(done.error().message().find(' '), std::string::npos);
    }
    EXPECT_TRUE(project.state() == exampleState());
    EXPECT_FALSE(project.undoEntry());
}

TEST(Command, NewTakesGetIdsThatNeverComeAgain) {
    Bench bench;
    Project& project = bench.project();
    ASSERT_TRUE(project.perform(AddTakes{{exampleTake("3")}}).ok());
    const ItemId first = project.state().takes.back().id;
    EXPECT_EQ(project.state().choice.a, first);
    EXPECT_EQ(project.state().choice.b, ItemId{2});
    ASSERT_TRUE(project.undo().ok());
    ASSERT_TRUE(project.perform(AddTakes{{exampleTake("4")}}).ok());
    EXPECT_GT(project.state().takes.back().id, first);
}

TEST(Command, UndoneTakesAreNoLongerChosen) {
    Bench bench;
    Project& project = bench.project();
    ASSERT_TRUE(project.perform(AddTakes{{exampleTake("3")}, AddTakes::Choose::No}).ok());
    ASSERT_TRUE(project.chooseTakes({project.state().takes.back().id, {1}}).ok());
    ASSERT_TRUE(project.undo().ok());
    EXPECT_NE(findTake(project.state(), project.state().choice.a), nullptr);
}

TEST(Command, MovedWordsPushTheirNeighbours) {
    Bench bench;
    Project& project = bench.project();
    ASSERT_TRUE(project.perform(MoveWord{10, {4.8}, {5.6}}).ok());
    const auto& words = project.state().transcript->words;
    EXPECT_EQ(words[9].end, Seconds{4.8});
    EXPECT_EQ(words[11].begin, Seconds{5.6});
}

TEST(Command, ViewsAndAnalysesAreNoSteps) {
    Bench bench;
    Project& project = bench.project();
    ViewState view = project.state().view;
    view.playhead = {2.5};
    ASSERT_TRUE(project.setView(view).ok());
    ASSERT_TRUE(project.attachAnalysis({2}, {test::hashFor("x"), {}, "demo", {}}).ok());
    EXPECT_FALSE(project.undoEntry());
    bench.reopen();
    EXPECT_EQ(bench.project().state().view.playhead, Seconds{2.5});
    EXPECT_EQ(bench.project().state().analyses.at({2}).blob, test::hashFor("x"));
}

TEST(Command, RevertToOpenedIsAStepItself) {
    Bench bench;
    ASSERT_TRUE(bench.project().perform(SetName{"a"}).ok());
    bench.reopen();
    Project& project = bench.project();
    const ProjectState opened = project.state();
    ASSERT_TRUE(project.undo().ok());
    ASSERT_TRUE(project.perform(SetName{"b"}).ok());
    ASSERT_TRUE(project.perform(SetNotes{"c"}).ok());
    ASSERT_TRUE(project.revertToOpened().ok());
    EXPECT_TRUE(project.state() == opened);
    ASSERT_TRUE(project.undo().ok());
    EXPECT_EQ(project.state().notes, "c");
}

} // namespace
} // namespace gesture::project
