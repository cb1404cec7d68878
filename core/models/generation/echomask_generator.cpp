// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/sizes.h"
#include "core/models/generation/generators.h"
#include "core/models/generation/single_network_generator.h"
#include "core/models/generation/window_tensors.h"
#include "core/models/networks/echomask.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

#include <utility>

namespace gesture::models {

namespace {

using motion::BodyPart;

class EchoMaskSession final : public WindowGenerator::Session {
public:
    EchoMaskSession(const EchoMask& network, const GeneratorSizes& sizes, Placement placement,
                    const SpeechFeatures& speech, const MotionCodec& codec)
        : network_(network)
        , sizes_(sizes)
        , placement_(placement)
        , speech_(speech)
        , codec_(codec) {}

    [[nodiscard]] WindowCodes generate(const WindowInput& window,
                                       const CodeChoice& choice) override {
        const std::span<const WindowInput> one(&window, 1);
        const auto output = network_(conditions(one), contextOf(one, choice.speaker, placement_),
                                     SpeechHints::Heard, Pass::Inference);
        WindowCodes codes;
        take(output.face, BodyPart::Face, window, choice, codes);
        for (const BodyPart part : kTrunkParts)
            take(valueOf(output.body, part), part, window, choice, codes);
        return codes;
    }

    [[nodiscard]] std::vector<inference::AttentionWindow>
    attention(std::span<const WindowInput> windows, std::int64_t speaker) override {
        const auto seen = network_.attention(
            conditions(windows), contextOf(windows, speaker, placement_), Pass::Inference);
        std::vector<inference::AttentionWindow> results;
        for (std::size_t i = 0; i < windows.size(); ++i)
            results.push_back(windowOf(seen, static_cast<std::int64_t>(i), windows[i].begin));
        return results;
    }

    [[nodiscard]] std::vector<float> score(std::int64_t, std::int64_t) override { return {}; }

private:
    void take(const PartPrediction& prediction, BodyPart part, const WindowInput& window,
              const CodeChoice& choice, WindowCodes& codes) const {
        put(chosenCodes(prediction.logits, choiceOf(window, part, choice)), part, sizes_.codeLayers,
            codes, expectedMotion(codec_, part, prediction.logits, choice.sampling[part]));
    }

    [[nodiscard]] EchoMask::Conditions conditions(std::span<const WindowInput> windows) const {
        std::vector<at::Tensor> low;
        std::vector<at::Tensor> high;
        for (const WindowInput& window : windows) {
            low.push_back(windowRows(speech_.low, window.begin, sizes_.window));
            high.push_back(windowRows(speech_.high, window.begin, sizes_.window));
        }
        const auto aligned = network_.aligned(at::stack(low), at::stack(high), Pass::Inference);
        std::vector<at::Tensor> posteriors;
        for (const WindowInput& window : windows)
            if (sizes_.speechPosteriors)
                posteriors.push_back(windowRows(speech_.posteriors, window.begin, sizes_.window));
        return network_.conditions(
            aligned, posteriors.empty() ? at::Tensor() : at::stack(posteriors), Pass::Inference);
    }

    [[nodiscard]] inference::AttentionWindow
    windowOf(const EchoMask::Attention& seen, std::int64_t index, std::int64_t begin) const {
        inference::AttentionWindow window;
        window.begin = {begin};
        window.frames = static_cast<int>(sizes_.window);
        std::vector<at::Tensor> maps;
        std::vector<at::Tensor> importance;
        for (const BodyPart part : kTrunkParts) {
            window.parts.push_back(part);
            maps.push_back(valueOf(seen.maps, part).select(1, index));
            importance.push_back(valueOf(seen.importance, part).select(0, index));
        }
        window.layers = static_cast<int>(maps.front().size(0));
        window.heads = static_cast<int>(maps.front().size(1));
        window.maps = halves(at::stack(maps));
        window.importance = floats(at::stack(importance));
        window.fused = floats(seen.fused.select(0, index));
        return window;
    }

    const EchoMask& network_;
    GeneratorSizes sizes_;
    Placement placement_;
    const SpeechFeatures& speech_;
    const MotionCodec& codec_;
};

} // namespace

Result<std::unique_ptr<const WindowGenerator>> loadEchoMask(const io::Bundle& bundle,
                                                            Placement placement) {
    return SingleNetworkGenerator<EchoMask, GeneratorSizes, EchoMaskSession>::load(
        bundle, placement, generatorSizes);
}

} // namespace gesture::models
