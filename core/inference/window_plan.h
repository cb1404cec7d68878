// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/inference/edit_mask.h"
#include "core/inference/generation.h"

#include <cstdint>
#include <vector>

namespace gesture::inference {

/// Whose result the frames have that two windows share.
enum class SeedOwner {
    EarlierWindow, ///< SemTalk, EchoMask: later windows drop their first token.
    LaterWindow,   ///< EMAGE: windows keep their first frames, which were their seed.
};

/// Windows of a generator, in frames. The token grid divides window and seed.
struct WindowSizes {
    std::int64_t window = 64;
    std::int64_t seed = 4; ///< Frames that a window shares with the one before.
    std::int64_t framesPerToken = 4;
    SeedOwner seedOwner = SeedOwner::EarlierWindow;

    [[nodiscard]] constexpr std::int64_t hop() const { return window - seed; }
    bool operator==(const WindowSizes&) const = default;
};

inline constexpr WindowSizes kTokenWindows{}; ///< SemTalk and EchoMask.
inline constexpr WindowSizes kEmageWindows{64, 4, 1, SeedOwner::LaterWindow};

/// Range of tokens, [begin, end).
struct TokenRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;

    [[nodiscard]] std::int64_t length() const { return end - begin; }
    bool operator==(const TokenRange&) const = default;
};

/// One pass of a generator over new motion.
struct GenerationWindow {
    FrameRange frames; ///< What it sees; may reach beyond the speech, which is then filled up.
    FrameRange fresh;  ///< The part of the motion that is this window's.
    TokenRange kept;   ///< Its own tokens that count, from 0; they begin at fresh.begin.

    bool operator==(const GenerationWindow&) const = default;
};

/// How a motion is made from windows, each from the last frames of the one before.
struct GenerationPlan {
    std::int64_t frames = 0; ///< Of the resulting motion.
    std::int64_t tokens = 0; ///< Together; the last may reach beyond the motion.
    std::vector<GenerationWindow> windows;
};

/// Windows for `speechFrames` frames of speech (1 to motion::Clip::kMaxFrames).
/// Product: the motion is as long as the speech, the last window is filled up.
/// Reference: what the published programs make. SemTalk and EchoMask make (frames - 4) / 60 whole
/// windows; EMAGE makes a shorter last one if more than 4 frames are left over, else it drops them
/// and the last 4 frames. InvalidInput when nothing is left.
[[nodiscard]] Result<GenerationPlan> planGeneration(std::int64_t speechFrames,
                                                    const WindowSizes& sizes, WindowRules rules);

/// One pass of a generator over a motion of which some frames are made anew.
struct EditWindow {
    FrameIndex begin; ///< On the token grid, not negative; the window may reach beyond the motion.
    /// (window, 4 parts): 1 = hidden from the network: edited and not made yet, or not in the
    /// motion.
    std::vector<std::uint8_t> hidden;
    /// Masked cells within are this window's to make. Lies in the window, ends on the token grid
    /// or with the motion.
    FrameRange fresh;

    bool operator==(const EditWindow&) const = default;
};

struct EditPlan {
    EditMask cells; ///< The mask on the token grid: what the networks make anew.
    std::vector<EditWindow> windows;
};

/// Windows for the masked frames of a motion, in the order in which they are to be made: each sees
/// what those before it made. Stretches with less than 24 frames between them are made together.
/// What fits is put in the middle of one window with 4 frames or more to be seen on both sides
/// where the motion has them; longer stretches begin with 12 frames of the motion and are chained,
/// each window seeing at least the last 4 frames of the one before.
[[nodiscard]] EditPlan planEdit(const EditMask& mask, const WindowSizes& sizes);

} // namespace gesture::inference
