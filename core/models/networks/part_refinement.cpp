// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/part_refinement.h"

namespace gesture::models {

namespace {

DecoderStack refiner(const Scope& scope, const GeneratorSizes& sizes) {
    return {scope, {sizes.latent, sizes.latentFeedForward, sizes.heads}, 1};
}

} // namespace

PartRefinement::PartRefinement(const Scope& scope, const GeneratorSizes& sizes)
    : hands_(refiner(scope / "hands_face_decoder", sizes))
    , upper_(refiner(scope / "upper_hands_decoder", sizes))
    , lower_(refiner(scope / "lower_hands_decoder", sizes)) {}

BodyParts<at::Tensor> PartRefinement::operator()(const BodyParts<at::Tensor>& coarse,
                                                 const at::Tensor& handsMemory, Pass pass) const {
    const at::Tensor hands = hands_(coarse.hands, handsMemory, pass);
    return {upper_(coarse.upper, hands + coarse.lower, pass), hands,
            lower_(coarse.lower, coarse.upper + hands, pass)};
}

} // namespace gesture::models
