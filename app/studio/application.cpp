// SPDX-License-Identifier: Apache-2.0
#include "app/studio/application.h"

#include "app/studio/accessibility/view_interfaces.h"
#include "app/studio/action_wiring.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/workspace/export_actions.h"
#include "app/studio/workspace/session_actions.h"
#include "core/base/executor.h"
#include "core/base/paths.h"

#include <QGuiApplication>
#include <QJsonObject>
#include <QScreen>

namespace gesture::app {

namespace {

constexpr QSize kDefaultSize{1600, 1000};

} // namespace

Application::Application(CommandLine line, const std::filesystem::path& settingsFile,
                         SoundOutputFactory openSound, EngineJobs::EngineFactory makeEngine)
    : line_(std::move(line))
    , settings_(settingsFile)
    , loader_(document_, line_.avatar, std::make_unique<ThreadPoolExecutor>(1))
    , transport_(document_, std::move(openSound))
    , engine_(std::move(makeEngine))
    , session_(document_, engine_, installedBundleChoices())
    , training_(userDataDirectory() / "runs", findProgram("gesture-train").value_or("")) {
    installViewInterfaces();
    window_ = std::make_unique<MainWindow>(parts(), line_.theme.value_or(settings_.themeKind()));
    wireActions(parts(), *window_);
    wireSession(parts(), *window_);
    wireExport(parts(), *window_, settingsFile);
    const QSize screen = QGuiApplication::primaryScreen()->availableSize();
    window_->resize(line_.size.value_or(kDefaultSize.boundedTo(screen)));
}

Application::~Application() = default;

StudioParts Application::parts() {
    return {document_, settings_, actions_, loader_, transport_, view_, session_, training_};
}

Result<std::vector<QJsonObject>> Application::statements() const {
    if (line_.script) return ScriptRunner::read(*line_.script);
    std::vector<QJsonObject> made;
    made.push_back({{QStringLiteral("wait"), QStringLiteral("loaded")}});
    if (line_.frame) {
        made.push_back({{QStringLiteral("seek"), static_cast<double>(*line_.frame)}});
    }
    if (line_.screenshot) {
        made.push_back({{QStringLiteral("screenshot"), *line_.screenshot}});
    }
    if (line_.benchmarkSeconds) {
        made.push_back({{QStringLiteral("benchmark"), *line_.benchmarkSeconds}});
    }
    return made;
}

Status Application::start() {
    auto script = statements();
    if (!script) return std::move(script).error();
    window_->show();
    training_.start();
    window_->timeline().setFocus(Qt::OtherFocusReason);
    line_.files.empty() ? loader_.loadAvatar() : loader_.open(line_.files);
    script_ = std::make_unique<ScriptRunner>(parts(), *window_);
    const bool ends = line_.script || line_.screenshot || line_.benchmarkSeconds;
    if (ends) connect(script_.get(), &ScriptRunner::finished, this, &Application::finished);
    script_->run(std::move(script).value());
    return Status::success();
}

} // namespace gesture::app
