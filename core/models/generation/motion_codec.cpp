// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/motion_codec.h"

#include "core/models/bundle/load_network.h"
#include "core/models/bundle/sizes.h"
#include "core/models/networks/emage_tokenizer.h"
#include "core/models/networks/global_motion.h"
#include "core/models/networks/motion_tokenizer.h"

#include <string>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

using motion::BodyPart;

/// One token of a residual tokenizer reaches 87 frames on either side (its decoder), and a frame 22
/// tokens (its encoder).
constexpr std::int64_t kResidualContext = 24;
/// EMAGE's convolutions reach at most 4 x 3 + 1 frames in each half.
constexpr std::int64_t kPlainContext = 24;

/// What both kinds of codec hold.
struct CodecNetworks {
    Placement placement;
    std::unique_ptr<const GlobalMotion> root;
};

at::Tensor toHost(const at::Tensor& values) {
    return values.to(at::kCPU, at::kFloat).squeeze(0).contiguous();
}

at::Tensor placed(const at::Tensor& values, const Placement& placement) {
    return values.unsqueeze(0).to(placement.device, placement.type);
}

/// What does not depend on the kind of tokenizer.
template <typename Tokenizer>
class CodecOf : public MotionCodec {
public:
    using Tokenizers = inference::PerPart<std::unique_ptr<const Tokenizer>>;

    CodecOf(CodecNetworks networks, Tokenizers tokenizers)
        : networks_(std::move(networks))
        , tokenizers_(std::move(tokenizers)) {}

    [[nodiscard]] at::Tensor encode(BodyPart part, const at::Tensor& motion) const final {
        return tokenizers_[part]
            ->encode(placed(motion, networks_.placement))
            .to(at::kCPU)
            .squeeze(0);
    }
    [[nodiscard]] at::Tensor decode(BodyPart part, const at::Tensor& codes) const override {
        return toHost(tokenizers_[part]->decode(codes.unsqueeze(0).to(networks_.placement.device)));
    }
    [[nodiscard]] at::Tensor root(const at::Tensor& lower) const final {
        return toHost((*networks_.root)(placed(lower, networks_.placement)));
    }

protected:
    [[nodiscard]] const Tokenizer& tokenizer(BodyPart part) const { return *tokenizers_[part]; }
    [[nodiscard]] const Placement& placement() const { return networks_.placement; }

private:
    CodecNetworks networks_;
    Tokenizers tokenizers_;
};

class ResidualCodec final : public CodecOf<MotionTokenizer> {
public:
    using Temperatures = inference::PerPart<double>;

    ResidualCodec(CodecNetworks networks, Tokenizers tokenizers, int layers,
                  const Temperatures& temperatures)
        : CodecOf(std::move(networks), std::move(tokenizers))
        , layers_(layers)
        , temperatures_(temperatures) {}

    [[nodiscard]] at::Tensor decode(BodyPart part, const at::Tensor& codes) const override {
        if (!codes.is_floating_point()) return CodecOf::decode(part, codes);
        return toHost(tokenizer(part).reconstruct(placed(codes, placement()), Pass::Inference));
    }
    [[nodiscard]] at::Tensor expected(BodyPart part, const at::Tensor& logits) const override {
        if (temperatures_[part] <= 0.0) return {};
        return toHost(tokenizer(part).expected(logits, temperatures_[part]));
    }
    [[nodiscard]] at::Tensor decodable(BodyPart part, const at::Tensor& codes) const override {
        if (temperatures_[part] <= 0.0) return codes;
        const at::Tensor placed = codes.unsqueeze(0).to(placement().device);
        return toHost(tokenizer(part).quantizer().vectors(placed).sum(0));
    }

    [[nodiscard]] int framesPerToken() const override { return 4; }
    [[nodiscard]] int layers() const override { return layers_; }
    [[nodiscard]] std::int64_t contextTokens() const override { return kResidualContext; }
    [[nodiscard]] bool rootSeesTranslation() const override { return false; }
    [[nodiscard]] bool choosesFaceByLatent() const override { return false; }
    [[nodiscard]] at::Tensor nearestFaceCodes(const at::Tensor&) const override { return {}; }

private:
    int layers_;
    Temperatures temperatures_;
};

class PlainCodec final : public CodecOf<EmageTokenizer> {
public:
    using CodecOf::CodecOf;

