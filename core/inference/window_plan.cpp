// SPDX-License-Identifier: Apache-2.0
#include "core/inference/window_plan.h"

#include "core/base/assert.h"
#include "core/motion/clip.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::inference {

namespace {

std::int64_t roundedUp(std::int64_t value, std::int64_t step) {
    return (value + step - 1) / step * step;
}

void checkSizes(const WindowSizes& sizes) {
    GESTURE_ASSERT(sizes.seed > 0 && sizes.window >= 8 * sizes.seed && sizes.framesPerToken > 0);
    GESTURE_ASSERT(sizes.seed % sizes.framesPerToken == 0);
    GESTURE_ASSERT(sizes.window % sizes.framesPerToken == 0);
}

/// The window that begins at `begin`, when `fresh` is its part of the motion.
GenerationWindow windowFor(std::int64_t begin, std::int64_t length, FrameRange fresh,
                           const WindowSizes& sizes) {
    const TokenRange kept{(fresh.begin.value - begin) / sizes.framesPerToken,
                          roundedUp(fresh.end.value - begin, sizes.framesPerToken) /
                              sizes.framesPerToken};
    return {{{begin}, {begin + length}}, fresh, kept};
}

/// `count` windows for a motion of `frames`; the last one sees `lastLength` frames.
GenerationPlan chainOf(std::int64_t count, std::int64_t frames, std::int64_t lastLength,
                       const WindowSizes& sizes) {
    const std::int64_t lead = sizes.seedOwner == SeedOwner::EarlierWindow ? sizes.seed : 0;
    GenerationPlan plan;
    plan.frames = frames;
    plan.tokens = roundedUp(frames, sizes.framesPerToken) / sizes.framesPerToken;
    plan.windows.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t begin = i * sizes.hop();
        const bool last = i + 1 == count;
        const FrameRange fresh{{i == 0 ? 0 : begin + lead},
                               {last ? frames : begin + sizes.hop() + lead}};
        plan.windows.push_back(windowFor(begin, last ? lastLength : sizes.window, fresh, sizes));
    }
    return plan;
}

GenerationPlan planWholeSpeech(std::int64_t speechFrames, const WindowSizes& sizes) {
    const std::int64_t beyondFirst = std::max<std::int64_t>(0, speechFrames - sizes.window);
    const std::int64_t count = 1 + roundedUp(beyondFirst, sizes.hop()) / sizes.hop();
    return chainOf(count, speechFrames, sizes.window, sizes);
}

GenerationPlan planAsPublished(std::int64_t speechFrames, const WindowSizes& sizes) {
    const std::int64_t usable = std::max<std::int64_t>(0, speechFrames - sizes.seed);
    const std::int64_t whole = usable / sizes.hop();
    const std::int64_t rest = usable % sizes.hop();
    if (sizes.seedOwner == SeedOwner::EarlierWindow)
        return chainOf(whole, whole == 0 ? 0 : whole * sizes.hop() + sizes.seed, sizes.window,
                       sizes);
    if (rest > sizes.seed) return chainOf(whole + 1, speechFrames, sizes.seed + rest, sizes);
    return chainOf(whole, whole * sizes.hop(), sizes.window, sizes);
}

/// Plans the windows of an edit one stretch after the other.
class EditPlanner {
public:
    EditPlanner(const EditMask& cells, const WindowSizes& sizes)
        : sizes_(sizes)
        , left_(cells) {}

    void plan(FrameRange stretch) {
        const std::int64_t onBothSides = sizes_.window - 4 * sizes_.seed;
        if (stretch.length() <= onBothSides) return planInTheMiddle(stretch);
        planChain(stretch);
    }
    [[nodiscard]] std::vector<EditWindow> take() { return std::move(windows_); }

private:
    [[nodiscard]] std::int64_t onGrid(std::int64_t frame) const {
        return std::max<std::int64_t>(0, frame) / sizes_.framesPerToken * sizes_.framesPerToken;
    }
    [[nodiscard]] std::int64_t lastBegin() const {
        return roundedUp(std::max<std::int64_t>(0, left_.frameCount() - sizes_.window),
                         sizes_.framesPerToken);
    }

