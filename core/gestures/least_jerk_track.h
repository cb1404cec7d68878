// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace gesture::gestures {

/// A value over time that goes from target to target in movements of least jerk (Flash and Hogan
/// 1985), each from the place, velocity and acceleration that the one before has at its start, and
/// rests between them. Value type, one thread.
template <int N>
class LeastJerkTrack {
public:
    using Vector = Eigen::Matrix<double, N, 1>;

    explicit LeastJerkTrack(const Vector& start)
        : start_(start) {}

    /// From `begin` on everything that was planned is dropped, and at `end` (seconds) the value is
    /// `target`. `arc` is added in the middle of the way and nothing of it at the ends.
    void move(double begin, double end, const Vector& target, const Vector& arc = Vector::Zero()) {
        while (!moves_.empty() && moves_.back().begin >= begin)
            moves_.pop_back();
        const State from = stateAt(begin);
        const double duration = std::max(end - begin, kShortest);
        moves_.push_back({begin, duration, from, target, arc});
    }

    [[nodiscard]] Vector at(double seconds) const { return stateAt(seconds).value; }

private:
    static constexpr double kShortest = 0.05; ///< seconds

    struct State {
        Vector value;
        Vector velocity = Vector::Zero();
        Vector acceleration = Vector::Zero();
    };

    struct Movement {
        double begin;
        double duration;
        State from;
        Vector target;
        Vector arc;

        /// The polynomial of fifth order that joins `from` with rest at `target`.
        [[nodiscard]] State at(double seconds) const {
            const double d = duration;
            const double u = std::clamp((seconds - begin) / d, 0.0, 1.0);
            const Vector way = target - from.value;
            const Vector c1 = from.velocity * d;
            const Vector c2 = 0.5 * d * d * from.acceleration;
            const Vector c3 = 10.0 * way - 6.0 * c1 - 3.0 * c2;
            const Vector c4 = -15.0 * way + 8.0 * c1 + 3.0 * c2;
            const Vector c5 = 6.0 * way - 3.0 * c1 - c2;
            State s;
            s.value = from.value + u * (c1 + u * (c2 + u * (c3 + u * (c4 + u * c5))));
            s.velocity = (c1 + u * (2 * c2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / d;
            s.acceleration = (2 * c2 + u * (6 * c3 + u * (12 * c4 + u * 20 * c5))) / (d * d);
            addArc(u, s);
            return s;
        }

        void addArc(double u, State& s) const {
            using std::numbers::pi;
            const double m = u * u * u * (10.0 + u * (-15.0 + 6.0 * u));
            const double first = 30.0 * u * u * (1.0 - u) * (1.0 - u) / duration;
            const double second = 60.0 * u * (1.0 + u * (-3.0 + 2.0 * u)) / (duration * duration);
            s.value += std::sin(pi * m) * arc;
            s.velocity += pi * std::cos(pi * m) * first * arc;
            s.acceleration +=
                pi * (std::cos(pi * m) * second - pi * std::sin(pi * m) * first * first) * arc;
        }
    };

    [[nodiscard]] State stateAt(double seconds) const {
        const auto next =
            std::upper_bound(moves_.begin(), moves_.end(), seconds,
                             [](double t, const Movement& move) { return t < move.begin; });
        if (next == moves_.begin()) return {start_};
        const Movement& move = *std::prev(next);
        if (seconds >= move.begin + move.duration) return {move.target};
        return move.at(seconds);
    }

    Vector start_;
    std::vector<Movement> moves_; ///< In order of time.
};

} // namespace gesture::gestures
