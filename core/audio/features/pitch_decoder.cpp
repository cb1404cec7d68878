// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/pitch_decoder.h"

#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::audio {

namespace {

constexpr double kSwitchProbability = 0.01;
constexpr double kTiny = std::numeric_limits<double>::min();
constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();
constexpr std::size_t kTryEvery = 128;

const double kLogStay = std::log(1.0 - kSwitchProbability);
const double kLogSwitch = std::log(kSwitchProbability);
const double kLogTiny = std::log(kTiny);

} // namespace

PitchDecoder::PitchDecoder(int bins, int reach)
    : bins_(bins)
    , reach_(reach)
    , nextTry_(kTryEvery) {
    GESTURE_ASSERT(bins >= 2 && reach >= 0 && 2 * reach < bins);
    const auto height = [reach](int distance) {
        return static_cast<double>(reach + 1 - distance) / (reach + 1);
    };
    Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(bins);
    for (int from = 0; from < bins; ++from)
        for (int to = std::max(0, from - reach); to <= std::min(bins - 1, from + reach); ++to)
            sums[from] += height(std::abs(to - from));
    for (int distance = 0; distance <= reach; ++distance) {
        Eigen::ArrayXd row = Eigen::ArrayXd::Zero(bins + 2 * reach);
        row.segment(reach, bins) = (height(distance) / sums).log();
        logTransition_.push_back(std::move(row));
    }
}

void PitchDecoder::push(std::span<const BinProbability> voiced, double unvoicedEach,
                        std::vector<int>& states) {
    Row row;
    if (rows_.empty()) {
        // The start: all states alike. Infinities on both sides keep the paths within the bins.
        row.voiced = Eigen::ArrayXd::Constant(bins_ + 2 * reach_, kMinusInfinity);
        row.voiced.segment(reach_, bins_).setConstant(std::log(0.5 / bins_));
        row.unvoiced = row.voiced;
    } else {
        row = nextRow(rows_.back());
    }
    auto inner = row.voiced.segment(reach_, bins_);
    inner += kLogTiny;
    for (const BinProbability& entry : voiced)
        inner[entry.bin] += std::log(entry.probability + kTiny) - kLogTiny;
    row.unvoiced.segment(reach_, bins_) += std::log(unvoicedEach + kTiny);
    setBest(row);
    rows_.push_back(std::move(row));
    if (rows_.size() >= nextTry_) releaseSharedPast(states);
}

void PitchDecoder::finish(std::vector<int>& states) {
    if (rows_.empty()) return;
    release(rows_.size() - 1, rows_.back().bestState, states);
    nextTry_ = kTryEvery;
}

Eigen::ArrayXd PitchDecoder::bestArrivals(const Eigen::ArrayXd& values) const {
    Eigen::ArrayXd best = Eigen::ArrayXd::Constant(bins_, kMinusInfinity);
    for (int offset = -reach_; offset <= reach_; ++offset) {
        const auto& table = logTransition_[static_cast<std::size_t>(std::abs(offset))];
        best = best.max(values.segment(reach_ + offset, bins_) +
                        table.segment(reach_ + offset, bins_));
    }
    return best;
}

PitchDecoder::Row PitchDecoder::nextRow(const Row& before) const {
    const Eigen::ArrayXd fromVoiced = bestArrivals(before.voiced);
    const Eigen::ArrayXd fromUnvoiced = bestArrivals(before.unvoiced);
    // Leaps beyond the triangle are as good as impossible, not quite.
    const double leap = before.best + kLogTiny;
    Row row;
    row.voiced = Eigen::ArrayXd::Constant(bins_ + 2 * reach_, kMinusInfinity);
    row.unvoiced = row.voiced;
    row.voiced.segment(reach_, bins_) =
        (fromVoiced + kLogStay).max(fromUnvoiced + kLogSwitch).max(leap);
    row.unvoiced.segment(reach_, bins_) =
        (fromVoiced + kLogSwitch).max(fromUnvoiced + kLogStay).max(leap);
    return row;
}

void PitchDecoder::setBest(Row& row) const {
    Eigen::Index voiced = 0;
    Eigen::Index unvoiced = 0;
    const double bestVoiced = row.voiced.segment(reach_, bins_).maxCoeff(&voiced);
    const double bestUnvoiced = row.unvoiced.segment(reach_, bins_).maxCoeff(&unvoiced);
    const bool isVoiced = bestVoiced >= bestUnvoiced;
    row.best = isVoiced ? bestVoiced : bestUnvoiced;
    row.bestState = static_cast<int>(isVoiced ? voiced : bins_ + unvoiced);
}

int PitchDecoder::predecessor(const Row& before, int state) const {
    const bool toVoiced = state < bins_;
    const int to = toVoiced ? state : state - bins_;
    double best = kMinusInfinity;
    int from = before.bestState;
    const auto visit = [&](const Eigen::ArrayXd& values, double logChange, int firstState) {
        for (int bin = std::max(0, to - reach_); bin <= std::min(bins_ - 1, to + reach_); ++bin) {
            const auto& table = logTransition_[static_cast<std::size_t>(std::abs(bin - to))];
            const double value = values[reach_ + bin] + table[reach_ + bin] + logChange;
            if (value > best) {
                best = value;
                from = firstState + bin;
            }
        }
    };
    visit(before.voiced, toVoiced ? kLogStay : kLogSwitch, 0);
    visit(before.unvoiced, toVoiced ? kLogSwitch : kLogStay, bins_);
    return before.best + kLogTiny > best ? before.bestState : from;
}

void PitchDecoder::releaseSharedPast(std::vector<int>& states) {
    std::vector<int> alive(static_cast<std::size_t>(2 * bins_));
    for (int state = 0; state < 2 * bins_; ++state)
        alive[static_cast<std::size_t>(state)] = state;
    for (std::size_t row = rows_.size() - 1; row > 0; --row) {
        for (int& state : alive)
            state = predecessor(rows_[row - 1], state);
        std::sort(alive.begin(), alive.end());
        alive.erase(std::unique(alive.begin(), alive.end()), alive.end());
        if (alive.size() > 1) continue;
        release(row - 1, alive.front(), states);
        nextTry_ = rows_.size() + kTryEvery;
        return;
    }
    if (rows_.size() >= kMostFrames) {
        const std::size_t last = rows_.size() - 1 - kTryEvery;
        int state = rows_.back().bestState;
        for (std::size_t row = rows_.size() - 1; row > last; --row)
            state = predecessor(rows_[row - 1], state);
        release(last, state, states);
    }
    nextTry_ = rows_.size() + kTryEvery;
}

void PitchDecoder::release(std::size_t last, int state, std::vector<int>& states) {
    const std::size_t first = states.size();
    states.resize(first + last + 1);
    for (std::size_t row = last;; --row) {
        states[first + row] = state;
        if (row == 0) break;
        state = predecessor(rows_[row - 1], state);
    }
    rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(last + 1));
}

} // namespace gesture::audio
