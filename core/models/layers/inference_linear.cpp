// SPDX-License-Identifier: Apache-2.0
#include "core/models/layers/inference_linear.h"

#include <ATen/Context.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <ATen/ops/linear.h>

#include <optional>
#include <string>
#include <utility>

namespace gesture::models {

namespace {

/// Rows that the layout is chosen for; other numbers work as well.
constexpr std::int64_t kTypicalRows = 1000;

/// The two operators of torch's that have no function in its headers.
struct PackedOperators {
    c10::OperatorHandle pack, apply;
};

const std::optional<PackedOperators>& packedOperators() {
    static const std::optional<PackedOperators> found = []() -> std::optional<PackedOperators> {
        if (!at::globalContext().hasMKLDNN()) return std::nullopt;
        auto& dispatcher = c10::Dispatcher::singleton();
        const auto pack = dispatcher.findSchema({"mkldnn::_reorder_linear_weight", ""});
        const auto apply = dispatcher.findSchema({"mkldnn::_linear_pointwise", ""});
        if (!pack || !apply) return std::nullopt;
        return PackedOperators{*pack, *apply};
    }();
    return found;
}

bool canPack(const at::Tensor& weight) {
    return weight.is_cpu() && weight.scalar_type() == at::kFloat && packedOperators().has_value();
}

at::Tensor packed(const at::Tensor& weight) {
    const at::NoGradGuard noGradient;
    torch::jit::Stack stack{weight.detach().contiguous(), kTypicalRows};
    packedOperators()->pack.callBoxed(&stack);
    return stack.front().toTensor();
}

} // namespace

InferenceLinear::InferenceLinear(const Scope& scope, std::int64_t in, std::int64_t out)
    : InferenceLinear(scope.parameter("weight", {out, in}), scope.parameter("bias", {out})) {}

InferenceLinear::InferenceLinear(const at::Tensor& weight, at::Tensor bias)
    : weight_(canPack(weight) ? packed(weight) : weight)
    , bias_(std::move(bias)) {}

at::Tensor InferenceLinear::operator()(const at::Tensor& x) const {
    if (!weight_.is_mkldnn()) return at::linear(x, weight_, bias_);
    torch::jit::Stack stack{x,
                            weight_,
                            bias_.defined() ? c10::IValue(bias_) : c10::IValue(),
                            std::string("none"),
                            c10::List<std::optional<at::Scalar>>(),
                            std::string()};
    packedOperators()->apply.callBoxed(&stack);
    return stack.front().toTensor();
}

} // namespace gesture::models
