// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/body_branch.h"
#include "core/models/networks/code_head.h"
#include "core/models/networks/face_branch.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/motion_input.h"
#include "core/models/networks/part_refinement.h"
#include "core/models/networks/speech_alignment.h"
#include "core/models/networks/speech_extras.h"
#include "core/models/networks/speech_input.h"
#include "core/models/networks/speech_query_attention.h"

#include <optional>

namespace gesture::models {

/// EchoMask: motion of all parts from speech, with attention in which speech queries motion
/// ("EchoMask", ACM MM 2025, section 3; class `echomask`). Immutable in inference; any thread.
class EchoMask {
public:
    EchoMask(TensorSource& source, const GeneratorSizes& sizes);

    using Conditions = FourParts<at::Tensor>;

    struct Output : GeneratorOutput {
        BodyParts<at::Tensor> maps; ///< See SpeechQueryAttention::Result.
    };

    [[nodiscard]] const SpeechAlignment& alignment() const { return alignment_; }

    /// What each part hears, (batch, frames, latent): the alignment's conditions of `low` and
    /// `high` (batch, frames, projected), which the network projects first with `adaptedSpeech`.
    [[nodiscard]] Conditions aligned(const at::Tensor& low, const at::Tensor& high,
                                     Pass pass) const;
    /// The same with what SpeechExtras adds: what the network's other halves take.
    [[nodiscard]] Conditions conditions(const Conditions& aligned, const at::Tensor& posteriors,
                                        Pass pass) const;

    /// `conditions` are those of `conditions()`, (batch, frames, latent) a part.
    [[nodiscard]] Output operator()(const Conditions& conditions, const MotionContext& context,
                                    SpeechHints hints, Pass pass, Trace trace = Trace::No) const;

    struct Attention {
        BodyParts<at::Tensor> maps;       ///< (layers, batch, heads, speech frames, motion frames)
        BodyParts<at::Tensor> importance; ///< (batch, frames) a part, sums to 1.
        at::Tensor fused;                 ///< (batch, frames)
    };
    /// Where the speech looks in a given motion: the pass that chooses frames to mask (class method
    /// `gen_mask_frame`). `context.mask` is 0 everywhere for a finished motion.
    [[nodiscard]] Attention attention(const Conditions& conditions, const MotionContext& context,
                                      Pass pass) const;

private:
    EchoMask(const Scope& scope, const GeneratorSizes& sizes);

    MotionInput motion_;
    CodeHead faceHead_;
    CodeHead handsHead_;
    CodeHead upperHead_;
    CodeHead lowerHead_;
    FaceBranch face_;
    BodyBranch body_;
    PartRefinement refinement_;
    DecoderStack faceRefinement_;
    SpeechAlignment alignment_;
    SpeechQueryAttention query_;
    /// The network's own projections of the two streams.
    struct Adapters {
        SpeechAdapter low;
        SpeechAdapter high;
    };
    std::optional<Adapters> adapters_;
    SpeechExtras extras_;
    FrameAlignment frames_;
};

} // namespace gesture::models
