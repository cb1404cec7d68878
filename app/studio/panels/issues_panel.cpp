// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/issues_panel.h"

#include "app/studio/theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLocale>

namespace gesture::app {

IssuesPanel::IssuesPanel(IssueList& issues, const Theme& theme, QWidget* parent)
    : PanelFrame(tr("Issues"), theme, parent)
    , issues_(issues)
    , list_(new QListWidget(this))
    , empty_(new QLabel(tr("All good."), this))
    , clear_(&addTool(QStringLiteral("trash"), tr("Take all issues off the list"))) {
    list_->setObjectName(QStringLiteral("rows"));
    list_->setAccessibleName(tr("Issues"));
    list_->setToolTip(tr("Delete takes an issue off the list, Ctrl+C copies it"));
    list_->setWordWrap(true);
    list_->setUniformItemSizes(false);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->installEventFilter(this);
    empty_->setObjectName(QStringLiteral("secondary"));
    empty_->setAlignment(Qt::AlignCenter);
    body().setContentsMargins(0, 0, 0, 0);
    body().addWidget(list_, 1);
    body().addWidget(empty_, 1);
    connect(clear_, &QToolButton::clicked, &issues_, &IssueList::clear);
    connect(&issues_, &IssueList::changed, this, &IssuesPanel::refresh);
    refresh();
}

void IssuesPanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    refresh();
}

void IssuesPanel::refresh() {
    const auto& issues = issues_.issues();
    list_->clear();
    for (auto issue = issues.rbegin(); issue != issues.rend(); ++issue) {
        const QString time = QLocale().toString(issue->time.time(), QLocale::ShortFormat);
        const QString where =
            issue->count == 1 ? QStringLiteral("%1 · %2").arg(issue->place, time)
                              : tr("%1 · %2 · %3 times").arg(issue->place, time).arg(issue->count);
        auto* item = new QListWidgetItem(QStringLiteral("%1\n%2").arg(issue->sentence, where));
        item->setIcon(themedIcon(QStringLiteral("exclamation-triangle"),
                                 {theme().warn, theme().txd, theme().warn}));
        item->setToolTip(issue->sentence);
        list_->addItem(item);
    }
    list_->setVisible(!issues.empty());
    empty_->setVisible(issues.empty());
    clear_->setEnabled(!issues.empty());
}

bool IssuesPanel::eventFilter(QObject* watched, QEvent* event) {
    const int row = list_->currentRow();
    if (watched == list_ && event->type() == QEvent::ShortcutOverride &&
        static_cast<const QKeyEvent&>(*event).key() == Qt::Key_Delete) {
        event->accept(); // here it is the issue that is meant, not what is selected in time
        return true;
    }
    if (watched == list_ && row >= 0 && event->type() == QEvent::KeyPress) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const std::size_t place = issues_.issues().size() - 1 - static_cast<std::size_t>(row);
        if (key.key() == Qt::Key_Delete) {
            issues_.remove(place);
            return true;
        }
        if (key.matches(QKeySequence::Copy)) {
            QGuiApplication::clipboard()->setText(issues_.issues()[place].sentence);
            return true;
        }
    }
    return PanelFrame::eventFilter(watched, event);
}

} // namespace gesture::app
