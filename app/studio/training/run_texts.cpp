// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace gesture::app {

namespace {

using namespace training;

QString say(const char* text) { return QCoreApplication::translate("Training", text); }

QString figuresText(const NamedFigures& figures, std::size_t most) {
    QStringList parts;
    for (const auto& [name, value] : figures) {
        if (static_cast<std::size_t>(parts.size()) == most) break;
        const std::string shown = name.substr(name.find('.') + 1); // all of it without a dot
        parts.append(QStringLiteral("%1 %2").arg(figureText(shown).toLower(), numberText(value)));
    }
    return parts.join(QStringLiteral(", "));
}

/// An event as a sentence.
struct Sentence {
    QString operator()(const TrainingNote& note) const { return QString::fromStdString(note.text); }
    QString operator()(const RunStarted& run) const {
        const QString parameters = QLocale().toString(static_cast<qlonglong>(run.parameters));
        const QString text = say("%1 begins: %2 steps, %3 parameters, on %4")
                                 .arg(stageText(run.stage),
                                      QLocale().toString(static_cast<qlonglong>(run.totalSteps)),
                                      parameters, deviceText(run.device));
        if (run.step == 0) return text;
        return say("%1; goes on behind step %2")
            .arg(text, QLocale().toString(static_cast<qlonglong>(run.step)));
    }
    QString operator()(const RunEstimated& run) const {
        return say("%1 s a step, about %2 left, %3 of memory")
            .arg(numberText(run.secondsPerStep), durationText(run.secondsLeft),
                 bytesText(static_cast<double>(run.memoryBytes)));
    }
    QString operator()(const StepsDone& done) const {
        constexpr std::size_t kShown = 4;
        return say("step %1: %2, rate %3")
            .arg(QLocale().toString(static_cast<qlonglong>(done.step)),
                 figuresText(done.figures, kShown), numberText(done.learningRate));
    }
    QString operator()(const Evaluated& measured) const {
        constexpr std::size_t kShown = 6;
        const QString text = say("step %1, held-out data: %2")
                                 .arg(QLocale().toString(static_cast<qlonglong>(measured.step)),
                                      figuresText(measured.figures, kShown));
        return measured.best ? say("%1 (best so far)").arg(text) : text;
    }
    QString operator()(const CheckpointWritten& written) const {
        return say("checkpoint of step %1 written, %2 in %3 s")
            .arg(QLocale().toString(static_cast<qlonglong>(written.step)),
                 bytesText(static_cast<double>(written.bytes)), numberText(written.seconds));
    }
    QString operator()(const RunFinished& run) const {
        return say("finished: all %1 steps are done")
            .arg(QLocale().toString(static_cast<qlonglong>(run.step)));
    }
    QString operator()(const RunStopped& run) const {
        return say("stopped after step %1")
            .arg(QLocale().toString(static_cast<qlonglong>(run.step)));
    }
    QString operator()(const RunFailed& run) const { return QString::fromStdString(run.message); }
};

} // namespace

QString stateText(RunState state) {
    switch (state) {
    case RunState::Draft:
        return say("Not started");
    case RunState::Queued:
        return say("Waiting in the queue");
    case RunState::Starting:
        return say("Reading its data");
    case RunState::Running:
        return say("Running");
    case RunState::Stopping:
        return say("Stopping after this step");
    case RunState::Finished:
        return say("Finished");
    case RunState::Stopped:
        return say("Stopped");
    case RunState::Failed:
        return say("Failed");
    case RunState::Killed:
        return say("Ended");
    }
    return {};
}

QString stageText(const std::string& stage) {
    static constexpr std::array<std::pair<const char*, const char*>, 7> kNames{
        {{"tokenizer", QT_TRANSLATE_NOOP("Training", "Tokenizer")},
         {"global_motion", QT_TRANSLATE_NOOP("Training", "Global motion")},
         {"motion_features", QT_TRANSLATE_NOOP("Training", "Motion features")},
         {"speech_encoder", QT_TRANSLATE_NOOP("Training", "Speech encoder")},
         {"semtalk_base", QT_TRANSLATE_NOOP("Training", "SemTalk base")},
         {"semtalk_sparse", QT_TRANSLATE_NOOP("Training", "SemTalk sparse")},
         {"echomask", QT_TRANSLATE_NOOP("Training", "EchoMask")}}};
    const auto* const found =
        std::ranges::find_if(kNames, [&](const auto& name) { return stage == name.first; });
    return found == kNames.end() ? QString::fromStdString(stage) : say(found->second);
}

QString deviceText(const std::string& device) {
    if (device == "cpu") return say("CPU");
    const QString name = QString::fromStdString(device);
    if (name == QLatin1String("cuda")) return say("GPU 0");
    if (name.startsWith(QLatin1String("cuda:"))) return say("GPU %1").arg(name.mid(5));
    return name;
}

QString figureText(const std::string& figure) {
    QString text = QString::fromStdString(figure);
    const qsizetype dot = text.indexOf(QLatin1Char('.'));
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (dot > 0) text.replace(dot, 1, QStringLiteral(", "));
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

QString numberText(double value) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    const double size = std::abs(value);
    const QLocale locale;
    if (size >= 1000.0) return locale.toString(value, 'f', 0);
    if (size != 0.0 && size < 1e-3) return locale.toString(value, 'e', 1);
    const int decimals = size >= 100.0  ? 0
                         : size >= 10.0 ? 1
                         : size >= 1.0  ? 2
                         : size >= 0.1  ? 3
                                        : 4;
    return locale.toString(value, 'f', decimals);
}

