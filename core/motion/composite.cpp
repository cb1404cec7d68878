// SPDX-License-Identifier: Apache-2.0
#include "core/motion/composite.h"

#include "core/motion/frame_runs.h"
#include "core/motion/keyframes.h"
#include "core/motion/representation.h"
#include "core/motion/rotation_blend.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace gesture::motion {

namespace {

constexpr std::array<std::size_t, 2> kGround = {0, 2}; ///< x and z of a translation.
constexpr std::size_t kHeight = 1;

/// Shares of the made motion in a masked run.
class Fade {
public:
    Fade(FrameRange run, std::int64_t frames, int margin)
        : run_(run)
        , opens_(run.begin.value > 0)
        , closes_(run.end.value < frames) {
        const std::int64_t seams = (opens_ ? 1 : 0) + (closes_ ? 1 : 0);
        const std::int64_t room = (run.length() - 1) / std::max<std::int64_t>(1, seams);
        margin_ = std::min<std::int64_t>(margin, room);
    }

    [[nodiscard]] float atBegin(std::int64_t frame) const {
        return opens_ ? share(frame - run_.begin.value) : 1.0F;
    }
    [[nodiscard]] float atEnd(std::int64_t frame) const {
        return closes_ ? share(run_.end.value - 1 - frame) : 1.0F;
    }
    /// One of the two is 1.
    [[nodiscard]] float operator()(std::int64_t frame) const {
        return std::min(atBegin(frame), atEnd(frame));
    }

private:
    /// `inside` frames from the first or last masked one.
    [[nodiscard]] float share(std::int64_t inside) const {
        return minimumJerk(static_cast<float>(inside + 1) / static_cast<float>(margin_ + 1));
    }

    FrameRange run_;
    bool opens_;  ///< There is kept motion before the run,
    bool closes_; ///< or after it.
    std::int64_t margin_;
};

float blended(float kept, float made, float share) {
    if (share <= 0.0F) return kept;
    if (share >= 1.0F) return made;
    return kept + share * (made - kept);
}

/// Composes one motion.
class Composer {
public:
    Composer(const MotionView& kept, const MotionView& made, const CompositeOptions& options,
             const MotionSpans& out)
        : kept_(kept)
        , made_(made)
        , options_(options)
        , out_(out) {}

    void copyKept() const {
        std::ranges::copy(kept_.poses, out_.poses.begin());
        std::ranges::copy(kept_.translations, out_.translations.begin());
        std::ranges::copy(kept_.expressions, out_.expressions.begin());
        if (hasContacts()) std::ranges::copy(kept_.contacts, out_.contacts.begin());
    }

    void composeRun(BodyPart part, FrameRange run) {
        const Fade fade(run, kept_.frames(), options_.margin);
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            composeFrame(part, static_cast<std::size_t>(frame), fade(frame));
        }
        if (part == BodyPart::Lower) composePath(run, fade);
    }

    /// Moves what follows the last run of the lower body, up to frame `end`.
    void moveAlong(FrameIndex begin, FrameIndex end) const {
        for (const std::size_t axis : kGround) {
            if (shift_[axis] == 0.0F) continue;
            for (std::int64_t frame = begin.value; frame < end.value; ++frame) {
                const std::size_t i = 3 * static_cast<std::size_t>(frame) + axis;
                out_.translations[i] = kept_.translations[i] + shift_[axis];
            }
        }
    }

private:
    [[nodiscard]] bool hasContacts() const {
        return !kept_.contacts.empty() && !made_.contacts.empty() && !out_.contacts.empty();
    }

    void composeFrame(BodyPart part, std::size_t frame, float share) const {
        for (const int joint : jointsOf(part)) {
            const std::size_t at = frame * kPoseSize + 3 * static_cast<std::size_t>(joint);
            blendRotation(RotationVector(&kept_.poses[at], 3), RotationVector(&made_.poses[at], 3),
                          static_cast<double>(share), std::span<float, 3>(&out_.poses[at], 3));
        }
        if (part == BodyPart::Face) {
            for (std::size_t i = frame * kExpressionCount; i < (frame + 1) * kExpressionCount;
                 ++i) {
                out_.expressions[i] = blended(kept_.expressions[i], made_.expressions[i], share);
            }
        }
        if (part == BodyPart::Lower && hasContacts()) {
            const MotionView& nearer = share < 0.5F ? kept_ : made_;
            const std::size_t row = frame * kContactCount;
            std::ranges::copy(nearer.contacts.subspan(row, kContactCount),
                              out_.contacts.begin() + static_cast<std::ptrdiff_t>(row));
        }
    }

