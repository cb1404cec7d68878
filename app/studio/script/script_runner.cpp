// SPDX-License-Identifier: Apache-2.0
#include "app/studio/script/script_runner.h"

#include "app/studio/script/layout_report.h"
#include "app/studio/script/process_figures.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace gesture::app {

namespace {

void print(const QJsonObject& object) {
    const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    std::fprintf(stdout, "%s\n", text.constData());
    std::fflush(stdout);
}

double milliseconds(double seconds) {
    return static_cast<double>(std::lround(seconds * 1e5)) / 100;
}

} // namespace

ScriptRunner::ScriptRunner(const StudioParts& parts, MainWindow& window)
    : parts_(parts)
    , window_(window) {}

Result<std::vector<QJsonObject>> ScriptRunner::read(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error(ErrorCode::NotFound, QStringLiteral("The script '%1' cannot be read: %2.")
                                              .arg(path, file.errorString())
                                              .toStdString());
    }
    std::vector<QJsonObject> statements;
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty()) continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject()) {
            return Error(ErrorCode::InvalidInput,
                         QStringLiteral("Line %1 of '%2' is no JSON object.")
                             .arg(number)
                             .arg(path)
                             .toStdString());
        }
        statements.push_back(document.object());
    }
    return statements;
}

void ScriptRunner::run(std::vector<QJsonObject> statements) {
    statements_ = std::move(statements);
    at_ = 0;
    nextSoon();
}

void ScriptRunner::nextSoon() { QTimer::singleShot(0, this, &ScriptRunner::next); }

void ScriptRunner::next() {
    if (at_ == statements_.size()) {
        Q_EMIT finished(0);
        return;
    }
    carryOut(statements_[at_++]);
}

void ScriptRunner::fail(const QString& sentence) {
    std::fprintf(stderr, "gesture-studio: %s\n", sentence.toUtf8().constData());
    Q_EMIT finished(1);
}

void ScriptRunner::carryOut(const QJsonObject& statement) {
    if (statement.contains(QLatin1String("open"))) return open(statement);
    if (statement.contains(QLatin1String("wait"))) return waitUntilLoaded();
    if (statement.contains(QLatin1String("do"))) {
        return trigger(statement[QLatin1String("do")].toString());
    }
    if (statement.contains(QLatin1String("screenshot"))) {
        return takeScreenshot(statement[QLatin1String("screenshot")].toString());
    }
    if (statement.contains(QLatin1String("benchmark"))) {
        return benchmark(statement[QLatin1String("benchmark")].toDouble());
    }
    if (statement.contains(QLatin1String("loseContext"))) {
        window_.viewportPanel().loseContext();
        return nextSoon();
    }
    if (statement.contains(QLatin1String("report"))) {
        return report(statement[QLatin1String("report")].toString());
    }
    if (statement.contains(QLatin1String("sleep"))) {
        QTimer::singleShot(statement[QLatin1String("sleep")].toInt(), this, &ScriptRunner::next);
        return;
    }
    if (setSomething(statement)) return nextSoon();
    fail(QStringLiteral("Statement %1 of the script is unknown.").arg(at_));
}

bool ScriptRunner::setSomething(const QJsonObject& statement) {
    if (statement.contains(QLatin1String("seek"))) {
        parts_.transport.goToFrame({statement[QLatin1String("seek")].toInt()});
    } else if (statement.contains(QLatin1String("speed"))) {
        parts_.document.setSpeedPercent(statement[QLatin1String("speed")].toInt(100));
    } else if (statement.contains(QLatin1String("theme"))) {
        const bool light = statement[QLatin1String("theme")].toString() == QLatin1String("light");
        window_.setTheme(light ? ThemeKind::Light : ThemeKind::Dark);
    } else if (statement.contains(QLatin1String("size"))) {
        const QStringList size =
            statement[QLatin1String("size")].toString().split(QLatin1Char('x'));
        window_.resize(size.value(0).toInt(), size.value(1).toInt());
    } else if (statement.contains(QLatin1String("run"))) {
        const QString name = statement[QLatin1String("run")].toString();
        window_.train().runs().choose(parts_.training.folder() / name.toStdString());
    } else if (statement.contains(QLatin1String("newRun"))) {
        window_.train().writeTemplate(statement[QLatin1String("newRun")].toString(),
                                      statement[QLatin1String("corpus")].toString());
    } else {
        return false;
    }
    return true;
}

