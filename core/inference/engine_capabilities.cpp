// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_capabilities.h"

#include "core/inference/engine_answer.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <cmath>

namespace gesture::inference {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxOutput = 64 * 1024;
constexpr std::size_t kMaxDevices = 64;
constexpr std::int64_t kMaxCount = 1'000'000;

Result<EngineDevice> readDevice(const Json& object) {
    if (!object.is_object()) return fieldError("devices");
    FieldReader reader(object);
    EngineDevice device;
    device.id = reader.text("id");
    device.name = reader.text("name");
    device.totalBytes = reader.number<std::uint64_t>("total_bytes", UINT64_MAX);
    device.freeBytes = reader.number<std::uint64_t>("free_bytes", UINT64_MAX);
    device.computeMajor = reader.number<int>("compute_major", kMaxCount);
    device.computeMinor = reader.number<int>("compute_minor", kMaxCount);
    device.works = reader.flag("works");
    device.selfTestError = reader.real("self_test_error");
    device.reason = reader.text("reason");
    if (reader.problem()) return fieldError(*reader.problem());
    return device;
}

Result<EngineCapabilities> readCapabilities(const Json& object) {
    FieldReader reader(object);
    EngineCapabilities capabilities;
    capabilities.programVersion = reader.text("version");
    capabilities.torchVersion = reader.text("torch");
    capabilities.threads = reader.number<int>("threads", kMaxCount);
    capabilities.cpuCapability = reader.text("cpu_capability");
    capabilities.cudaReason = reader.text("cuda_reason");
    if (reader.problem()) return fieldError(*reader.problem());

    const auto devices = object.find("devices");
    if (devices == object.end() || !devices->is_array()) return fieldError("devices");
    if (devices->size() > kMaxDevices) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The engine names {} devices; at most {} are read.",
                                 devices->size(), kMaxDevices)};
    }
    for (const Json& entry : *devices) {
        Result<EngineDevice> device = readDevice(entry);
        if (!device) return std::move(device).error();
        capabilities.devices.push_back(std::move(*device));
    }
    return capabilities;
}

Json deviceToJson(const EngineDevice& device) {
    return {{"id", boundedText(device.id)},
            {"name", boundedText(device.name)},
            {"total_bytes", device.totalBytes},
            {"free_bytes", device.freeBytes},
            {"compute_major", static_cast<unsigned>(device.computeMajor)},
            {"compute_minor", static_cast<unsigned>(device.computeMinor)},
            {"works", device.works},
            {"self_test_error", std::isfinite(device.selfTestError) ? device.selfTestError : 1e30},
            {"reason", boundedText(device.reason)}};
}

} // namespace

std::string formatEngineCapabilities(const EngineCapabilities& capabilities) {
    Json devices = Json::array();
    for (const EngineDevice& device : capabilities.devices)
        devices.push_back(deviceToJson(device));
    const Json object{{"version", boundedText(capabilities.programVersion)},
                      {"torch", boundedText(capabilities.torchVersion)},
                      {"threads", static_cast<unsigned>(capabilities.threads)},
                      {"cpu_capability", boundedText(capabilities.cpuCapability)},
                      {"devices", std::move(devices)},
                      {"cuda_reason", boundedText(capabilities.cudaReason)}};
    return answerLine(object);
}

Result<EngineCapabilities> parseEngineCapabilities(std::string_view output) {
    const Result<Json> object = parseAnswer(output, kMaxOutput);
    if (!object) return object.error();
    return readCapabilities(*object);
}

Result<EngineCapabilities> queryEngineCapabilities(std::chrono::milliseconds timeout) {
    const Result<std::string> output = askEngine({"--capabilities"}, timeout);
    if (!output) return output.error();
    return parseEngineCapabilities(*output);
}

} // namespace gesture::inference
