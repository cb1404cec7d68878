// SPDX-License-Identifier: Apache-2.0
#include "app/studio/command_line.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

TEST(CommandLine, TakesFilesAndOptionsInAnyOrder) {
    const auto line = parseCommandLine({QStringLiteral("a.npz"), QStringLiteral("--size"),
                                        QStringLiteral("1280x720"), QStringLiteral("b.wav"),
                                        QStringLiteral("--theme=light"), QStringLiteral("--frame"),
                                        QStringLiteral("786")});
    ASSERT_TRUE(line.ok());
    EXPECT_EQ(line->files, (std::vector<std::filesystem::path>{"a.npz", "b.wav"}));
    EXPECT_EQ(line->size, QSize(1280, 720));
    EXPECT_EQ(line->theme, ThemeKind::Light);
    EXPECT_EQ(line->frame, 786);
}

TEST(CommandLine, RefusesWhatMakesNoSense) {
    const QStringList wrong[] = {
        {QStringLiteral("--theme"), QStringLiteral("blue")},
        {QStringLiteral("--size"), QStringLiteral("big")},
        {QStringLiteral("--frame"), QStringLiteral("-1")},
        {QStringLiteral("--nothing"), QStringLiteral("x")},
        {QStringLiteral("--screenshot")},
    };
    for (const QStringList& arguments : wrong) {
        const auto line = parseCommandLine(arguments);
        ASSERT_FALSE(line.ok()) << arguments.join(QLatin1Char(' ')).toStdString();
        EXPECT_EQ(exitStatus(line.error().code()), 2);
    }
}

TEST(CommandLine, HelpNamesEveryPublicOption) {
    const auto line = parseCommandLine({QStringLiteral("--help")});
    ASSERT_TRUE(line.ok() && line->answer);
    for (const char* option :
         {"--avatar", "--theme", "--size", "--frame", "--screenshot", "--script"}) {
        EXPECT_TRUE(line->answer->contains(QLatin1String(option))) << option;
    }
}

} // namespace
} // namespace gesture::app
