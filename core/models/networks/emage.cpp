// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/emage.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/where.h>

namespace gesture::models {

namespace {

TransformerShape emageTransformer(const EmageSizes& sizes) {
    return {sizes.hidden, sizes.feedForward, sizes.heads};
}

Mlp emageMlp(const Scope& scope, std::int64_t outer, std::int64_t hidden) {
    return {scope, outer, hidden, outer, Mlp::Spelling::Emage};
}

/// The layers from which torch copied the stacks are in the file, but never called.
void nameDeadEmageTemplates(const Scope& scope, const EmageSizes& sizes) {
    const EncoderLayer encoder(scope.dead() / "transformer_en_layer", emageTransformer(sizes));
    const DecoderLayer decoder(scope.dead() / "audio_motion_cross_attn_layer",
                               emageTransformer(sizes));
}

} // namespace

Emage::Head::Head(const Scope& scope, const std::string& latentName,
                  const std::string& classifierName, const EmageSizes& sizes)
    : latent(scope / latentName, sizes.hidden, sizes.codes)
    , classifier(emageMlp(scope / classifierName, sizes.codes, sizes.hidden)) {}

PartPrediction Emage::Head::operator()(const at::Tensor& stream) const {
    const at::Tensor vectors = latent(stream);
    return {classifier(vectors).unsqueeze(3), vectors.unsqueeze(1)};
}

Emage::Part::Part(const Scope& scope, const std::string& name, const EmageSizes& sizes)
    : enter(emageMlp(scope / ("motion2latent_" + name), sizes.hidden, sizes.hidden))
    , decoder(scope / ("body_motion_decoder_" + name), emageTransformer(sizes), 1)
    , head(scope, "motion_out_proj_" + name, "motion_cls_" + name, sizes) {}

PartPrediction Emage::Part::operator()(const at::Tensor& own, const at::Tensor& others,
                                       const at::Tensor& speaker, Pass pass) const {
    return head(own + decoder(own + speaker, others, pass));
}

Emage::Emage(TensorSource& source, const EmageSizes& sizes)
    : Emage(Scope(source), sizes) {}

Emage::Emage(const Scope& scope, const EmageSizes& sizes)
    : audioFace_(scope / "audio_encoder_face", sizes.audio)
    , audioBody_(scope / "audio_encoder_body", sizes.audio)
    , speakersFace_(scope / "speaker_embedding_face", sizes.speakers, sizes.hidden)
    , speakersBody_(scope / "speaker_embedding_body", sizes.speakers, sizes.hidden)
    , maskEmbedding_(scope.parameter("mask_embedding", {1, 1, sizes.motion}))
    , motion_(scope / "motion_encoder", sizes.motion, sizes.hint)
    , positions_(scope / "position_embeddings", sizes.window, sizes.hidden)
    , hintsFace_(emageMlp(scope / "bodyhints_face", sizes.hint, sizes.hidden))
    , joinFace_(scope / "audio_face_motion_proj", sizes.audio + sizes.hint, sizes.hidden)
    , faceDecoder_(scope / "face_motion_decoder", emageTransformer(sizes), sizes.faceLayers)
    , faceHead_(scope, "face_out_proj", "face_cls", sizes)
    , hintsBody_(emageMlp(scope / "bodyhints_body", sizes.hint, sizes.hidden))
    , widenHint_(scope / "moton_proj", sizes.hint, sizes.hidden)
    , selfEncoder_(scope / "motion_self_encoder", emageTransformer(sizes), 1)
    , widenSpeech_(scope / "audio_body_motion_proj", sizes.audio, sizes.hidden)
    , hints_(scope / "audio_motion_cross_attn", emageTransformer(sizes), sizes.hintLayers)
    , upper_(scope, "upper", sizes)
    , hands_(scope, "hands", sizes)
    , lower_(scope, "lower", sizes) {
    nameDeadEmageTemplates(scope, sizes);
}

Emage::Speech Emage::speech(const at::Tensor& samples, Pass pass) const {
    return {audioFace_(samples, pass), audioBody_(samples, pass)};
}

PartPrediction Emage::face(const at::Tensor& speech, const at::Tensor& hint,
                           const at::Tensor& speaker, Pass pass) const {
    const at::Tensor heard = speech.narrow(1, 0, hint.size(1));
    const at::Tensor memory = joinFace_(at::cat({heard, hintsFace_(hint)}, -1));
    return faceHead_(faceDecoder_(positions_(speakersFace_(speaker), pass), memory, pass));
}

BodyParts<PartPrediction> Emage::body(const at::Tensor& features, const at::Tensor& speaker,
                                      Pass pass) const {
    const at::Tensor upper = upper_.enter(features);
    const at::Tensor hands = hands_.enter(features);
    const at::Tensor lower = lower_.enter(features);
    return {upper_(upper, hands + lower, speaker, pass),
            hands_(hands, upper + lower, speaker, pass),
            lower_(lower, upper + hands, speaker, pass)};
}

Emage::Output Emage::operator()(const Speech& speech, const MotionContext& context,
                                SpeechHints hints, Pass pass, Trace trace) const {
    const at::Tensor hint = motion_(at::where(context.mask == 1, maskEmbedding_, context.motion));
    const at::Tensor speaker = speakersBody_(context.speaker);

    Output output;
    output.face = face(speech.face, hint, context.speaker, pass);
    const at::Tensor known = positions_(widenHint_(hintsBody_(hint)), pass) + speaker;
    at::Tensor features = positions_(selfEncoder_(known, pass) + speaker, pass);
    if (hints == SpeechHints::Heard)
        features = features + hints_(features, widenSpeech_(speech.body), pass,
                                     trace == Trace::Yes ? &output.hintAttention : nullptr);
    output.body = body(features, speaker, pass);
    return output;
}

FourParts<at::Tensor> emageCodes(const GeneratorOutput& output, const EmageTokenizer& face) {
    return {face.nearestCodes(output.face.latents.select(1, 0)), output.body.hands.tokens(),
            output.body.upper.tokens(), output.body.lower.tokens()};
}

} // namespace gesture::models
