// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/load_network.h"

#include "core/models/bundle/sizes.h"
#include "core/models/bundle/tensor_list.h"
#include "core/models/networks/echomask.h"
#include "core/models/networks/motion_features.h"
#include "core/models/networks/semtalk_base.h"
#include "core/models/networks/semtalk_sparse.h"

#include <new>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

/// A network's file, opened and held against the network.
struct OpenedNetwork {
    io::NetworkEntry entry;
    io::SafetensorsReader file;
    io::KeyReport report;
};

Result<OpenedNetwork> openNetwork(const io::Bundle& bundle, std::string_view role) {
    const auto path = bundle.networkFile(role);
    if (!path) return path.error();
    const io::NetworkEntry& entry = bundle.manifest.networks.find(role)->second;
    const auto tensors = tensorsOf(entry);
    if (!tensors) return Error(tensors.error()).withContext(path->string());
    auto file = io::SafetensorsReader::open(*path);
    if (!file) return std::move(file).error();
    io::KeyReport report = compareTensors(*file, *tensors, aliasesOf(entry.kind));
    if (!report.sufficient())
        return Error{ErrorCode::InvalidInput, report.describe(path->string(), entry.kind)};
    return OpenedNetwork{entry, std::move(*file), std::move(report)};
}

/// Calls `construct(source, sizes)` with what the bundle has under `role`.
template <typename Construct>
auto loading(const io::Bundle& bundle, std::string_view role, std::string_view kind,
             Placement placement, const Construct& construct)
    -> decltype(construct(std::declval<TensorSource&>(), std::declval<io::NetworkSizes&>())) {
    auto opened = openNetwork(bundle, role);
    if (!opened) return std::move(opened).error();
    if (opened->entry.kind != kind)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' of bundle '{}' is of kind '{}' instead of '{}'.", role,
                                 bundle.folder.string(), opened->entry.kind, kind)};
    try {
        WeightSource source(opened->file, opened->report, placement);
        return construct(source, opened->entry.sizes);
    } catch (const WeightFault& fault) {
        return Error(fault.error());
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory for '{}' of bundle '{}'.", role,
                                 bundle.folder.string())};
    } catch (const c10::Error& error) {
        const bool memory = std::string_view(error.what_without_backtrace()).find("memory") !=
                            std::string_view::npos;
        return Error{memory ? ErrorCode::OutOfMemory : ErrorCode::Internal,
                     fmt::format("'{}' of bundle '{}' cannot be loaded: {}", role,
                                 bundle.folder.string(), error.what_without_backtrace())};
    }
}

template <typename Network, typename Sizes>
Result<std::unique_ptr<const Network>>
loadSized(const io::Bundle& bundle, std::string_view role, std::string_view kind,
          Placement placement, Result<Sizes> (*sizesOf)(const io::NetworkSizes&)) {
    return loading(bundle, role, kind, placement,
                   [&](TensorSource& source,
                       const io::NetworkSizes& given) -> Result<std::unique_ptr<const Network>> {
                       auto sizes = sizesOf(given);
                       if (!sizes) return std::move(sizes).error();
                       return std::unique_ptr<const Network>(new Network(source, *sizes));
                   });
}

} // namespace

template <>
Result<std::unique_ptr<const SemTalkBase>> loadNetwork(const io::Bundle& bundle,
                                                       std::string_view role, Placement placement) {
    return loadSized<SemTalkBase>(bundle, role, "semtalk_base", placement, generatorSizes);
}

template <>
Result<std::unique_ptr<const SemTalkSparse>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<SemTalkSparse>(bundle, role, "semtalk_sparse", placement, generatorSizes);
}

template <>
Result<std::unique_ptr<const EchoMask>> loadNetwork(const io::Bundle& bundle, std::string_view role,
                                                    Placement placement) {
    return loadSized<EchoMask>(bundle, role, "echomask", placement, generatorSizes);
}

template <>
Result<std::unique_ptr<const Emage>> loadNetwork(const io::Bundle& bundle, std::string_view role,
                                                 Placement placement) {
    return loadSized<Emage>(bundle, role, "emage", placement, emageSizes);
}

template <>
Result<std::unique_ptr<const EmageTokenizer>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<EmageTokenizer>(bundle, role, "emage_tokenizer", placement,
                                     emageTokenizerSizes);
}

template <>
Result<std::unique_ptr<const Hubert>> loadNetwork(const io::Bundle& bundle, std::string_view role,
                                                  Placement placement) {
    return loadSized<Hubert>(bundle, role, "hubert", placement, hubertSizes);
}

template <>
Result<std::unique_ptr<const LogMelSpeechEncoder>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<LogMelSpeechEncoder>(bundle, role, "log_mel", placement, logMelSizes);
}

template <>
Result<std::unique_ptr<const SentenceEncoder>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<SentenceEncoder>(bundle, role, "clip_text", placement, sentenceEncoderSizes);
}

template <>
Result<std::unique_ptr<const MotionTokenizer>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<MotionTokenizer>(bundle, role, "motion_tokenizer", placement, tokenizerSizes);
}

template <>
Result<std::unique_ptr<const GlobalMotion>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loadSized<GlobalMotion>(bundle, role, "global_motion", placement, globalMotionSizes);
}

template <>
Result<std::unique_ptr<const MotionFeatures>>
loadNetwork(const io::Bundle& bundle, std::string_view role, Placement placement) {
    return loading(bundle, role, "motion_features", placement,
                   [](TensorSource& source,
                      const io::NetworkSizes&) -> Result<std::unique_ptr<const MotionFeatures>> {
                       return std::unique_ptr<const MotionFeatures>(new MotionFeatures(source));
                   });
}

Result<at::Tensor> loadProjection(const io::Bundle& bundle, Placement placement) {
    return loading(bundle, "projection", "projection", placement,
                   [](TensorSource& source, const io::NetworkSizes& given) -> Result<at::Tensor> {
                       auto sizes = projectionSizes(given);
                       if (!sizes) return std::move(sizes).error();
                       return Scope(source).buffer("tensor", {sizes->in, sizes->out});
                   });
}

} // namespace gesture::models