void ScriptRunner::open(const QJsonObject& statement) {
    std::vector<std::filesystem::path> paths;
    const QJsonArray files = statement[QLatin1String("open")].toArray();
    for (const QJsonValue& file : files) {
        paths.emplace_back(file.toString().toStdString());
    }
    parts_.loader.open(paths);
    nextSoon();
}

void ScriptRunner::waitUntilLoaded() {
    const bool painted = window_.firstPaint() > 0;
    if (painted && !parts_.loader.busy()) return nextSoon();
    constexpr int kAskAgainMs = 5;
    QTimer::singleShot(kAskAgainMs, this, &ScriptRunner::waitUntilLoaded);
}

void ScriptRunner::trigger(const QString& name) {
    QAction* const action = parts_.actions.find(name);
    if (action == nullptr) return fail(QStringLiteral("There is no action '%1'.").arg(name));
    if (!action->isEnabled()) {
        return fail(QStringLiteral("The action '%1' cannot be used now.").arg(name));
    }
    action->trigger();
    nextSoon();
}

void ScriptRunner::takeScreenshot(const QString& path) {
    const QPixmap picture = window_.grab();
    if (!picture.save(path, "PNG")) {
        return fail(QStringLiteral("The picture '%1' cannot be written. Check that the folder "
                                   "exists and that there is room.")
                        .arg(path));
    }
    nextSoon();
}

void ScriptRunner::benchmark(double seconds) {
    if (!parts_.document.hasClip()) {
        return fail(QStringLiteral("There is nothing to play: open a clip first."));
    }
    parts_.document.setLoop(Loop::Yes);
    parts_.transport.play();
    // The first second compiles what the driver compiles late, and finds the lead.
    constexpr int kWarmUpMs = 1000;
    QTimer::singleShot(kWarmUpMs, this, [this, seconds] {
        window_.syncMeter().reset();
        const double processor = processorSeconds();
        QTimer::singleShot(static_cast<int>(seconds * 1000), this, [this, processor] {
            printBenchmark(processorSeconds() - processor);
            parts_.transport.pause();
            nextSoon();
        });
    });
}

void ScriptRunner::printBenchmark(double processor) {
    const SyncMeter& meter = window_.syncMeter();
    std::vector<double> off = meter.lateness();
    for (double& value : off) {
        value = std::abs(value);
    }
    const auto pictures = static_cast<int>(off.size());
    QJsonObject object;
    object[QLatin1String("pictures")] = pictures;
    object[QLatin1String("width")] = window_.viewportPanel().width();
    object[QLatin1String("height")] = window_.viewportPanel().height();
    object[QLatin1String("pictureP50Ms")] = milliseconds(percentile(meter.durations(), 0.5));
    object[QLatin1String("pictureP95Ms")] = milliseconds(percentile(meter.durations(), 0.95));
    object[QLatin1String("intervalP50Ms")] = milliseconds(percentile(meter.intervals(), 0.5));
    object[QLatin1String("intervalP95Ms")] = milliseconds(percentile(meter.intervals(), 0.95));
    object[QLatin1String("offP50Ms")] = milliseconds(percentile(off, 0.5));
    object[QLatin1String("offP95Ms")] = milliseconds(percentile(off, 0.95));
    object[QLatin1String("leadMs")] = milliseconds(parts_.transport.lead().value);
    object[QLatin1String("processorMsAPicture")] = milliseconds(processor / std::max(pictures, 1));
    object[QLatin1String("residentMiB")] = residentMebibytes();
    print(object);
}

void ScriptRunner::report(const QString& what) {
    QJsonObject object;
    if (what == QLatin1String("layout")) {
        object[QLatin1String("viewHeight")] = window_.viewportPanel().height();
        object[QLatin1String("viewWidth")] = window_.viewportPanel().width();
        object[QLatin1String("controls")] = layoutOf(window_);
        print(object);
        return nextSoon();
    }
    object[QLatin1String("firstPictureMs")] = milliseconds(window_.firstPaint() - processStart());
    object[QLatin1String("residentMiB")] = residentMebibytes();
    object[QLatin1String("descriptors")] = openDescriptors();
    object[QLatin1String("soundState")] = static_cast<int>(parts_.transport.soundState());
    object[QLatin1String("playheadMs")] = milliseconds(parts_.document.playhead().value);
    object[QLatin1String("graphics")] = window_.viewportPanel().graphics();
    print(object);
    nextSoon();
}

} // namespace gesture::app
