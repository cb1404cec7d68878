// SPDX-License-Identifier: Apache-2.0
// The lanes as people see them: nothing is cut, colours are those of the parts, and what is
// repainted in parts equals what is painted at once. GESTURE_PICTURES=<folder> keeps the pictures.
#include "app/studio/timeline/waveform_painter.h"
#include "tests/app/studio/timeline_fixture.h"
#include "tests/app/studio/window_fixture.h"

#include <QImage>

#include <set>

namespace gesture::app {
namespace {

using motion::BodyPart;

class TimelinePictureTest : public test::TimelineTest {
protected:
    QImage picture() { return view->grab().toImage(); }
    void keep(const char* name) {
        const QByteArray folder = qgetenv("GESTURE_PICTURES");
        if (folder.isEmpty()) return;
        EXPECT_TRUE(picture().save(QString::fromLocal8Bit(folder) + QLatin1Char('/') +
                                   QLatin1String(name) + QStringLiteral(".png")));
    }
    void show(const Theme& theme, const Density& density, const QSize& size) {
        view->setTheme(theme);
        view->setDensity(density);
        view->resize(size);
        QApplication::processEvents();
        view->showStretch(29, 39);
    }
};

/// Distinct colours of a part of a picture.
std::size_t coloursIn(const QImage& image, const QRect& area) {
    std::set<QRgb> colours;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            colours.insert(image.pixel(x, y));
        }
    }
    return colours.size();
}

TEST_F(TimelinePictureTest, EveryLaneShowsSomethingInEveryThemeAndDensity) {
    const struct {
        const char* name;
        const Theme& theme;
        const Density& density;
        QSize size;
    } looks[] = {{"dark-standard", darkTheme(), kStandardDensity, {1600, 382}},
                 {"light-standard", lightTheme(), kStandardDensity, {1600, 382}},
                 {"dark-compact", darkTheme(), kCompactDensity, {1280, 280}},
                 {"light-compact", lightTheme(), kCompactDensity, {1280, 280}},
                 {"dark-comfortable", darkTheme(), kComfortableDensity, {1600, 560}}};
    for (const auto& look : looks) {
        show(look.theme, look.density, look.size);
        document.goToFrame({kMiddle + 30});
        document.setRange(FrameRange{{kMiddle}, {kMiddle + 44}});
        keep(look.name);
        const QImage image = picture();
        for (const LaneRow& lane : view->laneLayout().rows()) {
            const QRect place = view->laneLayout().contentOf(lane.place);
            EXPECT_GT(coloursIn(image, place), 2U) << look.name << int(lane.id);
            EXPECT_GT(coloursIn(image, view->laneLayout().headerOf(lane.place)), 5U);
            EXPECT_TRUE(image.rect().contains(lane.place)) << look.name << int(lane.id);
        }
    }
}

TEST_F(TimelinePictureTest, HeadersHaveRoomForWhatTheySay) {
    for (const Density& density : {kStandardDensity, kCompactDensity, kComfortableDensity}) {
        show(darkTheme(), density, {1600, 600});
        for (const LaneRow& lane : view->laneLayout().rows()) {
            const LaneScene shown = scene();
            const QRect header = view->laneLayout().headerOf(lane.place);
            int right = header.left();
            for (const LaneSignPlace& sign : laneSigns(shown, lane)) {
                EXPECT_TRUE(header.contains(sign.place)) << int(lane.id);
                EXPECT_GE(sign.place.left(), right) << int(lane.id);
                right = sign.place.right();
            }
            const QRect value = laneValue(shown, lane);
            EXPECT_GE(value.left(), 60) << int(lane.id);
        }
    }
}

TEST_F(TimelinePictureTest, BlocksAndEdgesHaveTheColoursOfTheirParts) {
    const QImage image = picture();
    const QRect hands = row(LaneId::Hands);
    EXPECT_EQ(image.pixelColor(1, hands.center().y()), darkTheme().hands);
    EXPECT_EQ(image.pixelColor(1, row(LaneId::Upper).center().y()), darkTheme().upper);
    const QColor block =
        image.pixelColor(static_cast<int>(scene().xOf({kMiddle + 42})), hands.center().y());
    EXPECT_GT(block.red(), block.blue() + 60);
    const QColor beside =
        image.pixelColor(static_cast<int>(scene().xOf({kMiddle + 70})), hands.center().y());
    EXPECT_LT(beside.red(), 60);
}

TEST_F(TimelinePictureTest, WhatIsRepaintedInPartsEqualsWhatIsPaintedAtOnce) {
    static_cast<void>(picture());
    TimelineContent content = view->content();
    content.mask.paint({{kMiddle + 60}, {kMiddle + 90}}, partsOf({LaneId::Lower, LaneId::Upper}));
    content.mask.erase({{kMiddle + 20}, {kMiddle + 24}}, partsOf({LaneId::Hands}));
    content.threshold = 0.7;
    content.takes[0].progress->done = 0.9;
    view->setContent(content);
    view->setSelection({{{kMiddle + 50}, {kMiddle + 95}}, {LaneId::Lower}});
    const QImage inParts = picture();
    view->setTheme(darkTheme()); // everything anew
    EXPECT_EQ(inParts, picture());
}

