// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace gesture::app {

/// Measures while playing: pictures a second, and by how much a picture comes later than its sound.
/// GUI thread.
class SyncMeter {
public:
    void reset() { *this = SyncMeter(); }

    /// A new picture is complete at `now`; the clock then stood `late` after the start of the frame
    /// that it shows. Seconds.
    void note(double now, double late) {
        if (lastPaint_ > 0) {
            const double interval = now - lastPaint_;
            intervals_.push_back(interval);
            interval_ = interval_ > 0 ? interval_ + 0.1 * (interval - interval_) : interval;
        }
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

private:
    double lastPaint_ = 0;
    double interval_ = 0;
    double late_ = 0;
    std::vector<double> intervals_;
    std::vector<double> lateness_;
};

/// The value below which `part` of the values lie; 0 when there are none.
[[nodiscard]] inline double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double place = part * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(std::lround(place))];
}

} // namespace gesture::app
