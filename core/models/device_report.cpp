// SPDX-License-Identifier: Apache-2.0
#include "core/models/device_report.h"

#include "core/models/cuda_backend.h"
#include "core/models/cuda_driver.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>
#include <fmt/format.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <vector>

namespace gesture::models {

namespace {

using inference::EngineCapabilities;
using inference::EngineDevice;

constexpr int kSize = 48;

/// A float32 product of this size is exact to size x 2^-24 = 2.9e-6 of the sum of magnitudes; twice
/// that and more means that something else than float32 was computed.
constexpr double kTolerance = 1e-5;

/// (kSize, kSize) values in [-1, 1), the same on every machine.
std::vector<float> testMatrix(std::uint32_t seed) {
    std::vector<float> values(std::size_t{kSize} * kSize);
    for (float& value : values) {
        seed = seed * 1664525U + 1013904223U;
        value = static_cast<float>(seed >> 8U) / 8388608.0F - 1.0F;
    }
    return values;
}

/// Largest error of `product` = `left` x `right`, relative to the sum of magnitudes of each
/// element.
double largestError(const std::vector<float>& left, const std::vector<float>& right,
                    const float* product) {
    double largest = 0.0;
    for (std::size_t row = 0; row < kSize; ++row) {
        for (std::size_t column = 0; column < kSize; ++column) {
            double sum = 0.0;
            double magnitude = 0.0;
            for (std::size_t inner = 0; inner < kSize; ++inner) {
                const double term =
                    double{left[row * kSize + inner]} * right[inner * kSize + column];
                sum += term;
                magnitude += std::abs(term);
            }
            const double error = std::abs(product[row * kSize + column] - sum) / magnitude;
            largest = std::isnan(error) ? HUGE_VAL : std::max(largest, error);
        }
    }
    return largest;
}

/// Fills in `works`, `selfTestError` and `reason`.
void selfTest(at::Device where, EngineDevice& device) {
    try {
        std::vector<float> left = testMatrix(1);
        std::vector<float> right = testMatrix(2);
        const at::Tensor product =
            at::mm(at::from_blob(left.data(), {kSize, kSize}, at::kFloat).to(where),
                   at::from_blob(right.data(), {kSize, kSize}, at::kFloat).to(where))
                .to(at::kCPU)
                .contiguous();
        device.selfTestError = largestError(left, right, product.const_data_ptr<float>());
        device.works = device.selfTestError <= kTolerance;
        if (!device.works) {
            device.reason =
                fmt::format("A test product is wrong by {:.1e} (allowed {:.0e}): do not "
                            "use this device.",
                            device.selfTestError, kTolerance);
        }
    } catch (const std::exception& error) {
        const std::string text = error.what();
        device.reason = "A test product failed: " + text.substr(0, text.find('\n'));
    }
}

/// Value of the first line "KEY<spaces>: value" of a file below /proc; empty if there is none.
std::string procValue(const char* file, const std::string& key) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (line.rfind(key, 0) != 0) continue;
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return {};
}

std::uint64_t memoryBytes(const char* key) {
    return std::strtoull(procValue("/proc/meminfo", key).c_str(), nullptr, 10) * 1024;
}

EngineDevice reportCpu() {
    EngineDevice cpu;
    cpu.id = "cpu";
    cpu.name = procValue("/proc/cpuinfo", "model name");
    cpu.totalBytes = memoryBytes("MemTotal");
    cpu.freeBytes = memoryBytes("MemAvailable");
    selfTest(at::Device(at::kCPU), cpu);
    return cpu;
}

/// Appends the GPUs to `report`, or says why there are none.
void reportCuda(EngineCapabilities& report) {
    const Result<CudaDriver> driver = queryCudaDriver();
    if (!driver) {
        report.cudaReason = driver.error().message();
        return;
    }
    const Status backend = loadCudaBackend(driver->version);
    if (!backend) report.cudaReason = backend.error().message();
    for (std::size_t index = 0; index < driver->devices.size(); ++index) {
        const CudaDriverDevice& found = driver->devices[index];
        EngineDevice device;
        device.id = fmt::format("cuda:{}", index);
        device.name = found.name;
        device.totalBytes = found.totalBytes;
        device.freeBytes = found.freeBytes;
        device.computeMajor = found.computeMajor;
        device.computeMinor = found.computeMinor;
        if (backend)
            selfTest(at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index)), device);
        else
            device.reason = report.cudaReason;
        report.devices.push_back(std::move(device));
    }
}

} // namespace

inference::EngineCapabilities reportDevices(const std::string& programVersion) {
    EngineCapabilities report;
    report.programVersion = programVersion;
    report.torchVersion = TORCH_VERSION;
    report.threads = at::get_num_threads();
    report.cpuCapability = at::get_cpu_capability();
    report.devices.push_back(reportCpu());
    reportCuda(report);
    return report;
}

} // namespace gesture::models
