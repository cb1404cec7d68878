// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/playback_clock.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kLargestDrift = 0.1; ///< Seconds; more is a jump, not jitter.
constexpr double kCorrection = 0.1;

} // namespace

double steadyNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

PlayReading positionAfter(const PlayOrder& order, double elapsed) {
    const double begin = order.begin.value;
    const double length = order.end.value - begin;
    const double position = order.from.value + std::max(elapsed, 0.0) * order.rate;
    if (!(length > 0)) return {order.begin, true};
    if (order.rate < 0) {
        if (position > begin) return {{position}, false};
        if (!order.repeat) return {order.begin, true};
        return {{order.end.value - std::fmod(begin - position, length)}, false};
    }
    if (position < order.end.value) return {{position}, false};
    if (!order.repeat) return {order.end, true};
    return {{begin + std::fmod(position - order.end.value, length)}, false};
}

PlayReading positionAhead(const PlayOrder& order, double elapsed, Seconds ahead) {
    const PlayReading now = positionAfter(order, elapsed);
    return now.ended ? now : PlayReading{positionAfter(order, elapsed + ahead.value).position};
}

void SteadyClock::start(const PlayOrder& order) {
    order_ = order;
    started_ = now_();
}

PlayReading SteadyClock::read(Seconds ahead) {
    return positionAhead(order_, now_() - started_, ahead);
}

double ClockSmoother::smooth(double raw, double now) {
    if (!running_) {
        running_ = true;
        value_ = raw;
    } else {
        const double predicted = value_ + std::max(now - last_, 0.0);
        const double drift = raw - predicted;
        const bool jump = std::abs(drift) > kLargestDrift;
        value_ = jump ? raw : std::max(value_, predicted + kCorrection * drift);
    }
    last_ = now;
    return value_;
}

} // namespace gesture::app
