// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/skinning.h"

#include <cuda_runtime.h>

#include <algorithm>

namespace {

constexpr int kThreads = 256;
constexpr int64_t kMaxGridRows = 65535;

/// One thread a vertex; the grid's rows stride over the frames.
__global__ void skinVertices(GestureSkinning job) {
    const int64_t vertex = int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    if (vertex >= job.vertices) return;
    const float x = job.positions[vertex * 3];
    const float y = job.positions[vertex * 3 + 1];
    const float z = job.positions[vertex * 3 + 2];
    const uint16_t* influences = job.influences + vertex * kGestureInfluences;
    const float* weights = job.weights + vertex * kGestureInfluences;
    for (int64_t frame = blockIdx.y; frame < job.frames; frame += gridDim.y) {
        float sum[3] = {0.0F, 0.0F, 0.0F};
        for (int i = 0; i < kGestureInfluences; ++i) {
            if (weights[i] == 0.0F) continue;
            const float* rows = job.transforms + (frame * job.joints + influences[i]) * 12;
            for (int axis = 0; axis < 3; ++axis) {
                const float* row = rows + axis * 4;
                sum[axis] += weights[i] * (row[0] * x + row[1] * y + row[2] * z + row[3]);
            }
        }
        float* skinned = job.skinned + (frame * job.vertices + vertex) * 3;
        for (int axis = 0; axis < 3; ++axis)
            skinned[axis] = sum[axis];
    }
}

/// Device memory that frees itself. The first error of a sequence of calls is kept by the caller.
class DeviceArray {
public:
    DeviceArray() = default;
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;
    ~DeviceArray() { cudaFree(memory_); }

    cudaError_t allocate(size_t bytes) { return cudaMalloc(&memory_, std::max<size_t>(bytes, 1)); }
    cudaError_t copyFrom(const void* host, size_t bytes) {
        const cudaError_t code = allocate(bytes);
        if (code != cudaSuccess) return code;
        return cudaMemcpy(memory_, host, bytes, cudaMemcpyHostToDevice);
    }
    template <typename T>
    T* as() const {
        return static_cast<T*>(memory_);
    }

private:
    void* memory_ = nullptr;
};

} // namespace

int gestureCudaDeviceCount(void) {
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess ? count : 0;
}

const char* gestureCudaErrorText(int code) {
    return cudaGetErrorString(static_cast<cudaError_t>(code));
}

int gestureCudaSkin(const GestureSkinning* job, void* stream) {
    if (job->frames <= 0 || job->vertices <= 0) return cudaSuccess;
    const auto columns = static_cast<unsigned>((job->vertices + kThreads - 1) / kThreads);
    const dim3 grid(columns, static_cast<unsigned>(std::min(job->frames, kMaxGridRows)));
    skinVertices<<<grid, kThreads, 0, static_cast<cudaStream_t>(stream)>>>(*job);
    return cudaGetLastError();
}

int gestureCudaSkinHost(const GestureSkinning* job) {
    const auto frames = static_cast<size_t>(job->frames);
    const auto vertices = static_cast<size_t>(job->vertices);
    const size_t influences = vertices * kGestureInfluences;
    const size_t skinnedBytes = frames * vertices * 3 * sizeof(float);
    const size_t transformBytes = frames * static_cast<size_t>(job->joints) * 12 * sizeof(float);
    DeviceArray positions, joints, weights, transforms, skinned;
    cudaError_t code = positions.copyFrom(job->positions, vertices * 3 * sizeof(float));
    if (code == cudaSuccess) code = joints.copyFrom(job->influences, influences * sizeof(uint16_t));
    if (code == cudaSuccess) code = weights.copyFrom(job->weights, influences * sizeof(float));
    if (code == cudaSuccess) code = transforms.copyFrom(job->transforms, transformBytes);
    if (code == cudaSuccess) code = skinned.allocate(skinnedBytes);
    if (code != cudaSuccess) return code;

    GestureSkinning onDevice = *job;
    onDevice.positions = positions.as<float>();
    onDevice.influences = joints.as<uint16_t>();
    onDevice.weights = weights.as<float>();
    onDevice.transforms = transforms.as<float>();
    onDevice.skinned = skinned.as<float>();
    code = static_cast<cudaError_t>(gestureCudaSkin(&onDevice, nullptr));
    if (code != cudaSuccess) return code;
    return cudaMemcpy(job->skinned, onDevice.skinned, skinnedBytes, cudaMemcpyDeviceToHost);
}
