// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Joints that can move one vertex.
enum { kGestureInfluences = 8 };

/// Linear blend skinning of one mesh over many frames:
///     skinned[f][v] = sum over i of weights[v][i] * transforms[f][influences[v][i]] * positions[v]
/// Arrays are contiguous float32 unless said otherwise and belong to the caller.
typedef struct GestureSkinning {
    int64_t frames;
    int64_t vertices;
    int64_t joints;
    const float* positions;     ///< (vertices, 3) of the rest mesh, metres.
    const uint16_t* influences; ///< (vertices, 8) joints, each below `joints`.
    const float* weights;       ///< (vertices, 8); 0 where there is no influence.
    const float* transforms;    ///< (frames, joints, 3, 4) rows of worldFromMesh.
    float* skinned;             ///< (frames, vertices, 3), metres.
} GestureSkinning;

/// Number of usable GPUs; 0 when there is no driver.
int gestureCudaDeviceCount(void);

/// A sentence for a code that one of the functions below returned; never null.
const char* gestureCudaErrorText(int code);

/// Skins on the current device: all arrays lie in its memory. Returns at once; the work is done
/// when `stream` (a cudaStream_t, null for the default one) has come there. Returns 0, or a CUDA
/// error.
int gestureCudaSkin(const GestureSkinning* job, void* stream);

/// The same for arrays in the host's memory: copies there and back and waits.
int gestureCudaSkinHost(const GestureSkinning* job);

#ifdef __cplusplus
}
#endif
