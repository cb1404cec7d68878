// SPDX-License-Identifier: Apache-2.0
#include "training/loop/device_state.h"

#include "core/models/cuda_backend.h"
#include "core/models/cuda_driver.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <fstream>

namespace gesture::training {

namespace {

/// A step of splitmix64: numbers that differ little become numbers that differ much.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

Result<at::Device> openGpu(int index) {
    const auto driver = models::queryCudaDriver();
    if (!driver) return driver.error();
    if (index < 0 || static_cast<std::size_t>(index) >= driver->devices.size())
        return Error{ErrorCode::Unavailable,
                     fmt::format("There is no GPU {}: this machine has {}. gesture-train devices "
                                 "shows them.",
                                 index, driver->devices.size())};
    if (auto loaded = models::loadCudaBackend(driver->version); !loaded)
        return std::move(loaded).error();
    return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index));
}

} // namespace

Result<at::Device> chooseDevice(const std::string& wanted, int localRank) {
    if (wanted == "cpu") return at::Device(at::kCPU);
    if (wanted == "auto" || wanted == "cuda") {
        auto gpu = openGpu(localRank);
        if (!gpu && wanted == "auto") return at::Device(at::kCPU);
        return gpu;
    }
    constexpr std::string_view kPrefix = "cuda:";
    int index = 0;
    const char* end = wanted.data() + wanted.size();
    const bool numbered = wanted.starts_with(kPrefix) && wanted.size() > kPrefix.size();
    const auto parsed = numbered ? std::from_chars(wanted.data() + kPrefix.size(), end, index)
                                 : std::from_chars_result{end, std::errc::invalid_argument};
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' is no device: say auto, cpu, cuda or cuda:N.", wanted)};
    return openGpu(index);
}

void seedGenerators(std::uint64_t seed, std::int64_t step, int rank) {
    const std::uint64_t ofStep = mixed(mixed(seed) ^ static_cast<std::uint64_t>(step));
    at::manual_seed(mixed(ofStep ^ static_cast<std::uint64_t>(rank)));
}

void demandDeterminism() {
    // cuBLAS reads this when it is first used; without it torch refuses to compute.
    ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
    at::Context& context = at::globalContext();
    context.setDeterministicAlgorithms(true, false);
    context.setDeterministicFillUninitializedMemory(false);
    context.setDeterministicCuDNN(true);
    context.setBenchmarkCuDNN(false);
}

std::int64_t peakMemory(at::Device device) {
    if (device.is_cuda())
        return static_cast<std::int64_t>(c10::getDeviceAllocator(device.type())
                                             ->getDeviceStats(device.index())
                                             .allocated_bytes[0]
                                             .peak);
    std::ifstream status("/proc/self/status");
    constexpr std::string_view kKey = "VmHWM:";
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(kKey))
            return std::strtoll(line.c_str() + kKey.size(), nullptr, 10) * 1024;
    return 0;
}

ReducedPrecision::ReducedPrecision(at::Device device, at::ScalarType type)
    : active_(device.is_cuda() && type != at::kFloat) {
    if (!active_) return;
    at::autocast::set_autocast_dtype(at::kCUDA, type);
    at::autocast::set_autocast_enabled(at::kCUDA, true);
    at::autocast::increment_nesting();
}

ReducedPrecision::~ReducedPrecision() {
    if (!active_) return;
    at::autocast::set_autocast_enabled(at::kCUDA, false);
    // Halves of weights that were kept for the step are of no use when the weights have moved.
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

} // namespace gesture::training
