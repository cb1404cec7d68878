// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/networks/body_branch.h"
#include "core/models/networks/code_head.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/motion_input.h"
#include "core/models/networks/part_refinement.h"
#include "core/models/networks/speech_extras.h"
#include "core/models/networks/speech_input.h"

namespace gesture::models {

/// SemTalk's sparse network: semantic gestures of upper body, hands and lower body from words,
/// sentence and speech, with the score that says where they belong (SemTalk section 3.3; class
/// `semtalk_sparse`). The original's emotion input has no effect and is left out. Immutable in
/// inference; any thread.
class SemTalkSparse {
public:
    SemTalkSparse(TensorSource& source, const GeneratorSizes& sizes);

    struct Input {
        at::Tensor words; ///< (batch, frames), whole numbers: rows of the vocabulary.
        /// (batch, 512): the sentence encoder's feature, not normalised; not looked at with
        /// `sentenceOfWords`.
        at::Tensor sentence;
        at::Tensor speech; ///< (batch, frames, 1024)
        MotionContext context;
        SpeechHints hints = SpeechHints::Heard;
        at::Tensor posteriors = {}; ///< See SpeechExtras; only with `speechPosteriors`.
    };
    struct Output {
        BodyParts<PartPrediction> body;
        at::Tensor gate;      ///< (batch, tokens, 2): logits of "base" and "sparse".
        at::Tensor score;     ///< (batch, tokens): the semantic score, softmax(gate)[1].
        at::Tensor textShare; ///< (batch, frames, latent): text against speech, 0..1.
        std::vector<at::Tensor> hintAttention; ///< As in SemTalkBase::Output.
    };
    [[nodiscard]] Output operator()(const Input& input, Pass pass, Trace trace = Trace::No) const;

    /// Rows of the vocabulary that the network was made for.
    [[nodiscard]] std::int64_t vocabularySize() const { return words_.rows(); }

private:
    SemTalkSparse(const Scope& scope, const GeneratorSizes& sizes);

    MotionInput motion_;
    SpeechAdapter speech_;
    StreamFusion fusion_;
    Linear gate_;
    Linear sentence_;
    CodeHead handsHead_;
    CodeHead upperHead_;
    CodeHead lowerHead_;
    BodyBranch body_;
    Embedding words_;
    Linear narrowWords_;
    DecoderStack meaning_;
    Mlp semantic_;
    PositionTable positions_;
    PartRefinement refinement_;
    Linear widenSpeech_;
    DecoderStack hints_;
    SpeechExtras extras_;
    FrameAlignment alignment_;
    bool sentenceOfWords_;
};

} // namespace gesture::models
