// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/bundle/load_network.h"
#include "core/models/generation/window_generator.h"

#include <memory>
#include <utility>

namespace gesture::models {

/// A generator that is one network, in the role "generator". `Heard`, its session, is constructed
/// from network, sizes, placement, speech and codec.
template <typename Network, typename Sizes, typename Heard>
class SingleNetworkGenerator final : public WindowGenerator {
public:
    [[nodiscard]] static Result<std::unique_ptr<const WindowGenerator>>
    load(const io::Bundle& bundle, Placement placement,
         Result<Sizes> (*sizesOf)(const io::NetworkSizes&)) {
        auto network = loadNetwork<Network>(bundle, "generator", placement);
        if (!network) return std::move(network).error();
        auto sizes = sizesOf(bundle.manifest.networks.find("generator")->second.sizes);
        if (!sizes) return std::move(sizes).error();
        return std::unique_ptr<const WindowGenerator>(
            new SingleNetworkGenerator(std::move(*network), *sizes, placement));
    }

    [[nodiscard]] std::int64_t window() const override { return sizes_.window; }
    [[nodiscard]] std::int64_t speakers() const override { return sizes_.speakers; }
    [[nodiscard]] std::unique_ptr<WindowGenerator::Session>
    hear(const SpeechFeatures& speech, const SpeechReader&,
         const MotionCodec& codec) const override {
        return std::make_unique<Heard>(*network_, sizes_, placement_, speech, codec);
    }

private:
    SingleNetworkGenerator(std::unique_ptr<const Network> network, const Sizes& sizes,
                           Placement placement)
        : network_(std::move(network))
        , sizes_(sizes)
        , placement_(placement) {}

    std::unique_ptr<const Network> network_;
    Sizes sizes_;
    Placement placement_;
};

} // namespace gesture::models
