// SPDX-License-Identifier: Apache-2.0
#include "core/speech/acoustic_model.h"

#include "core/base/atomic_file.h"
#include "core/speech/byte_cursor.h"

#include <cmath>
#include <fmt/format.h>

namespace gesture::speech {

namespace {

constexpr std::size_t kMaxFileBytes = 1U << 20;
constexpr std::uint32_t kByteOrder = 0x11223344;
/// A way that training never saw.
constexpr float kNever = -1e30F;

Result<std::vector<TransitionLogs>> readTransitions(const std::filesystem::path& path, int count) {
    const auto text = readTextFile(path, kMaxFileBytes);
    if (!text) return Error(text.error());
    const Error damaged{ErrorCode::InvalidInput,
                        fmt::format("'{}' is no part of a speech model that this program reads: "
                                    "install the package pocketsphinx-en-us again.",
                                    path.string())};
    constexpr std::string_view kEndOfHeader = "endhdr\n";
    const std::size_t header = text->find(kEndOfHeader);
    if (text->rfind("s3\n", 0) != 0 || header == std::string::npos) return damaged;
    ByteCursor cursor(std::string_view(*text).substr(header + kEndOfHeader.size()));
    if (cursor.value<std::uint32_t>() != kByteOrder) return damaged;
    std::array<std::int32_t, 4> sizes{}; // matrices, rows, columns, values
    if (!cursor.fill(std::span(sizes)) || sizes != std::array{count, 3, 4, count * 12})
        return damaged;
    std::vector<TransitionLogs> transitions;
    for (int i = 0; i < count; ++i) {
        TransitionLogs matrix{};
        if (!cursor.fill(std::span(matrix))) return damaged;
        for (auto& row : matrix) {
            float sum = 0;
            for (const float value : row)
                sum += value;
            for (float& value : row)
                value = value > 0 && sum > 0 ? std::log(value / sum) : kNever;
        }
        transitions.push_back(matrix);
    }
    return transitions;
}

} // namespace

Result<AcousticModel> AcousticModel::read(const std::filesystem::path& folder) {
    auto definition = ModelDefinition::read(folder / "mdef");
    if (!definition) return std::move(definition).error();
    auto mixtures = GaussianMixtures::read(folder, *definition);
    if (!mixtures) return std::move(mixtures).error();
    auto transitions =
        readTransitions(folder / "transition_matrices", definition->transitionCount());
    if (!transitions) return std::move(transitions).error();
    return AcousticModel(std::move(*definition), std::move(*mixtures), std::move(*transitions));
}

} // namespace gesture::speech
