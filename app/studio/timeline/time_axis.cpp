// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/time_axis.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kSmallestFrames = 12;
constexpr double kPageMargin = 0.06; ///< Part of the stretch before the playhead after a turn.

} // namespace

void TimeAxis::setDuration(Seconds duration, FrameRate rate) {
    updateDuration(duration, rate);
    showAll();
}

void TimeAxis::updateDuration(Seconds duration, FrameRate rate) {
    rate_ = rate;
    duration_ = std::max(duration.value, 1 / rate.perSecond());
    show(begin_, end_);
}

void TimeAxis::setPixels(double left, double right) {
    left_ = left;
    right_ = std::max(right, left + 1);
}

double TimeAxis::pixelsPerSecond() const { return (right_ - left_) / span(); }

double TimeAxis::xOf(Seconds time) const {
    return left_ + (time.value - begin_) * pixelsPerSecond();
}

Seconds TimeAxis::timeAt(double x) const { return {begin_ + (x - left_) / pixelsPerSecond()}; }

FrameIndex TimeAxis::nearestFrame(double x) const {
    return {static_cast<std::int64_t>(std::llround(timeAt(x).value * rate_.perSecond()))};
}

double TimeAxis::smallestSpan() const {
    return std::min(kSmallestFrames / rate_.perSecond(), duration_);
}

void TimeAxis::show(double begin, double end) {
    const double wanted = std::clamp(end - begin, smallestSpan(), duration_);
    begin_ = std::clamp(begin, 0.0, duration_ - wanted);
    end_ = begin_ + wanted;
}

void TimeAxis::scrollBy(double seconds) { show(begin_ + seconds, end_ + seconds); }

void TimeAxis::zoom(double factor, Seconds anchor) {
    const double wanted = std::clamp(span() * factor, smallestSpan(), duration_);
    const double part = std::clamp((anchor.value - begin_) / span(), 0.0, 1.0);
    const double begin = anchor.value - part * wanted;
    show(begin, begin + wanted);
}

bool TimeAxis::follow(Seconds time) {
    if (time.value >= begin_ && time.value <= end_) return false;
    const double before = begin_;
    const double begin = time.value - kPageMargin * span();
    show(begin, begin + span());
    return begin_ != before;
}

double TimeAxis::zoomLevel() const {
    const double range = std::log(duration_ / smallestSpan());
    return range > 0 ? std::clamp(std::log(duration_ / span()) / range, 0.0, 1.0) : 0;
}

void TimeAxis::setZoomLevel(double level, Seconds anchor) {
    const double wanted = duration_ * std::pow(smallestSpan() / duration_, level);
    zoom(wanted / span(), anchor);
}

} // namespace gesture::app
