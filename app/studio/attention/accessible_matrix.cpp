// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/accessible_matrix.h"

#include "app/studio/attention/matrix_scene.h"
#include "app/studio/attention/matrix_view.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace gesture::app {

namespace {

enum class CellKind { Value, RowHeader, ColumnHeader };

class AccessibleMatrix;

/// A cell or a header. Owned by Qt's registry of interfaces.
class AccessibleCell final : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    AccessibleCell(AccessibleMatrix& matrix, CellKind kind, int row, int column)
        : matrix_(matrix)
        , kind_(kind)
        , row_(row)
        , column_(column) {}

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override;
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override {
        switch (kind_) {
        case CellKind::RowHeader:
            return QAccessible::RowHeader;
        case CellKind::ColumnHeader:
            return QAccessible::ColumnHeader;
        case CellKind::Value:
            break;
        }
        return QAccessible::Cell;
    }
    [[nodiscard]] QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TableCellInterface
                   ? static_cast<QAccessibleTableCellInterface*>(this)
                   : nullptr;
    }

    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] int columnIndex() const override { return column_; }
    [[nodiscard]] int rowIndex() const override { return row_; }
    [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override;
    [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override;
    [[nodiscard]] bool isSelected() const override;
    [[nodiscard]] QAccessibleInterface* table() const override { return parent(); }

private:
    AccessibleMatrix& matrix_;
    CellKind kind_;
    int row_;
    int column_;
};

class AccessibleMatrix final : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit AccessibleMatrix(MatrixView& view)
        : QAccessibleWidget(&view, QAccessible::Table)
        , view_(view) {}
    ~AccessibleMatrix() override {
        for (const auto& [key, id] : cells_) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }

    [[nodiscard]] MatrixView& view() const { return view_; }
    [[nodiscard]] const MapTable& shown() const { return view_.model().table(view_.side()); }

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TableInterface) {
            return static_cast<QAccessibleTableInterface*>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? view_.contentText()
                                                : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] int childCount() const override { return rowCount() * columnCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        const int columns = columnCount();
        return columns > 0 ? cellAt(index / columns, index % columns) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override {
        const auto cursor = view_.model().cursor();
        if (!cursor || !view_.hasFocus()) return nullptr;
        return cellAt(static_cast<int>(cursor->speech - shown().speechBegin),
                      static_cast<int>(cursor->motion - shown().motionBegin));
    }

    [[nodiscard]] QAccessibleInterface* header(CellKind kind, int index) const {
        const bool row = kind == CellKind::RowHeader;
        return make(kind, row ? index : 0, row ? 0 : index);
    }
    [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override {
        if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount()) return nullptr;
        return make(CellKind::Value, row, column);
    }
    [[nodiscard]] int selectedCellCount() const override { return 0; }
    [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override { return {}; }
    [[nodiscard]] QString columnDescription(int column) const override {
        return headerText(shown().motionBegin + column, MatrixView::tr("motion frame %1"));
    }
    [[nodiscard]] QString rowDescription(int row) const override {
        return headerText(shown().speechBegin + row, MatrixView::tr("speech frame %1"));
    }
    [[nodiscard]] int selectedColumnCount() const override {
        const auto& area = view_.model().area();
        return area ? static_cast<int>(area->motion.length()) : 0;
    }
    [[nodiscard]] int selectedRowCount() const override {
        const auto& area = view_.model().area();
        return area ? static_cast<int>(area->speech.length()) : 0;
    }
    [[nodiscard]] int columnCount() const override { return shown().columns; }
    [[nodiscard]] int rowCount() const override { return shown().rows; }
    [[nodiscard]] QList<int> selectedColumns() const override {
        const auto& area = view_.model().area();
        return area ? numbers(area->motion, shown().motionBegin) : QList<int>{};
    }
    [[nodiscard]] QList<int> selectedRows() const override {
        const auto& area = view_.model().area();
        return area ? numbers(area->speech, shown().speechBegin) : QList<int>{};
    }
    [[nodiscard]] bool isColumnSelected(int column) const override {
        const auto& area = view_.model().area();
        return area && area->motion.contains(shown().motionBegin + column);
    }
    [[nodiscard]] bool isRowSelected(int row) const override {
        const auto& area = view_.model().area();
        return area && area->speech.contains(shown().speechBegin + row);
    }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

private:
    static QList<int> numbers(FrameRange range, FrameIndex first) {
        QList<int> all;
        for (FrameIndex frame = range.begin; frame < range.end; frame = frame + 1) {
            all.append(static_cast<int>(frame - first));
        }
        return all;
    }
    [[nodiscard]] QString headerText(FrameIndex frame, const QString& form) const {
        const QString text = form.arg(frame.value);
        const auto word = wordAt(view_.model().content().transcript.get(), frame);
        return word ? MatrixView::tr("“%1”, %2", "word, frame").arg(word->text, text) : text;
    }
    [[nodiscard]] QAccessibleInterface* make(CellKind kind, int row, int column) const {
        const auto key = std::tuple(kind, row, column);
        const auto found = cells_.find(key);
        if (found != cells_.end()) return QAccessible::accessibleInterface(found->second);
        auto* cell = new AccessibleCell(const_cast<AccessibleMatrix&>(*this), kind, row, column);
        cells_.emplace(key, QAccessible::registerAccessibleInterface(cell));
        return cell;
    }

    MatrixView& view_;
    mutable std::map<std::tuple<CellKind, int, int>, QAccessible::Id> cells_;
};

bool AccessibleCell::isValid() const {
    return matrix_.isValid() && row_ < std::max(matrix_.rowCount(), 1) &&
           column_ < std::max(matrix_.columnCount(), 1);
}

QWindow* AccessibleCell::window() const { return matrix_.window(); }

QAccessibleInterface* AccessibleCell::parent() const { return &matrix_; }

QString AccessibleCell::text(QAccessible::Text kind) const {
    if (kind != QAccessible::Name && kind != QAccessible::Value) return {};
    if (kind_ == CellKind::RowHeader) return matrix_.rowDescription(row_);
    if (kind_ == CellKind::ColumnHeader) return matrix_.columnDescription(column_);
    const MapTable& table = matrix_.shown();
    const auto reading = readCell(table, matrix_.view().model().content().transcript.get(),
                                  {table.speechBegin + row_, table.motionBegin + column_});
    if (!reading) return {};
    const ReadingText text = readingText(*reading, matrix_.view().side());
    return kind == QAccessible::Value ? text.weight
                                      : text.place + QStringLiteral(", ") + text.weight;
}

QRect AccessibleCell::rect() const {
    const MatrixView& view = matrix_.view();
    const MatrixLayout layout = view.matrixLayout();
    const MapTable& table = matrix_.shown();
    const FrameIndex speech = table.speechBegin + row_;
    const FrameIndex motion = table.motionBegin + column_;
    QRect place = layout.rectOf(MapCell{speech, motion});
    if (kind_ == CellKind::RowHeader) {
        place.setLeft(layout.speechWords.left());
        place.setRight(layout.speechWords.right());
    } else if (kind_ == CellKind::ColumnHeader) {
        place.setTop(layout.motionWords.top());
        place.setBottom(layout.motionWords.bottom());
    }
    return {view.mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State AccessibleCell::state() const {
    QAccessible::State state;
    state.readOnly = true;
    state.focusable = kind_ == CellKind::Value;
    state.selected = isSelected();
    state.focused = kind_ == CellKind::Value && matrix_.focusChild() == this;
    return state;
}

QList<QAccessibleInterface*> AccessibleCell::columnHeaderCells() const {
    return {matrix_.header(CellKind::ColumnHeader, column_)};
}

QList<QAccessibleInterface*> AccessibleCell::rowHeaderCells() const {
    return {matrix_.header(CellKind::RowHeader, row_)};
}

bool AccessibleCell::isSelected() const {
    return kind_ == CellKind::Value && matrix_.isRowSelected(row_) &&
           matrix_.isColumnSelected(column_);
}

QAccessibleInterface* makeMatrixInterface(const QString&, QObject* object) {
    auto* view = qobject_cast<MatrixView*>(object);
    return view != nullptr ? new AccessibleMatrix(*view) : nullptr;
}

} // namespace

void installMatrixInterface() {
    QAccessible::removeFactory(makeMatrixInterface);
    QAccessible::installFactory(makeMatrixInterface);
}

void announceMatrixCell(MatrixView& view) {
    if (!QAccessible::isActive() || !view.hasFocus()) return;
    QAccessibleInterface* const table = QAccessible::queryAccessibleInterface(&view);
    QAccessibleInterface* const cell = table != nullptr ? table->focusChild() : nullptr;
    if (cell == nullptr) return;
    QAccessibleEvent focus(cell, QAccessible::Focus);
    QAccessible::updateAccessibility(&focus);
}

} // namespace gesture::app
