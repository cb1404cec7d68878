// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/load_network.h"
#include "core/models/bundle/sizes.h"
#include "core/models/generation/generators.h"
#include "core/models/generation/window_tensors.h"
#include "core/models/networks/semtalk_base.h"
#include "core/models/networks/semtalk_sparse.h"

#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>

#include <utility>

namespace gesture::models {

namespace {

using motion::BodyPart;

/// Keeps the random numbers of the sparse network apart from those of the base network.
constexpr std::uint64_t kSparseStream = 0x5350415253450000ULL;

struct SemTalkNetworks {
    std::unique_ptr<const SemTalkBase> base;
    std::unique_ptr<const SemTalkSparse> sparse;
    GeneratorSizes baseSizes;
    GeneratorSizes sparseSizes;
    Placement placement;
};

class SemTalkSession final : public WindowGenerator::Session {
public:
    SemTalkSession(const SemTalkNetworks& networks, const SpeechFeatures& speech,
                   const SpeechReader& reader, const MotionCodec& codec)
        : networks_(networks)
        , speech_(speech)
        , reader_(reader)
        , codec_(codec) {}

    [[nodiscard]] WindowCodes generate(const WindowInput& window,
                                       const CodeChoice& choice) override {
        const std::span<const WindowInput> one(&window, 1);
        const MotionContext context = contextOf(one, choice.speaker, networks_.placement);
        const auto base = (*networks_.base)(
            {slice(speech_.beat, window.begin), slice(speech_.high, window.begin), context,
             SpeechHints::Heard, posteriors(networks_.baseSizes, window.begin)},
            Pass::Inference);
        const auto sparse = runSparse(window.begin, context);
        WindowCodes codes;
        codes.score = floats(sparse.score.squeeze(0));
        for (const float score : codes.score)
            codes.chosen.push_back(score > choice.semanticThreshold ? 1 : 0);
        put(chosenCodes(base.face.logits, choiceOf(window, BodyPart::Face, choice)), BodyPart::Face,
            networks_.baseSizes.codeLayers, codes,
            expectedMotion(codec_, BodyPart::Face, base.face.logits,
                           choice.sampling[BodyPart::Face]));
        for (const BodyPart part : kTrunkParts)
            put(fused(valueOf(base.body, part), valueOf(sparse.body, part),
                      choiceOf(window, part, choice), codes.chosen),
                part, networks_.baseSizes.codeLayers, codes,
                fusedMotion(valueOf(base.body, part), valueOf(sparse.body, part), part,
                            choice.sampling[part], codes.chosen));
        return codes;
    }

    [[nodiscard]] std::vector<inference::AttentionWindow> attention(std::span<const WindowInput>,
                                                                    std::int64_t) override {
        return {};
    }

    [[nodiscard]] std::vector<float> score(std::int64_t begin, std::int64_t speaker) override {
        // The score does not look at the motion: any will do.
        WindowInput window{begin,
                           at::zeros({networks_.sparseSizes.window, networks_.sparseSizes.motion}),
                           at::zeros({networks_.sparseSizes.window, networks_.sparseSizes.motion})};
        const MotionContext context = contextOf({&window, 1}, speaker, networks_.placement);
        return floats(runSparse(begin, context).score.squeeze(0));
    }

private:
    [[nodiscard]] at::Tensor slice(const at::Tensor& stream, std::int64_t begin) const {
        return windowRows(stream, begin, networks_.baseSizes.window).unsqueeze(0);
    }

    [[nodiscard]] at::Tensor posteriors(const GeneratorSizes& sizes, std::int64_t begin) const {
        return sizes.speechPosteriors ? slice(speech_.posteriors, begin) : at::Tensor();
    }

    [[nodiscard]] SemTalkSparse::Output runSparse(std::int64_t begin,
                                                  const MotionContext& context) const {
        const GeneratorSizes& sizes = networks_.sparseSizes;
        at::Tensor sentence = reader_.sentence(speech_, begin, sizes.window);
        if (!sentence.defined())
            sentence = at::zeros({1, sizes.sentence}, at::TensorOptions()
                                                          .dtype(networks_.placement.type)
                                                          .device(networks_.placement.device));
        return (*networks_.sparse)({slice(speech_.words, begin).clamp(0, sizes.words - 1), sentence,
                                    slice(speech_.high, begin), context, SpeechHints::Heard,
                                    posteriors(sizes, begin)},
                                   Pass::Inference);
    }

