// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/shortcuts_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kIdRole = Qt::UserRole;

QString keysText(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts())
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral(", "));
}

} // namespace

ShortcutsPage::ShortcutsPage(Settings& settings, const Actions& actions, QWidget* parent)
    : QWidget(parent)
    , settings_(settings)
    , actions_(actions)
    , set_(new QComboBox(this))
    , search_(new QLineEdit(this))
    , list_(new QTreeWidget(this))
    , recorder_(new QKeySequenceEdit(this))
    , assign_(new QPushButton(tr("Assign"), this))
    , remove_(new QPushButton(tr("No key"), this))
    , conflict_(new QLabel(this)) {
    set_->addItems({tr("Gesture Studio"), tr("Blender"), tr("Maya")});
    set_->setCurrentIndex(settings_.keySet());
    set_->setAccessibleName(tr("Set of keys"));
    set_->setToolTip(
        tr("Keys as this program's users expect them; keys of your own are forgotten"));
    search_->setPlaceholderText(tr("Find an action or a key"));
    search_->setAccessibleName(tr("Find an action or a key"));
    search_->setClearButtonEnabled(true);
    recorder_->setAccessibleName(tr("Press the new key"));
    recorder_->setToolTip(tr("Click here and press the new key"));
    conflict_->setObjectName(QStringLiteral("secondary"));
    conflict_->setWordWrap(true);
    conflict_->setMinimumHeight(32);
    buildList();
    auto* top = new QHBoxLayout;
    top->addWidget(search_, 1);
    top->addWidget(set_);
    auto* foot = new QHBoxLayout;
    foot->addWidget(recorder_, 1);
    foot->addWidget(assign_);
    foot->addWidget(remove_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(list_, 1);
    column->addLayout(foot);
    column->addWidget(conflict_);
    connect(set_, &QComboBox::activated, this, [this](int set) {
        settings_.setKeySet(set);
        applyKeys(settings_, actions_);
        fill();
    });
    connect(search_, &QLineEdit::textChanged, this, &ShortcutsPage::filter);
    connect(recorder_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutsPage::showConflict);
    connect(assign_, &QPushButton::clicked, this, [this] {
        chooseKey(settings_, actions_, chosen(), QKeySequence(recorder_->keySequence()[0]));
        fill();
    });
    connect(remove_, &QPushButton::clicked, this, [this] {
        chooseKey(settings_, actions_, chosen(), {});
        fill();
    });
    fill();
}

void ShortcutsPage::buildList() {
    list_->setObjectName(QStringLiteral("spans"));
    list_->setAccessibleName(tr("Actions and keys"));
    list_->setColumnCount(2);
    list_->setHeaderLabels({tr("Action"), tr("Keys")});
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setStretchLastSection(false);
    list_->header()->resizeSection(1, 150);
    connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutsPage::showChosen);
    connect(list_, &QTreeWidget::itemActivated, recorder_,
            [this] { recorder_->setFocus(Qt::OtherFocusReason); });
}

ActionId ShortcutsPage::chosen() const {
    const QTreeWidgetItem* const item = list_->currentItem();
    return item == nullptr ? ActionId::Count
                           : static_cast<ActionId>(item->data(0, kIdRole).toInt());
}

void ShortcutsPage::fill() {
    const ActionId before = chosen();
    list_->clear();
    for (std::size_t i = 0; i < actions_.all().size(); ++i) {
        const QAction& action = *actions_.all()[i];
        auto* item = new QTreeWidgetItem(list_, {action.statusTip(), keysText(action)});
        item->setData(0, kIdRole, static_cast<int>(i));
        item->setToolTip(0, action.objectName());
        if (static_cast<ActionId>(i) == before) list_->setCurrentItem(item);
    }
    filter(search_->text());
    showChosen();
}

void ShortcutsPage::filter(const QString& words) {
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        QTreeWidgetItem& item = *list_->topLevelItem(row);
        const bool found = item.text(0).contains(words, Qt::CaseInsensitive) ||
                           item.text(1).contains(words, Qt::CaseInsensitive);
        item.setHidden(!found);
    }
}

void ShortcutsPage::showChosen() {
    const bool one = chosen() != ActionId::Count;
    recorder_->setEnabled(one);
    remove_->setEnabled(one && !actions_[chosen()].shortcuts().isEmpty());
    recorder_->clear();
    showConflict();
}

void ShortcutsPage::showConflict() {
    const QKeySequence keys = recorder_->keySequence();
    const bool one = chosen() != ActionId::Count && !keys.isEmpty();
    assign_->setEnabled(one);
    assign_->setText(tr("Assign"));
    conflict_->clear();
    if (!one) return;
    const QKeySequence key(keys[0]);
    const ActionId owner = ownerOf(actions_, key, chosen());
    if (owner == ActionId::Count) return;
    assign_->setText(tr("Take over"));
    conflict_->setText(
        tr("%1 is the key of “%2” now, which would have none.")
            .arg(key.toString(QKeySequence::NativeText), actions_[owner].statusTip()));
}

} // namespace gesture::app
