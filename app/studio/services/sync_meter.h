// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace gesture::app {

/// Measures while playing: pictures a second, how long one takes, and by how much it comes later
/// than its sound. GUI thread.
class SyncMeter {
public:
    void reset() { *this = SyncMeter(); }

    /// The playhead moved to a frame at `now`: its picture is due.
    void noteDue(double now) { due_ = now; }

    /// A new picture is complete at `now`; the clock then stood `late` after the start of the frame
    /// that it shows. Seconds.
    void note(double now, double late) {
        if (lastPaint_ > 0) {
            const double interval = now - lastPaint_;
            intervals_.push_back(interval);
            interval_ = interval_ > 0 ? interval_ + 0.1 * (interval - interval_) : interval;
        }
        if (due_ > 0) durations_.push_back(now - due_);
        lastPaint_ = now;
        lateness_.push_back(late);
        late_ = lateness_.size() == 1 ? late : late_ + 0.1 * (late - late_);
    }

    [[nodiscard]] int perSecond() const {
        return interval_ > 0 ? static_cast<int>(std::lround(1 / interval_)) : 0;
    }
    [[nodiscard]] int lateMilliseconds() const {
        return static_cast<int>(std::lround(late_ * 1000));
    }

    /// All values since the reset, seconds.
    [[nodiscard]] const std::vector<double>& intervals() const { return intervals_; }
    [[nodiscard]] const std::vector<double>& lateness() const { return lateness_; }
    /// From when a picture was due until it was complete.
    [[nodiscard]] const std::vector<double>& durations() const { return durations_; }

private:
    double lastPaint_ = 0;
    double due_ = 0;
    double interval_ = 0;
    double late_ = 0;
    std::vector<double> intervals_;
    std::vector<double> lateness_;
    std::vector<double> durations_;
};

/// The lead that brings pictures to their sound, learnt from how late they come. Seconds.
[[nodiscard]] inline Seconds correctedLead(Seconds lead, double late) {
    constexpr double kCorrection = 0.1;
    constexpr double kLongest = 0.1; ///< A computer slower than this drops frames instead.
    return {std::clamp(lead.value + kCorrection * late, 0.0, kLongest)};
}

/// The value below which `part` of the values lie; 0 when there are none.
[[nodiscard]] inline double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double place = part * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(std::lround(place))];
}

} // namespace gesture::app
