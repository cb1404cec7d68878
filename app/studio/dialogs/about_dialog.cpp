// SPDX-License-Identifier: Apache-2.0
#include "app/studio/dialogs/about_dialog.h"

#include <QLabel>
#include <QVBoxLayout>

namespace gesture::app {

AboutDialog::AboutDialog(const QString& graphics, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("About Gesture Studio"));
    setMinimumWidth(440);
    const QString lines[] = {
        tr("Gesture Studio %1").arg(QStringLiteral(GESTURE_VERSION)),
        tr("Licence: Apache 2.0."),
        tr("Qt %1 (LGPL 3). Fonts: Inter, JetBrains Mono (OFL 1.1). Icons: Bootstrap Icons (MIT). "
           "Sound files: libsndfile (LGPL 2.1). The avatar derives from MakeHuman (CC0).")
            .arg(QLatin1String(qVersion())),
        graphics.isEmpty() ? tr("No 3D graphics.") : tr("3D graphics: %1").arg(graphics),
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(10);
    for (const QString& line : lines) {
        auto* label = new QLabel(line, this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setObjectName(column->count() == 0 ? QStringLiteral("title")
                                                  : QStringLiteral("secondary"));
        column->addWidget(label);
    }
}

} // namespace gesture::app
