// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::models {

/// What a tensor of a network is for.
enum class TensorRole {
    Parameter, ///< Learnt by gradient.
    Buffer,    ///< Learnt otherwise (running statistics, codebooks) or fixed (position tables).
    Counter,   ///< A whole number without axes (`num_batches_tracked`).
};

/// Does a tensor influence any result? Released files hold tensors of modules that are never
/// called; they are known by name and shape, but neither read nor kept.
enum class Liveness { Live, Dead };

/// What a network is constructed for. One that will only run may lay out its weights as the
/// processor likes them best.
enum class Purpose { Learning, Running };

/// One tensor of a network as its original names it.
struct TensorSpec {
    std::string name; ///< Key of the original's state_dict, without the prefix "module.".
    std::vector<std::int64_t> shape;
    TensorRole role = TensorRole::Parameter;
    Liveness liveness = Liveness::Live;
};

/// Where the tensors of a network come from: a file, a generator of initial values, a fill rule.
/// A network asks for its tensors while it is constructed, on that thread; parts of it that share a
/// tensor ask for it more than once and must get the same one.
class TensorSource {
public:
    TensorSource() = default;
    TensorSource(const TensorSource&) = delete;
    TensorSource& operator=(const TensorSource&) = delete;
    virtual ~TensorSource() = default;

    /// The tensor for `spec`, of its shape. For dead tensors the result is not used.
    virtual at::Tensor take(const TensorSpec& spec) = 0;

    [[nodiscard]] virtual Purpose purpose() const { return Purpose::Learning; }
};

/// A place in the tree of names below which layers ask for their tensors. Value type; the source
/// outlives the construction of the network.
class Scope {
public:
    explicit Scope(TensorSource& source)
        : source_(&source) {}

    /// The place of a child: names below it begin with "<here>.<child>.".
    [[nodiscard]] Scope operator/(std::string_view child) const;
    /// The same place, where all that is asked for is dead (see Liveness).
    [[nodiscard]] Scope dead() const;

    /// For dead modules always Learning: nothing is laid out for them.
    [[nodiscard]] Purpose purpose() const;

    [[nodiscard]] at::Tensor parameter(std::string_view name,
                                       std::vector<std::int64_t> shape) const;
    [[nodiscard]] at::Tensor buffer(std::string_view name, std::vector<std::int64_t> shape) const;
    [[nodiscard]] at::Tensor counter(std::string_view name) const;

private:
    [[nodiscard]] at::Tensor take(std::string_view name, std::vector<std::int64_t> shape,
                                  TensorRole role) const;

    TensorSource* source_;
    std::string prefix_;
    Liveness liveness_ = Liveness::Live;
};

} // namespace gesture::models
