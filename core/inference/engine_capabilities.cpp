// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_capabilities.h"

#include "core/base/paths.h"
#include "core/base/process.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace gesture::inference {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxOutput = 64 * 1024;
constexpr std::size_t kMaxDevices = 64;
constexpr std::size_t kMaxText = 1024;
constexpr int kMaxDepth = 4;
constexpr std::int64_t kMaxCount = 1'000'000;

/// Collects the first problem of an answer, so that reading it is a list of fields.
class Reader {
public:
    explicit Reader(const Json& object)
        : object_(object) {}

    std::string text(const char* key) {
        const Json* field = find(key);
        if (field == nullptr) return {};
        if (!field->is_string() || field->get_ref<const std::string&>().size() > kMaxText)
            return note(key), std::string();
        return field->get<std::string>();
    }

    /// Whole number in [0, maximum].
    template <typename T>
    T number(const char* key, std::uint64_t maximum) {
        const Json* field = find(key);
        if (field == nullptr) return {};
        if (!field->is_number_unsigned() || field->get<std::uint64_t>() > maximum)
            return note(key), T{};
        return static_cast<T>(field->get<std::uint64_t>());
    }

    double real(const char* key) {
        const Json* field = find(key);
        if (field == nullptr) return 0.0;
        if (!field->is_number() || !std::isfinite(field->get<double>())) return note(key), 0.0;
        return field->get<double>();
    }

    bool flag(const char* key) {
        const Json* field = find(key);
        if (field == nullptr) return false;
        if (!field->is_boolean()) return note(key), false;
        return field->get<bool>();
    }

    [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

private:
    const Json* find(const char* key) {
        const auto found = object_.find(key);
        if (found == object_.end()) return note(key), nullptr;
        return &*found;
    }
    void note(const char* key) {
        if (!problem_) problem_ = key;
    }

    const Json& object_;
    std::optional<std::string> problem_;
};

Error fieldError(const std::string& field) {
    return {ErrorCode::InvalidInput,
            fmt::format("The engine's answer has no usable field '{}': engine and program are of "
                        "different versions, build both anew.",
                        field)};
}

Result<EngineDevice> readDevice(const Json& object) {
    if (!object.is_object()) return fieldError("devices");
    Reader reader(object);
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
    Reader reader(object);
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

/// The last line that begins with "{"; libraries may have written warnings around it.
std::string_view lastJsonLine(std::string_view output) {
    std::string_view found;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const std::string_view line = output.substr(0, end);
        if (!line.empty() && line.front() == '{') found = line;
        output.remove_prefix(std::min(end + 1, output.size()));
    }
    return found;
}

/// Text that is cut to what a reader accepts; invalid UTF-8 is replaced by the writer.
std::string bounded(const std::string& text) { return text.substr(0, kMaxText / 4); }

Json deviceToJson(const EngineDevice& device) {
    return {{"id", bounded(device.id)},
            {"name", bounded(device.name)},
            {"total_bytes", device.totalBytes},
            {"free_bytes", device.freeBytes},
            {"compute_major", static_cast<unsigned>(device.computeMajor)},
            {"compute_minor", static_cast<unsigned>(device.computeMinor)},
            {"works", device.works},
            {"self_test_error", std::isfinite(device.selfTestError) ? device.selfTestError : 1e30},
            {"reason", bounded(device.reason)}};
}

} // namespace

std::string formatEngineCapabilities(const EngineCapabilities& capabilities) {
    Json devices = Json::array();
    for (const EngineDevice& device : capabilities.devices)
        devices.push_back(deviceToJson(device));
    const Json object{{"version", bounded(capabilities.programVersion)},
                      {"torch", bounded(capabilities.torchVersion)},
                      {"threads", static_cast<unsigned>(capabilities.threads)},
                      {"cpu_capability", bounded(capabilities.cpuCapability)},
                      {"devices", std::move(devices)},
                      {"cuda_reason", bounded(capabilities.cudaReason)}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<EngineCapabilities> parseEngineCapabilities(std::string_view output) {
    if (output.size() > kMaxOutput) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The engine answered with {} bytes; at most {} are read.",
                                 output.size(), kMaxOutput)};
    }
    bool tooDeep = false;
    const auto limitDepth = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kMaxDepth;
        return !tooDeep;
    };
    const Json object = Json::parse(lastJsonLine(output), limitDepth, /*allow_exceptions=*/false);
    if (tooDeep || !object.is_object()) {
        return Error{ErrorCode::InvalidInput,
                     "The engine's answer is not the line of JSON that was expected."};
    }
    return readCapabilities(object);
}

Result<EngineCapabilities> queryEngineCapabilities(std::chrono::milliseconds timeout) {
    const auto program = findProgram("gesture-engine");
    if (!program) {
        return Error{ErrorCode::Unavailable,
                     "gesture-engine is not there: it is left out of a build without libtorch. "
                     "Run packaging/setup, then build anew."};
    }
    const Result<ProgramOutput> run = runProgram({*program, {"--capabilities"}}, timeout);
    if (!run) return run.error();
    if (run->exitStatus != 0) {
        return Error{ErrorCode::Unavailable,
                     fmt::format("'{}' ended with status {}: {}", program->string(),
                                 run->exitStatus, run->text.substr(0, kMaxText))};
    }
    return parseEngineCapabilities(run->text);
}

} // namespace gesture::inference