    [[nodiscard]] at::Tensor expected(BodyPart, const at::Tensor&) const override { return {}; }
    [[nodiscard]] at::Tensor decodable(BodyPart, const at::Tensor& codes) const override {
        return codes;
    }
    [[nodiscard]] int framesPerToken() const override { return 1; }
    [[nodiscard]] int layers() const override { return 1; }
    [[nodiscard]] std::int64_t contextTokens() const override { return kPlainContext; }
    [[nodiscard]] bool rootSeesTranslation() const override { return true; }
    [[nodiscard]] bool choosesFaceByLatent() const override { return true; }
    [[nodiscard]] at::Tensor nearestFaceCodes(const at::Tensor& latents) const override {
        return tokenizer(BodyPart::Face).nearestCodes(latents);
    }
};

template <typename Tokenizer>
Result<inference::PerPart<std::unique_ptr<const Tokenizer>>>
loadTokenizers(const io::Bundle& bundle, Placement placement) {
    inference::PerPart<std::unique_ptr<const Tokenizer>> tokenizers;
    for (const BodyPart part : kCodedParts) {
        auto loaded = loadNetwork<Tokenizer>(
            bundle, fmt::format("tokenizer_{}", motion::nameOf(part)), placement);
        if (!loaded) return std::move(loaded).error();
        tokenizers[part] = std::move(*loaded);
    }
    return tokenizers;
}

/// At which temperature each part's logits become an expected vector; 0: they do not.
Result<inference::PerPart<double>> temperaturesOf(const io::Bundle& bundle) {
    inference::PerPart<double> temperatures;
    for (const BodyPart part : kCodedParts) {
        const auto entry =
            bundle.manifest.networks.find(fmt::format("tokenizer_{}", motion::nameOf(part)));
        if (entry == bundle.manifest.networks.end()) continue;
        auto sizes = tokenizerSizes(entry->second.sizes);
        if (!sizes) return std::move(sizes).error();
        temperatures[part] = static_cast<double>(sizes->expectedCode) / 100.0;
    }
    return temperatures;
}

/// Layers of the residual tokenizers, which are the same for all parts.
Result<int> layersOf(const io::Bundle& bundle) {
    int layers = 0;
    for (const BodyPart part : kCodedParts) {
        const auto entry =
            bundle.manifest.networks.find(fmt::format("tokenizer_{}", motion::nameOf(part)));
        if (entry == bundle.manifest.networks.end()) continue;
        auto sizes = tokenizerSizes(entry->second.sizes);
        if (!sizes) return std::move(sizes).error();
        if (layers != 0 && layers != sizes->layers)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The tokenizers of bundle '{}' have {} and {} layers; they "
                                     "must have as many as each other.",
                                     bundle.folder.string(), layers, sizes->layers)};
        layers = static_cast<int>(sizes->layers);
    }
    return layers;
}

} // namespace

Result<std::unique_ptr<const MotionCodec>> MotionCodec::load(const io::Bundle& bundle,
                                                             Placement placement) {
    auto root = loadNetwork<GlobalMotion>(bundle, "global_motion", placement);
    if (!root) return std::move(root).error();
    CodecNetworks networks{placement, std::move(*root)};
    if (bundle.manifest.architecture == io::Architecture::Emage) {
        auto tokenizers = loadTokenizers<EmageTokenizer>(bundle, placement);
        if (!tokenizers) return std::move(tokenizers).error();
        return std::unique_ptr<const MotionCodec>(
            new PlainCodec(std::move(networks), std::move(*tokenizers)));
    }
    const auto layers = layersOf(bundle);
    if (!layers) return layers.error();
    const auto temperatures = temperaturesOf(bundle);
    if (!temperatures) return temperatures.error();
    auto tokenizers = loadTokenizers<MotionTokenizer>(bundle, placement);
    if (!tokenizers) return std::move(tokenizers).error();
    return std::unique_ptr<const MotionCodec>(
        new ResidualCodec(std::move(networks), std::move(*tokenizers), *layers, *temperatures));
}

inference::TokenChunk tokenChunk(BodyPart part, const MotionCodec& codec, const at::Tensor& codes,
                                 std::int64_t begin) {
    inference::TokenChunk chunk;
    chunk.part = part;
    chunk.begin = begin;
    chunk.framesPerToken = codec.framesPerToken();
    chunk.layers = codec.layers();
    const at::Tensor values = codes.contiguous();
    const std::int64_t* data = values.data_ptr<std::int64_t>();
    chunk.codes.reserve(static_cast<std::size_t>(values.numel()));
    for (std::int64_t i = 0; i < values.numel(); ++i)
        chunk.codes.push_back(static_cast<std::uint16_t>(data[i]));
    return chunk;
}

} // namespace gesture::models
