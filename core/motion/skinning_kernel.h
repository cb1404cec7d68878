// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

// The inner loops of the body model. This header is included by files that are compiled for newer
// instruction sets, so it holds plain structs only: an inline function compiled there could be the
// copy that the linker keeps for everybody.
namespace gesture::motion {

inline constexpr int kPanelVertices = 16;
inline constexpr int kPanelSize = 3 * kPanelVertices;
/// Frames whose feature weights lie side by side.
inline constexpr int kFrameGroup = 8;

/// 16 vertices as structure of arrays: 16 x, 16 y, 16 z; the last panel is padded with zeros.
struct alignas(64) Panel {
    float values[kPanelSize];
};

/// A joint's transform by columns, each padded to four: x, y, z axis, then translation.
struct alignas(64) JointColumns {
    float values[16];
};

/// Blend shapes and linear blend skinning of a number of frames. Nothing is owned.
///
///     posed  = rest + sum over k of featureWeights[k] * directions[active[k]]
///     vertex = (sum over j of weight_j * transform_j) * posed + translation
struct SkinningJob {
    const Panel* rest;          ///< (panels)
    const Panel* directions;    ///< (panels, features)
    std::size_t features;       ///< Directions a vertex has.
    const std::int32_t* active; ///< (activeCount) directions with a weight other than 0.
    std::size_t activeCount;
    const float* featureWeights;    ///< (groups, activeCount, 8), or (activeCount) for one frame.
    std::size_t frames;             ///< At least 1.
    const JointColumns* transforms; ///< (frames, 55) from rest to world, without translation.
    const float* translations;      ///< (frames, 3)
    const std::uint32_t* influenceStart; ///< (vertices + 1) into the two arrays below.
    const std::uint8_t* influenceJoints; ///< Joint of each influence.
    const float* influenceWeights;       ///< Its weight.
    std::size_t vertexCount;
    float* vertices; ///< (frames, vertices, 3)
};

/// Does the panels [firstPanel, lastPanel) of a job. Different panels may run on different threads.
using SkinningFunction = void (*)(const SkinningJob& job, std::size_t firstPanel,
                                  std::size_t lastPanel);

struct SkinningKernel {
    const char* name; ///< "avx512", "avx2", "generic"
    SkinningFunction run;
};

/// Kernels that this processor can run, the fastest first; `count` receives their number.
[[nodiscard]] const SkinningKernel* skinningKernels(std::size_t& count);

} // namespace gesture::motion
