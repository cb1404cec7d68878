// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/runs_panel.h"

#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/training/run_texts.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kRow = 40;
constexpr int kActiveRow = 52;
constexpr int kHead = 26;
constexpr int kPadding = 12;

/// Which part of the list a run stands in.
enum class Part { Running, Queue, Drafts, Done };

Part partOf(RunState state) {
    if (isActive(state)) return Part::Running;
    if (state == RunState::Queued) return Part::Queue;
    return state == RunState::Draft ? Part::Drafts : Part::Done;
}

QString titleOf(Part part) {
    switch (part) {
    case Part::Running:
        return RunsPanel::tr("Running");
    case Part::Queue:
        return RunsPanel::tr("Queue");
    case Part::Drafts:
        return RunsPanel::tr("Not started");
    case Part::Done:
        return RunsPanel::tr("Finished");
    }
    return {};
}

struct Sign {
    const char* icon;
    QColor Theme::*colour;
};

Sign signOf(RunState state) {
    switch (state) {
    case RunState::Starting:
    case RunState::Running:
    case RunState::Stopping:
        return {"arrow-clockwise", &Theme::acc};
    case RunState::Queued:
        return {"clock", &Theme::tx3};
    case RunState::Finished:
        return {"check-circle", &Theme::ok};
    case RunState::Stopped:
        return {"pause-circle", &Theme::tx2};
    case RunState::Failed:
    case RunState::Killed:
        return {"exclamation-circle", &Theme::err};
    case RunState::Draft:
        break;
    }
    return {"pencil", &Theme::tx3};
}

/// What stands at the right: two short lines.
struct Facts {
    QString upper;
    QString lower;
    bool bad = false;
};

Facts factsOf(const RunRecord& run, int place) {
    const QLocale locale;
    const QString epoch = RunsPanel::tr("ep %1").arg(locale.toString(run.epochs(), 'f', 0));
    switch (run.state) {
    case RunState::Running:
        return {RunsPanel::tr("ep %1/%2")
                    .arg(locale.toString(run.epochs(), 'f', 0))
                    .arg(static_cast<qlonglong>(run.totalSteps / run.stepsPerEpoch)),
                run.secondsLeft >= 0 ? durationText(run.secondsLeft) : QString(), false};
    case RunState::Starting:
        return {RunsPanel::tr("starting"), {}, false};
    case RunState::Stopping:
        return {epoch, RunsPanel::tr("stopping"), false};
    case RunState::Queued:
        return {place == 0 ? RunsPanel::tr("next") : RunsPanel::tr("place %1").arg(place + 1),
                {},
                false};
    case RunState::Finished:
        return {run.best ? numberText(*run.best) : epoch, dateText(run.last), false};
    case RunState::Stopped:
        return {epoch, RunsPanel::tr("stopped"), false};
    case RunState::Failed:
        return {run.step > 0 ? epoch : QString(), RunsPanel::tr("failed"), true};
    case RunState::Killed:
        return {run.step > 0 ? epoch : QString(), RunsPanel::tr("ended"), true};
    case RunState::Draft:
        break;
    }
    return {};
}

