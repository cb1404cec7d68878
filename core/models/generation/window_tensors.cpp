// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/window_tensors.h"

#include <ATen/ops/full.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include <cstring>
#include <utility>

namespace gesture::models {

MotionContext contextOf(std::span<const WindowInput> windows, std::int64_t speaker,
                        Placement placement) {
    std::vector<at::Tensor> motions;
    std::vector<at::Tensor> masks;
    for (const WindowInput& window : windows) {
        motions.push_back(window.motion);
        masks.push_back(window.mask);
    }
    MotionContext context;
    context.motion = at::stack(motions).to(placement.device, placement.type);
    context.mask = at::stack(masks).to(placement.device, placement.type);
    context.speaker = at::full({context.motion.size(0), context.motion.size(1)}, speaker,
                               at::TensorOptions().dtype(at::kLong).device(placement.device));
    return context;
}

PartChoice choiceOf(const WindowInput& window, motion::BodyPart part, const CodeChoice& choice) {
    return {window.given[part], choice.sampling[part],
            mixedStream(choice.seed, static_cast<std::uint64_t>(window.begin),
                        static_cast<std::uint64_t>(part))};
}

ChosenCodes chosenCodes(const at::Tensor& logits, const PartChoice& choice) {
    const at::Tensor values = logits.squeeze(0).to(at::kCPU, at::kFloat).contiguous();
    const CodeLogits plain{{values.data_ptr<float>(), static_cast<std::size_t>(values.numel())},
                           values.size(0),
                           values.size(1),
                           values.size(2)};
    if (!choice.given.defined()) return chooseCodes(plain, choice.sampling, choice.stream);
    const at::Tensor given = choice.given.contiguous();
    return rateCodes(plain,
                     {given.data_ptr<std::int64_t>(), static_cast<std::size_t>(given.numel())});
}

at::Tensor expectedMotion(const MotionCodec& codec, motion::BodyPart part, const at::Tensor& logits,
                          const inference::Sampling& sampling) {
    return sampling.temperature > 0.0 ? at::Tensor() : codec.expected(part, logits);
}

void put(ChosenCodes chosen, motion::BodyPart part, std::int64_t layers, WindowCodes& out,
         const at::Tensor& expected) {
    out.codes[part] = at::tensor(chosen.codes).view({-1, layers});
    out.motion[part] = expected.defined() ? expected : out.codes[part];
    out.confidence[part] = std::move(chosen.confidence);
    out.entropy[part] = std::move(chosen.entropy);
}

std::vector<std::uint16_t> halves(const at::Tensor& values) {
    const at::Tensor half = values.to(at::kCPU, at::kHalf).contiguous();
    std::vector<std::uint16_t> out(static_cast<std::size_t>(half.numel()));
    std::memcpy(out.data(), half.data_ptr(), half.nbytes());
    return out;
}

std::vector<float> floats(const at::Tensor& values) {
    const at::Tensor single = values.to(at::kCPU, at::kFloat).contiguous();
    const float* data = single.data_ptr<float>();
    return {data, data + single.numel()};
}

} // namespace gesture::models
