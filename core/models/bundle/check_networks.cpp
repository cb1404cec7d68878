// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/check_networks.h"

#include "core/models/bundle/tensor_list.h"

#include <utility>

namespace gesture::models {

namespace {

std::uint64_t parameterCount(const std::vector<TensorSpec>& tensors) {
    std::uint64_t total = 0;
    for (const TensorSpec& spec : tensors) {
        if (spec.role != TensorRole::Parameter) continue;
        std::uint64_t numbers = 1;
        for (const std::int64_t size : spec.shape)
            numbers *= static_cast<std::uint64_t>(size);
        total += numbers;
    }
    return total;
}

inference::NetworkReport checkNetwork(const io::Bundle& bundle, const std::string& role,
                                      const io::NetworkEntry& entry) {
    inference::NetworkReport report;
    report.role = role;
    report.kind = entry.kind;
    const auto tensors = tensorsOf(entry);
    if (!tensors) {
        report.problem = tensors.error().message();
        return report;
    }
    report.tensors = tensors->size();
    report.parameters = parameterCount(*tensors);
    const auto file = io::SafetensorsReader::open(bundle.folder / entry.file);
    if (!file) {
        report.problem = file.error().message();
        return report;
    }
    const io::KeyReport keys = compareTensors(*file, *tensors, aliasesOf(entry.kind));
    report.missing = keys.missing.size();
    report.unexpected = keys.unexpected.size();
    if (!keys.sufficient()) report.problem = keys.describe(entry.file, entry.kind);
    return report;
}

} // namespace

std::vector<inference::NetworkReport> checkNetworks(const io::Bundle& bundle) {
    std::vector<inference::NetworkReport> reports;
    for (const auto& [role, entry] : bundle.manifest.networks)
        reports.push_back(checkNetwork(bundle, role, entry));
    return reports;
}

} // namespace gesture::models
