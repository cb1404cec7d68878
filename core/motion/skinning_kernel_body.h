// SPDX-License-Identifier: Apache-2.0
// No include guard: each skinning_kernel_<set>.cpp defines GESTURE_SKINNING_LANES (floats in a
// register), GESTURE_SKINNING_FRAMES (frames done together, as many as the registers hold) and
// GESTURE_SKINNING_NAME, and includes this once. Everything here has internal linkage, see
// skinning_kernel.h.
#include "core/motion/skinning_kernel.h"

namespace gesture::motion {

namespace {

constexpr std::size_t kLanes = GESTURE_SKINNING_LANES;
constexpr std::size_t kFramesAtOnce = GESTURE_SKINNING_FRAMES;
constexpr std::size_t kVectors = kPanelSize / kLanes;
constexpr std::size_t kColumnVectors = 16 / kLanes;
constexpr std::size_t kJoints = 55;

typedef float Vector __attribute__((vector_size(4 * kLanes), may_alias));
typedef float Column __attribute__((vector_size(16), may_alias));

inline const Vector* vectors(const float* values) {
    return reinterpret_cast<const Vector*>(values);
}

inline Vector* vectors(float* values) { return reinterpret_cast<Vector*>(values); }

/// `weights` advances by `stride` from one active direction to the next; `prefetch` is a line of
/// the panel that comes next, or null.
template <std::size_t Frames>
inline void blendShapes(const SkinningJob& job, std::size_t panel, const float* weights,
                        std::size_t stride, const float* prefetch, Panel* posed) {
    Vector sums[Frames][kVectors];
#pragma GCC unroll 16
    for (std::size_t f = 0; f < Frames; ++f) {
#pragma GCC unroll 16
        for (std::size_t i = 0; i < kVectors; ++i) {
            sums[f][i] = vectors(job.rest[panel].values)[i];
        }
    }
    const Panel* const directions = job.directions + panel * job.features;
    for (std::size_t k = 0; k < job.activeCount; ++k) {
        const auto index = static_cast<std::size_t>(job.active[k]);
        const Vector* const direction = vectors(directions[index].values);
        if (prefetch != nullptr) __builtin_prefetch(prefetch + kPanelSize * index);
#pragma GCC unroll 16
        for (std::size_t f = 0; f < Frames; ++f) {
#pragma GCC unroll 16
            for (std::size_t i = 0; i < kVectors; ++i) {
                sums[f][i] += direction[i] * weights[k * stride + f];
            }
        }
    }
#pragma GCC unroll 16
    for (std::size_t f = 0; f < Frames; ++f) {
#pragma GCC unroll 16
        for (std::size_t i = 0; i < kVectors; ++i) {
            vectors(posed[f].values)[i] = sums[f][i];
        }
    }
}

/// Weighted sum of the transforms that move a vertex.
inline JointColumns blendTransforms(const SkinningJob& job, const JointColumns* transforms,
                                    std::size_t vertex) {
    JointColumns blend;
    Vector sums[kColumnVectors] = {};
    for (std::uint32_t i = job.influenceStart[vertex]; i < job.influenceStart[vertex + 1]; ++i) {
        const Vector* const columns = vectors(transforms[job.influenceJoints[i]].values);
#pragma GCC unroll 4
        for (std::size_t c = 0; c < kColumnVectors; ++c) {
            sums[c] += columns[c] * job.influenceWeights[i];
        }
    }
#pragma GCC unroll 4
    for (std::size_t c = 0; c < kColumnVectors; ++c) {
        vectors(blend.values)[c] = sums[c];
    }
    return blend;
}

inline void skinPanel(const SkinningJob& job, std::size_t panel, std::size_t frame,
                      const Panel& posed) {
    const std::size_t first = panel * kPanelVertices;
    const std::size_t left = job.vertexCount - first;
    const std::size_t count = left < kPanelVertices ? left : kPanelVertices;
    const JointColumns* const transforms = job.transforms + frame * kJoints;
    const float* const translation = job.translations + 3 * frame;
    float* out = job.vertices + 3 * (frame * job.vertexCount + first);
    for (std::size_t v = 0; v < count; ++v, out += 3) {
        const JointColumns blend = blendTransforms(job, transforms, first + v);
        const auto* const columns = reinterpret_cast<const Column*>(blend.values);
        const Column point = columns[0] * posed.values[v] +
                             columns[1] * posed.values[kPanelVertices + v] +
                             columns[2] * posed.values[2 * kPanelVertices + v] + columns[3];
        out[0] = point[0] + translation[0];
        out[1] = point[1] + translation[1];
        out[2] = point[2] + translation[2];
    }
}

void runOneFrame(const SkinningJob& job, std::size_t firstPanel, std::size_t lastPanel) {
    Panel posed;
    for (std::size_t panel = firstPanel; panel < lastPanel; ++panel) {
        blendShapes<1>(job, panel, job.featureWeights, 1, nullptr, &posed);
        skinPanel(job, panel, 0, posed);
    }
}

/// A line of `panel`'s directions for the pass number `pass`, while there are lines to fetch.
inline const float* lineToPrefetch(const SkinningJob& job, std::size_t panel, std::size_t lastPanel,
                                   std::size_t pass) {
    constexpr std::size_t kLineFloats = 16;
    if (panel >= lastPanel || pass * kLineFloats >= kPanelSize) return nullptr;
    if (job.features == 0) return nullptr;
    return job.directions[panel * job.features].values + pass * kLineFloats;
}

void run(const SkinningJob& job, std::size_t firstPanel, std::size_t lastPanel) {
    if (job.frames == 1) return runOneFrame(job, firstPanel, lastPanel);
    Panel posed[kFramesAtOnce];
    for (std::size_t panel = firstPanel; panel < lastPanel; ++panel) {
        for (std::size_t frame = 0; frame < job.frames; frame += kFramesAtOnce) {
            const float* const weights = job.featureWeights +
                                         frame / kFrameGroup * job.activeCount * kFrameGroup +
                                         frame % kFrameGroup;
            blendShapes<kFramesAtOnce>(
                job, panel, weights, kFrameGroup,
                lineToPrefetch(job, panel + 1, lastPanel, frame / kFramesAtOnce), posed);
            for (std::size_t f = 0; f < kFramesAtOnce && frame + f < job.frames; ++f) {
                skinPanel(job, panel, frame + f, posed[f]);
            }
        }
    }
}

} // namespace

extern const SkinningKernel GESTURE_SKINNING_NAME;
const SkinningKernel GESTURE_SKINNING_NAME = {GESTURE_SKINNING_LABEL, run};

} // namespace gesture::motion
