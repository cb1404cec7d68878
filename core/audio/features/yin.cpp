// SPDX-License-Identifier: Apache-2.0
#include "core/audio/features/yin.h"

#include "core/audio/features/framing.h"
#include "core/base/assert.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gesture::audio {

namespace {

constexpr int kThresholds = 100;
constexpr double kBoltzmann = 2.0;
constexpr double kNoTroughProbability = 0.01;

double threshold(int index) { return (index + 1) * (1.0 / kThresholds); }

/// Distribution function of beta(2, 18): two or more of 19 uniform numbers lie below x.
double betaDistribution(double x) {
    return 1.0 - std::pow(1.0 - x, 19) - 19.0 * x * std::pow(1.0 - x, 18);
}

} // namespace

Yin::Yin(int sampleRate, double lowestHz, double highestHz, int frameLength)
    : sampleRate_(sampleRate)
    , shortest_(static_cast<std::size_t>(std::floor(sampleRate / highestHz)))
    , longest_(std::min(static_cast<std::size_t>(std::ceil(sampleRate / lowestHz)),
                        static_cast<std::size_t>(frameLength - 1)))
    , frameLength_(static_cast<std::size_t>(frameLength))
    , fft_(RealFft::fastSize(frameLength + static_cast<int>(longest_))) {
    GESTURE_ASSERT(shortest_ >= 1 && shortest_ < longest_);
    frame_.resize(static_cast<std::size_t>(fft_.size()));
    bins_.resize(static_cast<std::size_t>(fft_.binCount()));
    correlation_.resize(frame_.size());
    difference_.resize(longest_ - shortest_ + 1);
    thresholdPrior_.resize(kThresholds);
    double before = 0.0;
    for (int i = 0; i < kThresholds; ++i) {
        const double here = betaDistribution(threshold(i));
        thresholdPrior_[static_cast<std::size_t>(i)] = here - before;
        before = here;
    }
    positionWeight_.resize(difference_.size() + 1);
    countWeight_.resize(positionWeight_.size());
    for (std::size_t i = 0; i < positionWeight_.size(); ++i) {
        positionWeight_[i] = std::exp(-kBoltzmann * static_cast<double>(i));
        countWeight_[i] =
            (1.0 - std::exp(-kBoltzmann)) / (1.0 - std::exp(-kBoltzmann * static_cast<double>(i)));
    }
}

std::span<const PitchCandidate> Yin::candidates(std::span<const float> samples,
                                                std::int64_t centre) {
    computeDifference(samples, centre);
    findTroughs();
    weighTroughs();
    candidates_.clear();
    for (const Trough& trough : troughs_) {
        if (trough.probability <= 0.0) continue;
        const double period = static_cast<double>(shortest_ + trough.index) + shiftAt(trough.index);
        candidates_.push_back({sampleRate_ / period, trough.probability});
    }
    return candidates_;
}

// Single precision where librosa has it, so that both round alike.
void Yin::computeDifference(std::span<const float> samples, std::int64_t centre) {
    copyWindow(samples, centre - static_cast<std::int64_t>(frameLength_ / 2),
               std::span(frame_).first(frameLength_));
    fft_.forward(frame_, bins_);
    for (auto& bin : bins_)
        bin = {std::norm(bin), 0.0F};
    fft_.inverse(bins_, correlation_);

    float energy = 0.0F;
    float sum = 0.0F;
    for (std::size_t lag = 1; lag <= longest_; ++lag) {
        energy += frame_[lag - 1] * frame_[lag - 1];
        const float difference = 2.0F * (correlation_[0] - correlation_[lag]) - energy;
        sum += difference;
        if (lag < shortest_) continue;
        const double mean = static_cast<double>(sum) / static_cast<double>(lag);
        difference_[lag - shortest_] = difference / (mean + std::numeric_limits<double>::min());
    }
}

void Yin::findTroughs() {
    const std::vector<double>& d = difference_;
    troughs_.clear();
    if (d[0] < d[1]) troughs_.push_back({0, d[0], 0.0});
    for (std::size_t i = 1; i + 1 < d.size(); ++i)
        if (d[i] < d[i - 1] && d[i] <= d[i + 1]) troughs_.push_back({i, d[i], 0.0});
    const std::size_t last = d.size() - 1;
    if (d[last] < d[last - 1]) troughs_.push_back({last, d[last], 0.0});
}

void Yin::weighTroughs() {
    if (troughs_.empty()) return;
    const auto lowest =
        std::min_element(troughs_.begin(), troughs_.end(),
                         [](const Trough& a, const Trough& b) { return a.height < b.height; });
    for (int i = 0; i < kThresholds; ++i) {
        const double limit = threshold(i);
        const double prior = thresholdPrior_[static_cast<std::size_t>(i)];
        if (!(lowest->height < limit)) {
            lowest->probability += kNoTroughProbability * prior;
            continue;
        }
        const auto count = static_cast<std::size_t>(
            std::count_if(troughs_.begin(), troughs_.end(),
                          [limit](const Trough& trough) { return trough.height < limit; }));
        const double share = prior * countWeight_[count];
        std::size_t position = 0;
        for (Trough& trough : troughs_)
            if (trough.height < limit) trough.probability += share * positionWeight_[position++];
    }
}

/// Where the parabola through three points has its lowest one, relative to the middle.
double Yin::shiftAt(std::size_t index) const {
    if (index == 0 || index + 1 == difference_.size()) return 0.0;
    const double before = difference_[index - 1];
    const double after = difference_[index + 1];
    const double curvature = after + before - 2.0 * difference_[index];
    const double slope = (after - before) / 2.0;
    if (!(std::abs(slope) < std::abs(curvature))) return 0.0;
    return -slope / curvature;
}

} // namespace gesture::audio
