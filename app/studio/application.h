// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/command_line.h"
#include "app/studio/main_window.h"
#include "app/studio/script/script_runner.h"

#include <QMediaDevices>
#include <QObject>

#include <memory>

namespace gesture::app {

/// Makes the parts, gives them to each other and starts. Lives as long as the program; GUI thread.
class Application final : public QObject {
    Q_OBJECT

public:
    /// `openSound` opens the device for playback, `makeEngine` what runs the networks; tests give
    /// their own.
    Application(CommandLine line, const std::filesystem::path& settingsFile,
                SoundOutputFactory openSound, EngineJobs::EngineFactory makeEngine);
    ~Application() override;

    [[nodiscard]] MainWindow& window() { return *window_; }
    [[nodiscard]] StudioParts parts();

    /// Shows the window and loads what the command line names. A wrong script is an error.
    [[nodiscard]] Status start();

Q_SIGNALS:
    /// A script or screenshot is done: end with this status.
    void finished(int status);

private:
    [[nodiscard]] Result<std::vector<QJsonObject>> statements() const;

    CommandLine line_;
    Settings settings_;
    Document document_;
    Actions actions_;
    Loader loader_;
    Transport transport_;
    ViewController view_;
    EngineJobs engine_;
    StudioSession session_;
    TrainingService training_;
    std::unique_ptr<MainWindow> window_;
    std::unique_ptr<ScriptRunner> script_;
};

} // namespace gesture::app
