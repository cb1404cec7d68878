// SPDX-License-Identifier: Apache-2.0
#include "core/base/job.h"

#include <utility>

namespace gesture {

namespace {
constexpr std::chrono::milliseconds kReportInterval{33};
constexpr std::chrono::milliseconds kEstimateAfter{300};
} // namespace

JobControl::JobControl(std::stop_token stop, Callback callback)
    : stop_(std::move(stop))
    , callback_(std::move(callback)) {}

Error JobControl::cancelled(std::string_view what) {
    return {ErrorCode::Cancelled, std::string(what) + " was cancelled."};
}

void JobControl::beginStage(std::string stage, std::int64_t total) {
    progress_ = Progress{std::move(stage), 0, total, std::nullopt};
    stageStart_ = Clock::now();
    report(true);
}

void JobControl::advanceTo(std::int64_t done) {
    progress_.done = done;
    report(progress_.total > 0 && done >= progress_.total);
}

void JobControl::relay(Progress progress) {
    const bool force = progress.stage != progress_.stage ||
                       (progress.total > 0 && progress.done >= progress.total);
    progress_ = std::move(progress);
    publish(force);
}

void JobControl::report(bool force) {
    const auto elapsed = Clock::now() - stageStart_;
    if (progress_.done > 0 && progress_.total > 0 && elapsed >= kEstimateAfter) {
        const double seconds = std::chrono::duration<double>(elapsed).count();
        progress_.secondsLeft = seconds * static_cast<double>(progress_.total - progress_.done) /
                                static_cast<double>(progress_.done);
    }
    publish(force);
}

void JobControl::publish(bool force) {
    if (!callback_) return;
    const auto now = Clock::now();
    if (!force && now - lastReport_ < kReportInterval) return;
    lastReport_ = now;
    callback_(progress_);
}

} // namespace gesture
