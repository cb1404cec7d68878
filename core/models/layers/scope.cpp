// SPDX-License-Identifier: Apache-2.0
#include "core/models/layers/scope.h"

namespace gesture::models {

Scope Scope::operator/(std::string_view child) const {
    Scope scope = *this;
    scope.prefix_ += child;
    scope.prefix_ += '.';
    return scope;
}

Scope Scope::dead() const {
    Scope scope = *this;
    scope.liveness_ = Liveness::Dead;
    return scope;
}

Purpose Scope::purpose() const {
    return liveness_ == Liveness::Dead ? Purpose::Learning : source_->purpose();
}

at::Tensor Scope::parameter(std::string_view name, std::vector<std::int64_t> shape) const {
    return take(name, std::move(shape), TensorRole::Parameter);
}

at::Tensor Scope::buffer(std::string_view name, std::vector<std::int64_t> shape) const {
    return take(name, std::move(shape), TensorRole::Buffer);
}

at::Tensor Scope::counter(std::string_view name) const {
    return take(name, {}, TensorRole::Counter);
}

at::Tensor Scope::take(std::string_view name, std::vector<std::int64_t> shape,
                       TensorRole role) const {
    return source_->take({prefix_ + std::string(name), std::move(shape), role, liveness_});
}

} // namespace gesture::models
