// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/preferences_dialog.h"

#include "core/base/paths.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <filesystem>
#include <utility>

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

QLabel* wordsOf(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setObjectName(QStringLiteral("secondary"));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

PreferencesDialog::PreferencesDialog(Settings& settings, const Actions& actions,
                                     const DeviceFacts& facts, QWidget* parent)
    : QDialog(parent)
    , pages_(new QListWidget(this))
    , stack_(new QStackedWidget(this))
    , shortcuts_(new ShortcutsPage(settings, actions, this)) {
    setWindowTitle(tr("Preferences"));
    resize(720, 520);
    pages_->setObjectName(QStringLiteral("rows"));
    pages_->setAccessibleName(tr("Pages"));
    pages_->setFixedWidth(150);
    addPage(tr("General"), makeGeneral(settings));
    addPage(tr("Shortcuts"), shortcuts_);
    addPage(tr("Devices"), makeDevices(facts));
    addPage(tr("Folders"), makeFolders());
    connect(pages_, &QListWidget::currentRowChanged, stack_, &QStackedWidget::setCurrentIndex);
    pages_->setCurrentRow(0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(pages_);
    row->addWidget(stack_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(row, 1);
    column->addWidget(buttons);
}

void PreferencesDialog::addPage(const QString& name, QWidget* page) {
    pages_->addItem(name);
    stack_->addWidget(page);
}

QWidget* PreferencesDialog::makeGeneral(Settings& settings) {
    auto* page = new QWidget(stack_);
    auto* theme = new QComboBox(page);
    theme->addItems({tr("As the system"), tr("Dark"), tr("Light")});
    theme->setCurrentIndex(static_cast<int>(settings.themeChoice()));
    theme->setAccessibleName(tr("Theme"));
    connect(theme, &QComboBox::activated, this,
            [&settings](int index) { settings.setThemeChoice(static_cast<ThemeChoice>(index)); });
    auto* mouse = new QComboBox(page);
    mouse->addItems({tr("Gesture Studio"), tr("Blender"), tr("Maya"), tr("Laptop")});
    mouse->setCurrentIndex(static_cast<int>(settings.mouseStyle()));
    mouse->setAccessibleName(tr("Mouse in the 3D view"));
    auto* help = new QLabel(mouseHelp(settings.mouseStyle()), page);
    help->setObjectName(QStringLiteral("hint"));
    help->setWordWrap(true);
    help->setMinimumHeight(34);
    help->setAlignment(Qt::AlignTop);
    connect(mouse, &QComboBox::activated, this, [&settings, help](int index) {
        settings.setMouseStyle(static_cast<MouseStyle>(index));
        help->setText(mouseHelp(settings.mouseStyle()));
    });
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("Theme"), theme);
    form->addRow(tr("Mouse in the 3D view"), mouse);
    form->addRow(QString(), help);
    return page;
}

QWidget* PreferencesDialog::makeDevices(const DeviceFacts& facts) {
    auto* page = new QWidget(stack_);
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    const auto add = [&](const QString& name, const QString& text, const QString& without) {
        form->addRow(name, wordsOf(text.isEmpty() ? without : text, page));
    };
    add(tr("3D view"), facts.graphics, tr("OpenGL 4.1 does not work here."));
    add(tr("Sound"), facts.sound, tr("There is no sound device. Playback goes on without sound."));
    add(tr("Models"), facts.models.join(QLatin1Char('\n')),
        tr("No model is installed. A bundle that is copied into the folder of the bundles is here "
           "at the next start."));
    form->addRow(QString(),
                 wordsOf(tr("On what motion is computed is chosen in the Generate panel, under "
                            "More; it is kept with the project."),
                         page));
    return page;
}

QWidget* PreferencesDialog::makeFolders() {
    auto* page = new QWidget(stack_);
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const std::filesystem::path home = userDataDirectory();
    const std::pair<QString, std::filesystem::path> folders[] = {
        {tr("Models"), home / "bundles"},
        {tr("Avatars"), home / "avatars"},
        {tr("Projects without a name"), home / "untitled"}};
    int row = 0;
    for (const auto& [name, folder] : folders) {
        const QString path = QString::fromStdString(folder.string());
        auto* open = new QPushButton(tr("Open"), page);
        open->setToolTip(tr("Open this folder; it is made when it is not there"));
        open->setAccessibleName(tr("Open the folder: %1").arg(name));
        connect(open, &QPushButton::clicked, this, [path] {
            QDir().mkpath(path);
            QDesktopServices::openUrl(QUrl::fromLocalFile(path));
        });
        grid->addWidget(new QLabel(name, page), row, 0, Qt::AlignTop);
        grid->addWidget(wordsOf(path, page), row, 1);
        grid->addWidget(open, row, 2, Qt::AlignTop);
        ++row;
    }
    grid->setRowStretch(row, 1);
    return page;
}

} // namespace gesture::app
