// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/application.h"
#include "core/io/motion_file.h"
#include "tests/app/studio/fake_sound_output.h"
#include "tests/app/studio/stub_engine.h"
#include "tests/app/studio/test_clip.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <QApplication>
#include <gtest/gtest.h>

#include <memory>

namespace gesture::test {

using namespace app;

/// The real window with all services, without display and without OpenGL.
class WindowTest : public ::testing::Test {
protected:
    WindowTest()
        : userData("GESTURE_DATA", (folder / "data").string()) {
        CommandLine line;
        line.size = QSize(1280, 720);
        line.theme = ThemeKind::Dark;
        line.avatar = folder / "none.npz";
        application =
            std::make_unique<Application>(line, folder / "studio.ini", factoryOf(device),
                                          [this] { return std::make_unique<StubEngine>(wishes); });
        EXPECT_TRUE(application->start().ok());
        settle();
    }

    void settle() {
        do {
            QApplication::processEvents();
        } while (parts().loader.busy());
        QApplication::processEvents();
    }
    void openClip() {
        EXPECT_TRUE(io::writeMotionFile(folder / "walk.npz", *clipOf(90)).ok());
        writeSine(folder / "walk.wav", 16000, 3);
        parts().loader.open({folder / "walk.npz"});
        settle();
    }
    StudioParts parts() { return application->parts(); }
    MainWindow& window() { return application->window(); }
    void trigger(ActionId id) { parts().actions[id].trigger(); }

    TemporaryFolder folder;
    ScopedVariable userData; ///< Without the user's bundles and projects.
    std::shared_ptr<StubEngine::Wishes> wishes = std::make_shared<StubEngine::Wishes>();
    FakeDevice device;
    std::unique_ptr<Application> application;
};

} // namespace gesture::test
