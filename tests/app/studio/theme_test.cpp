// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/theme.h"

#include "app/studio/theme/style_sheet.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace gesture::app {
namespace {

constexpr double kTextContrast = 4.5;    // WCAG 2, 1.4.3
constexpr double kGraphicContrast = 3.0; // WCAG 2, 1.4.11

class ThemeContrast : public ::testing::TestWithParam<ThemeKind> {
protected:
    const Theme& theme = themeOf(GetParam());
    const QColor grounds[3] = {theme.bg1, theme.bg2, theme.bg3};
};

TEST_P(ThemeContrast, TextCanBeReadOnEveryPanel) {
    const std::pair<const char*, QColor> texts[] = {
        {"tx1", theme.tx1},     {"tx2", theme.tx2},     {"tx3", theme.tx3},
        {"acc", theme.acc},     {"face", theme.face},   {"upper", theme.upper},
        {"hands", theme.hands}, {"lower", theme.lower}, {"sem", theme.sem},
        {"play", theme.play},   {"warn", theme.warn},   {"err", theme.err},
        {"ok", theme.ok}};
    for (const auto& [name, colour] : texts) {
        for (const QColor& ground : grounds) {
            EXPECT_GE(contrastRatio(colour, ground), kTextContrast)
                << name << " on " << ground.name().toStdString();
        }
    }
    EXPECT_GE(contrastRatio(theme.tx3, theme.bg4), kTextContrast);
}

TEST_P(ThemeContrast, ButtonsAndPlayheadCanBeRead) {
    EXPECT_GE(contrastRatio(theme.acctx, theme.accbg), kTextContrast);
    EXPECT_GE(contrastRatio(theme.acctx, theme.acchov), kTextContrast);
    EXPECT_GE(contrastRatio(theme.playtx, theme.play), kTextContrast);
    EXPECT_GE(contrastRatio(theme.tx1, theme.accsoft), kTextContrast);
}

TEST_P(ThemeContrast, WaveformsCanBeSeen) {
    for (const QColor& ground : grounds) {
        EXPECT_GE(contrastRatio(theme.wave, ground), kGraphicContrast);
        EXPECT_GE(contrastRatio(theme.wavein, ground), kGraphicContrast);
    }
}

INSTANTIATE_TEST_SUITE_P(Both, ThemeContrast, ::testing::Values(ThemeKind::Dark, ThemeKind::Light),
                         [](const auto& kind) {
                             return kind.param == ThemeKind::Dark ? "Dark" : "Light";
                         });

TEST(Theme, ContrastFollowsTheWcagDefinition) {
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 1e-6);
    EXPECT_NEAR(contrastRatio(Qt::white, Qt::white), 1.0, 1e-6);
    // Table of the design: tx1 on bg1, dark.
    EXPECT_NEAR(contrastRatio(darkTheme().tx1, darkTheme().bg1), 15.7, 0.05);
}

TEST(Theme, StyleSheetNamesNoUnknownColour) {
    const QString sheet = makeStyleSheet(darkTheme(), QStringLiteral("/pictures"));
    EXPECT_FALSE(sheet.isEmpty());
    EXPECT_FALSE(sheet.contains(QLatin1Char('@'))) << sheet.toStdString();
}

TEST(Theme, StylePicturesAreWritten) {
    QTemporaryDir folder;
    ASSERT_TRUE(writeStylePictures(lightTheme(), folder.path()));
    const QString sheet = makeStyleSheet(lightTheme(), folder.path());
    const QRegularExpression picture(QStringLiteral("url\\(([^)]+)\\)"));
    auto found = picture.globalMatch(sheet);
    ASSERT_TRUE(found.hasNext());
    while (found.hasNext()) {
        EXPECT_TRUE(QFile::exists(found.next().captured(1)));
    }
}

} // namespace
} // namespace gesture::app
