// SPDX-License-Identifier: Apache-2.0
#include "training/commands/devices_command.h"

#include "core/inference/engine_capabilities.h"
#include "core/models/device_report.h"

#include <fmt/format.h>

namespace gesture::training {

namespace {

double gigabytes(std::uint64_t bytes) { return static_cast<double>(bytes) / 1e9; }

std::string describe(const inference::EngineDevice& device) {
    std::string line = fmt::format("{:8} {}, {:.1f} of {:.1f} GB free", device.id, device.name,
                                   gigabytes(device.freeBytes), gigabytes(device.totalBytes));
    if (device.computeMajor > 0) {
        line += fmt::format(", compute capability {}.{}", device.computeMajor, device.computeMinor);
    }
    if (device.works)
        line +=
            fmt::format(", works (largest error of a test product {:.1e})", device.selfTestError);
    else
        line += ", cannot be used: " + device.reason;
    return line;
}

} // namespace

std::string devicesReport(ReportStyle style) {
    const auto report = models::reportDevices(GESTURE_VERSION);
    if (style == ReportStyle::Json) return inference::formatEngineCapabilities(report);
    std::string text =
        fmt::format("gesture-train {}, libtorch {}, {} threads, {}", report.programVersion,
                    report.torchVersion, report.threads, report.cpuCapability);
    for (const inference::EngineDevice& device : report.devices)
        text += '\n' + describe(device);
    if (!report.cudaReason.empty()) text += "\nCUDA     " + report.cudaReason;
    return text;
}

} // namespace gesture::training
