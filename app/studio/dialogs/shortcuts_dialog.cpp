// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/shortcuts_dialog.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kKeysWidth = 116;

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts()) {
        keys.append(key.toString(QKeySequence::NativeText));
    }
    return keys.join(QStringLiteral("  "));
}

QLayout* makeGroup(QWidget& owner, const Actions& actions, const QString& title,
                   const QString& prefix) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    auto* heading = new QLabel(title, &owner);
    heading->setObjectName(QStringLiteral("title"));
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const QAction* action : actions.all()) {
        if (!action->objectName().startsWith(prefix) || action->shortcut().isEmpty()) continue;
        auto* keys = new QLabel(keysOf(*action), &owner);
        keys->setObjectName(QStringLiteral("key"));
        auto* text = new QLabel(action->statusTip(), &owner);
        text->setObjectName(QStringLiteral("secondary"));
        text->setWordWrap(true);
        grid->addWidget(keys, row, 0, Qt::AlignLeft | Qt::AlignTop);
        grid->addWidget(text, row, 1);
        ++row;
    }
    grid->setColumnMinimumWidth(0, kKeysWidth);
    grid->setColumnStretch(1, 1);
    return grid;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Actions& actions, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* left = new QVBoxLayout;
    left->setSpacing(16);
    left->addLayout(makeGroup(*this, actions, tr("Playback"), QStringLiteral("play.")));
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->setSpacing(16);
    right->addLayout(makeGroup(*this, actions, tr("View"), QStringLiteral("view.")));
    right->addLayout(makeGroup(*this, actions, tr("File"), QStringLiteral("file.")));
    right->addLayout(makeGroup(*this, actions, tr("Help"), QStringLiteral("help.")));
    right->addStretch(1);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(20, 18, 20, 18);
    columns->setSpacing(32);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    resize(760, 520);
}

} // namespace gesture::app
