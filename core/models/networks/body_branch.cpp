// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/body_branch.h"

#include <string>

namespace gesture::models {

BodyBranch::Part::Part(const Scope& scope, const std::string& name, const GeneratorSizes& sizes)
    : halve(Convolution::halving(scope / (name + "1d"), sizes.latent))
    , enter(scope / ("motion2latent_" + name), sizes.hidden, sizes.hidden, sizes.hidden)
    , decoder(scope / (name + "_decoder"), {sizes.hidden, sizes.hiddenFeedForward, sizes.heads}, 1)
    , narrow(scope / ("motion_down_" + name), sizes.hidden, sizes.latent) {}

BodyBranch::BodyBranch(const Scope& scope, const GeneratorSizes& sizes)
    : halve_(Convolution::halving(scope / "body1d", sizes.hidden))
    , halveSpeaker_(Convolution::halving(scope / "spearker_encoder_body1d", sizes.hidden))
    , positions_(scope / "position_embeddings", sizes.window, sizes.hidden)
    , selfEncoder_(scope / "motion_self_encoder",
                   {sizes.hidden, sizes.hiddenFeedForward, sizes.heads}, 1)
    , widen_(scope / "feature2motion", sizes.latent, sizes.hidden)
    , hints_(scope / "bodyhints_body", sizes.latent, sizes.hidden, sizes.latent)
    , upper_(scope, "upper", sizes)
    , hands_(scope, "hands", sizes)
    , lower_(scope, "lower", sizes)
    , speakers_(scope / "spearker_encoder_body", sizes.speakers, sizes.hidden) {}

at::Tensor BodyBranch::features(const at::Tensor& hint, const at::Tensor& speaker,
                                Pass pass) const {
    return selfEncoder_(positions_(speakers_(speaker) + widen_(hints_(hint)), pass), pass);
}

at::Tensor BodyBranch::positioned(const at::Tensor& features, Pass pass) const {
    return positions_(features, pass);
}

at::Tensor BodyBranch::latentOf(const Part& part, const at::Tensor& own, const at::Tensor& others,
                                const at::Tensor& speaker, Pass pass) const {
    const at::Tensor decoded = part.decoder(positions_(own + speaker, pass), others, pass);
    return part.halve.overTime(part.narrow(decoded + own));
}

BodyParts<at::Tensor> BodyBranch::latents(const at::Tensor& features, const at::Tensor& speaker,
                                          Pass pass) const {
    const at::Tensor halved = halve_.overTime(features);
    const at::Tensor who = halveSpeaker_.overTime(speakers_(speaker));
    const at::Tensor upper = upper_.enter(halved);
    const at::Tensor hands = hands_.enter(halved);
    const at::Tensor lower = lower_.enter(halved);
    return {latentOf(upper_, upper, hands + lower, who, pass),
            latentOf(hands_, hands, upper + lower, who, pass),
            latentOf(lower_, lower, upper + hands, who, pass)};
}

} // namespace gesture::models
