// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/tensor_list.h"

#include "core/models/bundle/sizes.h"
#include "core/models/networks/echomask.h"
#include "core/models/networks/motion_features.h"
#include "core/models/networks/semtalk_base.h"
#include "core/models/networks/semtalk_sparse.h"

#include <ATen/ops/empty.h>

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

/// Notes what is asked for and gives tensors without contents.
class ListingSource final : public TensorSource {
public:
    at::Tensor take(const TensorSpec& spec) override {
        if (names_.insert(spec.name).second) specs_.push_back(spec);
        return at::empty(spec.shape, at::TensorOptions().device(at::kMeta).dtype(at::kFloat));
    }
    std::vector<TensorSpec> takeSpecs() { return std::move(specs_); }

private:
    std::set<std::string> names_;
    std::vector<TensorSpec> specs_;
};

using Listing = std::function<Status(const io::NetworkSizes&, TensorSource&)>;

/// Constructs a network for the sake of what it asks for.
template <typename Network, typename Sizes>
Listing listing(Result<Sizes> (*sizesOf)(const io::NetworkSizes&)) {
    return [sizesOf](const io::NetworkSizes& given, TensorSource& source) -> Status {
        auto sizes = sizesOf(given);
        if (!sizes) return std::move(sizes).error();
        const Network network(source, *sizes);
        return Status::success();
    };
}

Status listFeatures(const io::NetworkSizes&, TensorSource& source) {
    const MotionFeatures network(source);
    return Status::success();
}

Status listProjection(const io::NetworkSizes& given, TensorSource& source) {
    auto sizes = projectionSizes(given);
    if (!sizes) return std::move(sizes).error();
    const at::Tensor matrix = Scope(source).buffer("tensor", {sizes->in, sizes->out});
    return Status::success();
}

const std::map<std::string, Listing, std::less<>>& listings() {
    static const std::map<std::string, Listing, std::less<>> table{
        {"semtalk_base", listing<SemTalkBase>(generatorSizes)},
        {"semtalk_sparse", listing<SemTalkSparse>(generatorSizes)},
        {"echomask", listing<EchoMask>(generatorSizes)},
        {"emage", listing<Emage>(emageSizes)},
        {"emage_tokenizer", listing<EmageTokenizer>(emageTokenizerSizes)},
        {"hubert", listing<Hubert>(hubertSizes)},
        {"log_mel", listing<LogMelSpeechEncoder>(logMelSizes)},
        {"clip_text", listing<SentenceEncoder>(sentenceEncoderSizes)},
        {"motion_tokenizer", listing<MotionTokenizer>(tokenizerSizes)},
        {"global_motion", listing<GlobalMotion>(globalMotionSizes)},
        {"motion_features", listFeatures},
        {"projection", listProjection}};
    return table;
}

const std::array<io::KeyAlias, 1> kEchoAliases{{{"moauClip.", "MAM."}}};
const std::array<io::KeyAlias, 5> kHubertAliases{
    {{"hubert.encoder.pos_conv_embed.conv.parametrizations.weight.original0",
      "encoder.pos_conv_embed.conv.weight_g"},
     {"hubert.encoder.pos_conv_embed.conv.parametrizations.weight.original1",
      "encoder.pos_conv_embed.conv.weight_v"},
     {"encoder.pos_conv_embed.conv.parametrizations.weight.original0",
      "encoder.pos_conv_embed.conv.weight_g"},
     {"encoder.pos_conv_embed.conv.parametrizations.weight.original1",
      "encoder.pos_conv_embed.conv.weight_v"},
     {"hubert.", ""}}};

io::TensorSpec specFor(const TensorSpec& spec) {
    io::TensorSpec wanted{spec.name,
                          io::TensorShape(spec.shape.begin(), spec.shape.end()),
                          io::TensorSpec::Need::Required,
                          {}};
    if (spec.liveness == Liveness::Dead) wanted.need = io::TensorSpec::Need::Dead;
    if (spec.role == TensorRole::Counter) {
        wanted.need = io::TensorSpec::Need::Optional; // only training counts
        wanted.type = io::TensorType::Int64;
    }
    return wanted;
}

} // namespace

Result<std::vector<TensorSpec>> tensorsOf(const io::NetworkEntry& network) {
    const auto found = listings().find(network.kind);
    if (found == listings().end())
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("'{}' is not a kind of network that this program has.", network.kind)};
    ListingSource source;
    if (auto listed = found->second(network.sizes, source); !listed)
        return std::move(listed).error();
    return source.takeSpecs();
}

std::span<const io::KeyAlias> aliasesOf(std::string_view kind) {
    if (kind == "echomask") return kEchoAliases;
    if (kind == "hubert") return kHubertAliases;
    return {};
}

io::KeyReport compareTensors(const io::SafetensorsReader& file, std::span<const TensorSpec> network,
                             std::span<const io::KeyAlias> aliases) {
    std::vector<io::TensorInfo> found;
    for (const io::TensorInfo& info : file.tensors()) {
        const std::string_view name = info.name;
        if (name.ends_with(kScaleSuffix) &&
            file.find(name.substr(0, name.size() - kScaleSuffix.size())) != nullptr)
            continue;
        found.push_back(info);
        if (info.type == io::TensorType::Int8 &&
            file.find(info.name + std::string(kScaleSuffix)) != nullptr)
            found.back().type = io::TensorType::Float32;
    }
    std::vector<io::TensorSpec> wanted;
    wanted.reserve(network.size());
    for (const TensorSpec& spec : network)
        wanted.push_back(specFor(spec));
    return io::compareKeys(found, wanted, aliases);
}

} // namespace gesture::models
