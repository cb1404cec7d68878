// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "training/protocol/training_event.h"

namespace gesture::training {

/// Shows a run: events as lines of JSON on standard output, or as lines for people; on a terminal
/// also progress with the time left, on standard error. That nobody reads is no failure. One
/// thread.
class EventPrinter {
public:
    enum class Style { People, Events };
    explicit EventPrinter(Style style);
    EventPrinter(const EventPrinter&) = delete;
    EventPrinter& operator=(const EventPrinter&) = delete;
    ~EventPrinter();

    void show(const TrainingEvent& event);
    /// At most 10 a second.
    void show(const Progress& progress);

private:
    void clearProgress();

    Style style_;
    bool terminal_;
    bool progressShown_ = false;
    double lastShown_ = 0.0;
};

/// "4.2 GB", "312 MB"
[[nodiscard]] std::string shownBytes(std::int64_t bytes);
/// "1:02:03 h", "4:05 min", "12 s"
[[nodiscard]] std::string shownDuration(double seconds);

} // namespace gesture::training
