// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/settings.h"

#include "tests/support/temporary_folder.h"

#include <fstream>
#include <gtest/gtest.h>

namespace gesture::app {
namespace {

TEST(Settings, AreKept) {
    const test::TemporaryFolder folder;
    {
        Settings settings(folder / "studio.ini");
        EXPECT_EQ(settings.themeChoice(), ThemeChoice::Dark);
        settings.setThemeChoice(ThemeChoice::Light);
        settings.setMouseStyle(MouseStyle::Maya);
    }
    const Settings settings(folder / "studio.ini");
    EXPECT_EQ(settings.themeKind(), ThemeKind::Light);
    EXPECT_EQ(settings.mouseStyle(), MouseStyle::Maya);
}

TEST(Settings, DamagedValuesFallBack) {
    const test::TemporaryFolder folder;
    std::ofstream(folder / "studio.ini") << "[appearance]\ntheme=purple\n[camera]\nmouse=99\n";
    const Settings settings(folder / "studio.ini");
    EXPECT_EQ(settings.themeChoice(), ThemeChoice::Dark);
    EXPECT_EQ(settings.mouseStyle(), MouseStyle::Laptop);
}

TEST(Settings, RecentFilesAreUniqueNewestFirstAndExist) {
    const test::TemporaryFolder folder;
    Settings settings(folder / "studio.ini");
    for (const char* name : {"a.npz", "b.npz", "a.npz"}) {
        std::ofstream(folder / name) << "x";
        settings.addRecentFile(QString::fromStdString((folder / name).string()));
    }
    ASSERT_EQ(settings.recentFiles().size(), 2);
    EXPECT_TRUE(settings.recentFiles()[0].endsWith(QLatin1String("a.npz")));
    std::filesystem::remove(folder / "a.npz");
    EXPECT_EQ(settings.recentFiles().size(), 1);
}

} // namespace
} // namespace gesture::app
