// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/opengl_probe.h"

#include <QCoreApplication>
#include <QGuiApplication>
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
    // These draw windows into memory; with a display at hand they make contexts all the same, and
    // an OpenGL widget then crashes.
    const QString platform = QGuiApplication::platformName();
    for (const char* withoutWidgets : {"offscreen", "minimal", "vnc", "linuxfb"}) {
        if (platform == QLatin1String(withoutWidgets)) {
            return unavailable(QCoreApplication::translate(
                                   "Viewport", "The Qt platform “%1” shows no OpenGL in windows.")
                                   .arg(platform));
        }
    }
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
