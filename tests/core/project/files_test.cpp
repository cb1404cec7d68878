// SPDX-License-Identifier: Apache-2.0
#include "core/project/audio_content.h"
#include "core/project/motion_blob.h"
#include "core/project/project.h"
#include "core/project/project_check.h"
#include "core/project/untitled.h"
#include "tests/core/project/example_project.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <sstream>

namespace gesture::project {
namespace {

using test::exampleState;
using test::hashOfState;
using test::ScopedVariable;
using test::TemporaryFolder;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// A second of 16 kHz mono whose samples depend on `step`.
fs::path writeSound(const fs::path& path, int step) {
    constexpr int kRate = 16000;
    SF_INFO info{};
    info.samplerate = kRate;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    std::vector<short> samples(kRate);
    for (int i = 0; i < kRate; ++i)
        samples[static_cast<std::size_t>(i)] = static_cast<short>(i * step % 20000);
    sf_writef_short(file, samples.data(), kRate);
    sf_close(file);
    return path;
}

ContentHash addMotion(Project& project, std::uint64_t stream, std::size_t frames = 300) {
    JobControl control;
    const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(frames, stream));
    Take take = test::exampleTake("take");
    take.motion = putMotion(project.blobs(), {clip, {}}, control).value();
    EXPECT_TRUE(project.perform(AddTakes{{take}}).ok());
    return take.motion;
}

TEST(ProjectFiles, ACopyHoldsEverythingAndIsNobodys) {
    TemporaryFolder folder;
    JobControl control;
    Project project = Project::create(folder / "a.gesture", exampleState()).value();
    const ContentHash motion = addMotion(project, 1);
    ASSERT_TRUE(project.perform(SetName{"Copied"}).ok());
    ASSERT_TRUE(project.saveCopy(folder / "it's a copy.gesture", control).ok());
    Project copy = Project::open(folder / "it's a copy.gesture").value();
    EXPECT_FALSE(copy.readOnly()) << copy.remark();
    EXPECT_FALSE(copy.recovered());
    EXPECT_TRUE(copy.state() == project.state());
    EXPECT_TRUE(readMotion(copy.blobs(), motion).ok());
    EXPECT_EQ(copy.undoEntry()->name, "Rename project");
    ASSERT_TRUE(copy.close().ok());
    ASSERT_TRUE(project.close().ok());
    EXPECT_EQ(folder.entryCount(), 2);
}

TEST(ProjectFiles, ACopyReplacesAFileWholeOrNotAtAll) {
    TemporaryFolder folder;
    Project project = Project::create(folder / "a.gesture", exampleState()).value();
    for (std::uint64_t i = 0; i < 8; ++i)
        addMotion(project, i, 2000);
    std::ofstream(folder / "old.gesture") << "old";
    std::stop_source stop;
    stop.request_stop();
    JobControl stopped(stop.get_token(), {});
    const Status cancelled = project.saveCopy(folder / "old.gesture", stopped);
    ASSERT_FALSE(cancelled.ok());
    EXPECT_EQ(cancelled.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(fs::file_size(folder / "old.gesture"), 3U);
    JobControl control;
    EXPECT_FALSE(project.saveCopy(folder / "none" / "x.gesture", control).ok());
    EXPECT_FALSE(project.saveCopy(folder / "a.gesture", control).ok());
    EXPECT_TRUE(project.saveCopy(folder / "old.gesture", control).ok());
    EXPECT_TRUE(Project::open(folder / "old.gesture").value().state() == project.state());
}

TEST(ProjectFiles, AreGivenANameWhenTheyHadNone) {
    TemporaryFolder folder;
    const ScopedVariable data("GESTURE_DATA", folder.path().string());
    JobControl control;
    Project project = createUntitled(exampleState()).value();
    const fs::path kept = project.path();
    EXPECT_TRUE(isUntitled(kept));
    EXPECT_THAT(untitledProjects(), testing::ElementsAre(kept));
    ASSERT_TRUE(project.perform(SetName{"Named"}).ok());
    ASSERT_TRUE(moveTo(project, folder / "named.gesture", control).ok());
    EXPECT_EQ(project.path(), folder / "named.gesture");
    EXPECT_FALSE(project.readOnly()) << project.remark();
    EXPECT_EQ(project.state().name, "Named");
    EXPECT_FALSE(isUntitled(project.path()));
    EXPECT_TRUE(untitledProjects().empty());
    EXPECT_TRUE(project.perform(SetNotes{"goes on"}).ok());
}

TEST(ProjectFiles, CollectThenCarryTheirSound) {
    TemporaryFolder folder;
    JobControl control;
    const fs::path sound = writeSound(folder / "speech.wav", 3);
    Project project = Project::create(folder / "a.gesture").value();
    ASSERT_TRUE(project.perform(SetAudio{referTo(sound).value()}).ok());
    EXPECT_EQ(project.state().audio.sampleRate, 16000);
    EXPECT_EQ(audioFile(project, folder / "cache").value(), sound);
    ASSERT_TRUE(collectAudio(project, control).ok());
    EXPECT_EQ(project.undoEntry()->name, "Collect audio");
    const std::string bytes = (std::stringstream() << std::ifstream(sound).rdbuf()).str();
    fs::remove(sound);

    const fs::path copy = audioFile(project, folder / "cache").value();
    EXPECT_EQ((std::stringstream() << std::ifstream(copy).rdbuf()).str(), bytes);
    EXPECT_EQ(copy.extension(), ".wav");
    EXPECT_EQ(audioFile(project, folder / "cache").value(), copy);
    ASSERT_TRUE(project.undo().ok());
    const auto missing = audioFile(project, folder / "cache");
    ASSERT_FALSE(missing.ok());
    EXPECT_THAT(missing.error().message(), HasSubstr("not there any more"));
}

TEST(ProjectFiles, FindASoundThatWasMovedByItsContent) {
    TemporaryFolder folder;
    const fs::path sound = writeSound(folder / "speech.wav", 3);
    Project project = Project::create(folder / "a.gesture").value();
    ASSERT_TRUE(project.perform(SetAudio{referTo(sound).value()}).ok());
    fs::create_directory(folder / "moved");
    fs::rename(sound, folder / "moved" / "renamed.wav");
    const fs::path other = writeSound(folder / "other.wav", 7);
    EXPECT_FALSE(audioFile(project, folder / "cache").ok());
    const Status wrong = relinkAudio(project, other);
    ASSERT_FALSE(wrong.ok());
    EXPECT_THAT(wrong.error().message(), HasSubstr("another sound"));
    ASSERT_TRUE(relinkAudio(project, folder / "moved" / "renamed.wav").ok());
    EXPECT_EQ(audioFile(project, folder / "cache").value(), folder / "moved" / "renamed.wav");
}

TEST(ProjectFiles, FindASoundThatLiesBesideThem) {
    TemporaryFolder folder;
    TemporaryFolder elsewhere;
    const fs::path sound = writeSound(folder / "speech.wav", 3);
    Project project = Project::create(elsewhere / "a.gesture").value();
    ASSERT_TRUE(project.perform(SetAudio{referTo(sound).value()}).ok());
    fs::copy_file(sound, elsewhere / "speech.wav");
    fs::remove(sound);
    EXPECT_EQ(audioFile(project, folder / "cache").value(), elsewhere / "speech.wav");
}

TEST(ProjectFiles, KeepAPictureForLists) {
    TemporaryFolder folder;
    Project project = Project::create(folder / "a.gesture").value();
    EXPECT_TRUE(readPicture(folder / "a.gesture").value().empty());
    const std::vector<std::byte> png(1000, std::byte{7});
    ASSERT_TRUE(project.setPicture(png).ok());
    EXPECT_EQ(readPicture(folder / "a.gesture").value(), png);
    EXPECT_FALSE(project.setPicture(std::vector<std::byte>(2 << 20)).ok());
}

TEST(ProjectFiles, CompactRemovesWhatNobodyNeeds) {
    TemporaryFolder folder;
    const fs::path path = folder / "a.gesture";
    Project project = Project::create(path).value();
    const ContentHash first = addMotion(project, 1, 1000);
    const ContentHash second = addMotion(project, 2, 1000);
    ASSERT_TRUE(project.undo().ok());
    ASSERT_TRUE(project.compact().ok());
    EXPECT_TRUE(project.blobs().info(second).ok()) << "it can still be redone";
    ASSERT_TRUE(project.perform(SetName{"other"}).ok());
    const auto before = fs::file_size(path);
    ASSERT_TRUE(project.compact().ok());
    EXPECT_FALSE(project.blobs().info(second).ok());
    EXPECT_TRUE(readMotion(project.blobs(), first).ok());
    EXPECT_LT(fs::file_size(path), before - 500'000);
    ASSERT_TRUE(project.perform(DeleteTake{project.state().takes[0].id}).ok());
    ASSERT_TRUE(project.compact(KeepHistory::No).ok());
    EXPECT_FALSE(project.undoEntry());
    EXPECT_TRUE(project.history().value().empty());
    EXPECT_TRUE(project.blobs().info(first).ok()) << "deleted takes can be brought back";
}

TEST(ProjectFiles, CompactKeepsWhatRevertNeeds) {
    TemporaryFolder folder;
    const fs::path path = folder / "a.gesture";
    {
        Project project = Project::create(path).value();
        addMotion(project, 1);
    }
    Project project = Project::open(path).value();
    const ContentHash motion = project.state().takes[0].motion;
    ASSERT_TRUE(project.undo().ok());
    ASSERT_TRUE(project.perform(SetName{"other"}).ok());
    ASSERT_TRUE(project.compact().ok());
    ASSERT_TRUE(project.revertToOpened().ok());
    EXPECT_TRUE(readMotion(project.blobs(), motion).ok());
}

TEST(ProjectFiles, OtherThreadsAddContentsOfTheirOwn) {
    TemporaryFolder folder;
    const fs::path path = folder / "a.gesture";
    Project project = Project::create(path).value();
    OpenBlobs others = openBlobs(path).value();
    JobControl control;
    const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(3000));
    const ContentHash hash = putMotion(others.store(), {clip, {}}, control).value();
    ASSERT_TRUE(project.perform(SetName{"meanwhile"}).ok());
    EXPECT_TRUE(readMotion(project.blobs(), hash).ok());
}

} // namespace
} // namespace gesture::project
