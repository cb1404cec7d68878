// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/accessible_timeline.h"

#include "app/studio/timeline/lane_blocks.h"
#include "app/studio/timeline/timeline_text.h"

#include <QAccessibleWidget>
#include <QHash>

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

/// A lane's header (column 0) or one of its blocks. Looks its text up when it is asked.
class AccessibleBlock final : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    AccessibleBlock(TimelineView& timeline, int row, int column)
        : timeline_(timeline)
        , row_(row)
        , column_(column) {}

    [[nodiscard]] bool isValid() const override { return block().has_value(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return timeline_.windowHandle(); }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(&timeline_);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        const auto shown = block();
        return kind == QAccessible::Name && shown ? shown->text : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        const auto shown = block();
        if (!shown) return {};
        return {timeline_.mapToGlobal(shown->place.topLeft()), shown->place.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override {
        return column_ == 0 ? QAccessible::RowHeader : QAccessible::Cell;
    }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = true;
        state.selected = isSelected();
        state.invisible = !isValid();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TableCellInterface
                   ? static_cast<QAccessibleTableCellInterface*>(this)
                   : nullptr;
    }

    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] int columnIndex() const override { return column_; }
    [[nodiscard]] int rowIndex() const override { return row_; }
    [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override {
        return {table()->tableInterface()->cellAt(row_, 0)};
    }
    [[nodiscard]] bool isSelected() const override {
        const LaneRow* const shown = lane();
        return shown != nullptr && timeline_.currentLane() == shown->id;
    }
    [[nodiscard]] QAccessibleInterface* table() const override { return parent(); }

private:
    [[nodiscard]] const LaneRow* lane() const {
        const auto& rows = timeline_.laneLayout().rows();
        return row_ < static_cast<int>(rows.size()) ? &rows[static_cast<std::size_t>(row_)]
                                                    : nullptr;
    }
    [[nodiscard]] std::optional<LaneBlock> block() const {
        const LaneRow* const shown = lane();
        if (shown == nullptr) return std::nullopt;
        const LaneScene scene = timeline_.scene();
        if (column_ == 0) {
            return LaneBlock{headerText(scene, *shown),
                             timeline_.laneLayout().headerOf(shown->place)};
        }
        const auto blocks = blocksOf(scene, *shown);
        const auto index = static_cast<std::size_t>(column_ - 1);
        return index < blocks.size() ? std::optional(blocks[index]) : std::nullopt;
    }

    TimelineView& timeline_;
    int row_;
    int column_;
};

