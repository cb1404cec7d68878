// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/preferences_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

QString mouseHelp(MouseStyle style) {
    switch (style) {
    case MouseStyle::Studio:
        return PreferencesDialog::tr("Left drag orbits, right or Shift+left drag pans, the wheel "
                                     "comes nearer. The keys of Blender and Maya work as well.");
    case MouseStyle::Blender:
        return PreferencesDialog::tr("Middle drag orbits, with Shift it pans, with Ctrl it comes "
                                     "nearer, as the wheel does.");
    case MouseStyle::Maya:
        return PreferencesDialog::tr("Alt+left drag orbits, Alt+middle pans, Alt+right comes "
                                     "nearer, as the wheel does.");
    case MouseStyle::Laptop:
        return PreferencesDialog::tr("Left drag orbits, with Shift it pans, with Ctrl it comes "
                                     "nearer, as two fingers and pinching do.");
    }
    return {};
}

} // namespace

PreferencesDialog::PreferencesDialog(Settings& settings, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Preferences"));
    setMinimumWidth(440);
    auto* theme = new QComboBox(this);
    theme->addItems({tr("As the system"), tr("Dark"), tr("Light")});
    theme->setCurrentIndex(static_cast<int>(settings.themeChoice()));
    theme->setAccessibleName(tr("Theme"));
    connect(theme, &QComboBox::activated, this,
            [&settings](int index) { settings.setThemeChoice(static_cast<ThemeChoice>(index)); });
    auto* mouse = new QComboBox(this);
    mouse->addItems({tr("Gesture Studio"), tr("Blender"), tr("Maya"), tr("Laptop")});
    mouse->setCurrentIndex(static_cast<int>(settings.mouseStyle()));
    mouse->setAccessibleName(tr("Mouse in the 3D view"));
    auto* help = new QLabel(mouseHelp(settings.mouseStyle()), this);
    help->setObjectName(QStringLiteral("hint"));
    help->setWordWrap(true);
    help->setMinimumHeight(34);
    help->setAlignment(Qt::AlignTop);
    connect(mouse, &QComboBox::activated, this, [&settings, help](int index) {
        settings.setMouseStyle(static_cast<MouseStyle>(index));
        help->setText(mouseHelp(settings.mouseStyle()));
    });
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("Theme"), theme);
    form->addRow(tr("Mouse in the 3D view"), mouse);
    form->addRow(QString(), help);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(buttons);
}

} // namespace gesture::app
