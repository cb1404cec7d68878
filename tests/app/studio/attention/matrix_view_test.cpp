// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/matrix_view.h"

#include "tests/app/studio/attention/attention_fixture.h"
#include "tests/app/studio/signal_log.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QWheelEvent>

namespace gesture::app {
namespace {

using motion::BodyPart;

class MatrixViewTest : public test::AttentionTest {
protected:
    MatrixViewTest() {
        model.setWindow(1);
        model.setFollow(false);
        frame.resize(698, 622);
        view.setGeometry(frame.rect());
    }

    [[nodiscard]] QPointF middleOf(const MapCell& cell) const {
        return QRectF(view.matrixLayout().rectOf(cell)).center();
    }
    void mouse(QEvent::Type type, const QPointF& place, Qt::MouseButton button = Qt::LeftButton) {
        const bool held = type != QEvent::MouseButtonRelease;
        QMouseEvent event(type, place, view.mapToGlobal(place),
                          type == QEvent::MouseMove ? Qt::NoButton : button,
                          held ? Qt::MouseButtons(button) : Qt::MouseButtons(), Qt::NoModifier);
        QApplication::sendEvent(&view, &event);
    }
    void wheel(int notches, Qt::KeyboardModifiers modifiers, const QPointF& place) {
        QWheelEvent event(place, view.mapToGlobal(place), {}, {0, 120 * notches}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QApplication::sendEvent(&view, &event);
    }
    QAccessibleInterface& accessible() { return *QAccessible::queryAccessibleInterface(&view); }

    QWidget frame;
    MatrixView view{model, MapSide::A, MatrixForm::Workspace, darkTheme(), &frame};
};

TEST_F(MatrixViewTest, EveryCellIsHitWhereItIsPainted) {
    const MatrixLayout layout = view.matrixLayout();
    EXPECT_EQ(layout.cell, 8);
    for (std::int64_t speech = 60; speech < 124; speech += 9) {
        for (std::int64_t motion = 60; motion < 124; motion += 7) {
            const MapCell cell{{speech}, {motion}};
            EXPECT_EQ(layout.cellAt(middleOf(cell)), cell);
            const QRect rect = layout.rectOf(cell);
            EXPECT_EQ(layout.cellAt(QPointF(rect.topLeft())), cell);
            EXPECT_EQ(layout.cellAt(QPointF(rect.right() + 0.9, rect.bottom() + 0.9)), cell);
        }
    }
    EXPECT_FALSE(layout.cellAt(QPointF(layout.map.left() - 1, layout.map.top())));
    EXPECT_FALSE(layout.cellAt(QPointF(layout.map.right() + 1, layout.map.top())));
}

TEST_F(MatrixViewTest, CellsAreWholeSquaresOfTheirColour) {
    model.setMap({BodyPart::Hands, 4, 2, {}});
    const QImage picture = view.grab().toImage();
    const MapTable& table = model.table();
    const ColourTable& colours = colourTable(io::ColourMap::Inferno);
    for (const MapCell cell : {MapCell{{61}, {100}}, MapCell{{90}, {92}}, MapCell{{120}, {70}}}) {
        const double share =
            shareOnScale(table.at(cell.speech, cell.motion), table.largest(), MapScale::Gamma);
        const QRect rect = view.matrixLayout().rectOf(cell);
        for (const QPoint place : {rect.topLeft(), rect.bottomRight(), rect.center()}) {
            EXPECT_EQ(picture.pixel(place), colours[colourIndex(share)]);
        }
    }
}

TEST_F(MatrixViewTest, TheDockHasFourPixelsACell) {
    MatrixView dock(model, MapSide::A, MatrixForm::Dock, lightTheme(), &frame);
    dock.resize(344, 344);
    EXPECT_EQ(dock.matrixLayout().cell, 4);
    EXPECT_EQ(dock.matrixLayout().map.size(), QSize(256, 256));
    dock.resize(280, 300);
    EXPECT_EQ(dock.matrixLayout().cell, 3);
}

TEST_F(MatrixViewTest, HoveringReadsWithoutChangingAnything) {
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    mouse(QEvent::MouseMove, middleOf({{80}, {90}}), Qt::NoButton);
    ASSERT_TRUE(model.reading());
    EXPECT_EQ(model.reading()->weight, model.table().at({80}, {90}));
    EXPECT_EQ(frames.size(), 0U);
    mouse(QEvent::MouseMove, {2, 2}, Qt::NoButton);
    EXPECT_FALSE(model.hovered());
}

TEST_F(MatrixViewTest, AClickChoosesAndADragMarks) {
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    mouse(QEvent::MouseButtonPress, middleOf({{80}, {90}}));
    mouse(QEvent::MouseButtonRelease, middleOf({{80}, {90}}));
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]).value, 90);
    mouse(QEvent::MouseButtonPress, middleOf({{100}, {110}}));
    mouse(QEvent::MouseMove, middleOf({{90}, {105}}));
    mouse(QEvent::MouseButtonRelease, middleOf({{90}, {105}}));
    EXPECT_EQ(frames.size(), 1U);
    EXPECT_EQ(model.area(), (MapArea{{{90}, {101}}, {{105}, {111}}}));
    mouse(QEvent::MouseButtonPress, middleOf({{80}, {90}}));
    mouse(QEvent::MouseButtonRelease, middleOf({{80}, {90}}));
    EXPECT_FALSE(model.area());
}

