// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"
#include "core/inference/edit_mask.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gesture::inference {

/// Ranges as they were typed; an end that was left open is the motion's.
struct RangeClause {
    std::vector<FrameRange> ranges;
    bool operator==(const RangeClause&) const = default;
};
struct WordClause {
    std::vector<std::string> words; ///< As typed.
    bool operator==(const WordClause&) const = default;
};
/// Frames with a semantic score above it.
struct SemanticClause {
    double threshold = 0.5;
    bool operator==(const SemanticClause&) const = default;
};
/// Which values of a share of the frames are chosen.
enum class ShareOf { Attention, Loss, Random };
struct ShareClause {
    ShareOf of = ShareOf::Attention;
    double share = 0.0; ///< 0..1
    bool operator==(const ShareClause&) const = default;
};

struct MaskClause {
    PartSet parts = kAllParts;
    std::variant<RangeClause, WordClause, SemanticClause, ShareClause> what;
    std::string text; ///< As typed, for messages.

    bool operator==(const MaskClause&) const = default;
};

/// A mask in words, as `gesture edit --mask` takes it. Clauses are united:
///
///     SPEC   = CLAUSE { ";" CLAUSE }
///     CLAUSE = PARTS ":" RANGE { "," RANGE }  |  [ PARTS "@" ] FOUND
///     PARTS  = PART { "+" PART }              PART = all | face | upper | hands | lower
///     RANGE  = [ TIME ] "-" [ TIME ]          TIME as parsePosition reads it: 1.5, 0:03.2, 120f
///     FOUND  = words:WORD{,WORD} | semantic>X | attention:topN% | loss:topN% | random:N%
struct MaskSpec {
    std::vector<MaskClause> clauses;

    /// What must be known of the speech and the motion before the mask can be made.
    [[nodiscard]] bool needsWords() const;
    [[nodiscard]] bool needsSemanticScore() const;
    [[nodiscard]] bool needs(ShareOf curve) const;
};

/// Reads a SPEC (up to 64 KiB); frames are counted at `rate`. InvalidInput shows the place and says
/// what may stand there. Any bytes are safe.
[[nodiscard]] Result<MaskSpec> parseMaskSpec(std::string_view text, FrameRate rate);

/// What the clauses of a SPEC choose from. Spans may be empty when no clause needs them.
struct MaskSources {
    const audio::Transcript* transcript = nullptr;
    std::span<const float> semanticScore; ///< One a token of `framesPerToken` frames.
    std::span<const float> attention;     ///< Importance, one a frame.
    std::span<const float> loss;          ///< One a frame.
    int framesPerToken = 4;
    std::uint64_t seed = 0; ///< Of random clauses; each has numbers of its own.
};

/// The mask for a motion of `frames`. InvalidInput when a range begins after the motion's end;
/// NotFound when words or the data that a clause needs are missing.
[[nodiscard]] Result<EditMask> makeMask(const MaskSpec& spec, std::int64_t frames, FrameRate rate,
                                        const MaskSources& sources);

} // namespace gesture::inference