    [[nodiscard]] static float at(const MotionView& motion, std::int64_t frame, std::size_t axis) {
        return motion.translations[3 * static_cast<std::size_t>(frame) + axis];
    }

    void composePath(FrameRange run, const Fade& fade) {
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            out_.translations[3 * static_cast<std::size_t>(frame) + kHeight] =
                blended(at(kept_, frame, kHeight), at(made_, frame, kHeight), fade(frame));
        }
        for (const std::size_t axis : kGround) {
            composePathAlong(axis, run, fade);
        }
    }

    /// Kept frames before the run were moved by shift_; those after it will be by the new one.
    void composePathAlong(std::size_t axis, FrameRange run, const Fade& fade) {
        const std::int64_t anchor = std::max<std::int64_t>(0, run.begin.value - 1);
        const float before = shift_[axis];
        const float offset = at(kept_, anchor, axis) + before - at(made_, anchor, axis);
        const bool goesOn = run.end.value < kept_.frames();
        const float gap = goesOn ? at(kept_, run.end.value, axis) + before -
                                       (at(made_, run.end.value, axis) + offset)
                                 : 0.0F;
        const bool spread = options_.path == PathAfter::Unchanged;
        if (!spread) shift_[axis] = before - gap;
        for (std::int64_t frame = run.begin.value; frame < run.end.value; ++frame) {
            const float way =
                static_cast<float>(frame - anchor) / static_cast<float>(run.end.value - anchor);
            const float path =
                at(made_, frame, axis) + offset + (spread ? gap * minimumJerk(way) : 0.0F);
            const float begun = blended(at(kept_, frame, axis) + before, path, fade.atBegin(frame));
            out_.translations[3 * static_cast<std::size_t>(frame) + axis] =
                blended(at(kept_, frame, axis) + shift_[axis], begun, fade.atEnd(frame));
        }
    }

    MotionView kept_;
    MotionView made_;
    CompositeOptions options_;
    MotionSpans out_;
    std::array<float, 3> shift_{}; ///< Metres that kept motion is moved, up to now.
};

/// Sizes only: the numbers were checked when the motions came in.
Status checkSizes(const MotionView& motion, std::size_t frames, std::string_view name) {
    const bool fits = motion.translations.size() == 3 * frames &&
                      motion.poses.size() == kPoseSize * frames &&
                      motion.expressions.size() == kExpressionCount * frames &&
                      (motion.contacts.empty() || motion.contacts.size() == kContactCount * frames);
    if (fits) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("The {} motion does not have the {} frames of the kept one in all of "
                             "its arrays.",
                             name, frames)};
}

} // namespace

Status composeMotion(const MotionView& kept, const MotionView& made,
                     std::span<const std::uint8_t> mask, const CompositeOptions& options,
                     const MotionSpans& out) {
    const auto frames = static_cast<std::size_t>(kept.frames());
    if (auto status = checkSizes(kept, frames, "kept"); !status) return status;
    if (auto status = checkSizes(made, frames, "made"); !status) return status;
    if (auto status = checkSizes(out.view(), frames, "resulting"); !status) return status;
    if (mask.size() != frames * kBodyPartCount)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The edit mask has {} cells; {} frames need {}.", mask.size(),
                                 frames, frames * kBodyPartCount)};
    if (options.margin < 0)
        return Error{ErrorCode::Usage, "The margin of an edit cannot be negative."};

    Composer composer(kept, made, options, out);
    composer.copyKept();
    for (std::size_t part = 0; part < kBodyPartCount; ++part) {
        const auto runs = findRuns(kept.frames(), [&](std::int64_t frame) {
            return mask[static_cast<std::size_t>(frame) * kBodyPartCount + part] != 0;
        });
        for (std::size_t i = 0; i < runs.size(); ++i) {
            composer.composeRun(static_cast<BodyPart>(part), runs[i]);
            const FrameIndex next =
                i + 1 < runs.size() ? runs[i + 1].begin : FrameIndex{kept.frames()};
            if (part == static_cast<std::size_t>(BodyPart::Lower))
                composer.moveAlong(runs[i].end, next);
        }
    }
    return Status::success();
}

} // namespace gesture::motion
