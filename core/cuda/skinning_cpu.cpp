// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/skinning_cpu.h"

#include <cstdint>

namespace gesture::cuda {

namespace {

/// `transforms` are those of one frame; `skinned` takes three values.
void skinVertex(const GestureSkinning& job, const float* transforms, std::int64_t vertex,
                float* skinned) {
    const float* position = job.positions + vertex * 3;
    const std::uint16_t* influences = job.influences + vertex * kGestureInfluences;
    const float* weights = job.weights + vertex * kGestureInfluences;
    for (int axis = 0; axis < 3; ++axis) {
        float sum = 0.0F;
        for (int i = 0; i < kGestureInfluences; ++i) {
            if (weights[i] == 0.0F) continue;
            const float* row = transforms + std::int64_t{influences[i]} * 12 + axis * 4;
            sum += weights[i] *
                   (row[0] * position[0] + row[1] * position[1] + row[2] * position[2] + row[3]);
        }
        skinned[axis] = sum;
    }
}

} // namespace

void skinOnCpu(const GestureSkinning& job) {
    for (std::int64_t frame = 0; frame < job.frames; ++frame) {
        const float* transforms = job.transforms + frame * job.joints * 12;
        float* skinned = job.skinned + frame * job.vertices * 3;
        for (std::int64_t vertex = 0; vertex < job.vertices; ++vertex)
            skinVertex(job, transforms, vertex, skinned + vertex * 3);
    }
}

} // namespace gesture::cuda
