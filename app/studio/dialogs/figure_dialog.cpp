// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/figure_dialog.h"

#include <QDesktopServices>
#include <QUrl>
#include <QVBoxLayout>

namespace gesture::app {

FigureDialog::FigureDialog(AttentionModel& model, Executor& executor, const Theme& theme,
                           QWidget* parent)
    : QDialog(parent)
    , panel_(new FigurePanel(model, executor, theme, this)) {
    setWindowTitle(tr("Export figure"));
    setObjectName(QStringLiteral("figureDialog"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel_);
    resize(520, 420);
    connect(panel_, &FigurePanel::showInFolderRequested, this,
            [](const QString& folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    panel_->exportButton().setFocus();
}

} // namespace gesture::app
