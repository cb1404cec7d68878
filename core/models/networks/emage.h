// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/transformer.h"
#include "core/models/networks/emage_audio.h"
#include "core/models/networks/emage_tokenizer.h"
#include "core/models/networks/generator_io.h"
#include "core/models/networks/motion_input.h"

#include <string>
#include <vector>

namespace gesture::models {

/// Sizes of EMAGE. The defaults are those of the released network; smaller ones make the networks
/// of the tests.
struct EmageSizes {
    std::int64_t motion = 337; ///< Channels of a motion frame.
    std::int64_t window = 64;  ///< Frames that positions are known for.
    std::int64_t hidden = 768; ///< Width of the transformers.
    std::int64_t hint = 256;   ///< Width of the encoded motion.
    std::int64_t audio = 256;  ///< Width of the encoded sound.
    std::int64_t codes = 256;  ///< Entries of a codebook, and width of its vectors.
    std::int64_t speakers = 1;

    std::int64_t heads = 4;
    std::int64_t feedForward = 1536;
    std::int64_t faceLayers = 4;
    std::int64_t hintLayers = 8; ///< Of the decoder by which motion hears speech.
};

/// EMAGE: motion of all parts from the sound alone, one token of one code a part and frame (Liu et
/// al., "EMAGE", CVPR 2024; class `EmageAudioModel` of PantoMatrix). Immutable in inference; any
/// thread.
///
/// How a motion of many frames is made from windows (the original's `inference`; no loop here):
/// * A window has 64 frames and begins 60 after the one before. Its sound begins at sample 533 x
///   first frame and has 533 samples a frame, 0.06 % less than 16000 / 30.
/// * The first 4 frames of a window are always visible (mask 0): where the caller's mask is 0 they
///   are the caller's motion, elsewhere the last 4 frames that the window before decoded (for the
///   first window the caller's; identity rotations and zeros without one). All later frames keep
///   the caller's mask, so that any part of a motion can be kept; without one they are hidden.
/// * Each window gives its first 60 frames. With n frames in all there are (n - 4) / 60 full
///   windows; if more than 4 frames then remain, a last one of 4 + remainder frames gives all of
///   its own. Otherwise the original drops the remainder and the last 4 frames of the last window.
/// * The window's codes (see emageCodes) are decoded at once, 64 frames of all parts, because the
///   next window starts from them; the body is where the global-motion network says, fed with the
///   decoded lower body as it is.
class Emage {
public:
    Emage(TensorSource& source, const EmageSizes& sizes);

    static constexpr std::int64_t kSamplesPerFrame = 533;

    /// What the sound says to the face and to the body, (batch, audio frames, audio).
    struct Speech {
        at::Tensor face;
        at::Tensor body;
    };
    /// From (batch, samples) at 16 kHz, see EmageAudioEncoder: depends on the sound alone, so the
    /// windows of a clip can be one batch, made once for many motions.
    [[nodiscard]] Speech speech(const at::Tensor& samples, Pass pass) const;

    struct Output : GeneratorOutput {
        /// With a trace: attention of motion frames to audio frames, one (batch, heads, frames,
        /// audio frames) a layer.
        std::vector<at::Tensor> hintAttention;
    };
    /// Up to 64 frames. `speech` has at least as many; the face hears only so many, the body all.
    /// Without speech hints the body does not hear, the face still does. Predictions have as many
    /// tokens as there are frames, and one layer; there are no rhythm pairs.
    [[nodiscard]] Output operator()(const Speech& speech, const MotionContext& context,
                                    SpeechHints hints, Pass pass, Trace trace = Trace::No) const;

private:
    Emage(const Scope& scope, const EmageSizes& sizes);

    /// From a stream to codes.
    struct Head {
        Head(const Scope& scope, const std::string& latent, const std::string& classifier,
             const EmageSizes& sizes);
        [[nodiscard]] PartPrediction operator()(const at::Tensor& stream) const;

        Linear latent;
        Mlp classifier;
    };
    /// The layers of one body part.
    struct Part {
        Part(const Scope& scope, const std::string& name, const EmageSizes& sizes);
        [[nodiscard]] PartPrediction operator()(const at::Tensor& own, const at::Tensor& others,
                                                const at::Tensor& speaker, Pass pass) const;

        Mlp enter;
        DecoderStack decoder;
        Head head;
    };
    [[nodiscard]] PartPrediction face(const at::Tensor& speech, const at::Tensor& hint,
                                      const at::Tensor& speaker, Pass pass) const;
    [[nodiscard]] BodyParts<PartPrediction> body(const at::Tensor& features,
                                                 const at::Tensor& speaker, Pass pass) const;

    EmageAudioEncoder audioFace_;
    EmageAudioEncoder audioBody_;
    Embedding speakersFace_;
    Embedding speakersBody_;
    at::Tensor maskEmbedding_; ///< (1, 1, motion)
    MotionEncoder motion_;
    PositionTable positions_;

    Mlp hintsFace_;
    Linear joinFace_;
    DecoderStack faceDecoder_;
    Head faceHead_;

    Mlp hintsBody_;
    Linear widenHint_;
    EncoderStack selfEncoder_;
    Linear widenSpeech_;
    DecoderStack hints_;
    Part upper_;
    Part hands_;
    Part lower_;
};

/// The codes of a window, (batch, frames, 1) a part, by the rule of the released configuration
/// (`lf = lu = lh = ll = 3, cf = 0, cu = ch = cl = 1`): upper body, hands and lower body take the
/// likeliest code; the face's classifier is not asked, the code nearest to its latent is taken.
[[nodiscard]] FourParts<at::Tensor> emageCodes(const GeneratorOutput& output,
                                               const EmageTokenizer& face);

} // namespace gesture::models
