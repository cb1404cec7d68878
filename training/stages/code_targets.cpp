// SPDX-License-Identifier: Apache-2.0
#include "training/stages/code_targets.h"

#include "core/models/bundle/load_network.h"
#include "core/models/networks/motion_tokenizer.h"
#include "training/stages/stage_support.h"

#include <ATen/ops/embedding.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/var.h>

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gesture::training {

namespace {

using motion::BodyPart;

/// (batch, tokens, layers) to (batch, layers, tokens, width).
at::Tensor vectorsOf(const at::Tensor& books, const at::Tensor& codes) {
    std::vector<at::Tensor> layers;
    for (std::int64_t layer = 0; layer < codes.size(2); ++layer)
        layers.push_back(at::embedding(books.select(0, layer), codes.select(2, layer)));
    return at::stack(layers, 1);
}

Result<at::Tensor> loadBooks(const io::Bundle& bundle, BodyPart part, at::Device device) {
    auto tokenizer = models::loadNetwork<models::MotionTokenizer>(
        bundle, fmt::format("tokenizer_{}", motion::nameOf(part)), {device, at::kFloat});
    if (!tokenizer) return std::move(tokenizer).error();
    return at::stack((*tokenizer)->quantizer().codebooks());
}

} // namespace

Codebooks::Codebooks(models::FourParts<at::Tensor> books)
    : books_(std::move(books)) {}

Result<Codebooks> Codebooks::load(const io::Bundle& bundle, at::Device device) {
    models::FourParts<at::Tensor> books;
    const std::pair<BodyPart, at::Tensor*> wanted[] = {{BodyPart::Face, &books.face},
                                                       {BodyPart::Hands, &books.hands},
                                                       {BodyPart::Upper, &books.upper},
                                                       {BodyPart::Lower, &books.lower}};
    for (const auto& [part, target] : wanted) {
        auto loaded = loadBooks(bundle, part, device);
        if (!loaded) return std::move(loaded).error();
        *target = std::move(*loaded);
    }
    return Codebooks(std::move(books));
}

CodeTargets Codebooks::targets(const Batch& batch) const {
    const auto codes = [&](BodyPart part) { return entryOf(batch, codesKey(part)).to(at::kLong); };
    CodeTargets targets;
    targets.codes = {codes(BodyPart::Face), codes(BodyPart::Hands), codes(BodyPart::Upper),
                     codes(BodyPart::Lower)};
    targets.vectors = {
        vectorsOf(books_.face, targets.codes.face), vectorsOf(books_.hands, targets.codes.hands),
        vectorsOf(books_.upper, targets.codes.upper), vectorsOf(books_.lower, targets.codes.lower)};
    return targets;
}

models::FourParts<at::Tensor> Codebooks::variances() const {
    const auto variance = [](const at::Tensor& books) { return books.select(0, 0).var(); };
    return {variance(books_.face), variance(books_.hands), variance(books_.upper),
            variance(books_.lower)};
}

std::string codesKey(BodyPart part) { return fmt::format("codes_{}", motion::nameOf(part)); }

} // namespace gesture::training
