// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/sizes.h"
#include "core/models/generation/generators.h"
#include "core/models/generation/single_network_generator.h"
#include "core/models/generation/window_tensors.h"
#include "core/models/networks/emage.h"

#include <ATen/ops/constant_pad_nd.h>

#include <utility>

namespace gesture::models {

namespace {

using motion::BodyPart;

constexpr double kSamplesPerSecond = 16'000.0;
constexpr double kFramesPerSecond = 30.0;

class EmageSession final : public WindowGenerator::Session {
public:
    EmageSession(const Emage& network, const EmageSizes&, Placement placement,
                 const SpeechFeatures& speech, const MotionCodec& codec)
        : network_(network)
        , placement_(placement)
        , speech_(speech)
        , codec_(codec) {}

    [[nodiscard]] WindowCodes generate(const WindowInput& window,
                                       const CodeChoice& choice) override {
        const auto heard = network_.speech(
            samplesOf(window.begin, window.motion.size(0)).unsqueeze(0), Pass::Inference);
        const auto output = network_(heard, contextOf({&window, 1}, choice.speaker, placement_),
                                     SpeechHints::Heard, Pass::Inference);
        WindowCodes codes;
        takeFace(output.face, window, choice, codes);
        for (const BodyPart part : kTrunkParts)
            take(valueOf(output.body, part), part, window, choice, codes);
        return codes;
    }

    [[nodiscard]] std::vector<inference::AttentionWindow> attention(std::span<const WindowInput>,
                                                                    std::int64_t) override {
        return {};
    }
    [[nodiscard]] std::vector<float> score(std::int64_t, std::int64_t) override { return {}; }

private:
    /// The sound of a window: as many samples as the network was trained with, from where the
    /// window's first frame begins; silence behind the end.
    [[nodiscard]] at::Tensor samplesOf(std::int64_t begin, std::int64_t frames) const {
        const auto first = static_cast<std::int64_t>(static_cast<double>(begin) *
                                                     kSamplesPerSecond / kFramesPerSecond);
        const std::int64_t wanted = Emage::kSamplesPerFrame * frames;
        const std::int64_t total = speech_.samples.size(0);
        const std::int64_t start = std::min(first, total);
        const std::int64_t there = std::min(wanted, total - start);
        return at::constant_pad_nd(speech_.samples.narrow(0, start, there), {0, wanted - there});
    }

    void take(const PartPrediction& prediction, BodyPart part, const WindowInput& window,
              const CodeChoice& choice, WindowCodes& codes) const {
        put(chosenCodes(prediction.logits, choiceOf(window, part, choice)), part, 1, codes);
    }

    /// The face's code is the one nearest to its latent; how sure the network is, its logits say.
    void takeFace(const PartPrediction& prediction, const WindowInput& window,
                  const CodeChoice& choice, WindowCodes& codes) const {
        PartChoice face = choiceOf(window, BodyPart::Face, choice);
        face.sampling = {};
        put(chosenCodes(prediction.logits, face), BodyPart::Face, 1, codes);
        if (face.given.defined()) return;
        codes.codes[BodyPart::Face] =
            codec_.nearestFaceCodes(prediction.latents.squeeze(1)).to(at::kCPU).squeeze(0);
        codes.motion[BodyPart::Face] = codes.codes[BodyPart::Face];
    }

    const Emage& network_;
    Placement placement_;
    const SpeechFeatures& speech_;
    const MotionCodec& codec_;
};

} // namespace

Result<std::unique_ptr<const WindowGenerator>> loadEmage(const io::Bundle& bundle,
                                                         Placement placement) {
    return SingleNetworkGenerator<Emage, EmageSizes, EmageSession>::load(bundle, placement,
                                                                         emageSizes);
}

} // namespace gesture::models
