// SPDX-License-Identifier: Apache-2.0
// Heads grid, strip, lists at the cursor, pickers and cards.
#include "app/studio/attention/attention_panel.h"
#include "app/studio/attention/cursor_panel.h"
#include "app/studio/attention/map_page.h"
#include "app/studio/attention/map_picker.h"
#include "tests/app/studio/attention/attention_fixture.h"
#include "tests/app/studio/signal_log.h"

#include <QMouseEvent>

namespace gesture::app {
namespace {

using motion::BodyPart;

class MapWidgetsTest : public test::AttentionTest {
protected:
    static void click(QWidget& widget, const QPointF& place,
                      Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QMouseEvent event(QEvent::MouseButtonPress, place, widget.mapToGlobal(place),
                          Qt::LeftButton, Qt::LeftButton, modifiers);
        QApplication::sendEvent(&widget, &event);
    }
    static void press(QWidget& widget, int key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&widget, &event);
    }
    QWidget frame;
};

TEST_F(MapWidgetsTest, AHeadOpensAndControlAddsItToTheMean) {
    HeadsGrid grid(model, darkTheme(), &frame);
    grid.resize(300, 500);
    click(grid, grid.rectOf({4, 2}).center());
    EXPECT_EQ(model.map().layer, 4);
    EXPECT_EQ(model.map().head, 2);
    click(grid, grid.rectOf({1, 3}).center(), Qt::ControlModifier);
    EXPECT_EQ(model.map().picked, (std::vector<HeadPlace>{{4, 2}, {1, 3}}));
    click(grid, grid.rectOf({4, 2}).center(), Qt::ControlModifier);
    EXPECT_EQ(model.map().picked, (std::vector<HeadPlace>{{1, 3}}));
}

TEST_F(MapWidgetsTest, ANumberOpensTheMeanOfItsRowOrColumn) {
    HeadsGrid grid(model, darkTheme(), &frame);
    grid.resize(300, 500);
    click(grid, {4.0, static_cast<double>(grid.rectOf({6, 0}).center().y())});
    EXPECT_EQ(model.map().layer, 6);
    EXPECT_FALSE(model.map().head);
    click(grid, {static_cast<double>(grid.rectOf({0, 1}).center().x()), 4.0});
    EXPECT_FALSE(model.map().layer);
    EXPECT_EQ(model.map().head, 1);
}

TEST_F(MapWidgetsTest, ALayersFocusIsTheMeanOfItsHeads) {
    HeadsGrid grid(model, darkTheme(), &frame);
    model.setMap({BodyPart::Lower, {}, {}, {}});
    double expected = 0;
    for (int head = 0; head < 4; ++head) {
        expected += focusOf(windowTable(analysis(), 0,
                                        mapsOf(analysis(), {BodyPart::Lower, 5, head, {}}))) /
                    4;
    }
    EXPECT_DOUBLE_EQ(grid.focus(5), expected);
}

TEST_F(MapWidgetsTest, TheKeyboardGoesThroughTheHeads) {
    HeadsGrid grid(model, darkTheme(), &frame);
    press(grid, Qt::Key_Right);
    EXPECT_EQ(model.shownMap().head, 1);
    press(grid, Qt::Key_Down);
    press(grid, Qt::Key_Return);
    EXPECT_EQ(model.map().layer, 1);
    EXPECT_EQ(model.map().head, 1);
}

TEST_F(MapWidgetsTest, TheStripReadsAsTheAnalysis) {
    model.setMap({BodyPart::Hands, 4, 2, {}});
    StripView strip(model, executor, darkTheme(), &frame);
    strip.resize(600, 300);
    strip.show(2.0, 4.0);
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    const auto cell = strip.cellAt({300, 140});
    ASSERT_TRUE(cell);
    const auto band =
        analysis().attention({BodyPart::Hands, 4, 2}, {cell->speech, cell->speech + 1});
    EXPECT_EQ(strip.weightAt(*cell), band->at(cell->speech, cell->motion));
    click(strip, {300, 140});
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]), cell->motion);
}

TEST_F(MapWidgetsTest, TheStripPaintsTheWeightsOfItsTiles) {
    model.setMap({BodyPart::Hands, 4, 2, {}});
    MapLook look;
    look.scale = MapScale::Linear;
    look.fixedLargest = 0.2;
    model.setLook(look);
    StripView strip(model, executor, darkTheme(), &frame);
    strip.resize(600, 300);
    strip.show(2.0, 4.0);
    const QImage picture = strip.picture();
    ASSERT_EQ(picture.height(), 127);
    const double frame60 = strip.axis().xOf({70.5 / 30}) - strip.axis().left();
    const auto band = analysis().attention({BodyPart::Hands, 4, 2}, {{70}, {71}});
    const float weight = band->at({70}, {70});
    const QRgb expected =
        colourTable(io::ColourMap::Inferno)[colourIndex(std::min(weight / 0.2, 1.0))];
    EXPECT_EQ(picture.pixel(static_cast<int>(frame60), 63), expected);
    EXPECT_EQ(strip.framesPerColumn(), 1);
}

