// SPDX-License-Identifier: Apache-2.0
// A real sound server, of our own, whose device goes away and comes back while the studio plays.
#include "app/studio/services/qt_sound_output.h"
#include "app/studio/services/sound_devices.h"
#include "app/studio/services/transport.h"
#include "core/base/paths.h"
#include "tests/app/studio/test_sound.h"
#include "tests/support/temporary_folder.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <gtest/gtest.h>

#include <functional>

namespace gesture::app {
namespace {

constexpr int kPatienceMs = 20'000; ///< A test that waits longer has failed.

/// Handles events until `reached`; false when that takes too long.
bool waitUntil(const std::function<bool()>& reached) {
    QElapsedTimer waited;
    waited.start();
    while (!reached() && waited.elapsed() < kPatienceMs) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    return reached();
}

/// PulseAudio with a null device, in a folder of its own.
class SoundServer {
public:
    SoundServer() {
        const std::string socket = (folder / "native").string();
        qputenv("PULSE_SERVER", QByteArray::fromStdString("unix:" + socket));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const QString home = QString::fromStdString(folder.path().string());
        environment.insert(QStringLiteral("HOME"), home);
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
        server.setProcessEnvironment(environment);
        server.setStandardErrorFile(QProcess::nullDevice());
        server.start(QStringLiteral("pulseaudio"),
                     {QStringLiteral("-n"), QStringLiteral("--daemonize=no"),
                      QStringLiteral("--exit-idle-time=-1"), QStringLiteral("--use-pid-file=no"),
                      QStringLiteral("-L"),
                      QString::fromStdString(
                          "module-native-protocol-unix auth-anonymous=1 socket=" + socket)});
    }
    ~SoundServer() {
        server.terminate();
        if (!server.waitForFinished(kPatienceMs)) server.kill();
        qunsetenv("PULSE_SERVER");
    }
    SoundServer(const SoundServer&) = delete;
    SoundServer& operator=(const SoundServer&) = delete;

    /// What pactl answers; empty when it fails.
    [[nodiscard]] QString control(const QStringList& arguments) const {
        QProcess tool;
        tool.start(QStringLiteral("pactl"), arguments);
        tool.waitForFinished(kPatienceMs);
        return tool.exitCode() == 0 ? QString::fromUtf8(tool.readAllStandardOutput()).trimmed()
                                    : QString();
    }
    [[nodiscard]] bool answers() const { return !control({QStringLiteral("info")}).isEmpty(); }
    /// Number of the module.
    [[nodiscard]] QString addDevice() const {
        return control({QStringLiteral("load-module"), QStringLiteral("module-null-sink"),
                        QStringLiteral("sink_name=test")});
    }
    void removeDevice(const QString& module) const {
        static_cast<void>(control({QStringLiteral("unload-module"), module}));
    }

private:
    test::TemporaryFolder folder;
    QProcess server;
};

TEST(SoundLoss, PlaybackGoesOnAndTakesTheDeviceBack) {
    if (!findProgram("pulseaudio") || !findProgram("pactl"))
        GTEST_SKIP() << "PulseAudio is not installed (pulseaudio, pulseaudio-utils).";
    const SoundServer server;
    ASSERT_TRUE(waitUntil([&] { return server.answers(); }));
    const QString module = server.addDevice();
    ASSERT_FALSE(module.isEmpty());

    test::TemporaryFolder folder;
    test::writeSine(folder / "long.wav", 16000, 120);
    AudioTrack track;
    track.path = folder / "long.wav";
    track.info = audio::AudioReader::open(track.path).value().info();
    Document document;
    document.setAudio(std::make_shared<const AudioTrack>(track));
    Transport transport(document, openDefaultSoundOutput);
    SoundDevices devices;
    QObject::connect(&transport, &Transport::soundStateChanged, &devices, &SoundDevices::watch);
    QObject::connect(&devices, &SoundDevices::changed, &transport, &Transport::devicesChanged);
    const auto movesOn = [&](SoundState state) {
        const double from = document.playhead().value;
        return waitUntil([&] {
            return transport.soundState() == state && document.playhead().value > from + 0.3;
        });
    };

    transport.play();
    if (transport.soundState() == SoundState::NoDevice)
        GTEST_SKIP() << "Qt has no sound device here: its PulseAudio plug-in is missing.";
    EXPECT_TRUE(movesOn(SoundState::Playing));
    const double before = document.playhead().value;
    server.removeDevice(module);
    EXPECT_TRUE(waitUntil([&] { return transport.soundState() != SoundState::Playing; }));
    EXPECT_TRUE(movesOn(transport.soundState()));
    EXPECT_TRUE(transport.playing());
    EXPECT_GT(document.playhead().value, before);
    ASSERT_FALSE(server.addDevice().isEmpty());
    EXPECT_TRUE(movesOn(SoundState::Playing));
    transport.pause();
}

} // namespace
} // namespace gesture::app
