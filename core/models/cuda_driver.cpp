// SPDX-License-Identifier: Apache-2.0
#include "core/models/cuda_driver.h"

#include <fmt/format.h>

#include <array>
#include <dlfcn.h>

namespace gesture::models {

namespace {

// The driver's C interface as its manual documents it; it has been stable since CUDA 4.
using Context = void*;
constexpr int kAttributeComputeMajor = 75;
constexpr int kAttributeComputeMinor = 76;
constexpr int kErrorNoDevice = 100;

struct Interface {
    int (*init)(unsigned) = nullptr;
    int (*driverVersion)(int*) = nullptr;
    int (*deviceCount)(int*) = nullptr;
    int (*device)(int*, int) = nullptr;
    int (*deviceName)(char*, int, int) = nullptr;
    int (*deviceAttribute)(int*, int, int) = nullptr;
    int (*deviceMemory)(std::size_t*, int) = nullptr;
    int (*retainContext)(Context*, int) = nullptr;
    int (*releaseContext)(int) = nullptr;
    int (*pushContext)(Context) = nullptr;
    int (*popContext)(Context*) = nullptr;
    int (*memory)(std::size_t*, std::size_t*) = nullptr;
    int (*errorName)(int, const char**) = nullptr;
};

template <typename Function>
bool resolve(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

Result<Interface> loadInterface() {
    // Never closed: the driver keeps threads of its own.
    void* library = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_GLOBAL);
    if (library == nullptr) {
        return Error{ErrorCode::Unavailable,
                     "No NVIDIA driver is installed (libcuda.so.1 was not found)."};
    }
    Interface cuda;
    const bool complete = resolve(library, "cuInit", cuda.init) &&
                          resolve(library, "cuDriverGetVersion", cuda.driverVersion) &&
                          resolve(library, "cuDeviceGetCount", cuda.deviceCount) &&
                          resolve(library, "cuDeviceGet", cuda.device) &&
                          resolve(library, "cuDeviceGetName", cuda.deviceName) &&
                          resolve(library, "cuDeviceGetAttribute", cuda.deviceAttribute) &&
                          resolve(library, "cuDeviceTotalMem_v2", cuda.deviceMemory) &&
                          resolve(library, "cuDevicePrimaryCtxRetain", cuda.retainContext) &&
                          resolve(library, "cuDevicePrimaryCtxRelease_v2", cuda.releaseContext) &&
                          resolve(library, "cuCtxPushCurrent_v2", cuda.pushContext) &&
                          resolve(library, "cuCtxPopCurrent_v2", cuda.popContext) &&
                          resolve(library, "cuMemGetInfo_v2", cuda.memory) &&
                          resolve(library, "cuGetErrorName", cuda.errorName);
    if (!complete) {
        return Error{ErrorCode::Unavailable,
                     "The NVIDIA driver is too old: its library lacks functions of CUDA 11."};
    }
    return cuda;
}

Error driverError(const Interface& cuda, const char* action, int code) {
    const char* name = nullptr;
    if (cuda.errorName(code, &name) != 0 || name == nullptr) name = "unknown error";
    return {ErrorCode::Unavailable,
            fmt::format("The NVIDIA driver could not {}: {} ({}).", action, name, code)};
}

/// Free memory needs a context; the primary one is what libtorch will use too.
std::size_t freeMemory(const Interface& cuda, int device) {
    Context context = nullptr;
    if (cuda.retainContext(&context, device) != 0) return 0;
    std::size_t available = 0;
    std::size_t total = 0;
    if (cuda.pushContext(context) == 0) {
        if (cuda.memory(&available, &total) != 0) available = 0;
        cuda.popContext(&context);
    }
    cuda.releaseContext(device);
    return available;
}

Result<CudaDriverDevice> describe(const Interface& cuda, int index) {
    int device = 0;
    if (const int code = cuda.device(&device, index); code != 0)
        return driverError(cuda, "open a GPU", code);
    std::array<char, 256> name{};
    std::size_t total = 0;
    CudaDriverDevice description;
    if (cuda.deviceName(name.data(), static_cast<int>(name.size()) - 1, device) == 0)
        description.name = name.data();
    if (cuda.deviceMemory(&total, device) == 0) description.totalBytes = total;
    cuda.deviceAttribute(&description.computeMajor, kAttributeComputeMajor, device);
    cuda.deviceAttribute(&description.computeMinor, kAttributeComputeMinor, device);
    description.freeBytes = freeMemory(cuda, device);
    return description;
}

} // namespace

Result<CudaDriver> queryCudaDriver() {
    const Result<Interface> loaded = loadInterface();
    if (!loaded) return loaded.error();
    const Interface& cuda = *loaded;
    const int started = cuda.init(0);
    if (started == kErrorNoDevice)
        return Error{ErrorCode::Unavailable, "The NVIDIA driver finds no GPU."};
    if (started != 0) return driverError(cuda, "start", started);

    CudaDriver driver;
    int count = 0;
    if (const int code = cuda.driverVersion(&driver.version); code != 0)
        return driverError(cuda, "tell its version", code);
    if (const int code = cuda.deviceCount(&count); code != 0)
        return driverError(cuda, "count the GPUs", code);
    if (count == 0) return Error{ErrorCode::Unavailable, "The NVIDIA driver finds no GPU."};
    for (int index = 0; index < count; ++index) {
        Result<CudaDriverDevice> device = describe(cuda, index);
        if (!device) return std::move(device).error();
        driver.devices.push_back(std::move(*device));
    }
    return driver;
}

} // namespace gesture::models
