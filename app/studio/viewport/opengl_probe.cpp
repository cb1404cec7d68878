// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/opengl_probe.h"

#include <QCoreApplication>
#include <QOpenGLContext>

namespace gesture::app {

QSurfaceFormat viewportFormat() {
    QSurfaceFormat format;
    format.setVersion(4, 1);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(0);
    format.setStencilBufferSize(0);
    format.setSwapInterval(1);
    return format;
}

Status probeOpenGl() {
    const auto unavailable = [](const QString& reason) {
        return Error(ErrorCode::Unavailable, reason.toStdString());
    };
    QOpenGLContext context;
    context.setFormat(viewportFormat());
    if (!context.create()) {
        return unavailable(QCoreApplication::translate(
            "Viewport", "No OpenGL context could be made. Install or update the graphics driver "
                        "(Debian: libgl1-mesa-dri), or start without remote display."));
    }
    const auto version = context.format().version();
    if (version < qMakePair(4, 1)) {
        return unavailable(
            QCoreApplication::translate("Viewport", "The graphics driver offers OpenGL %1.%2 only.")
                .arg(version.first)
                .arg(version.second));
    }
    return Status::success();
}

} // namespace gesture::app
