// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/takes_panel.h"

#include "app/studio/theme/icons.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

constexpr int kRowHeight = 40;
constexpr int kBadge = 20;
constexpr int kPadding = 12;
constexpr int kStar = 16;

QRect badgeOf(const QRect& row) {
    return {row.left() + kPadding, row.center().y() - kBadge / 2, kBadge, kBadge};
}

bool isDeleted(const TakeEntry& take) { return take.deleted; }

QRect starOf(const QRect& row) {
    return {row.right() - kPadding - kStar, row.center().y() - kStar / 2, kStar, kStar};
}

} // namespace

/// The rows for the list view.
class TakesPanel::Model final : public QAbstractListModel {
public:
    explicit Model(TakesPanel& panel)
        : QAbstractListModel(&panel)
        , panel_(panel) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const TakeEntry& take = at(index);
        if (role == Qt::DisplayRole || role == Qt::EditRole) return take.name;
        if (role == Qt::ToolTipRole) return QStringLiteral("%1\n%2").arg(take.name, take.recipe);
        if (role != Qt::AccessibleTextRole) return {};
        const QString badge = take.badge == TakeBadge::A   ? TakesPanel::tr("take A")
                              : take.badge == TakeBadge::B ? TakesPanel::tr("take B")
                                                           : QString();
        QStringList words{take.name, badge, take.recipe};
        if (take.deleted) words.append(TakesPanel::tr("deleted"));
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    bool setData(const QModelIndex& index, const QVariant& value, int role) override {
        const QString name = value.toString().trimmed();
        if (role != Qt::EditRole || name.isEmpty() || name == at(index).name) return false;
        Q_EMIT panel_.renamed(at(index).id, name);
        return true;
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override {
        return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
    }

    [[nodiscard]] const TakeEntry& at(const QModelIndex& index) const {
        return rows_[static_cast<std::size_t>(index.row())];
    }
    [[nodiscard]] const std::vector<TakeEntry>& rows() const { return rows_; }

    void set(const std::vector<TakeEntry>& rows) {
        const bool sameTakes = std::ranges::equal(rows, rows_, {}, &TakeEntry::id, &TakeEntry::id);
        if (!sameTakes) beginResetModel();
        rows_ = rows;
        if (!sameTakes) return endResetModel();
        if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }

private:
    TakesPanel& panel_;
    std::vector<TakeEntry> rows_;
};

/// Draws a row: badge, name over recipe, state, star.
class TakesPanel::Painter final : public QStyledItemDelegate {
public:
    Painter(const Model& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , model_(model)
        , theme_(&theme) {}

    void setTheme(const Theme& theme) { theme_ = &theme; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {120, kRowHeight};
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex&) const override {
        const QRect badge = badgeOf(option.rect);
        editor->setGeometry(badge.right() + 6, option.rect.top() + 7,
                            starOf(option.rect).left() - badge.right() - 12, 26);
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const TakeEntry& take = model_.at(index);
        const QRect row = option.rect;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        constexpr double kGone = 0.5;
        if (take.deleted) painter->setOpacity(kGone);
        paintBack(*painter, row, take, option.state);
        paintBadge(*painter, badgeOf(row), take);
        const double ratio = painter->device()->devicePixelRatioF();
        const QPixmap star =
            iconPixmap(take.starred ? QStringLiteral("star-fill") : QStringLiteral("star"),
                       take.starred ? theme_->warn : theme_->tx3, kStar, ratio);
        painter->drawPixmap(starOf(row).topLeft(), star);
        paintTexts(*painter, row, take, option.font);
        painter->restore();
    }

private:
    void paintBack(QPainter& painter, const QRect& row, const TakeEntry& take,
                   QStyle::State state) const {
        if (take.badge == TakeBadge::A) {
            painter.fillRect(row, theme_->accsoft);
            painter.fillRect(QRect(row.left(), row.top(), 3, row.height()), theme_->takeA);
        } else if (state & QStyle::State_MouseOver) {
            painter.fillRect(row, theme_->bg3);
        }
        if (take.progress >= 0)
            painter.fillRect(
                QRect(row.left(), row.bottom() - 2, qRound(row.width() * take.progress), 3),
                theme_->acc);
        if (!(state & QStyle::State_HasFocus)) return;
        painter.setPen(QPen(theme_->acc, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(row.adjusted(1, 1, -1, -1));
    }

    void paintBadge(QPainter& painter, const QRect& place, const TakeEntry& take) const {
        const QColor colour = take.badge == TakeBadge::B ? theme_->takeB : theme_->takeA;
        if (take.badge == TakeBadge::None) {
            painter.setPen(QPen(theme_->line2, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(place).adjusted(.5, .5, -.5, -.5), 4, 4);
            return;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(place, 4, 4);
        painter.setPen(theme_->dark() ? theme_->bg1 : theme_->bg2);
        QFont font = painter.font();
        font.setPixelSize(11);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.drawText(place, Qt::AlignCenter,
                         take.badge == TakeBadge::A ? QStringLiteral("A") : QStringLiteral("B"));
    }

    void paintTexts(QPainter& painter, const QRect& row, const TakeEntry& take, QFont font) const {
        QRect text(badgeOf(row).right() + 11, row.top() + 5, 0, 16);
        text.setRight(starOf(row).left() - 8);
        QRect name = text;
        if (take.outOfDate) {
            QFont small = font;
            small.setPixelSize(11);
            const QString words = TakesPanel::tr("Out of date");
            const int width = QFontMetrics(small).horizontalAdvance(words) + 12;
            const QRect place(text.right() - width, row.top(), width, row.height());
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme_->warn);
            painter.drawEllipse(QPoint(place.left() + 3, row.center().y()), 3, 3);
            painter.setFont(small);
            painter.setPen(theme_->warn);
            painter.drawText(place.adjusted(11, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
            name.setRight(place.left() - 8);
        }
        font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(theme_->tx1);
        painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(font).elidedText(take.name, Qt::ElideRight, name.width()));
        font.setWeight(QFont::Normal);
        font.setPixelSize(11);
        painter.setFont(font);
        painter.setPen(theme_->tx3);
        const QRect recipe = name.translated(0, 15);
        painter.drawText(
            recipe, Qt::AlignVCenter | Qt::AlignLeft,
            QFontMetrics(font).elidedText(take.recipe, Qt::ElideRight, recipe.width()));
    }

    const Model& model_;
    const Theme* theme_;
};

TakesPanel::TakesPanel(const Theme& theme, QWidget* parent)
    : PanelFrame(tr("Takes"), theme, parent)
    , model_(new Model(*this))
    , painter_(new Painter(*model_, theme, this))
    , list_(new QListView(this))
    , empty_(new QLabel(tr("No takes yet. Generate some with Ctrl+G."), this)) {
    add_ = &addTool(QStringLiteral("plus-lg"), tr("Generate new takes (Ctrl+G)"));
    connect(add_, &QToolButton::clicked, this, &TakesPanel::newTakesRequested);
    showDeleted_ = &addTool(QStringLiteral("trash"), tr("Show deleted takes, to restore them"));
    showDeleted_->setCheckable(true);
    connect(showDeleted_, &QToolButton::toggled, this, &TakesPanel::showRows);
    list_->setObjectName(QStringLiteral("takes"));
    list_->setAccessibleName(tr("Takes"));
    list_->setModel(model_);
    list_->setItemDelegate(painter_);
    list_->setMouseTracking(true);
    list_->setUniformItemSizes(true);
    list_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->installEventFilter(this);
    list_->viewport()->installEventFilter(this);
    connect(list_, &QListView::customContextMenuRequested, this, &TakesPanel::showMenu);
    empty_->setObjectName(QStringLiteral("secondary"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    body().setContentsMargins(0, 0, 0, 0);
    body().addWidget(list_, 1);
    body().addWidget(empty_, 1);
    setRows({});
}

TakesPanel::~TakesPanel() = default;

void TakesPanel::setObstacle(const QString& reason) {
    add_->setEnabled(reason.isEmpty());
    add_->setToolTip(reason.isEmpty() ? tr("Generate new takes (Ctrl+G)") : reason);
}

void TakesPanel::setRows(const std::vector<TakeEntry>& rows) {
    rows_ = rows;
    showRows();
}

void TakesPanel::showRows() {
    const auto deleted = std::ranges::count(rows_, true, &TakeEntry::deleted);
    showDeleted_->setVisible(deleted > 0);
    std::vector<TakeEntry> rows = rows_;
    if (!showDeleted_->isChecked() || deleted == 0) std::erase_if(rows, &isDeleted);
    model_->set(rows);
    list_->setVisible(!rows.empty());
    empty_->setVisible(rows.empty());
    const auto a = std::ranges::find(rows, TakeBadge::A, &TakeEntry::badge);
    if (a != rows.end() && !list_->currentIndex().isValid())
        list_->setCurrentIndex(model_->index(static_cast<int>(a - rows.begin())));
}

void TakesPanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    painter_->setTheme(theme);
    list_->viewport()->update();
}

project::ItemId TakesPanel::current() const {
    const QModelIndex index = list_->currentIndex();
    return index.isValid() ? model_->at(index).id : project::ItemId{};
}

bool TakesPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto& mouse = static_cast<const QMouseEvent&>(*event);
        if (mouse.button() == Qt::LeftButton) press(mouse.position().toPoint());
    }
    if (watched == list_ && event->type() == QEvent::ShortcutOverride &&
        static_cast<const QKeyEvent&>(*event).key() == Qt::Key_Delete) {
        event->accept(); // here it is the take that is meant, not what is selected in time
        return true;
    }
    if (watched == list_ && event->type() == QEvent::KeyPress && current()) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
            const bool b = key.modifiers().testFlag(Qt::ShiftModifier);
            Q_EMIT chosen(current(), b ? TakeBadge::B : TakeBadge::A);
            return true;
        }
        if (key.key() == Qt::Key_Delete) {
            const bool gone = model_->at(list_->currentIndex()).deleted;
            gone ? Q_EMIT restoreRequested(current()) : Q_EMIT deleteRequested(current());
            return true;
        }
    }
    return PanelFrame::eventFilter(watched, event);
}

void TakesPanel::press(const QPoint& place) {
    const QModelIndex index = list_->indexAt(place);
    if (!index.isValid()) return;
    const TakeEntry take = model_->at(index);
    if (take.deleted) return; // it has to be restored first
    const QRect row = list_->visualRect(index);
    if (starOf(row).adjusted(-6, -8, 6, 8).contains(place))
        Q_EMIT starred(take.id, !take.starred);
    else if (badgeOf(row).adjusted(-6, -8, 4, 8).contains(place))
        Q_EMIT chosen(take.id, take.badge == TakeBadge::A ? TakeBadge::A : TakeBadge::B);
    else if (take.badge != TakeBadge::A)
        Q_EMIT chosen(take.id, TakeBadge::A);
}

void TakesPanel::addMerging(QMenu& menu, project::ItemId take) {
    QMenu& parts = *menu.addMenu(tr("Put into take A"));
    parts.setToolTipsVisible(true);
    const auto add = [&](const QString& text, const inference::PartSet& set) {
        QAction* const action = parts.addAction(text);
        action->setToolTip(tr("A new take: A with this take's motion in the selected time, or in "
                              "the whole clip when nothing is selected"));
        connect(action, &QAction::triggered, this, [=, this] { Q_EMIT mergeRequested(take, set); });
    };
    const std::pair<motion::BodyPart, QString> names[] = {
        {motion::BodyPart::Face, tr("Face")},
        {motion::BodyPart::Upper, tr("Upper body")},
        {motion::BodyPart::Hands, tr("Hands")},
        {motion::BodyPart::Lower, tr("Lower body")}};
    for (const auto& [part, name] : names) {
        inference::PartSet one;
        one[part] = true;
        add(name, one);
    }
    parts.addSeparator();
    add(tr("All parts"), inference::kAllParts);
}

void TakesPanel::showMenu(const QPoint& place) {
    const QModelIndex index = list_->indexAt(place);
    if (!index.isValid()) return;
    const project::ItemId take = model_->at(index).id;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, auto work) {
        connect(menu->addAction(text), &QAction::triggered, this, work);
    };
    if (model_->at(index).deleted) {
        add(tr("Restore"), [=, this] { Q_EMIT restoreRequested(take); });
        return menu->popup(list_->viewport()->mapToGlobal(place));
    }
    add(tr("Show as A"), [=, this] { Q_EMIT chosen(take, TakeBadge::A); });
    add(tr("Compare as B"), [=, this] { Q_EMIT chosen(take, TakeBadge::B); });
    if (model_->at(index).badge != TakeBadge::A) addMerging(*menu, take);
    menu->addSeparator();
    add(tr("Rename (F2)"), [=, this] { list_->edit(index); });
    add(tr("Duplicate"), [=, this] { Q_EMIT duplicateRequested(take); });
    add(tr("Export…"), [=, this] { Q_EMIT exportRequested(take); });
    menu->addSeparator();
    add(tr("Delete"), [=, this] { Q_EMIT deleteRequested(take); });
    menu->popup(list_->viewport()->mapToGlobal(place));
}

} // namespace gesture::app
