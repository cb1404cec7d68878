// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/generation/code_choice.h"
#include "core/models/generation/window_generator.h"
#include "core/models/networks/generator_io.h"

#include <array>
#include <span>
#include <vector>

namespace gesture::models {

// Between the windows of WindowGenerator and the tensors of the networks.

/// The parts that move with the trunk, in the order in which results name them.
inline constexpr std::array<motion::BodyPart, 3> kTrunkParts{
    motion::BodyPart::Upper, motion::BodyPart::Hands, motion::BodyPart::Lower};

/// The value of one of them.
template <typename T>
const T& valueOf(const BodyParts<T>& values, motion::BodyPart part) {
    if (part == motion::BodyPart::Hands) return values.hands;
    return part == motion::BodyPart::Upper ? values.upper : values.lower;
}

/// Motion, mask and speaker of some windows as one batch on the networks' device.
[[nodiscard]] MotionContext contextOf(std::span<const WindowInput> windows, std::int64_t speaker,
                                      Placement placement);

/// How a part of a window gets its codes.
struct PartChoice {
    const at::Tensor& given; ///< As WindowInput has them.
    inference::Sampling sampling;
    std::uint64_t stream = 0; ///< Of random numbers.
};
[[nodiscard]] PartChoice choiceOf(const WindowInput& window, motion::BodyPart part,
                                  const CodeChoice& choice);

/// Codes of one part of a window from its logits (1, tokens, codes, layers).
[[nodiscard]] ChosenCodes chosenCodes(const at::Tensor& logits, const PartChoice& choice);

/// Writes a part's choice into a window's result. `expected`, where it is defined, is what is
/// decoded instead of the codes.
void put(ChosenCodes chosen, motion::BodyPart part, std::int64_t layers, WindowCodes& out,
         const at::Tensor& expected = {});

/// What a codec makes of logits whose likeliest code is wanted; undefined where codes are drawn.
[[nodiscard]] at::Tensor expectedMotion(const MotionCodec& codec, motion::BodyPart part,
                                        const at::Tensor& logits,
                                        const inference::Sampling& sampling);

/// Values as IEEE half precision, in C order, from any device.
[[nodiscard]] std::vector<std::uint16_t> halves(const at::Tensor& values);
[[nodiscard]] std::vector<float> floats(const at::Tensor& values);

} // namespace gesture::models