class AccessibleTimeline final : public QAccessibleWidget,
                                 public QAccessibleValueInterface,
                                 public QAccessibleTableInterface {
public:
    explicit AccessibleTimeline(TimelineView& timeline)
        : QAccessibleWidget(&timeline, QAccessible::Table)
        , timeline_(timeline) {}
    ~AccessibleTimeline() override {
        for (const QAccessible::Id id : std::as_const(cells_)) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) {
            return static_cast<QAccessibleValueInterface*>(this);
        }
        if (type == QAccessible::TableInterface) {
            return static_cast<QAccessibleTableInterface*>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Value) return timeline_.positionText();
        if (kind == QAccessible::Description) return timeline_.contentText();
        if (kind == QAccessible::Help) {
            return Timeline::tr("Arrow keys go by frames, with Shift by seconds; Home and End go "
                                "to the ends. Ctrl with up and down picks a lane, Shift and Ctrl "
                                "with left and right selects, Ctrl+M masks the selection.");
        }
        return QAccessibleWidget::text(kind);
    }

    [[nodiscard]] int childCount() const override {
        int count = 0;
        for (int row = 0; row < rowCount(); ++row) {
            count += columnsOf(row);
        }
        return count;
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        for (int row = 0; row < rowCount(); ++row) {
            const int columns = columnsOf(row);
            if (index < columns) return cellAt(row, index);
            index -= columns;
        }
        return nullptr;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        auto* const asked = const_cast<QAccessibleInterface*>(child);
        const QAccessibleTableCellInterface* const cell =
            asked != nullptr ? asked->tableCellInterface() : nullptr;
        if (cell == nullptr) return -1;
        int before = 0;
        for (int row = 0; row < cell->rowIndex(); ++row) {
            before += columnsOf(row);
        }
        return before + cell->columnIndex();
    }

    [[nodiscard]] QVariant currentValue() const override {
        return static_cast<qlonglong>(timeline_.document().frame().value);
    }
    void setCurrentValue(const QVariant& value) override {
        timeline_.document().goToFrame({value.toLongLong()});
    }
    [[nodiscard]] QVariant maximumValue() const override {
        return static_cast<qlonglong>(timeline_.document().lastFrame().value);
    }
    [[nodiscard]] QVariant minimumValue() const override { return 0LL; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1LL; }

    [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override {
        if (row < 0 || row >= rowCount() || column < 0 || column >= columnsOf(row)) return nullptr;
        const std::pair<int, int> place{row, column};
        auto found = cells_.find(place);
        if (found == cells_.end()) {
            auto* const cell = new AccessibleBlock(timeline_, row, column);
            found = cells_.insert(place, QAccessible::registerAccessibleInterface(cell));
        }
        return QAccessible::accessibleInterface(*found);
    }
    [[nodiscard]] int rowCount() const override {
        return static_cast<int>(timeline_.laneLayout().rows().size());
    }
    [[nodiscard]] int columnCount() const override {
        int most = 1;
        for (int row = 0; row < rowCount(); ++row) {
            most = std::max(most, columnsOf(row));
        }
        return most;
    }
    [[nodiscard]] QString rowDescription(int row) const override {
        const QAccessibleInterface* const header = cellAt(row, 0);
        return header != nullptr ? header->text(QAccessible::Name) : QString();
    }
    [[nodiscard]] QString columnDescription(int) const override { return {}; }
    [[nodiscard]] int selectedCellCount() const override {
        return static_cast<int>(selectedCells().size());
    }
    [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override {
        QList<QAccessibleInterface*> cells;
        for (const int row : selectedRows()) {
            for (int column = 0; column < columnsOf(row); ++column) {
                cells.append(cellAt(row, column));
            }
        }
        return cells;
    }
    [[nodiscard]] int selectedColumnCount() const override { return 0; }
    [[nodiscard]] int selectedRowCount() const override {
        return static_cast<int>(selectedRows().size());
    }
    [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
    [[nodiscard]] QList<int> selectedRows() const override {
        for (int row = 0; row < rowCount(); ++row) {
            if (isRowSelected(row)) return {row};
        }
        return {};
    }
    [[nodiscard]] bool isColumnSelected(int) const override { return false; }
    [[nodiscard]] bool isRowSelected(int row) const override {
        return row >= 0 && row < rowCount() &&
               timeline_.currentLane() ==
                   timeline_.laneLayout().rows()[static_cast<std::size_t>(row)].id;
    }
    bool selectRow(int row) override {
        if (row < 0 || row >= rowCount()) return false;
        timeline_.setCurrentLane(timeline_.laneLayout().rows()[static_cast<std::size_t>(row)].id);
        return true;
    }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override {
        timeline_.setCurrentLane(std::nullopt);
        return true;
    }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

    [[nodiscard]] QStringList actionNames() const override {
        const QStringList names{increaseAction(), decreaseAction()};
        return names + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        const FrameIndex frame = timeline_.document().frame();
        if (name == increaseAction()) {
            timeline_.document().goToFrame(frame + 1);
        } else if (name == decreaseAction()) {
            timeline_.document().goToFrame(frame + -1);
        } else {
            QAccessibleWidget::doAction(name);
        }
    }

private:
    [[nodiscard]] int columnsOf(int row) const {
        const LaneScene scene = timeline_.scene();
        const LaneRow& lane = timeline_.laneLayout().rows()[static_cast<std::size_t>(row)];
        return 1 + static_cast<int>(blocksOf(scene, lane).size());
    }

    TimelineView& timeline_;
    mutable QHash<std::pair<int, int>, QAccessible::Id> cells_; ///< Those that were asked for.
};

} // namespace

QAccessibleInterface* makeAccessibleTimeline(TimelineView& timeline) {
    return new AccessibleTimeline(timeline);
}

} // namespace gesture::app