QString recipeOf(const RunRecord& run) {
    QStringList parts;
    if (!run.stage.empty()) parts.append(stageText(run.stage));
    if (!run.device.empty()) parts.append(deviceText(run.device));
    if (run.stage.empty() && !run.notes.base.isEmpty()) parts.append(run.notes.base);
    if (parts.isEmpty()) parts.append(stateText(run.state));
    if (!run.notes.tags.isEmpty()) parts.append(run.notes.tags);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

/// Headings and runs, one below the other.
class RunsPanel::Model final : public QAbstractListModel {
public:
    struct Row {
        Run run; ///< nullptr: a heading.
        QString title;
        int place = 0; ///< In its part.
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const Row& row = at(index);
        if (role == Qt::DisplayRole) return row.run ? row.run->name : row.title;
        if (!row.run) return {};
        const QString state = stateText(row.run->state);
        if (role == Qt::ToolTipRole)
            return QStringLiteral("%1\n%2 · %3\n%4")
                .arg(row.run->name, state, recipeOf(*row.run),
                     QString::fromStdString(row.run->folder.string()));
        if (role == Qt::AccessibleTextRole)
            return QStringList({row.run->name, state, recipeOf(*row.run)})
                .join(QStringLiteral(", "));
        return {};
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override {
        return at(index).run ? QAbstractListModel::flags(index) : Qt::NoItemFlags;
    }
    [[nodiscard]] const Row& at(const QModelIndex& index) const {
        return rows_[static_cast<std::size_t>(index.row())];
    }
    [[nodiscard]] QModelIndex indexOf(const std::filesystem::path& folder) const {
        const auto found = std::ranges::find_if(
            rows_, [&](const Row& row) { return row.run && row.run->folder == folder; });
        return found == rows_.end() ? QModelIndex()
                                    : index(static_cast<int>(found - rows_.begin()));
    }
    /// Whether the rows are others now, not only what they say.
    bool set(const std::vector<Run>& runs) {
        std::vector<Row> rows;
        int place = 0;
        for (const Run& run : runs) {
            const Part part = partOf(run->state);
            if (rows.empty() || partOf(rows.back().run->state) != part) {
                rows.push_back({nullptr, titleOf(part), 0});
                place = 0;
            }
            rows.push_back({run, {}, place++});
        }
        const auto keyOf = [](const Row& row) {
            return row.run ? row.run->folder.string() : row.title.toStdString();
        };
        const bool same = std::ranges::equal(rows, rows_, {}, keyOf, keyOf);
        if (!same) beginResetModel();
        rows_ = std::move(rows);
        if (!same) endResetModel();
        if (same && !rows_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return !same;
    }

private:
    std::vector<Row> rows_;
};

class RunsPanel::Painter final : public QStyledItemDelegate {
public:
    Painter(const RunsPanel& panel, const Model& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , panel_(panel)
        , model_(model)
        , theme_(&theme) {}

    void setTheme(const Theme& theme) { theme_ = &theme; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override {
        const Model::Row& row = model_.at(index);
        return {120, !row.run ? kHead : isActive(row.run->state) ? kActiveRow : kRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Model::Row& row = model_.at(index);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (row.run) {
            paintBack(*painter, option, *row.run);
            paintRun(*painter, option.rect, row);
        } else {
            painter->setFont(themeFont(11, 500));
            painter->setPen(theme_->tx3);
            painter->drawText(option.rect.adjusted(kPadding, 4, -kPadding, 0),
                              Qt::AlignLeft | Qt::AlignVCenter, row.title);
        }
        painter->restore();
    }

private:
    void paintBack(QPainter& painter, const QStyleOptionViewItem& option,
                   const RunRecord& run) const {
        const QRect row = option.rect;
        const bool chosen = run.folder == panel_.chosen_;
        if (chosen || (option.state & QStyle::State_Selected)) {
            painter.fillRect(row, theme_->accsoft);
            painter.fillRect(QRect(row.left(), row.top(), 3, row.height()),
                             chosen ? theme_->acc : theme_->tx3);
        } else if (option.state & QStyle::State_MouseOver) {
            painter.fillRect(row, theme_->bg3);
        }
        if (!(option.state & QStyle::State_HasFocus)) return;
        painter.setPen(QPen(theme_->acc, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(row.adjusted(1, 1, -1, -1));
    }

    void paintRun(QPainter& painter, const QRect& row, const Model::Row& entry) const {
        const RunRecord& run = *entry.run;
        const Sign sign = signOf(run.state);
        const double ratio = painter.device()->devicePixelRatioF();
        const QPixmap icon = iconPixmap(QLatin1String(sign.icon), theme_->*sign.colour, 15, ratio);
        painter.drawPixmap(row.left() + kPadding, row.top() + 6, icon);
        const Facts facts = factsOf(run, entry.place);
        const QRect upper(row.left() + kPadding + 24, row.top() + 5,
                          row.width() - 2 * kPadding - 24, 16);
        const QRect lower = upper.translated(0, 15);
        const QFont mono = themeFont(11, 400, FontFamily::Mono);
        const auto right = [&](const QRect& place, const QString& text, const QColor& colour) {
            painter.setFont(mono);
            painter.setPen(colour);
            painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
            return QFontMetrics(mono).horizontalAdvance(text) + 8;
        };
        const int upperRight = right(upper, facts.upper, theme_->tx2);
        const int lowerRight = right(lower, facts.lower, facts.bad ? theme_->err : theme_->tx3);
        const auto left = [&](QRect place, const QFont& font, const QColor& colour, int used,
                              const QString& text) {
            place.setRight(place.right() - used);
            painter.setFont(font);
            painter.setPen(colour);
            painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                             QFontMetrics(font).elidedText(text, Qt::ElideRight, place.width()));
        };
        left(upper, themeFont(12, 500), theme_->tx1, upperRight, run.name);
        left(lower, themeFont(11), theme_->tx3, lowerRight, recipeOf(run));
        if (!isActive(run.state)) return;
        const QRectF groove(upper.left(), row.bottom() - 10, upper.width(), 5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_->bg5);
        painter.drawRoundedRect(groove, 2, 2);
        painter.setBrush(theme_->acc);
        QRectF done = groove;
        done.setWidth(groove.width() * std::clamp(run.share(), 0.0, 1.0));
        painter.drawRoundedRect(done, 2, 2);
    }

    const RunsPanel& panel_;
    const Model& model_;
    const Theme* theme_;
};

RunsPanel::RunsPanel(QAction& fresh, const Theme& theme, QWidget* parent)
    : PanelFrame(tr("Runs"), theme, parent)
    , model_(new Model(this))
    , painter_(new Painter(*this, *model_, theme, this))
    , list_(new QListView(this))
    , empty_(new QLabel(tr("No runs yet. Begin one from a template with Ctrl+Shift+N."), this))
    , more_(nullptr) {
    QToolButton& add = addTool(QStringLiteral("plus-lg"), tr("New run (Ctrl+Shift+N)"));
    connect(&add, &QToolButton::clicked, &fresh, &QAction::trigger);
    more_ = &addTool(QStringLiteral("three-dots"), tr("More"));
    connect(more_, &QToolButton::clicked, this, &RunsPanel::showMore);
    list_->setObjectName(QStringLiteral("takes"));
    list_->setAccessibleName(tr("Runs"));
    list_->setModel(model_);
    list_->setItemDelegate(painter_);
    list_->setMouseTracking(true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->installEventFilter(this);
    list_->setStatusTip(tr("Click shows a run, Ctrl and a click lays its curves beside it."));
    connect(list_, &QListView::customContextMenuRequested, this, &RunsPanel::showMenu);
    connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &RunsPanel::takeSelection);
    empty_->setObjectName(QStringLiteral("secondary"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    body().setContentsMargins(0, 0, 0, 0);
    body().addWidget(list_, 1);
    body().addWidget(empty_, 1);
    setRuns({});
}

RunsPanel::~RunsPanel() = default;

void RunsPanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    painter_->setTheme(theme);
    list_->viewport()->update();
}

void RunsPanel::setRuns(const std::vector<Run>& runs) {
    runs_ = runs;
    fill();
}

void RunsPanel::fill() {
    std::vector<Run> shown;
    for (const Run& run : runs_)
        if (archived_ || !run->notes.archived) shown.push_back(run);
    const std::vector<std::filesystem::path> others = compared();
    filling_ = true;
    const bool reset = model_->set(shown);
    list_->setVisible(!shown.empty());
    empty_->setVisible(shown.empty());
    const bool there = model_->indexOf(chosen_).isValid();
    const std::filesystem::path before = chosen_;
    if (!there) chosen_ = shown.empty() ? std::filesystem::path() : shown.front()->folder;
    if (reset || !there) {
        QItemSelection selection;
        const QModelIndex main = model_->indexOf(chosen_);
        if (main.isValid()) selection.select(main, main);
        for (const auto& folder : others)
            if (const QModelIndex other = model_->indexOf(folder); other.isValid())
                selection.select(other, other);
        list_->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        list_->selectionModel()->setCurrentIndex(main, QItemSelectionModel::NoUpdate);
    }
    filling_ = false;
    if (chosen_ != before) Q_EMIT choiceChanged();
}

std::vector<std::filesystem::path> RunsPanel::compared() const {
    std::vector<std::filesystem::path> others;
    for (const QModelIndex& index : list_->selectionModel()->selectedIndexes()) {
        const Run& run = model_->at(index).run;
        if (run && run->folder != chosen_) others.push_back(run->folder);
    }
    return others;
}

void RunsPanel::choose(const std::filesystem::path& folder) {
    const QModelIndex index = model_->indexOf(folder);
    chosen_ = folder;
    if (!index.isValid()) return;
    list_->setCurrentIndex(index);
    list_->viewport()->update();
}

void RunsPanel::takeSelection() {
    if (filling_) return;
    const QModelIndexList selected = list_->selectionModel()->selectedIndexes();
    // The first that was chosen stays the one that is shown while others are added.
    const bool kept = std::ranges::any_of(selected, [this](const QModelIndex& index) {
        return model_->at(index).run && model_->at(index).run->folder == chosen_;
    });
    if (!kept && !selected.isEmpty() && model_->at(selected.front()).run)
        chosen_ = model_->at(selected.front()).run->folder;
    list_->viewport()->update();
    Q_EMIT choiceChanged();
}

bool RunsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress && !chosen_.empty()) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const QString folder = QString::fromStdString(chosen_.string());
        const bool alt = key.modifiers() == Qt::AltModifier;
        if (key.key() == Qt::Key_Delete) {
            Q_EMIT commanded(Command::Delete, folder);
            return true;
        }
        if (alt && (key.key() == Qt::Key_Up || key.key() == Qt::Key_Down)) {
            Q_EMIT commanded(key.key() == Qt::Key_Up ? Command::MoveUp : Command::MoveDown, folder);
            return true;
        }
    }
    return PanelFrame::eventFilter(watched, event);
}

void RunsPanel::showMenu(const QPoint& place) {
    const QModelIndex index = list_->indexAt(place);
    if (!index.isValid() || !model_->at(index).run) return;
    const Run run = model_->at(index).run;
    const QString folder = QString::fromStdString(run->folder.string());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, Command command) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [=, this] { Q_EMIT commanded(command, folder); });
    };
    if (isActive(run->state)) {
        add(tr("Stop safely"), Command::Stop);
        add(tr("End at once…"), Command::EndNow);
    } else if (run->state == RunState::Queued) {
        add(tr("Start now"), Command::Start);
        add(tr("Earlier (Alt+Up)"), Command::MoveUp);
        add(tr("Later (Alt+Down)"), Command::MoveDown);
        add(tr("Take out of the queue"), Command::Unqueue);
    } else {
        if (run->state != RunState::Finished) {
            add(run->step > 0 ? tr("Resume") : tr("Start"), Command::Start);
            add(tr("Add to queue"), Command::Queue);
        }
        add(tr("Edit configuration…"), Command::Edit);
    }
    menu->addSeparator();
    add(tr("New run from this one"), Command::Copy);
    add(tr("Open in TensorBoard"), Command::Board);
    add(tr("Show folder"), Command::Folder);
    menu->addSeparator();
    add(run->notes.archived ? tr("Take out of the archive") : tr("Archive"), Command::Archive);
    if (!isActive(run->state)) add(tr("Delete…"), Command::Delete);
    menu->popup(list_->viewport()->mapToGlobal(place));
}

void RunsPanel::showMore() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const archived = menu->addAction(tr("Show archived runs"));
    archived->setCheckable(true);
    archived->setChecked(archived_);
    connect(archived, &QAction::toggled, this, [this](bool on) {
        archived_ = on;
        fill();
    });
    connect(menu->addAction(tr("Show runs of another folder…")), &QAction::triggered, this,
            &RunsPanel::watchRequested);
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

} // namespace gesture::app
