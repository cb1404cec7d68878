// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/speech_alignment.h"

#include "core/models/networks/generator_io.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/mse_loss.h>

namespace gesture::models {

namespace {

TransformerShape shapeOf(const GeneratorSizes& sizes) {
    return {sizes.latent, sizes.latentFeedForward, sizes.heads};
}

} // namespace

SpeechAlignment::Part::Part(const Scope& scope, const std::string& name,
                            const GeneratorSizes& sizes)
    : query(scope.parameter("moau_query_" + name, {1, 1, sizes.latent}))
    , first(scope / ("motion_encoder_" + name + "_1"), shapeOf(sizes), sizes.alignmentLayers)
    , second(scope / ("motion_encoder_" + name + "_2"), shapeOf(sizes), sizes.alignmentLayers)
    , third(scope / ("motion_encoder_" + name + "_3"), shapeOf(sizes), sizes.alignmentLayers)
    , low(scope / (name + "_decoder_low"), shapeOf(sizes), 1)
    , high(scope / (name + "_decoder_high"), shapeOf(sizes), 1)
    , predict(scope / ("predict_motion_" + name), sizes.latent, sizes.latent, sizes.latent)
    , match(scope / ("match_" + name + "_classifier"), 2 * sizes.latent, sizes.latent, 2) {}

SpeechAlignment::SpeechAlignment(const Scope& scope, const GeneratorSizes& sizes)
    : window_(sizes.window)
    , face_(scope, "face", sizes)
    , hands_(scope, "hands", sizes)
    , upper_(scope, "upper", sizes)
    , lower_(scope, "lower", sizes)
    , positions_(scope / "position_embeddings", sizes.window, sizes.latent)
    , speechPositions_(scope / "position_embeddings_hubert", sizes.window, sizes.latent) {
    const EncoderLayer encoder(scope.dead() / "transformer_en_layer", shapeOf(sizes));
    const DecoderLayer decoder(scope.dead() / "transformer_de_layer", shapeOf(sizes));
}

at::Tensor SpeechAlignment::condition(const Part& part, const at::Tensor& low,
                                      const at::Tensor& high, Pass pass) const {
    // The queries see no speech before the first decoder: without dropout they are alike in all
    // batches and are computed once.
    const std::int64_t batch = pass == Pass::Training ? low.size(0) : 1;
    const at::Tensor query = positions_(part.query.expand({batch, window_, -1}), pass);
    const at::Tensor asked = part.first(query, pass).expand({low.size(0), -1, -1});
    const at::Tensor heardLow = part.second(part.low(asked, low, pass), pass);
    return part.third(part.high(heardLow, high, pass), pass);
}

FourParts<at::Tensor> SpeechAlignment::conditions(const at::Tensor& low, const at::Tensor& high,
                                                  Pass pass) const {
    const at::Tensor lowAt = speechPositions_(low, pass);
    const at::Tensor highAt = speechPositions_(high, pass);
    return {condition(face_, lowAt, highAt, pass), condition(hands_, lowAt, highAt, pass),
            condition(upper_, lowAt, highAt, pass), condition(lower_, lowAt, highAt, pass)};
}

at::Tensor SpeechAlignment::motion(const Part& part, const at::Tensor& codes, Pass pass) const {
    const at::Tensor summed = positions_(codes.sum(1), pass);
    return part.third(part.second(part.first(summed, pass), pass), pass);
}

FourParts<at::Tensor> SpeechAlignment::motions(const FourParts<at::Tensor>& codes,
                                               Pass pass) const {
    return {motion(face_, codes.face, pass), motion(hands_, codes.hands, pass),
            motion(upper_, codes.upper, pass), motion(lower_, codes.lower, pass)};
}

at::Tensor SpeechAlignment::loss(const FourParts<at::Tensor>& conditions,
                                 const FourParts<at::Tensor>& motions) const {
    const auto partLoss = [](const Part& part, const at::Tensor& speech, const at::Tensor& motion) {
        const at::Tensor tokens = meanOfTokens(speech);
        const at::Tensor pair = at::cat({tokens.mean(1), motion.mean(1)}, -1);
        // Only true pairs are ever shown: class 1 is always right.
        const at::Tensor matched = -at::log_softmax(part.match(pair), -1).select(-1, 1).mean();
        return consistencyLoss({motion, speech}) + at::mse_loss(part.predict(tokens), motion) +
               matched;
    };
    return partLoss(face_, conditions.face, motions.face) +
           partLoss(hands_, conditions.hands, motions.hands) +
           partLoss(upper_, conditions.upper, motions.upper) +
           partLoss(lower_, conditions.lower, motions.lower);
}

} // namespace gesture::models
