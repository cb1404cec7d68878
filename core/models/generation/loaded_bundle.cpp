// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/loaded_bundle.h"

#include "core/io/motion_file.h"
#include "core/models/device_report.h"
#include "core/motion/representation.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

/// Room that the largest of the released systems needs on a device.
constexpr std::uint64_t kDeviceBytesNeeded = std::uint64_t{4} << 30;

/// Devices of this machine; asked once, since it takes a second.
const inference::EngineCapabilities& capabilities() {
    static const inference::EngineCapabilities report = reportDevices(GESTURE_VERSION);
    return report;
}

ChosenDevice cpuBecause(std::string reason) {
    while (reason.ends_with('.'))
        reason.pop_back();
    return {{}, "cpu", std::move(reason)};
}

Result<inference::MotionFrames> readStartPose(const io::Bundle& bundle) {
    const auto path = bundle.tableFile("start_pose");
    if (!path) return inference::MotionFrames{};
    const auto clip = io::readMotionFile(*path);
    if (!clip) return clip.error();
    constexpr std::size_t kSeed = 4;
    const auto frames = std::min(kSeed, static_cast<std::size_t>(clip->frameCount()));
    inference::MotionFrames pose;
    pose.expressionSpace = clip->expressionSpace();
    for (std::size_t i = 0; i < kSeed; ++i) {
        const FrameIndex frame{static_cast<std::int64_t>(std::min(i, frames - 1))};
        const auto add = [](std::vector<float>& values, auto span) {
            values.insert(values.end(), span.begin(), span.end());
        };
        add(pose.poses, clip->pose(frame));
        add(pose.translations, clip->translation(frame));
        add(pose.expressions, clip->expression(frame));
    }
    pose.contacts.assign(kSeed * motion::kContactCount, 1.0F);
    return pose;
}

} // namespace

Result<std::shared_ptr<const LoadedBundle>>
LoadedBundle::load(const std::filesystem::path& folder, Placement placement, JobControl& control) {
    auto bundle = io::openBundle(folder);
    if (!bundle) return std::move(bundle).error();
    auto loaded = std::make_shared<LoadedBundle>();
    loaded->placement = placement;
    loaded->bundle = std::move(*bundle);
    control.beginStage("Loading networks", 3);
    auto codec = MotionCodec::load(loaded->bundle, placement);
    if (!codec) return std::move(codec).error();
    loaded->codec = std::move(*codec);
    control.advanceTo(1);
    if (control.stopRequested()) return JobControl::cancelled("Loading networks");
    auto generator = WindowGenerator::load(loaded->bundle, placement);
    if (!generator) return std::move(generator).error();
    loaded->generator = std::move(*generator);
    control.advanceTo(2);
    if (control.stopRequested()) return JobControl::cancelled("Loading networks");
    auto reader = SpeechReader::load(loaded->bundle, placement);
    if (!reader) return std::move(reader).error();
    loaded->reader = std::move(*reader);
    auto pose = readStartPose(loaded->bundle);
    if (!pose) return std::move(pose).error();
    loaded->startPose = std::move(*pose);
    control.advanceTo(3);
    return std::shared_ptr<const LoadedBundle>(std::move(loaded));
}

Result<ChosenDevice> chooseDevice(const inference::ComputeOptions& compute) {
    const std::string& wanted = compute.device;
    const bool half = compute.precision == inference::Precision::Half;
    if (wanted == "cpu" && half)
        return Error{
            ErrorCode::Usage,
            "Half precision needs a GPU; on the CPU it would be slower. Leave --half out."};
    if (wanted == "cpu") return ChosenDevice{{}, "cpu", {}};
    const bool any = wanted.empty() || wanted == "auto";
    std::string reason = capabilities().cudaReason;
    for (const inference::EngineDevice& device : capabilities().devices) {
        if (!device.id.starts_with("cuda")) continue;
        if (!any && wanted != "cuda" && wanted != device.id) continue;
        if (!device.works) {
            reason = fmt::format("{}: {}", device.name, device.reason);
            continue;
        }
        if (any && device.freeBytes < kDeviceBytesNeeded) {
            reason = fmt::format("{} has {:.1f} GB free, {:.1f} are needed", device.name,
                                 static_cast<double>(device.freeBytes) / 1e9,
                                 static_cast<double>(kDeviceBytesNeeded) / 1e9);
            continue;
        }
        return ChosenDevice{
            {at::Device(device.id), at::kFloat}, device.id, any ? device.name : std::string()};
    }
    if (reason.empty()) reason = "there is no NVIDIA GPU";
    if (any) return cpuBecause(std::move(reason));
    return Error{ErrorCode::Unavailable,
                 fmt::format("Device '{}' cannot be used: {}. Use --device cpu.", wanted, reason)};
}

} // namespace gesture::models
