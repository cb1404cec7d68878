// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/face_branch.h"

#include <ATen/ops/cat.h>

namespace gesture::models {

FaceBranch::FaceBranch(const Scope& scope, const GeneratorSizes& sizes)
    : halve_(Convolution::halving(scope / "face1d", sizes.latent))
    , halveAgain_(Convolution::halving(scope / "face1d_2", sizes.latent))
    , between_(scope / "face_latent_mlp", sizes.latent, sizes.hidden, sizes.latent)
    , join_(scope / "feature2face", 2 * sizes.latent, sizes.hidden)
    , narrow_(scope / "face2latent", sizes.hidden, sizes.latent)
    , decoder_(scope / "face_decoder", {sizes.hidden, sizes.hiddenFeedForward, sizes.heads},
               sizes.faceLayers)
    , positions_(scope / "position_embeddings", sizes.window, sizes.hidden)
    , hints_(scope / "bodyhints_face", sizes.latent, sizes.hidden, sizes.latent)
    , speakers_(scope / "spearker_encoder_face", sizes.speakers, sizes.hidden) {}

at::Tensor FaceBranch::operator()(const at::Tensor& speech, const at::Tensor& hint,
                                  const at::Tensor& speaker, Pass pass) const {
    const at::Tensor memory = join_(at::cat({speech, hints_(hint)}, -1));
    const at::Tensor frames = decoder_(positions_(speakers_(speaker), pass), memory, pass);
    return halveAgain_.overTime(between_(halve_.overTime(narrow_(frames))));
}

} // namespace gesture::models
