// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/models/layers/tensor.h"
#include "training/loop/rank_place.h"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// How long a group waits.
struct RankPatience {
    std::chrono::milliseconds meeting = std::chrono::minutes(5); ///< For all ranks to come.
    /// For an exchange: another rank may be measuring on held-out data or writing a checkpoint.
    std::chrono::milliseconds exchange = std::chrono::hours(2);
    /// Without a sign of life from a rank (its process hangs, its machine is gone).
    std::chrono::milliseconds silence = std::chrono::seconds(20);
};

/// The processes that train together. They exchange tensors by c10d's Gloo over TCP, from
/// processor memory (tensors of a GPU are copied there and back). A rank that ends breaks its
/// connections: the next exchange of every other rank fails at once. A rank that only falls silent
/// is noticed by a thread that watches signs of life in the group's store, which then ends this
/// process with exit status 1 and a sentence on standard error: nothing else can interrupt an
/// exchange that waits. With one rank nothing is exchanged. One thread.
class RankGroup {
public:
    /// Blocks until all ranks are there. Unavailable in words.
    [[nodiscard]] static Result<std::unique_ptr<RankGroup>> join(const RankPlace& place,
                                                                 const RankPatience& patience = {});
    RankGroup(const RankGroup&) = delete;
    RankGroup& operator=(const RankGroup&) = delete;
    ~RankGroup();

    [[nodiscard]] int rank() const { return place_.rank; }
    [[nodiscard]] int ranks() const { return place_.ranks; }
    [[nodiscard]] bool first() const { return place_.rank == 0; }

    // All ranks call these in the same order with tensors of the same shapes. Unavailable when
    // another rank is gone.

    /// Replaces tensors of floating-point numbers by their means over the ranks; in pieces of
    /// about 32 MiB.
    [[nodiscard]] Status average(std::span<const at::Tensor> tensors);
    /// Replaces tensors by those of rank 0.
    [[nodiscard]] Status spread(std::span<const at::Tensor> tensors);
    [[nodiscard]] Result<std::string> spread(std::string text);
    [[nodiscard]] Result<std::vector<double>> sum(std::vector<double> values);

    /// To be called when the work is done well: waits until every rank is here, so that none takes
    /// the end of another for a failure. Nothing can be exchanged afterwards.
    [[nodiscard]] Status leave();

private:
    struct Connections;
    RankGroup(RankPlace place, std::unique_ptr<Connections> connections);
    [[nodiscard]] Error lost(const char* what) const;

    RankPlace place_;
    std::unique_ptr<Connections> connections_;
};

} // namespace gesture::training