TEST_F(MatrixViewTest, ADragBeyondTheEdgeMarksUpToIt) {
    mouse(QEvent::MouseButtonPress, middleOf({{100}, {110}}));
    mouse(QEvent::MouseMove, {5000, 5000});
    mouse(QEvent::MouseButtonRelease, {5000, 5000});
    EXPECT_EQ(model.area(), (MapArea{{{100}, {124}}, {{110}, {124}}}));
}

TEST_F(MatrixViewTest, TheWheelChangesTheLayerAndWithControlTheZoom) {
    wheel(-1, Qt::NoModifier, middleOf({{80}, {90}}));
    EXPECT_EQ(model.map().layer, 0);
    const QPointF pointer = middleOf({{80}, {90}});
    wheel(1, Qt::ControlModifier, pointer);
    EXPECT_EQ(view.matrixLayout().cell, 9);
    EXPECT_EQ(view.matrixLayout().cellAt(pointer), (MapCell{{80}, {90}}));
    for (int i = 0; i < 20; ++i) {
        wheel(1, Qt::ControlModifier, pointer);
    }
    EXPECT_EQ(view.matrixLayout().cell, 16);
    EXPECT_EQ(view.matrixLayout().cellAt(pointer), (MapCell{{80}, {90}}));
    for (int i = 0; i < 20; ++i) {
        wheel(-1, Qt::ControlModifier, pointer);
    }
    EXPECT_EQ(view.matrixLayout().cell, 4);
    mouse(QEvent::MouseButtonDblClick, pointer);
    EXPECT_EQ(view.matrixLayout().cell, 8);
}

TEST_F(MatrixViewTest, TheMiddleButtonPansAZoomedMap) {
    view.setZoom(16, QRectF(view.matrixLayout().map).center());
    const QPoint before = view.matrixLayout().scroll;
    const QPointF place = QRectF(view.matrixLayout().map).center();
    mouse(QEvent::MouseButtonPress, place, Qt::MiddleButton);
    mouse(QEvent::MouseMove, place + QPointF(-40, 24), Qt::MiddleButton);
    EXPECT_EQ(view.matrixLayout().scroll, before + QPoint(40, -24));
    mouse(QEvent::MouseMove, place + QPointF(9000, 9000), Qt::MiddleButton);
    EXPECT_EQ(view.matrixLayout().scroll, QPoint(0, 0));
}

