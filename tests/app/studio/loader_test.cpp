// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/loader.h"

#include "core/io/motion_file.h"
#include "tests/app/studio/test_clip.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <QCoreApplication>
#include <fstream>
#include <gtest/gtest.h>

namespace gesture::app {
namespace {

class LoaderTest : public ::testing::Test {
protected:
    LoaderTest() {
        QObject::connect(&loader, &Loader::failed,
                         [this](const QString& text) { failures.append(text); });
        QObject::connect(&loader, &Loader::noted,
                         [this](const QString& text) { notes.append(text); });
    }

    std::filesystem::path motion(const std::string& name, std::size_t frames = 60) {
        EXPECT_TRUE(io::writeMotionFile(folder / name, *test::clipOf(frames)).ok());
        return folder / name;
    }
    std::filesystem::path sound(const std::string& name, double seconds = 1) {
        test::writeSine(folder / name, 16000, seconds);
        return folder / name;
    }
    void open(const std::vector<std::filesystem::path>& paths) {
        loader.open(paths);
        while (loader.busy()) {
            QCoreApplication::processEvents();
        }
    }

    test::TemporaryFolder folder;
    QStringList failures;
    QStringList notes;
    Document document;
    /// An avatar that is not there: clips open all the same.
    Loader loader{document, folder / "none.npz", std::make_unique<InlineExecutor>()};
};

TEST_F(LoaderTest, OpensMotionAndSoundTogether) {
    open({sound("voice.wav"), motion("walk.npz")});
    ASSERT_TRUE(document.motion() && document.audio());
    EXPECT_EQ(document.frameCount(), 60);
    EXPECT_EQ(document.audio()->info.sampleRate, 16000);
    EXPECT_EQ(document.audio()->loudness.size(), 30U);
    EXPECT_FALSE(document.audio()->waveform.empty());
}

TEST_F(LoaderTest, PairsTheSoundBesideAMotionAndSaysSo) {
    sound("talk_test.wav");
    open({motion("talk.npz")});
    ASSERT_TRUE(document.audio());
    EXPECT_TRUE(notes.join(QString()).contains(QLatin1String("talk_test.wav")));
    loader.closeAudio();
    EXPECT_FALSE(document.audio());
    EXPECT_TRUE(document.motion());
}

TEST_F(LoaderTest, ASoundAloneJoinsTheOpenMotion) {
    open({motion("walk.npz")});
    open({sound("voice.wav", 3)});
    EXPECT_TRUE(document.motion() && document.audio());
    EXPECT_EQ(document.frameCount(), 90);
}

TEST_F(LoaderTest, AMotionWithoutASoundTakesTheOldSoundAway) {
    open({motion("walk.npz"), sound("voice.wav")});
    open({motion("run.npz")});
    EXPECT_FALSE(document.audio());
}

TEST_F(LoaderTest, ADamagedFileChangesNothing) {
    open({motion("walk.npz")});
    std::ofstream(folder / "bad.npz") << "this is no zip file";
    open({folder / "bad.npz"});
    EXPECT_EQ(document.name().toStdString(), "walk.npz");
    ASSERT_FALSE(failures.isEmpty());
    EXPECT_TRUE(failures.last().contains(QLatin1String("bad.npz")))
        << failures.last().toStdString();
}

TEST_F(LoaderTest, ADamagedSoundBesideAMotionIsARemark) {
    std::ofstream(folder / "walk.wav") << "no sound";
    open({motion("walk.npz")});
    EXPECT_TRUE(document.motion());
    EXPECT_FALSE(document.audio());
    EXPECT_TRUE(failures.join(QString()).contains(QLatin1String("walk.wav")));
}

TEST_F(LoaderTest, UnknownFilesAreRefusedByName) {
    open({folder / "model.xyz"});
    ASSERT_EQ(failures.size(), 1);
    EXPECT_EQ(failures.first().toStdString(), "Gesture Studio cannot read .xyz files.");
}

} // namespace
} // namespace gesture::app
