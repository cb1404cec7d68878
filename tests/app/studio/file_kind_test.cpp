// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/file_kind.h"

#include "tests/support/temporary_folder.h"

#include <fstream>
#include <gtest/gtest.h>

namespace gesture::app {
namespace {

void touch(const std::filesystem::path& path) { std::ofstream(path) << "x"; }

TEST(FileKind, GoesByTheExtensionWhateverItsCase) {
    EXPECT_EQ(fileKindOf("a/b.NPZ"), FileKind::Motion);
    EXPECT_EQ(fileKindOf("b.Flac"), FileKind::Audio);
    EXPECT_EQ(fileKindOf("b.xyz"), FileKind::Unknown);
    EXPECT_EQ(fileKindOf("b"), FileKind::Unknown);
}

TEST(FileKind, SaysWhatItCannotRead) {
    EXPECT_EQ(unreadableSentence("b.xyz").toStdString(), "Gesture Studio cannot read .xyz files.");
}

TEST(FileKind, FindsTheSoundBesideAMotion) {
    const test::TemporaryFolder folder;
    EXPECT_FALSE(soundBeside(folder.path() / "talk.npz").has_value());
    touch(folder.path() / "talk_test.wav");
    EXPECT_EQ(soundBeside(folder.path() / "talk.npz"), folder.path() / "talk_test.wav");
    touch(folder.path() / "talk.flac");
    EXPECT_EQ(soundBeside(folder.path() / "talk.npz"), folder.path() / "talk.flac");
}

} // namespace
} // namespace gesture::app
