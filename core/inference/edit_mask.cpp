// SPDX-License-Identifier: Apache-2.0
#include "core/inference/edit_mask.h"

#include "core/base/assert.h"
#include "core/motion/frame_runs.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::inference {

namespace {

constexpr std::size_t kParts = motion::kBodyPartCount;

} // namespace

EditMask::EditMask(std::int64_t frames) {
    GESTURE_ASSERT(frames >= 0);
    cells_.assign(static_cast<std::size_t>(frames) * kParts, 0);
}

Result<EditMask> EditMask::fromCells(std::span<const std::uint8_t> cells) {
    if (cells.size() % kParts != 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("An edit mask has {} numbers a frame; {} numbers are no whole "
                                 "number of frames.",
                                 kParts, cells.size())};
    const auto wrong = std::ranges::find_if(cells, [](std::uint8_t value) { return value > 1; });
    if (wrong != cells.end())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Frame {} of the edit mask holds a {}; only 0 (keep) and 1 "
                                 "(regenerate) have a meaning.",
                                 static_cast<std::size_t>(wrong - cells.begin()) / kParts, *wrong)};
    EditMask mask;
    mask.cells_.assign(cells.begin(), cells.end());
    return mask;
}

bool EditMask::at(FrameIndex frame, motion::BodyPart part) const {
    GESTURE_ASSERT(frame.value >= 0 && frame.value < frameCount());
    return cells_[cell(frame.value, static_cast<std::size_t>(part))] != 0;
}

bool EditMask::empty() const {
    return std::ranges::all_of(cells_, [](std::uint8_t value) { return value == 0; });
}

FrameRange EditMask::cut(FrameRange range) const {
    const std::int64_t frames = frameCount();
    return {{std::clamp<std::int64_t>(range.begin.value, 0, frames)},
            {std::clamp<std::int64_t>(range.end.value, 0, frames)}};
}

void EditMask::fill(FrameRange range, const PartSet& parts, std::uint8_t value) {
    const FrameRange inside = cut(range);
    for (std::int64_t frame = inside.begin.value; frame < inside.end.value; ++frame) {
        for (std::size_t part = 0; part < kParts; ++part) {
            if (parts.values[part]) cells_[cell(frame, part)] = value;
        }
    }
}

void EditMask::invert(const PartSet& parts) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (parts.values[i % kParts]) cells_[i] ^= 1U;
    }
}

void EditMask::grow(std::int64_t frames, const PartSet& parts) {
    const std::int64_t by = std::clamp<std::int64_t>(frames, 0, frameCount());
    for (std::size_t part = 0; part < kParts; ++part) {
        if (!parts.values[part]) continue;
        PartSet alone;
        alone.values[part] = true;
        for (const FrameRange run : runs(static_cast<motion::BodyPart>(part))) {
            paint({run.begin + -by, run.begin}, alone);
            paint({run.end, run.end + by}, alone);
        }
    }
}

void EditMask::shrink(std::int64_t frames, const PartSet& parts) {
    invert(parts);
    grow(frames, parts);
    invert(parts);
}

void EditMask::unite(const EditMask& other) {
    GESTURE_ASSERT(other.cells_.size() == cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        cells_[i] |= other.cells_[i];
    }
}

void EditMask::intersect(const EditMask& other) {
    GESTURE_ASSERT(other.cells_.size() == cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        cells_[i] &= other.cells_[i];
    }
}

void EditMask::snapToTokens(int framesPerToken) {
    GESTURE_ASSERT(framesPerToken > 0);
    const std::int64_t frames = frameCount();
    for (std::int64_t begin = 0; begin < frames; begin += framesPerToken) {
        PartSet touched;
        const std::int64_t end = std::min(begin + framesPerToken, frames);
        for (std::size_t i = cell(begin, 0); i < cell(end, 0); ++i) {
            if (cells_[i] != 0) touched.values[i % kParts] = true;
        }
        paint({{begin}, {end}}, touched);
    }
}

std::vector<FrameRange> EditMask::runs(motion::BodyPart part) const {
    const auto column = static_cast<std::size_t>(part);
    return motion::findRuns(frameCount(),
                            [&](std::int64_t frame) { return cells_[cell(frame, column)] != 0; });
}

std::vector<FrameRange> EditMask::runs() const {
    return motion::findRuns(frameCount(), [&](std::int64_t frame) {
        const auto row = std::span(cells_).subspan(cell(frame, 0), kParts);
        return std::ranges::any_of(row, [](std::uint8_t value) { return value != 0; });
    });
}

double EditMask::share(FrameRange window) const {
    double sum = 0.0;
    for (std::size_t part = 0; part < kParts; ++part) {
        sum += share(window, static_cast<motion::BodyPart>(part));
    }
    return sum / static_cast<double>(kParts);
}

double EditMask::share(FrameRange window, motion::BodyPart part) const {
    const FrameRange inside = cut(window);
    if (inside.empty()) return 0.0;
    std::int64_t masked = 0;
    for (std::int64_t frame = inside.begin.value; frame < inside.end.value; ++frame) {
        masked += cells_[cell(frame, static_cast<std::size_t>(part))];
    }
    return static_cast<double>(masked) / static_cast<double>(inside.length());
}

} // namespace gesture::inference