TEST_F(TimelinePictureTest, ThePlayheadLeavesNothingBehind) {
    document.goToFrame({kMiddle});
    const QImage before = picture();
    for (int step = 1; step < 40; ++step) {
        document.goToFrame({kMiddle + step});
        QApplication::processEvents();
    }
    document.goToFrame({kMiddle});
    QApplication::processEvents();
    EXPECT_EQ(before, picture());
}

TEST_F(TimelinePictureTest, PicturesAreSharpOnTwiceAsFineScreens) {
    QImage image(QSize(800, 120), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    QPainter painter(&image);
    paintWaveform(painter, {document.audio()->waveform, darkTheme(), QRectF(0, 0, 400, 60), 0.2,
                            0.3, 2, false});
    painter.end();
    EXPECT_GT(coloursIn(image, {0, 0, 800, 120}), 20U);
}

TEST_F(TimelinePictureTest, EmptyLanesSayWhatToDo) {
    view->setContent({});
    keep("dark-empty");
    for (const LaneId lane : {LaneId::Words, LaneId::Semantic, LaneId::Importance, LaneId::Take1}) {
        const auto note = emptyLaneNote(scene(), *view->laneLayout().find(lane));
        ASSERT_TRUE(note) << int(lane);
        EXPECT_TRUE(content(lane).contains(note->place.toRect().adjusted(0, 1, 0, -1)));
    }
    TimelineContent content;
    content.noAttention = QStringLiteral("SemTalk has no speech-queried map.");
    content.offers = LaneOffer::ComputeAttention;
    view->setContent(content);
    const auto note = emptyLaneNote(scene(), *view->laneLayout().find(LaneId::Importance));
    EXPECT_EQ(note->sentence, content.noAttention);
    EXPECT_TRUE(note->buttons.empty());
}

TEST_F(TimelinePictureTest, EveryToolHasAPicture) {
    view->setSelection({{{kMiddle - 30}, {kMiddle + 60}}, {LaneId::Upper, LaneId::Hands}});
    choose(TimelineTool::Paint);
    ToolSettings settings = view->settings();
    settings.snap = true;
    view->setSettings(settings);
    press(at(LaneId::Lower, kMiddle + 20));
    moveTo(at(LaneId::Lower, kMiddle + 44) + QPointF(3, 0));
    keep("dark-painting");
    EXPECT_FALSE(scene().index.runs[BodyPart::Lower].empty());
    release(at(LaneId::Lower, kMiddle + 44));
    view->setSelection({});
    const QRect lane = content(LaneId::Semantic);
    const QPointF grip = thresholdGrip(scene(), lane).center();
    press(grip);
    moveTo({grip.x(), scoreY(lane, 0.65)});
    keep("dark-threshold");
    release({grip.x(), scoreY(lane, 0.65)});
    LaneArrangement arrangement;
    arrangement.collapsed = {LaneId::Speech,     LaneId::Words, LaneId::Semantic,
                             LaneId::Importance, LaneId::Hands, LaneId::Take1};
    view->setArrangement(arrangement);
    view->resize(1600, 240);
    QApplication::processEvents();
    keep("dark-folded");
    view->setArrangement({});
    view->showAll();
    keep("dark-all");
}

class TimelineWindowTest : public test::WindowTest {};

TEST_F(TimelineWindowTest, TheWholeTimelineFitsIntoTheWindow) {
    constexpr std::int64_t kFrames = 1924;
    EXPECT_TRUE(io::writeMotionFile(folder / "talk.npz", *test::clipOf(kFrames)).ok());
    test::writeSine(folder / "talk.wav", 16000, 64.1);
    parts().loader.open({folder / "talk.npz"});
    settle();
    window().banner().hide(); // that there is no avatar
    TimelineView& timeline = window().timeline();
    timeline.setContent(test::plausibleContent(kFrames));
    parts().transport.goToFrame({kFrames / 2 + 24});
    parts().document.setRange(FrameRange{{kFrames / 2}, {kFrames / 2 + 44}});
    for (const QSize& size : {QSize(1280, 720), QSize(1600, 1000)}) {
        for (const ThemeKind theme : {ThemeKind::Dark, ThemeKind::Light}) {
            window().resize(size);
            window().setTheme(theme);
            settle();
            timeline.showStretch(28, 38);
            EXPECT_EQ(timeline.laneLayout().overflow(), 0) << size.width();
            EXPECT_GE(window().viewportPanel().height(), 330) << size.width();
            const QByteArray pictures = qgetenv("GESTURE_PICTURES");
            if (pictures.isEmpty()) continue;
            const QString name = QStringLiteral("%1/window-%2-%3.png")
                                     .arg(QString::fromLocal8Bit(pictures))
                                     .arg(size.width())
                                     .arg(theme == ThemeKind::Dark ? 1 : 0);
            EXPECT_TRUE(window().grab().save(name));
        }
    }
}

} // namespace
} // namespace gesture::app
