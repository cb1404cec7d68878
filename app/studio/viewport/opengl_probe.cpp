// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/opengl_probe.h"

#include "render/headless_context.h"

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

Result<OpenGlProbe> probeOpenGl() {
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
    OpenGlProbe probe;
    probe.context = std::make_unique<QOpenGLContext>();
    probe.surface = std::make_unique<QOffscreenSurface>();
    probe.context->setFormat(viewportFormat());
    probe.surface->setFormat(viewportFormat());
    probe.surface->create();
    if (!probe.context->create() || !probe.context->makeCurrent(probe.surface.get())) {
        return unavailable(QCoreApplication::translate(
            "Viewport", "No OpenGL context could be made. Install or update the graphics driver "
                        "(Debian: libgl1-mesa-dri), or start without remote display."));
    }
    auto described = render::describeCurrentContext();
    if (!described) return std::move(described).error();
    for (const char* name : {"llvmpipe", "softpipe", "swrast"}) {
        probe.software = probe.software || described->find(name) != std::string::npos;
    }
    probe.context->doneCurrent();
    return probe;
}

} // namespace gesture::app