    /// What is decoded in place of codes, token by token of one network or of the other.
    [[nodiscard]] at::Tensor fusedMotion(const PartPrediction& base, const PartPrediction& sparse,
                                         BodyPart part, const inference::Sampling& sampling,
                                         const std::vector<std::uint8_t>& semantic) const {
        const at::Tensor own = expectedMotion(codec_, part, base.logits, sampling);
        if (!own.defined()) return {};
        const at::Tensor chosen = at::tensor(semantic).to(at::kBool).unsqueeze(-1);
        return at::where(chosen, expectedMotion(codec_, part, sparse.logits, sampling), own);
    }

    /// Per token all layers of one network or of the other.
    [[nodiscard]] static ChosenCodes fused(const PartPrediction& base, const PartPrediction& sparse,
                                           PartChoice choice,
                                           const std::vector<std::uint8_t>& semantic) {
        ChosenCodes codes = chosenCodes(base.logits, choice);
        choice.stream ^= kSparseStream;
        const ChosenCodes other = chosenCodes(sparse.logits, choice);
        const std::size_t layers = codes.codes.size() / codes.confidence.size();
        for (std::size_t token = 0; token < semantic.size(); ++token) {
            if (semantic[token] == 0) continue;
            for (std::size_t layer = 0; layer < layers; ++layer)
                codes.codes[token * layers + layer] = other.codes[token * layers + layer];
            codes.confidence[token] = other.confidence[token];
            codes.entropy[token] = other.entropy[token];
        }
        return codes;
    }

    const SemTalkNetworks& networks_;
    const SpeechFeatures& speech_;
    const SpeechReader& reader_;
    const MotionCodec& codec_;
};

class SemTalkGenerator final : public WindowGenerator {
public:
    explicit SemTalkGenerator(SemTalkNetworks networks)
        : networks_(std::move(networks)) {}

    [[nodiscard]] std::int64_t window() const override { return networks_.baseSizes.window; }
    [[nodiscard]] std::int64_t speakers() const override {
        return std::min(networks_.baseSizes.speakers, networks_.sparseSizes.speakers);
    }
    [[nodiscard]] std::unique_ptr<Session> hear(const SpeechFeatures& speech,
                                                const SpeechReader& reader,
                                                const MotionCodec& codec) const override {
        return std::make_unique<SemTalkSession>(networks_, speech, reader, codec);
    }

private:
    SemTalkNetworks networks_;
};

} // namespace

Result<std::unique_ptr<const WindowGenerator>> loadSemTalk(const io::Bundle& bundle,
                                                           Placement placement) {
    SemTalkNetworks networks;
    networks.placement = placement;
    auto base = loadNetwork<SemTalkBase>(bundle, "base", placement);
    if (!base) return std::move(base).error();
    auto sparse = loadNetwork<SemTalkSparse>(bundle, "sparse", placement);
    if (!sparse) return std::move(sparse).error();
    const auto& entries = bundle.manifest.networks;
    auto baseSizes = generatorSizes(entries.find("base")->second.sizes);
    auto sparseSizes = generatorSizes(entries.find("sparse")->second.sizes);
    if (!baseSizes) return std::move(baseSizes).error();
    if (!sparseSizes) return std::move(sparseSizes).error();
    if (baseSizes->window != sparseSizes->window ||
        baseSizes->codeLayers != sparseSizes->codeLayers)
        return Error{ErrorCode::InvalidInput,
                     "The bundle's base and sparse networks differ in window or code layers: they "
                     "do not belong together."};
    networks.base = std::move(*base);
    networks.sparse = std::move(*sparse);
    networks.baseSizes = *baseSizes;
    networks.sparseSizes = *sparseSizes;
    return std::unique_ptr<const WindowGenerator>(new SemTalkGenerator(std::move(networks)));
}

} // namespace gesture::models
