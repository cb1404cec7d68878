// SPDX-License-Identifier: Apache-2.0
#include "training/commands/event_printer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace gesture::training {

namespace {

std::string figuresText(const NamedFigures& figures) {
    std::string text;
    for (const auto& [name, value] : figures)
        text += fmt::format(", {} {:.5g}", name, value);
    return text;
}

struct EventText {
    std::string operator()(const TrainingNote& note) const { return note.text; }
    std::string operator()(const RunStarted& run) const {
        const std::string where =
            run.ranks > 1 ? fmt::format("{} ranks, {}", run.ranks, run.device) : run.device;
        const std::string from =
            run.step > 0 ? fmt::format(", goes on behind step {}", run.step) : std::string{};
        return fmt::format(
            "{}: {} steps ({} an epoch), {} parameters, {} of memory at least, on {}{}", run.stage,
            run.totalSteps, run.stepsPerEpoch, run.parameters, shownBytes(run.memoryBytes), where,
            from);
    }
    std::string operator()(const RunEstimated& run) const {
        return fmt::format("{:.3g} s a step, about {} left, {} of memory", run.secondsPerStep,
                           shownDuration(run.secondsLeft), shownBytes(run.memoryBytes));
    }
    std::string operator()(const StepsDone& done) const {
        return fmt::format("step {}, epoch {}{}, rate {:.3g}, {:.3g} steps/s, {:.1f} % waiting for "
                           "data, {} left",
                           done.step, done.epoch, figuresText(done.figures), done.learningRate,
                           done.stepsPerSecond, 100.0 * done.dataWait,
                           shownDuration(done.secondsLeft));
    }
    std::string operator()(const Evaluated& measured) const {
        return fmt::format("step {}, held-out data{}{}", measured.step,
                           figuresText(measured.figures), measured.best ? " (best so far)" : "");
    }
    std::string operator()(const CheckpointWritten& written) const {
        return fmt::format("step {}, checkpoint {} ({}, {:.2g} s)", written.step, written.file,
                           shownBytes(written.bytes), written.seconds);
    }
    std::string operator()(const RunFinished& run) const {
        return fmt::format("finished: {} steps", run.step);
    }
    std::string operator()(const RunStopped& run) const {
        return fmt::format("stopped {} after step {}", run.reason, run.step);
    }
    std::string operator()(const RunFailed& run) const {
        return fmt::format("failed after step {}", run.step); // the sentence follows as the error
    }
};

double steadySeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

std::string shownBytes(std::int64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (value >= 1e9) return fmt::format("{:.1f} GB", value / 1e9);
    if (value >= 1e6) return fmt::format("{:.1f} MB", value / 1e6);
    return fmt::format("{:.1f} kB", value / 1e3);
}

std::string shownDuration(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::ceil(std::max(0.0, seconds)));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02} h", whole / 3600, whole / 60 % 60, whole % 60);
}

EventPrinter::EventPrinter(Style style)
    : style_(style)
    , terminal_(style == Style::People && ::isatty(STDERR_FILENO) != 0) {}

EventPrinter::~EventPrinter() { clearProgress(); }

void EventPrinter::show(const TrainingEvent& event) {
    clearProgress();
    const std::string line =
        style_ == Style::Events ? formatTrainingEvent(event) : std::visit(EventText{}, event.what);
    std::fwrite((line + "\n").data(), 1, line.size() + 1, stdout);
    std::fflush(stdout);
}

void EventPrinter::show(const Progress& progress) {
    if (!terminal_) return;
    constexpr double kInterval = 0.1;
    const double now = steadySeconds();
    if (now - lastShown_ < kInterval) return;
    lastShown_ = now;
    const std::string left =
        progress.secondsLeft ? ", " + shownDuration(*progress.secondsLeft) + " left" : "";
    std::fputs(
        fmt::format("\r\033[K{} {}/{}{}", progress.stage, progress.done, progress.total, left)
            .c_str(),
        stderr);
    std::fflush(stderr);
    progressShown_ = true;
}

void EventPrinter::clearProgress() {
    if (progressShown_) std::fputs("\r\033[K", stderr);
    progressShown_ = false;
}

} // namespace gesture::training
