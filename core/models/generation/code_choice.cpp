// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/code_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gesture::models {

namespace {

/// splitmix64's output function.
std::uint64_t scrambled(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// Uniform in [0, 1).
double uniformOf(std::uint64_t stream, std::uint64_t index) {
    return static_cast<double>(scrambled(stream + (index + 1) * 0x9E3779B97F4A7C15ULL) >> 11) *
           0x1p-53;
}

/// Probabilities of softmax(logits / temperature) of one layer of one token.
class Distribution {
public:
    explicit Distribution(std::size_t codes)
        : probabilities_(codes)
        , order_(codes) {}

    void set(const CodeLogits& logits, std::int64_t token, std::int64_t layer, double temperature) {
        double largest = -INFINITY;
        for (std::size_t c = 0; c < probabilities_.size(); ++c) {
            const auto at = static_cast<std::size_t>(
                (token * logits.codes + static_cast<std::int64_t>(c)) * logits.layers + layer);
            probabilities_[c] = static_cast<double>(logits.values[at]) / temperature;
            largest = std::max(largest, probabilities_[c]);
        }
        double sum = 0.0;
        for (double& value : probabilities_) {
            value = std::exp(value - largest);
            sum += value;
        }
        for (double& value : probabilities_)
            value /= sum;
    }

    [[nodiscard]] std::size_t likeliest() const {
        return static_cast<std::size_t>(
            std::max_element(probabilities_.begin(), probabilities_.end()) -
            probabilities_.begin());
    }

    /// The code at `position` in [0, 1) of the likeliest codes that make up `topP`.
    [[nodiscard]] std::size_t drawn(double topP, double position) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            return probabilities_[a] > probabilities_[b];
        });
        double kept = 0.0;
        std::size_t count = 0;
        while (count < order_.size() && (count == 0 || kept < topP))
            kept += probabilities_[order_[count++]];
        double left = position * kept;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            left -= probabilities_[order_[i]];
            if (left < 0.0) return order_[i];
        }
        return order_[count - 1];
    }

    [[nodiscard]] double probability(std::size_t code) const { return probabilities_[code]; }

    [[nodiscard]] double entropy() const {
        double bits = 0.0;
        for (const double p : probabilities_)
            if (p > 0.0) bits -= p * std::log2(p);
        return bits;
    }

private:
    std::vector<double> probabilities_;
    std::vector<std::size_t> order_;
};

} // namespace

std::uint64_t mixedStream(std::uint64_t seed, std::uint64_t first, std::uint64_t second) {
    return scrambled(scrambled(seed + 0x9E3779B97F4A7C15ULL * (first + 1)) +
                     0xD1B54A32D192ED03ULL * (second + 1));
}

ChosenCodes chooseCodes(const CodeLogits& logits, const inference::Sampling& sampling,
                        std::uint64_t stream) {
    ChosenCodes chosen;
    const bool likeliest = sampling.temperature <= 0.0;
    const double temperature = likeliest ? 1.0 : sampling.temperature;
    Distribution distribution(static_cast<std::size_t>(logits.codes));
    for (std::int64_t token = 0; token < logits.tokens; ++token) {
        for (std::int64_t layer = 0; layer < logits.layers; ++layer) {
            distribution.set(logits, token, layer, temperature);
            const auto index = static_cast<std::uint64_t>(token * logits.layers + layer);
            const std::size_t code =
                likeliest ? distribution.likeliest()
                          : distribution.drawn(sampling.topP, uniformOf(stream, index));
            chosen.codes.push_back(static_cast<std::int64_t>(code));
            if (layer != 0) continue;
            chosen.confidence.push_back(static_cast<float>(distribution.probability(code)));
            chosen.entropy.push_back(static_cast<float>(distribution.entropy()));
        }
    }
    return chosen;
}

ChosenCodes rateCodes(const CodeLogits& logits, std::span<const std::int64_t> codes) {
    ChosenCodes rated;
    rated.codes.assign(codes.begin(), codes.end());
    Distribution distribution(static_cast<std::size_t>(logits.codes));
    for (std::int64_t token = 0; token < logits.tokens; ++token) {
        distribution.set(logits, token, 0, 1.0);
        const auto first = static_cast<std::size_t>(token * logits.layers);
        rated.confidence.push_back(
            static_cast<float>(distribution.probability(static_cast<std::size_t>(codes[first]))));
        rated.entropy.push_back(static_cast<float>(distribution.entropy()));
    }
    return rated;
}

} // namespace gesture::models
