// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/run_record.h"
#include "training/protocol/training_event.h"

#include <QString>

#include <string>

namespace gesture::app {

// How runs are put into words. Any thread.

/// "Running", "Waiting in the queue", …
[[nodiscard]] QString stateText(RunState state);
/// "tokenizer" as "Tokenizer", "semtalk_base" as "SemTalk base".
[[nodiscard]] QString stageText(const std::string& stage);
/// "cpu" as "CPU", "cuda:1" as "GPU 1".
[[nodiscard]] QString deviceText(const std::string& device);
/// "loss.phone" as "Loss, phone".
[[nodiscard]] QString figureText(const std::string& figure);
/// Three or four digits that count: "0.0146", "7.21", "41 216".
[[nodiscard]] QString numberText(double value);
/// "8 h 01 min", "4 min 20 s", "12 s".
[[nodiscard]] QString durationText(double seconds);
/// "4.2 GB", "312 MB", decimal.
[[nodiscard]] QString bytesText(double bytes);
/// "today 09:12", "Tue 14:30", "3 Nov".
[[nodiscard]] QString dateText(double unixSeconds);
/// "1 min 45 s ago"
[[nodiscard]] QString agoText(double unixSeconds, double now);

[[nodiscard]] RunLogLine logLineOf(const training::TrainingEvent& event);

/// The last line of a program's errors without the program's name.
[[nodiscard]] QString lastSentenceOf(const std::string& output);

/// What can be done about a run that ended badly.
struct RunAdvice {
    enum class Step { None, Resume, FreeDisk, EditConfig };
    QString sentence; ///< What happened.
    QString advice;   ///< What to do.
    QString button;
    Step step = Step::None;
};
/// Of a run that failed or was killed; without a sentence for others.
[[nodiscard]] RunAdvice adviceFor(const RunRecord& run);

} // namespace gesture::app
