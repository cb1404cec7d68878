// SPDX-License-Identifier: Apache-2.0
#include "core/models/cuda_backend.h"

#include <ATen/Context.h>
#include <fmt/format.h>

#include <dlfcn.h>
#include <filesystem>

namespace gesture::models {

namespace {

namespace fs = std::filesystem;

Error unavailable(std::string message) { return {ErrorCode::Unavailable, std::move(message)}; }

/// Folder of the libtorch_cpu.so that this process runs with.
fs::path torchFolder() {
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&at::globalContext), &info) == 0) return {};
    return fs::path(info.dli_fname).parent_path();
}

/// CUDA version that libtorch's runtime library was made for; 0 when there is none.
int runtimeVersion() {
    using Function = int (*)(int*);
    const auto function =
        reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, "cudaRuntimeGetVersion"));
    int version = 0;
    if (function == nullptr || function(&version) != 0) return 0;
    return version;
}

Status checkDriver(int driverVersion) {
    const int needed = runtimeVersion();
    if (driverVersion / 1000 >= needed / 1000) return Status::success();
    return unavailable(fmt::format(
        "The NVIDIA driver is too old: it serves CUDA up to {}.{}, and this libtorch needs {}.{}. "
        "Install a newer driver.",
        driverVersion / 1000, driverVersion % 1000 / 10, needed / 1000, needed % 1000 / 10));
}

Status load() {
    const fs::path library = torchFolder() / "libtorch_cuda.so";
    std::error_code ignored;
    if (!fs::exists(library, ignored)) {
        return unavailable("libtorch's CUDA part (libtorch_cuda.so) is not installed: run "
                           "packaging/setup --gpu, which downloads 2 GB.");
    }
    if (::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) {
        const char* text = ::dlerror();
        return unavailable(fmt::format("libtorch's CUDA part could not be loaded: {}",
                                       text != nullptr ? text : "unknown reason"));
    }
    if (!at::hasCUDA()) return unavailable("libtorch's CUDA part was loaded but finds no GPU.");
    return Status::success();
}

} // namespace

Status loadCudaBackend(int driverVersion) {
    if (Status status = checkDriver(driverVersion); !status) return status;
    static const Status outcome = load();
    return outcome;
}

} // namespace gesture::models
