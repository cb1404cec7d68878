// SPDX-License-Identifier: Apache-2.0
// gesture-studio: the desktop program. No torch.
#include "app/studio/application.h"
#include "app/studio/services/qt_sound_output.h"
#include "app/studio/services/sound_devices.h"
#include "app/studio/theme/studio_style.h"
#include "app/studio/theme/style_sheet.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/inference/engine_client.h"

#include <QApplication>

#include <cstdio>

namespace gesture::app {
namespace {

int fail(const Error& error) {
    std::fprintf(stderr, "gesture-studio: %s\n", error.message().c_str());
    return exitStatus(error.code());
}

int run(int count, char** arguments) {
    QStringList given;
    for (int i = 1; i < count; ++i) {
        given.append(QString::fromLocal8Bit(arguments[i]));
    }
    auto line = parseCommandLine(given);
    if (!line) return fail(line.error());
    if (line->answer) {
        std::fputs(line->answer->toUtf8().constData(), stdout);
        return 0;
    }
    startLogging(LogLevel::Warning);
    QApplication application(count, arguments);
    QApplication::setApplicationName(QStringLiteral("gesture-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Gesture Studio"));
    QApplication::setStyle(new StudioStyle);
    static_cast<void>(systemThemeKind());
    loadFonts();
    QApplication::setFont(themeFont(12));
    Application studio(std::move(line).value(), userConfigDirectory() / "studio.ini",
                       openDefaultSoundOutput,
                       [] { return std::make_unique<inference::EngineClient>(); });
    SoundDevices devices;
    QObject::connect(&studio.parts().transport, &Transport::soundStateChanged, &devices,
                     &SoundDevices::watch);
    QObject::connect(&devices, &SoundDevices::changed, &studio.parts().transport,
                     &Transport::devicesChanged);
    QObject::connect(&studio, &Application::finished, &application, &QApplication::exit,
                     Qt::QueuedConnection);
    const Status started = studio.start();
    return started.ok() ? QApplication::exec() : fail(started.error());
}

} // namespace
} // namespace gesture::app

int main(int count, char** arguments) { return gesture::app::run(count, arguments); }
