// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

namespace gesture::app {

/// Which stretch of the clip the timeline shows, and where. Value; times in seconds, places in
/// logical px. The stretch always lies inside of the clip.
class TimeAxis {
public:
    /// Shows everything.
    void setDuration(Seconds duration, FrameRate rate);
    /// Keeps the stretch, as far as the clip reaches.
    void updateDuration(Seconds duration, FrameRate rate);
    void setPixels(double left, double right);

    [[nodiscard]] double begin() const { return begin_; }
    [[nodiscard]] double end() const { return end_; }
    [[nodiscard]] double span() const { return end_ - begin_; }
    [[nodiscard]] double duration() const { return duration_; }
    [[nodiscard]] double left() const { return left_; }
    [[nodiscard]] double right() const { return right_; }
    [[nodiscard]] double pixelsPerSecond() const;

    [[nodiscard]] double xOf(Seconds time) const;
    [[nodiscard]] Seconds timeAt(double x) const;
    /// Frame whose start is nearest; may lie outside of the clip.
    [[nodiscard]] FrameIndex nearestFrame(double x) const;

    void show(double begin, double end);
    void showAll() { show(0, duration_); }
    void scrollBy(double seconds);
    /// Shows `factor` times as much (0.5: twice as large); the time under `anchor` stays there.
    void zoom(double factor, Seconds anchor);
    /// Turns the page when the time is out of sight. True when the stretch changed.
    bool follow(Seconds time);

    /// 0: everything, 1: as large as it gets.
    [[nodiscard]] double zoomLevel() const;
    void setZoomLevel(double level, Seconds anchor);

private:
    [[nodiscard]] double smallestSpan() const;

    double begin_ = 0;
    double end_ = 1;
    double duration_ = 1;
    double left_ = 0;
    double right_ = 1;
    FrameRate rate_;
};

} // namespace gesture::app
