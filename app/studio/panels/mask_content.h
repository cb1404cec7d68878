// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"
#include "core/inference/edit_mask.h"
#include "core/inference/mask_training.h"
#include "core/inference/window_plan.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// What the mask panel works on. Value type; curves are empty where nothing is known.
struct MaskContent {
    inference::EditMask mask;
    FrameRate rate;
    std::shared_ptr<const audio::Transcript> transcript;
    std::vector<float> score; ///< (tokens)
    int framesPerToken = 4;
    std::vector<float> fused;                          ///< (frames) importance
    inference::PerPart<std::vector<float>> importance; ///< (frames) of parts with maps
    std::vector<float> loss;                           ///< (frames)
    std::optional<FrameRange> selection;
    inference::MaskTraining training; ///< An empty model name: none is chosen.
    inference::WindowSizes windows;
    double secondsPerWindow = 0; ///< Estimate; 0: not known.
    int blendMargin = 6;         ///< Frames beside a block, 0 to 12.
    bool exactOutside = true;
    bool wholeFrames = true;
};

/// How a mask is made from what is known.
enum class MaskBuilder { Score, Importance, Top, Random, Loss, Words, Selection };

/// What becomes of the mask that there is.
enum class MaskJoin { Replace, Add, Remove };

/// A mask to be built. Value type.
struct MaskRecipe {
    MaskBuilder builder = MaskBuilder::Score;
    MaskJoin join = MaskJoin::Replace;
    inference::PartSet parts = inference::kAllParts;
    bool wholeFrames = true; ///< All parts, whatever `parts` says.
    double threshold = 0.5;  ///< Score 0..1, or importance with 1 = average.
    double share = 0.2;      ///< Of the frames: Top, Random, Loss.
    std::int64_t frames = 0; ///< Top: so many instead of a share; 0: the share.
    std::uint64_t seed = 1;  ///< Random.
    std::vector<std::string> words;
};

/// The frames that a recipe finds, not joined yet. NotFound in words for people when what it needs
/// is missing; Usage when nothing is selected.
[[nodiscard]] Result<inference::EditMask> foundBy(const MaskRecipe& recipe,
                                                  const MaskContent& content);
/// Joined with the mask that there is.
[[nodiscard]] Result<inference::EditMask> buildMask(const MaskRecipe& recipe,
                                                    const MaskContent& content);

/// A stretch that is masked in the same parts.
struct MaskBlock {
    inference::PartSet parts;
    FrameRange range;
    bool operator==(const MaskBlock&) const = default;
};

/// Runs of the parts; those of the same range are one block. By begin, then by part.
[[nodiscard]] std::vector<MaskBlock> blocksOf(const inference::EditMask& mask);

/// How much a mask asks for.
struct MaskCost {
    std::int64_t frames = 0; ///< With anything masked.
    std::size_t windows = 0; ///< Passes of the networks.
};
[[nodiscard]] MaskCost costOf(const inference::EditMask& mask,
                              const inference::WindowSizes& windows);

/// "44 frames", "1 frame".
[[nodiscard]] QString framesText(std::int64_t frames);
/// "Face, Hands", or "All parts".
[[nodiscard]] QString partsText(const inference::PartSet& parts);
/// Name of the undo step.
[[nodiscard]] QString recipeName(const MaskRecipe& recipe);

} // namespace gesture::app
