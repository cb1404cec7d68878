// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/models/layers/tensor.h"

#include <cstdint>
#include <string>

namespace gesture::training {

/// The device that a configuration means by "auto", "cpu", "cuda" or "cuda:N"; CUDA's back-end is
/// loaded for it. "auto" and "cuda" take the GPU with the rank's number on this machine.
/// Unavailable says why a GPU cannot be used; "auto" then takes the processor.
[[nodiscard]] Result<at::Device> chooseDevice(const std::string& wanted, int localRank);

/// Makes everything random depend on these numbers alone: seeds torch's generators of all devices.
void seedGenerators(std::uint64_t seed, std::int64_t step, int rank);

/// Makes results on a GPU the same from run to run, at some cost of time; before the first use of
/// the GPU. On the processor they are so anyway.
void demandDeterminism();

/// The most memory that this process (or, on a GPU, its tensors) has had so far, in bytes.
[[nodiscard]] std::int64_t peakMemory(at::Device device);

/// While it lives, operations of this thread on a GPU compute in this type where torch holds that
/// for safe (autocast). Nothing happens for the processor and for float.
class ReducedPrecision {
public:
    ReducedPrecision(at::Device device, at::ScalarType type);
    ReducedPrecision(const ReducedPrecision&) = delete;
    ReducedPrecision& operator=(const ReducedPrecision&) = delete;
    ~ReducedPrecision();

private:
    bool active_ = false;
};

} // namespace gesture::training