QString durationText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0.0) return QStringLiteral("–");
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    const auto two = [](std::int64_t value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 3600;
    constexpr std::int64_t kDay = 24 * kHour;
    if (whole < kMinute) return say("%1 s").arg(whole);
    if (whole < kHour) return say("%1 min %2 s").arg(whole / kMinute).arg(two(whole % kMinute));
    if (whole < kDay)
        return say("%1 h %2 min").arg(whole / kHour).arg(two(whole % kHour / kMinute));
    return say("%1 d %2 h").arg(whole / kDay).arg(whole % kDay / kHour);
}

QString bytesText(double bytes) {
    const QLocale locale;
    constexpr double kGiga = 1e9;
    constexpr double kMega = 1e6;
    if (bytes >= 100.0 * kGiga) return say("%1 GB").arg(locale.toString(bytes / kGiga, 'f', 0));
    if (bytes >= kGiga) return say("%1 GB").arg(locale.toString(bytes / kGiga, 'f', 1));
    if (bytes >= kMega) return say("%1 MB").arg(locale.toString(bytes / kMega, 'f', 0));
    return say("%1 kB").arg(locale.toString(bytes / 1e3, 'f', 0));
}

QString dateText(double unixSeconds) {
    if (unixSeconds <= 0.0) return {};
    const QLocale locale;
    const QDateTime time = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(unixSeconds));
    const qint64 days = time.date().daysTo(QDate::currentDate());
    const QString clock = locale.toString(time.time(), QStringLiteral("HH:mm"));
    if (days == 0) return say("today %1").arg(clock);
    if (days == 1) return say("yesterday %1").arg(clock);
    constexpr qint64 kWeek = 7;
    if (days > 1 && days < kWeek)
        return QStringLiteral("%1 %2").arg(locale.toString(time.date(), QStringLiteral("ddd")),
                                           clock);
    return locale.toString(time.date(), QStringLiteral("d MMM"));
}

QString agoText(double unixSeconds, double now) {
    if (unixSeconds <= 0.0) return QStringLiteral("–");
    const double ago = std::max(0.0, now - unixSeconds);
    constexpr double kMinute = 60.0;
    constexpr double kHour = 3600.0;
    if (ago >= 10 * kMinute && ago < kHour)
        return say("%1 min ago").arg(static_cast<int>(ago / kMinute));
    if (ago >= kHour) return dateText(unixSeconds);
    return say("%1 ago").arg(durationText(ago));
}

RunLogLine logLineOf(const TrainingEvent& event) {
    LogGrade grade = LogGrade::Info;
    if (std::holds_alternative<RunFailed>(event.what)) grade = LogGrade::Error;
    const bool remark = std::holds_alternative<TrainingNote>(event.what) ||
                        std::holds_alternative<RunStopped>(event.what);
    if (remark) grade = LogGrade::Warning;
    return {event.time, grade, std::visit(Sentence{}, event.what)};
}

QString lastSentenceOf(const std::string& output) {
    const QStringList lines =
        QString::fromStdString(output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (lines.isEmpty()) return {};
    QString last = lines.last().trimmed();
    // As programs with --json have it.
    const QJsonObject object = QJsonDocument::fromJson(last.toUtf8()).object();
    if (object.contains(QLatin1String("error"))) return object[QLatin1String("error")].toString();
    for (const char* name : {"gesture-train: ", "gesture: "})
        if (last.startsWith(QLatin1String(name))) last.remove(0, static_cast<int>(qstrlen(name)));
    return last;
}

RunAdvice adviceFor(const RunRecord& run) {
    RunAdvice advice;
    const bool checkpoint = !run.checkpoints.empty();
    if (run.state == RunState::Killed) {
        advice.sentence = say("The training ended without a word: it was killed, or the computer "
                              "went off. Out of memory looks like this, too.");
        advice.advice = checkpoint ? say("Nothing older than its last checkpoint is lost.")
                                   : say("It had not written a checkpoint yet.");
        advice.button = checkpoint ? say("Resume") : say("Start again");
        advice.step = RunAdvice::Step::Resume;
        return advice;
    }
    if (run.state != RunState::Failed) return advice;
    advice.sentence = run.failure.isEmpty() ? say("The training failed.") : run.failure;
    const QString words = advice.sentence.toLower();
    const auto says = [&](const char* part) { return words.contains(QLatin1String(part)); };
    if (says("no space") || says("disk is full") || says("file too large")) {
        advice.advice = say("Make room on the disk; the last checkpoint is as it was.");
        advice.button = say("Open folder");
        advice.step = RunAdvice::Step::FreeDisk;
    } else if (says("memory")) {
        advice.advice = say("Make the batch smaller, or choose another device.");
        advice.button = say("Edit configuration");
        advice.step = RunAdvice::Step::EditConfig;
    } else if (says("finite number") || says("not a number")) {
        advice.advice = say("Lower optimiser.rate or set optimiser.clip, then go on from the last "
                            "good checkpoint.");
        advice.button = say("Edit configuration");
        advice.step = RunAdvice::Step::EditConfig;
    } else if (says("train.yaml") || says("'stage'") || says("configuration")) {
        advice.advice = say("Correct the configuration and start again.");
        advice.button = say("Edit configuration");
        advice.step = RunAdvice::Step::EditConfig;
    } else {
        advice.advice = say("Its folder holds everything that it said.");
        advice.button = checkpoint ? say("Resume") : say("Start again");
        advice.step = RunAdvice::Step::Resume;
    }
    return advice;
}

} // namespace gesture::app
