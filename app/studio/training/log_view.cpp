// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/log_view.h"

#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kRow = 20;
constexpr int kTimeWidth = 66;
constexpr int kGradeWidth = 56;

QString gradeText(LogGrade grade) {
    switch (grade) {
    case LogGrade::Info:
        return LogView::tr("info");
    case LogGrade::Warning:
        return LogView::tr("note");
    case LogGrade::Error:
        return LogView::tr("error");
    }
    return {};
}

QString timeText(double unixSeconds) {
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(unixSeconds))
        .toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

/// Those lines that pass.
class LogView::Model final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(lines_.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        const RunLogLine& line = at(index);
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return line.text;
        if (role != Qt::AccessibleTextRole) return {};
        return QStringLiteral("%1, %2, %3")
            .arg(timeText(line.time), gradeText(line.grade), line.text);
    }
    [[nodiscard]] const RunLogLine& at(const QModelIndex& index) const {
        return lines_[static_cast<std::size_t>(index.row())];
    }
    /// Lines that begin like those shown are added to them.
    void set(std::vector<RunLogLine> lines) {
        const bool more = lines.size() >= lines_.size() && !lines_.empty() &&
                          lines.front().time == lines_.front().time &&
                          lines[lines_.size() - 1].text == lines_.back().text;
        if (!more) {
            beginResetModel();
            lines_ = std::move(lines);
            endResetModel();
        } else if (lines.size() > lines_.size()) {
            beginInsertRows({}, rowCount(), static_cast<int>(lines.size()) - 1);
            lines_ = std::move(lines);
            endInsertRows();
        }
    }

private:
    std::vector<RunLogLine> lines_;
};

class LogView::Painter final : public QStyledItemDelegate {
public:
    Painter(const Model& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , model_(model)
        , theme_(&theme) {}

    void setTheme(const Theme& theme) { theme_ = &theme; }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {200, kRow};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const RunLogLine& line = model_.at(index);
        const QRect row = option.rect;
        painter->save();
        if (option.state & QStyle::State_Selected) painter->fillRect(row, theme_->accsoft);
        painter->setFont(themeFont(11, 400, FontFamily::Mono));
        const auto put = [&](int left, int width, const QColor& colour, const QString& text) {
            painter->setPen(colour);
            painter->drawText(QRect(row.left() + left, row.top(), width, row.height()),
                              Qt::AlignLeft | Qt::AlignVCenter,
                              painter->fontMetrics().elidedText(text, Qt::ElideRight, width));
        };
        const QColor colour = line.grade == LogGrade::Error     ? theme_->err
                              : line.grade == LogGrade::Warning ? theme_->warn
                                                                : theme_->tx2;
        put(12, kTimeWidth, theme_->tx3, timeText(line.time));
        put(12 + kTimeWidth + 8, kGradeWidth, line.grade == LogGrade::Info ? theme_->tx3 : colour,
            gradeText(line.grade));
        const int left = 12 + kTimeWidth + 8 + kGradeWidth;
        put(left, row.width() - left - 12, colour, line.text);
        painter->restore();
    }

private:
    const Model& model_;
    const Theme* theme_;
};

LogView::LogView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , theme_(&theme)
    , model_(new Model(this))
    , painter_(new Painter(*model_, theme, this))
    , grade_(new QComboBox(this))
    , search_(new QLineEdit(this))
    , follow_(new QToolButton(this))
    , list_(new QListView(this)) {
    grade_->addItems({tr("Everything"), tr("Notes and errors"), tr("Errors")});
    grade_->setAccessibleName(tr("Lines to show"));
    grade_->setToolTip(tr("Which lines are shown"));
    search_->setPlaceholderText(tr("Find in the log"));
    search_->setAccessibleName(tr("Find in the log"));
    search_->setClearButtonEnabled(true);
    follow_->setCheckable(true);
    follow_->setChecked(true);
    follow_->setFixedSize(26, 26);
    follow_->setToolTip(tr("Keep showing the newest line"));
    follow_->setAccessibleName(follow_->toolTip());
    list_->setObjectName(QStringLiteral("log"));
    list_->setAccessibleName(tr("Log"));
    list_->setModel(model_);
    list_->setItemDelegate(painter_);
    list_->setUniformItemSizes(true);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 6, 6);
    row->setSpacing(6);
    row->addWidget(grade_);
    row->addWidget(search_, 1);
    row->addWidget(follow_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(list_, 1);
    connect(grade_, &QComboBox::currentIndexChanged, this, &LogView::filter);
    connect(search_, &QLineEdit::textChanged, this, &LogView::filter);
    connect(follow_, &QToolButton::toggled, this, [this](bool on) {
        if (on) list_->scrollToBottom();
    });
    connect(list_->verticalScrollBar(), &QScrollBar::sliderMoved, this, [this](int value) {
        follow_->setChecked(value >= list_->verticalScrollBar()->maximum());
    });
    setTheme(theme);
}

LogView::~LogView() = default;

void LogView::setTheme(const Theme& theme) {
    theme_ = &theme;
    painter_->setTheme(theme);
    follow_->setIcon(themedIcon(QStringLiteral("download"), {theme.tx2, theme.txd, theme.acc}));
    list_->viewport()->update();
}

void LogView::setLines(const std::vector<RunLogLine>& lines) {
    lines_ = lines;
    filter();
}

int LogView::shown() const { return model_->rowCount(); }

void LogView::filter() {
    std::vector<RunLogLine> kept;
    const QString words = search_->text();
    for (const RunLogLine& line : lines_) {
        if (static_cast<int>(line.grade) < grade_->currentIndex()) continue;
        if (!words.isEmpty() && !line.text.contains(words, Qt::CaseInsensitive)) continue;
        kept.push_back(line);
    }
    model_->set(std::move(kept));
    if (follow_->isChecked()) list_->scrollToBottom();
}

} // namespace gesture::app
