// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/main_window.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <vector>

namespace gesture::app {

/// Carries out a script on the window, for tests and pictures of the documentation. One JSON object
/// a line, each with one statement:
///   {"open": ["a.npz", "b.wav"]}       {"wait": "loaded"}     {"do": "play.toggle"}
///   {"seek": 120}                      {"speed": 50}          {"theme": "light"}
///   {"size": "1280x720"}               {"sleep": 500}         {"screenshot": "x.png"}
///   {"run": "tokenizer"}               {"newRun": "tiny/tokenizer_hands"}
///   {"benchmark": 10}                  {"report": "start"}    {"loseContext": true}
/// `run` chooses a training run by its name; `newRun` writes a configuration from a template, with
/// the folder of a prepared corpus in "corpus".
/// `benchmark` plays for a second to warm up, then for so many seconds, and prints as JSON what a
/// picture takes and how far it is off its sound; `report` prints the time of the first picture,
/// the memory and descriptors in use and how sound and playhead stand, or with "layout" the place
/// of every control. GUI thread.
class ScriptRunner final : public QObject {
    Q_OBJECT

public:
    ScriptRunner(const StudioParts& parts, MainWindow& window);

    /// Reads a script; the error names the line.
    [[nodiscard]] static Result<std::vector<QJsonObject>> read(const QString& path);
    void run(std::vector<QJsonObject> statements);

Q_SIGNALS:
    /// Everything is done, or one statement failed; exit status of the program.
    void finished(int status);

private:
    void next();
    void fail(const QString& sentence);
    /// Runs a statement and calls `next`, at once or later.
    void carryOut(const QJsonObject& statement);
    [[nodiscard]] bool setSomething(const QJsonObject& statement);
    void open(const QJsonObject& statement);
    void waitUntilLoaded();
    void trigger(const QString& name);
    void takeScreenshot(const QString& path);
    void benchmark(double seconds);
    /// `processor`: seconds of all threads while it ran.
    void printBenchmark(double processor);
    void report(const QString& what);
    void nextSoon();

    StudioParts parts_;
    MainWindow& window_;
    std::vector<QJsonObject> statements_;
    std::size_t at_ = 0;
};

} // namespace gesture::app
