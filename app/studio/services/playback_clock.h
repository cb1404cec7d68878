// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"

#include <functional>

namespace gesture::app {

/// What to play: from `from` on to `end`, then again from `begin` when it repeats. `rate` is media
/// seconds per second; negative plays backwards to `begin`.
struct PlayOrder {
    Seconds from;
    Seconds begin;
    Seconds end;
    bool repeat = false;
    double rate = 1.0;
};

struct PlayReading {
    Seconds position;
    bool ended = false; ///< The end was reached and the order does not repeat.
};

/// Where an order stands after `elapsed` seconds of playing (0 or more).
[[nodiscard]] PlayReading positionAfter(const PlayOrder& order, double elapsed);

/// Where it will stand `ahead` later; `ended` when it has ended already.
[[nodiscard]] PlayReading positionAhead(const PlayOrder& order, double elapsed, Seconds ahead);

/// Seconds of a clock that never runs backwards; replaced in tests.
using NowFunction = std::function<double()>;
[[nodiscard]] double steadyNow();

/// What drives the playhead. GUI thread.
class PlaybackClock {
public:
    PlaybackClock() = default;
    PlaybackClock(const PlaybackClock&) = delete;
    PlaybackClock& operator=(const PlaybackClock&) = delete;
    virtual ~PlaybackClock() = default;

    /// Starts anew, whatever was playing.
    virtual void start(const PlayOrder& order) = 0;
    virtual void stop() = 0;
    /// Where it will stand `ahead` from now (0 or more, of real time); whether it has ended is told
    /// of now. Only between start and stop.
    [[nodiscard]] virtual PlayReading read(Seconds ahead) = 0;
    /// False when the device behind the clock is gone: use another clock.
    [[nodiscard]] virtual bool healthy() const = 0;
};

/// The clock of the computer: when there is no sound, or no device for it.
class SteadyClock final : public PlaybackClock {
public:
    explicit SteadyClock(NowFunction now)
        : now_(std::move(now)) {}

    void start(const PlayOrder& order) override;
    void stop() override {}
    [[nodiscard]] PlayReading read(Seconds ahead) override;
    [[nodiscard]] bool healthy() const override { return true; }

private:
    NowFunction now_;
    PlayOrder order_;
    double started_ = 0;
};

/// Turns a clock that moves in steps into one that moves evenly: runs with the steady clock and
/// takes a tenth of the difference at each reading; jumps when the difference exceeds 100 ms.
class ClockSmoother {
public:
    void reset() { running_ = false; }
    /// `raw` and `now` in seconds; the result never runs backwards except for a jump.
    [[nodiscard]] double smooth(double raw, double now);

private:
    bool running_ = false;
    double value_ = 0;
    double last_ = 0;
};

} // namespace gesture::app