TEST_F(MatrixViewTest, TheKeyboardGoesThroughCellsAndMarks) {
    const test::SignalLog frames(&model, &AttentionModel::frameChosen);
    model.setHovered(MapCell{{80}, {90}});
    press(Qt::Key_Right);
    press(Qt::Key_Down);
    EXPECT_EQ(model.cursor(), (MapCell{{81}, {91}}));
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(model.area(), (MapArea{{{81}, {83}}, {{91}, {93}}}));
    press(Qt::Key_Return);
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]).value, 92);
    press(Qt::Key_P);
    EXPECT_TRUE(model.pinned());
    press(Qt::Key_Escape);
    EXPECT_FALSE(model.pinned());
    EXPECT_FALSE(model.area());
    press(Qt::Key_End);
    EXPECT_EQ(model.cursor()->motion, FrameIndex{123});
    press(Qt::Key_Right);
    EXPECT_EQ(model.cursor()->motion, FrameIndex{123});
}

TEST_F(MatrixViewTest, ControlWithArrowsChangesLayerAndHead) {
    press(Qt::Key_Down, Qt::ControlModifier);
    press(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(model.map().layer, 0);
    EXPECT_EQ(model.map().head, 0);
    press(Qt::Key_PageDown);
    EXPECT_EQ(model.window(), 2U);
}

TEST_F(MatrixViewTest, ScreenReadersGetATableWithHeaders) {
    QAccessibleTableInterface* const table = accessible().tableInterface();
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(accessible().role(), QAccessible::Table);
    EXPECT_EQ(table->rowCount(), 64);
    EXPECT_EQ(table->columnCount(), 64);
    QAccessibleInterface* const cell = table->cellAt(20, 32);
    ASSERT_NE(cell, nullptr);
    EXPECT_EQ(cell->role(), QAccessible::Cell);
    EXPECT_TRUE(cell->text(QAccessible::Name).contains(QStringLiteral("frame 92")));
    EXPECT_TRUE(cell->text(QAccessible::Value).startsWith(QStringLiteral("weight 0")));
    QAccessibleTableCellInterface* const place = cell->tableCellInterface();
    ASSERT_NE(place, nullptr);
    EXPECT_EQ(place->rowIndex(), 20);
    const auto rows = place->rowHeaderCells();
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows[0]->role(), QAccessible::RowHeader);
    const auto word = wordAt(model.content().transcript.get(), {80});
    ASSERT_TRUE(word);
    EXPECT_EQ(rows[0]->text(QAccessible::Name),
              QStringLiteral("“%1”, speech frame 80").arg(word->text));
    EXPECT_EQ(place->columnHeaderCells()[0]->role(), QAccessible::ColumnHeader);
    EXPECT_EQ(table->cellAt(64, 0), nullptr);
}

TEST_F(MatrixViewTest, TheMarkedCellsAreSelectedForScreenReaders) {
    model.setArea(MapArea{{{61}, {63}}, {{70}, {73}}});
    QAccessibleTableInterface& table = *accessible().tableInterface();
    EXPECT_EQ(table.selectedRows(), (QList<int>{1, 2}));
    EXPECT_EQ(table.selectedColumns(), (QList<int>{10, 11, 12}));
    EXPECT_TRUE(table.cellAt(1, 10)->tableCellInterface()->isSelected());
    EXPECT_FALSE(table.cellAt(3, 10)->tableCellInterface()->isSelected());
}

TEST_F(MatrixViewTest, AnOutOfDateMapIsPaler) {
    const MapCell cell{{90}, {92}};
    const QPoint place = view.matrixLayout().rectOf(cell).center();
    const int before = qGray(view.grab().toImage().pixel(place));
    AttentionContent content = model.content();
    content.state = MapState::OutOfDate;
    model.setContent(content);
    EXPECT_LT(qGray(view.grab().toImage().pixel(place)), before);
}

} // namespace
} // namespace gesture::app
