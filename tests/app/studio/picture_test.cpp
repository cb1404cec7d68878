// SPDX-License-Identifier: Apache-2.0
// The window as people see it: first where everything is, then pictures held against
// tests/baselines/studio.
#include "tests/app/studio/studio_program.h"
#include "tests/support/picture_baseline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRect>

#include <fstream>

namespace gesture {
namespace {

/// A size of the window in a theme.
struct Look {
    int width;
    int height;
    const char* theme;

    [[nodiscard]] std::string size() const {
        return std::to_string(width) + "x" + std::to_string(height);
    }
};

void PrintTo(const Look& look, std::ostream* stream) { *stream << look.size() << look.theme; }

class PictureTest : public ::testing::TestWithParam<Look> {
protected:
    void SetUp() override {
        if (!test::hasDisplay()) GTEST_SKIP() << "xvfb-run is not installed.";
        std::ofstream script(folder / "script.jsonl");
        script << "{\"open\": [\"" GESTURE_TEST_SOURCE "/resources/demo/greeting.npz\"]}\n"
               << "{\"wait\": \"loaded\"}\n{\"seek\": 45}\n{\"do\": \"play.in\"}\n"
               << "{\"report\": \"layout\"}\n"
               << "{\"screenshot\": \"" << (folder / "window.png").string() << "\"}\n";
        script.close();
        const auto output =
            test::runStudio(folder, {"--size", GetParam().size(), "--theme", GetParam().theme,
                                     "--script", (folder / "script.jsonl").string()});
        ASSERT_EQ(output.exitStatus, 0) << output.text;
        const auto begin = output.text.find("{\"controls\"");
        ASSERT_NE(begin, std::string::npos) << output.text;
        const auto end = output.text.find('\n', begin);
        layout = QJsonDocument::fromJson(
                     QByteArray::fromStdString(output.text.substr(begin, end - begin)))
                     .object();
    }

    struct Control {
        std::string name;
        QRect place;
        int neededWidth;
        QString text;
    };
    [[nodiscard]] std::vector<Control> controls() const {
        std::vector<Control> all;
        const QJsonArray listed = layout[QLatin1String("controls")].toArray();
        for (const QJsonValue& value : listed) {
            const auto at = [&](const char* name) { return value[QLatin1String(name)].toInt(); };
            const QString text = value[QLatin1String("text")].toString();
            all.push_back(
                {(value[QLatin1String("name")].toString() + QLatin1Char(' ') + text).toStdString(),
                 QRect(at("x"), at("y"), at("width"), at("height")), at("neededWidth"), text});
        }
        return all;
    }

    test::TemporaryFolder folder;
    QJsonObject layout;
};

TEST_P(PictureTest, EveryControlHasItsOwnRoom) {
    const auto all = controls();
    ASSERT_GT(all.size(), 15U);
    const QRect window(0, 0, GetParam().width, GetParam().height);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(window.contains(all[i].place)) << all[i].name;
        EXPECT_LE(all[i].neededWidth, all[i].place.width()) << all[i].name;
        EXPECT_FALSE(all[i].text.contains(QChar(0x2026)) && !all[i].text.endsWith(QChar(0x2026)))
            << all[i].name;
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_FALSE(all[i].place.intersects(all[j].place))
                << all[i].name << " and " << all[j].name;
        }
    }
    // Where there is room for three columns, the view has what the panels leave.
    EXPECT_GE(layout[QLatin1String("viewWidth")].toInt(), GetParam().width < 1400 ? 960 : 900);
    EXPECT_GE(layout[QLatin1String("viewHeight")].toInt(), 330);
}

TEST_P(PictureTest, LooksAsItShould) {
    const auto image = render::readPng(folder / "window.png");
    ASSERT_TRUE(image.ok());
    const std::string name = "studio/" + GetParam().size() + "-" + GetParam().theme;
    EXPECT_TRUE(test::looksAs(name, *image));
    // Below the 3D view nothing depends on the graphics driver; its hint may have come and gone.
    constexpr test::PictureLimits kControls{0.995, 0.002};
    constexpr int kTopBar = 42;
    constexpr int kStatusBar = 27;
    const int top = kTopBar + layout[QLatin1String("viewHeight")].toInt();
    const int height = image->height - kStatusBar - top;
    EXPECT_TRUE(test::looksAs(name, *image, kControls, {0, top, image->width, height}));
    EXPECT_TRUE(test::looksAs(name, *image, kControls, {0, 0, image->width, kTopBar}));
}

INSTANTIATE_TEST_SUITE_P(Window, PictureTest,
                         ::testing::Values(Look{1600, 1000, "dark"}, Look{1600, 1000, "light"},
                                           Look{1280, 720, "dark"}, Look{1280, 720, "light"}),
                         [](const auto& look) {
                             return look.param.size() + "_" + look.param.theme;
                         });

} // namespace
} // namespace gesture
