// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gesture::inference {

/// EchoMask's Soft2Hard masking (echomask_trainer.py): the share of frames that are masked, and the
/// share of those with the highest scores, taken surely or by lot.
struct Soft2HardSettings {
    double maskShare = 0.375;
    double topShare = 0.2; ///< "Soft" at the beginning of the training, "hard" at its end.
    double epochs = 400.0;
};

/// How many frames of a window are masked, and why.
struct Soft2HardCounts {
    std::size_t hard = 0;   ///< Those with the highest scores.
    std::size_t soft = 0;   ///< Drawn from the next, by their score.
    std::size_t random = 0; ///< Drawn from all others alike.

    bool operator==(const Soft2HardCounts&) const = default;
};

/// Counts for a window of `frames` at `epoch` (0 to settings.epochs). Rounds half to even, as
/// Python does. They never add up to more than `frames`.
[[nodiscard]] Soft2HardCounts soft2HardCounts(std::size_t frames, double epoch,
                                              const Soft2HardSettings& settings = {});

enum class SoftDraw {
    Published, ///< From exactly as many frames as are drawn, so that all are: no lot in fact.
    Softened,  ///< From twice as many, which is what the paper describes.
};

/// Frames of a window that are masked, in the order in which they were chosen; no frame twice.
struct Soft2HardChoice {
    std::vector<std::size_t> hard;
    std::vector<std::size_t> soft;
    std::vector<std::size_t> random;
};

/// Chooses by `scores`, finite, one a frame; among equals the earlier frame goes first. `counts`
/// must not add up to more than there are frames. Same arguments, same choice, on every machine.
[[nodiscard]] Soft2HardChoice chooseSoft2Hard(std::span<const float> scores,
                                              const Soft2HardCounts& counts, SoftDraw draw,
                                              std::uint64_t seed);

} // namespace gesture::inference
