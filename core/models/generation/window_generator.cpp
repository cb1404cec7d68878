// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/window_generator.h"

#include "core/models/bundle/sizes.h"
#include "core/models/generation/generators.h"

#include <fmt/format.h>

namespace gesture::models {

namespace {

/// A network that hears posteriors needs an encoder that has as many of them.
Status expectPosteriors(const io::Bundle& bundle) {
    const auto& networks = bundle.manifest.networks;
    for (const char* role : {"base", "sparse", "generator"}) {
        const auto entry = networks.find(role);
        if (entry == networks.end() || entry->second.kind == "emage") continue;
        const auto sizes = generatorSizes(entry->second.sizes);
        if (!sizes) return sizes.error();
        if (!sizes->speechPosteriors) continue;
        const auto encoder = networks.find("speech_encoder");
        const bool heads = encoder != networks.end() && encoder->second.kind == "log_mel";
        const auto heard = logMelSizes(heads ? encoder->second.sizes : io::NetworkSizes());
        if (!heard) return heard.error();
        if (!heads || heard->lexiconWords + 2 != sizes->posteriors)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' of bundle '{}' hears {} posteriors, which its speech "
                                     "encoder does not have: they do not belong together.",
                                     role, bundle.folder.string(), sizes->posteriors)};
    }
    return Status::success();
}

} // namespace

Result<std::unique_ptr<const WindowGenerator>> WindowGenerator::load(const io::Bundle& bundle,
                                                                     Placement placement) {
    if (auto heard = expectPosteriors(bundle); !heard) return heard.error();
    switch (bundle.manifest.architecture) {
    case io::Architecture::SemTalk:
        return loadSemTalk(bundle, placement);
    case io::Architecture::EchoMask:
        return loadEchoMask(bundle, placement);
    case io::Architecture::Emage:
        return loadEmage(bundle, placement);
    }
    return Error{ErrorCode::Internal, "The bundle's architecture is not known."};
}

} // namespace gesture::models
