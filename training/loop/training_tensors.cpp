// SPDX-License-Identifier: Apache-2.0
#include "training/loop/training_tensors.h"

#include "training/loop/tensor_file.h"

#include <fmt/format.h>

#include <span>
#include <string>

namespace gesture::training {

namespace {

constexpr std::string_view kParameters = "parameters/";
constexpr std::string_view kBuffers = "buffers/";
constexpr std::string_view kOptimiser = "optimiser/";
constexpr std::string_view kAverage = "average/";

void append(std::vector<NamedTensor>& all, std::string_view prefix,
            std::span<const NamedTensor> some) {
    for (const NamedTensor& named : some)
        all.push_back({std::string(prefix) + named.name, named.tensor});
}

} // namespace

std::vector<NamedTensor> tensorsToKeep(const Stage& stage, const Adam& adam,
                                       const ParameterAverage* average) {
    std::vector<NamedTensor> all;
    append(all, kParameters, stage.parameters());
    append(all, kBuffers, stage.buffers());
    append(all, kOptimiser, adam.state());
    if (average != nullptr) append(all, kAverage, average->state());
    return all;
}

Status restoreTensors(const OpenCheckpoint& checkpoint, const std::vector<NamedTensor>& tensors) {
    for (const NamedTensor& named : tensors) {
        if (auto read = readTensor(checkpoint.file, named.name, named.tensor); !read)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("Checkpoint '{}' does not fit this configuration: {}.",
                                     checkpoint.entry.tensors.string(), read.error().message())};
    }
    return Status::success();
}

Status restoreNetworks(const OpenCheckpoint& checkpoint, const Stage& stage) {
    std::vector<NamedTensor> tensors;
    for (const NamedTensor& named : stage.parameters()) {
        const std::string averaged = std::string(kAverage) + named.name;
        const bool hasAverage = checkpoint.file.find(averaged) != nullptr;
        tensors.push_back(
            {hasAverage ? averaged : std::string(kParameters) + named.name, named.tensor});
    }
    append(tensors, kBuffers, stage.buffers());
    return restoreTensors(checkpoint, tensors);
}

} // namespace gesture::training
