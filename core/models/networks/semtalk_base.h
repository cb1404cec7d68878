// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/body_branch.h"
#include "core/models/networks/code_head.h"
#include "core/models/networks/face_branch.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/motion_input.h"
#include "core/models/networks/part_refinement.h"
#include "core/models/networks/speech_extras.h"
#include "core/models/networks/speech_input.h"

namespace gesture::models {

/// SemTalk's base network: rhythmic motion of all parts from speech (Zhang et al., "SemTalk", ICCV
/// 2025, section 3.2; class `semtalk_base`). Immutable in inference; any thread.
class SemTalkBase {
public:
    SemTalkBase(TensorSource& source, const GeneratorSizes& sizes);

    struct Input {
        at::Tensor beat;   ///< (batch, frames, 3)
        at::Tensor speech; ///< (batch, frames, 1024)
        MotionContext context;
        SpeechHints hints = SpeechHints::Heard;
        at::Tensor posteriors = {}; ///< See SpeechExtras; only with `speechPosteriors`.
    };
    struct Output : GeneratorOutput {
        at::Tensor speechShareFace; ///< (batch, frames, latent): speech against beat, 0..1.
        at::Tensor speechShareBody;
        /// With a trace: attention of motion frames to speech frames, one (batch, heads, frames,
        /// frames) a layer.
        std::vector<at::Tensor> hintAttention;
    };
    [[nodiscard]] Output operator()(const Input& input, Pass pass, Trace trace = Trace::No) const;

private:
    SemTalkBase(const Scope& scope, const GeneratorSizes& sizes);

    MotionInput motion_;
    SpeechAdapter speechFace_;
    SpeechAdapter speechBody_;
    CodeHead faceHead_;
    CodeHead handsHead_;
    CodeHead upperHead_;
    CodeHead lowerHead_;
    FaceBranch face_;
    BodyBranch body_;
    Mlp beatFace_;
    Mlp beatBody_;
    StreamFusion fusionFace_;
    StreamFusion fusionBody_;
    PartRefinement refinement_;
    DecoderStack faceRefinement_;
    Linear widenSpeech_;
    DecoderStack hints_;
    SpeechExtras extras_;
    FrameAlignment alignment_;
};

} // namespace gesture::models