    void planInTheMiddle(FrameRange stretch) {
        const std::int64_t middle = (stretch.begin.value + stretch.end.value) / 2;
        add(std::min(onGrid(middle - sizes_.window / 2), lastBegin()), stretch);
    }

    void planChain(FrameRange stretch) {
        std::int64_t begin = onGrid(stretch.begin.value - 3 * sizes_.seed);
        FrameIndex done = stretch.begin;
        while (true) {
            const std::int64_t end = begin + sizes_.window;
            const std::int64_t seenAfter =
                std::min(stretch.end.value + sizes_.seed, left_.frameCount());
            if (end >= seenAfter) break;
            // A last window with little to do would leave the one before it without a view of
            // what follows: these two share the work.
            const bool shared = stretch.end.value - end < 3 * sizes_.seed;
            const std::int64_t next = begin + (shared ? onGrid(sizes_.window / 2) : sizes_.hop());
            const FrameIndex until{next + sizes_.seed};
            add(begin, {done, until});
            done = until;
            begin = std::min(next, lastBegin());
        }
        add(begin, {done, stretch.end});
    }

    void add(std::int64_t begin, FrameRange fresh) {
        EditWindow window{{begin}, {}, fresh};
        window.hidden.reserve(static_cast<std::size_t>(sizes_.window) * motion::kBodyPartCount);
        for (std::int64_t frame = begin; frame < begin + sizes_.window; ++frame) {
            for (int part = 0; part < motion::kBodyPartCount; ++part) {
                const bool outside = frame >= left_.frameCount();
                const bool hidden =
                    outside || left_.at({frame}, static_cast<motion::BodyPart>(part));
                window.hidden.push_back(hidden ? 1 : 0);
            }
        }
        left_.erase(fresh, kAllParts);
        windows_.push_back(std::move(window));
    }

    WindowSizes sizes_;
    EditMask left_; ///< Masked and not made yet.
    std::vector<EditWindow> windows_;
};

/// Runs that lie so near to each other that they are made together.
std::vector<FrameRange> stretchesOf(const EditMask& cells, const WindowSizes& sizes) {
    const std::int64_t apart = 6 * sizes.seed;
    std::vector<FrameRange> stretches;
    for (const FrameRange run : cells.runs()) {
        if (!stretches.empty() && run.begin - stretches.back().end < apart) {
            stretches.back().end = run.end;
        } else {
            stretches.push_back(run);
        }
    }
    return stretches;
}

} // namespace

Result<GenerationPlan> planGeneration(std::int64_t speechFrames, const WindowSizes& sizes,
                                      WindowRules rules) {
    checkSizes(sizes);
    if (speechFrames < 1)
        return Error{ErrorCode::InvalidInput, "The speech has no frames: there is no sound in it."};
    if (speechFrames > motion::Clip::kMaxFrames)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The speech has {} frames; motions may have up to {}. Cut it into "
                                 "pieces.",
                                 speechFrames, motion::Clip::kMaxFrames)};
    if (rules == WindowRules::Product) return planWholeSpeech(speechFrames, sizes);
    GenerationPlan plan = planAsPublished(speechFrames, sizes);
    if (plan.windows.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The published programs make no motion for {} frames of speech: "
                                 "it takes {}. The product's own rules do.",
                                 speechFrames,
                                 sizes.seedOwner == SeedOwner::EarlierWindow ? sizes.window
                                                                             : 2 * sizes.seed + 1)};
    return plan;
}

EditPlan planEdit(const EditMask& mask, const WindowSizes& sizes) {
    checkSizes(sizes);
    EditPlan plan{mask, {}};
    plan.cells.snapToTokens(static_cast<int>(sizes.framesPerToken));
    EditPlanner planner(plan.cells, sizes);
    for (const FrameRange stretch : stretchesOf(plan.cells, sizes)) {
        planner.plan(stretch);
    }
    plan.windows = planner.take();
    return plan;
}

} // namespace gesture::inference