TEST_F(MapWidgetsTest, TheListsAtTheCursorAreThoseOfTheTable) {
    CursorPanel panel(model, darkTheme());
    panel.resize(554, 278);
    model.pinCell(MapCell{{25}, {33}});
    const auto word = wordAt(model.content().transcript.get(), {25});
    ASSERT_TRUE(word);
    ASSERT_EQ(panel.frames().size(), 5U);
    EXPECT_EQ(panel.frames()[0].frame, topFrames(model.table(), word->frames(), 1)[0].frame);
    EXPECT_FALSE(panel.words().empty());
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    click(panel, {60, 48});
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]), panel.frames()[0].frame);
}

TEST_F(MapWidgetsTest, PinningKeepsTheCellThatIsPointedAt) {
    CursorPanel panel(model, darkTheme());
    QAction* const pin = panel.titleActions().front();
    model.setHovered(MapCell{{20}, {33}});
    pin->trigger();
    EXPECT_EQ(model.pinned(), (MapCell{{20}, {33}}));
    pin->trigger();
    EXPECT_FALSE(model.pinned());
}

TEST_F(MapWidgetsTest, PickersShowAndChooseTheMap) {
    AttentionPanel panel(model, darkTheme());
    auto* part = panel.findChild<PartPicker*>();
    auto* layers = panel.findChild<LayerHeadPicker*>();
    EXPECT_EQ(layers->layer().itemText(0), QStringLiteral("Mean of 8"));
    press(part->bar(), Qt::Key_Left);
    EXPECT_EQ(model.map().part, BodyPart::Lower);
    layers->layer().setCurrentIndex(3);
    Q_EMIT layers->layer().activated(3);
    EXPECT_EQ(model.map().layer, 2);
    model.stepLayer(1);
    EXPECT_EQ(layers->layer().currentIndex(), 4);
}

TEST_F(MapWidgetsTest, WithoutAMapASentenceAndAButtonStandThere) {
    AttentionPanel panel(model, darkTheme());
    const test::SignalLog computed(&model, &AttentionModel::computeRequested);
    AttentionContent content;
    content.bundle = QStringLiteral("SemTalk");
    content.offer = MapOffer::NoSuchMap;
    model.setContent(content);
    EXPECT_EQ(panel.card().text(),
              QStringLiteral("SemTalk has no speech-queried map. Use EchoMask to see one."));
    EXPECT_TRUE(panel.card().button().isHidden());
    content.offer = MapOffer::Computable;
    model.setContent(content);
    panel.card().button().click();
    EXPECT_EQ(computed.size(), 1U);
}

TEST_F(MapWidgetsTest, NoticesSayWhatIsOldOrMissing) {
    AttentionPanel panel(model, darkTheme());
    EXPECT_TRUE(panel.notice().isHidden());
    AttentionContent content = model.content();
    content.state = MapState::OutOfDate;
    content.reason = QStringLiteral("The words changed.");
    model.setContent(content);
    EXPECT_EQ(panel.notice().text(), QStringLiteral("Belongs to an older version"));
    EXPECT_EQ(panel.notice().toolTip(), content.reason);
    test::AnalysisShape means;
    means.keep.headAxis = inference::AttentionKeep::Axis::Mean;
    model.setContent(test::madeUpContent(means));
    EXPECT_EQ(panel.notice().text(), QStringLiteral("Heads: re-run the window to see them"));
}

TEST_F(MapWidgetsTest, SourcesAndComparisonAreReportedByPlace) {
    MapPicker picker(model, darkTheme());
    picker.setSources({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")}, 1, -1);
    const test::SignalLog compared(&picker, &MapPicker::comparisonChosen);
    auto boxes = picker.findChildren<QComboBox*>();
    for (QComboBox* box : boxes) {
        if (box->findText(QStringLiteral("C")) == 2 && box->count() == 3 &&
            box->itemText(0) != QStringLiteral("A")) {
            Q_EMIT box->activated(2);
        }
    }
    ASSERT_EQ(compared.size(), 1U);
    EXPECT_EQ(std::get<0>(compared[0]), 2);
}

TEST_F(MapWidgetsTest, EveryControlHasANameAndATip) {
    MapPicker picker(model, darkTheme());
    MapPage page(model, executor, darkTheme());
    AttentionPanel panel(model, darkTheme());
    for (const QWidget* top : {static_cast<QWidget*>(&picker), static_cast<QWidget*>(&page),
                               static_cast<QWidget*>(&panel)}) {
        for (const QWidget* widget : top->findChildren<QWidget*>()) {
            const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
            const bool popup = widget->inherits("QAbstractItemView"); // of a combo box
            if (!takesTab || popup || widget->focusProxy() != nullptr) continue;
            const auto* button = qobject_cast<const QPushButton*>(widget);
            const auto* check = qobject_cast<const QCheckBox*>(widget);
            const bool text = (button != nullptr) || (check != nullptr);
            EXPECT_TRUE(text || !widget->accessibleName().isEmpty())
                << widget->metaObject()->className();
        }
    }
}

} // namespace
} // namespace gesture::app
