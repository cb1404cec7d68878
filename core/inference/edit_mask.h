// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/inference/generation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gesture::inference {

/// Body parts that something is done to.
using PartSet = PerPart<bool>;

inline constexpr PartSet kAllParts{{true, true, true, true}};

/// Which frames of which body parts are to be made anew. Ranges that reach beyond the motion are
/// cut to it. Value type.
class EditMask {
public:
    EditMask() = default;
    /// Nothing masked. `frames` must not be negative.
    explicit EditMask(std::int64_t frames);
    /// From (frames, 4 parts) as in EditRequest: 0 or 1. InvalidInput for other sizes or numbers.
    [[nodiscard]] static Result<EditMask> fromCells(std::span<const std::uint8_t> cells);

    [[nodiscard]] std::int64_t frameCount() const {
        return static_cast<std::int64_t>(cells_.size()) / motion::kBodyPartCount;
    }
    /// `frame` must lie in the motion.
    [[nodiscard]] bool at(FrameIndex frame, motion::BodyPart part) const;
    [[nodiscard]] bool empty() const;
    /// (frames, 4 parts in the order of motion::BodyPart): 1 = regenerate.
    [[nodiscard]] std::span<const std::uint8_t> cells() const { return cells_; }

    void paint(FrameRange range, const PartSet& parts) { fill(range, parts, 1); }
    void erase(FrameRange range, const PartSet& parts) { fill(range, parts, 0); }
    void invert(const PartSet& parts = kAllParts);
    /// Makes every run longer by `frames` at both of its ends.
    void grow(std::int64_t frames, const PartSet& parts = kAllParts);
    /// Makes every run shorter by `frames` at the ends that do not coincide with the motion's.
    void shrink(std::int64_t frames, const PartSet& parts = kAllParts);
    /// The other mask must have the same number of frames.
    void unite(const EditMask& other);
    void intersect(const EditMask& other);
    /// Masks every token of `framesPerToken` frames in which a frame is masked.
    void snapToTokens(int framesPerToken);

    /// Longest stretches without a gap, in order: of one part, and of any part.
    [[nodiscard]] std::vector<FrameRange> runs(motion::BodyPart part) const;
    [[nodiscard]] std::vector<FrameRange> runs() const;
    /// Share of the cells of the frames in `window` that are masked; 0 for an empty window.
    [[nodiscard]] double share(FrameRange window) const;
    [[nodiscard]] double share(FrameRange window, motion::BodyPart part) const;

    bool operator==(const EditMask&) const = default;

private:
    [[nodiscard]] FrameRange cut(FrameRange range) const;
    void fill(FrameRange range, const PartSet& parts, std::uint8_t value);
    [[nodiscard]] std::size_t cell(std::int64_t frame, std::size_t part) const {
        return static_cast<std::size_t>(frame) * motion::kBodyPartCount + part;
    }

    std::vector<std::uint8_t> cells_; ///< (frames, 4)
};

} // namespace gesture::inference
