// SPDX-License-Identifier: Apache-2.0
#include "training/stages/known_values.h"

#include "core/io/bundle/bundle.h"
#include "core/models/bundle/tensor_list.h"
#include "core/models/bundle/weight_source.h"

#include <memory>
#include <utility>

namespace gesture::training {

namespace {

/// A network's file with what it is called there.
struct KnownNetwork {
    io::SafetensorsReader file;
    std::span<const io::KeyAlias> aliases;
};

} // namespace

Result<decltype(InitialValues::known)> knownValues(const std::filesystem::path& folder,
                                                   std::string_view role) {
    auto bundle = io::openPartialBundle(folder);
    if (!bundle) return std::move(bundle).error();
    const auto path = bundle->networkFile(role);
    if (!path) return path.error();
    auto file = io::SafetensorsReader::open(*path);
    if (!file) return std::move(file).error();
    const std::string& kind = bundle->manifest.networks.find(role)->second.kind;
    auto known = std::make_shared<const KnownNetwork>(
        KnownNetwork{std::move(*file), models::aliasesOf(kind)});
    return decltype(InitialValues::known)(
        [known](const models::TensorSpec& spec) -> std::optional<at::Tensor> {
            const io::KeyReport report =
                models::compareTensors(known->file, {&spec, 1}, known->aliases);
            if (!report.loadable.contains(spec.name)) return std::nullopt;
            return models::WeightSource(known->file, report, {}).take(spec);
        });
}

} // namespace gesture::training
