// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_training.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace gesture::inference {

namespace {

constexpr std::int64_t kWindow = 64;
constexpr FrameRate kRate{30, 1};
/// Longer stretches are made by several windows, see `planEdit`.
constexpr std::int64_t kLongestWithContext = 48;

/// What of a mask decides.
struct MaskShape {
    std::int64_t mostWholeFrames = 0; ///< Fully masked frames in any window.
    FrameRange crowded;               ///< That window.
    FrameRange longestRun;            ///< In which something is masked in every frame.
    bool hasWhole = false;            ///< There are frames of which all parts are masked.
    PartSet alone;                    ///< Parts that are masked in frames that are not whole.
};

/// Looks for the window with the most whole frames.
void countWholeFrames(const std::vector<bool>& whole, MaskShape& shape) {
    const auto frames = static_cast<std::int64_t>(whole.size());
    std::int64_t count = 0;
    for (std::int64_t end = 1; end <= frames; ++end) {
        count += whole[static_cast<std::size_t>(end - 1)] ? 1 : 0;
        const std::int64_t begin = std::max<std::int64_t>(0, end - kWindow);
        if (begin > 0) count -= whole[static_cast<std::size_t>(begin - 1)] ? 1 : 0;
        if (count <= shape.mostWholeFrames) continue;
        shape.mostWholeFrames = count;
        shape.crowded = {{begin}, {end}};
    }
}

MaskShape shapeOf(const EditMask& mask) {
    MaskShape shape;
    std::vector<bool> whole(static_cast<std::size_t>(mask.frameCount()));
    for (std::size_t frame = 0; frame < whole.size(); ++frame) {
        const auto row =
            mask.cells().subspan(frame * motion::kBodyPartCount, motion::kBodyPartCount);
        whole[frame] = std::ranges::all_of(row, [](std::uint8_t value) { return value != 0; });
        shape.hasWhole = shape.hasWhole || whole[frame];
        for (std::size_t part = 0; part < row.size() && !whole[frame]; ++part) {
            if (row[part] != 0) shape.alone.values[part] = true;
        }
    }
    countWholeFrames(whole, shape);
    for (const FrameRange run : mask.runs()) {
        if (run.length() > shape.longestRun.length()) shape.longestRun = run;
    }
    return shape;
}

std::string secondsOf(FrameRange range) {
    return fmt::format("{:.1f}-{:.1f} s", kRate.timeOf(range.begin).value,
                       kRate.timeOf(range.end).value);
}

std::string namesOf(const PartSet& parts) {
    std::string names;
    for (std::size_t part = 0; part < parts.values.size(); ++part) {
        if (!parts.values[part]) continue;
        if (!names.empty()) names += ", ";
        names += motion::nameOf(static_cast<motion::BodyPart>(part));
    }
    return names;
}

void add(MaskJudgement& judgement, MaskFit fit, std::string text) {
    judgement.fit = std::max(judgement.fit, fit);
    judgement.notes.push_back({std::move(text)});
}

void judgeParts(const MaskShape& shape, const MaskTraining& training, MaskJudgement& judgement) {
    if (shape.alone == PartSet{}) return;
    if (training.singleChannels)
        return add(judgement, MaskFit::Related,
                   fmt::format("{} was trained with single channels masked at random, never with "
                               "a whole body part ({}) over a stretch: this mask lies between what "
                               "it has seen.",
                               training.model, namesOf(shape.alone)));
    add(judgement, MaskFit::Unseen,
        fmt::format("{} was trained with whole frames masked, never with single body parts ({}): "
                    "this mask is outside of what it has seen. Masking all parts is nearer to it.",
                    training.model, namesOf(shape.alone)));
}

void judgeWholeFrames(const MaskShape& shape, const MaskTraining& training,
                      MaskJudgement& judgement) {
    if (!shape.hasWhole) return;
    if (training.wholeFrames == 0)
        return add(judgement, MaskFit::Related,
                   fmt::format("{} met whole masked frames only behind a seed, without motion "
                               "after them: this mask is generation with more context than usual.",
                               training.model));
    if (shape.mostWholeFrames <= training.wholeFrames)
        return add(judgement, MaskFit::Trained,
                   fmt::format("Whole frames, at most {} of any {}: such masks {} was trained "
                               "with.",
                               shape.mostWholeFrames, kWindow, training.model));
    add(judgement, MaskFit::Related,
        fmt::format("{} was trained with up to {} whole frames of {} masked; in {} there are {}. "
                    "Such holes behave like generation from a seed.",
                    training.model, training.wholeFrames, kWindow, secondsOf(shape.crowded),
                    shape.mostWholeFrames));
}

void judgeLength(const MaskShape& shape, MaskJudgement& judgement) {
    if (shape.longestRun.length() <= kLongestWithContext) return;
    add(judgement, MaskFit::Related,
        fmt::format("The stretch {} is longer than one window can make with motion on both sides: "
                    "several windows make it, each from the last frames of the one before.",
                    secondsOf(shape.longestRun)));
}

} // namespace

MaskTraining semTalkMaskTraining() { return {"SemTalk", 0, true}; }
MaskTraining echoMaskMaskTraining() { return {"EchoMask", 24, false}; }
MaskTraining emageMaskTraining() { return {"EMAGE", 0, true}; }

MaskJudgement judgeMask(const EditMask& mask, const MaskTraining& training) {
    MaskJudgement judgement;
    const MaskShape shape = shapeOf(mask);
    judgeParts(shape, training, judgement);
    judgeWholeFrames(shape, training, judgement);
    judgeLength(shape, judgement);
    return judgement;
}

} // namespace gesture::inference
