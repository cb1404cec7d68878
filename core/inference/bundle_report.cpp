// SPDX-License-Identifier: Apache-2.0
#include "core/inference/bundle_report.h"

#include "core/inference/engine_answer.h"

#include <nlohmann/json.hpp>

namespace gesture::inference {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxReport = 64 * 1024;
constexpr std::size_t kMaxNetworks = 64;
constexpr std::uint64_t kMaxCount = std::uint64_t{1} << 48;

Json networkToJson(const NetworkReport& network) {
    return {{"role", boundedText(network.role)},
            {"kind", boundedText(network.kind)},
            {"tensors", network.tensors},
            {"parameters", network.parameters},
            {"missing", network.missing},
            {"unexpected", network.unexpected},
            {"problem", network.problem.substr(0, kMaxAnswerText)}};
}

Result<NetworkReport> readNetwork(const Json& object) {
    if (!object.is_object()) return fieldError("networks");
    FieldReader reader(object);
    NetworkReport network;
    network.role = reader.text("role");
    network.kind = reader.text("kind");
    network.tensors = reader.number<std::uint64_t>("tensors", kMaxCount);
    network.parameters = reader.number<std::uint64_t>("parameters", kMaxCount);
    network.missing = reader.number<std::uint64_t>("missing", kMaxCount);
    network.unexpected = reader.number<std::uint64_t>("unexpected", kMaxCount);
    network.problem = reader.text("problem");
    if (reader.problem()) return fieldError(*reader.problem());
    return network;
}

} // namespace

std::string formatBundleReport(const std::vector<NetworkReport>& networks) {
    Json list = Json::array();
    for (const NetworkReport& network : networks)
        list.push_back(networkToJson(network));
    return answerLine({{"networks", std::move(list)}});
}

Result<std::vector<NetworkReport>> parseBundleReport(std::string_view output) {
    const Result<Json> object = parseAnswer(output, kMaxReport);
    if (!object) return object.error();
    FieldReader reader(*object);
    const Json* list = reader.list("networks", kMaxNetworks);
    if (list == nullptr) return fieldError("networks");
    std::vector<NetworkReport> networks;
    for (const Json& entry : *list) {
        Result<NetworkReport> network = readNetwork(entry);
        if (!network) return std::move(network).error();
        networks.push_back(std::move(*network));
    }
    return networks;
}

Result<std::vector<NetworkReport>> queryBundleReport(const std::filesystem::path& bundle,
                                                     std::chrono::milliseconds timeout) {
    const Result<std::string> output = askEngine({"--check-bundle", bundle.string()}, timeout);
    if (!output) return output.error();
    return parseBundleReport(*output);
}

} // namespace gesture::inference
