// SPDX-License-Identifier: Apache-2.0
#include "core/models/bundle/sizes.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gesture::models {

namespace {

constexpr std::int64_t kMaxNetworkSize = 1'000'000;
constexpr std::int64_t kMaxNetworkLayers = 256;

/// A size by its name in a bundle; exactly one of the three targets is set.
struct NamedSize {
    std::string_view name;
    std::int64_t* number = nullptr;
    std::vector<std::int64_t>* list = nullptr;
    bool* flag = nullptr;
};

NamedSize flag(std::string_view name, bool& target) { return {name, nullptr, nullptr, &target}; }

Error badSize(std::string_view name, std::string_view rule) {
    return {ErrorCode::InvalidInput, fmt::format("Size '{}' {}.", name, rule)};
}

Status assignSize(const NamedSize& target, const std::vector<std::int64_t>& values) {
    const auto usable = [](std::int64_t value) { return value > 0 && value <= kMaxNetworkSize; };
    if (target.list != nullptr) {
        if (values.empty() || !std::all_of(values.begin(), values.end(), usable))
            return badSize(target.name, "must be a list of numbers from 1 to 1,000,000");
        *target.list = values;
        return Status::success();
    }
    if (values.size() != 1) return badSize(target.name, "must be one number");
    if (target.flag != nullptr) {
        if (values.front() > 1) return badSize(target.name, "must be 0 or 1");
        *target.flag = values.front() == 1;
        return Status::success();
    }
    if (!usable(values.front())) return badSize(target.name, "must lie from 1 to 1,000,000");
    *target.number = values.front();
    return Status::success();
}

Status assignSizes(const io::NetworkSizes& given, std::initializer_list<NamedSize> known) {
    for (const auto& [name, values] : given) {
        const auto* target = std::find_if(known.begin(), known.end(),
                                          [&](const NamedSize& size) { return size.name == name; });
        if (target == known.end())
            return badSize(name, "is not known: the bundle was made by a newer program");
        if (auto assigned = assignSize(*target, values); !assigned) return assigned;
    }
    return Status::success();
}

Status expectLayers(std::initializer_list<std::int64_t> layers) {
    for (const std::int64_t count : layers)
        if (count > kMaxNetworkLayers)
            return badSize("layers", fmt::format("must be at most {}", kMaxNetworkLayers));
    return Status::success();
}

Status expectMultiple(std::string_view name, std::int64_t value, std::int64_t divisor) {
    if (value % divisor != 0)
        return badSize(name, fmt::format("must be a multiple of {}, not {}", divisor, value));
    return Status::success();
}

template <typename T>
Result<T> checked(T sizes, std::initializer_list<Status> checks) {
    for (const Status& check : checks)
        if (!check) return check.error();
    return sizes;
}

} // namespace

Result<GeneratorSizes> generatorSizes(const io::NetworkSizes& given) {
    GeneratorSizes s;
    const Status assigned = assignSizes(given, {{"motion", &s.motion},
                                                {"window", &s.window},
                                                {"hidden", &s.hidden},
                                                {"latent", &s.latent},
                                                {"speech", &s.speech},
                                                {"projected", &s.projected},
                                                {"beat", &s.beat},
                                                {"sentence", &s.sentence},
                                                {"words", &s.words},
                                                {"word_width", &s.wordWidth},
                                                {"speakers", &s.speakers},
                                                {"codes", &s.codes},
                                                {"code_layers", &s.codeLayers},
                                                {"heads", &s.heads},
                                                {"residual_heads", &s.residualHeads},
                                                {"hidden_feed_forward", &s.hiddenFeedForward},
                                                {"latent_feed_forward", &s.latentFeedForward},
                                                {"residual_feed_forward", &s.residualFeedForward},
                                                {"query_feed_forward", &s.queryFeedForward},
                                                {"face_layers", &s.faceLayers},
                                                {"hint_layers", &s.hintLayers},
                                                {"residual_depth", &s.residualDepth},
                                                {"alignment_layers", &s.alignmentLayers},
                                                flag("normalised", s.normalised),
                                                flag("pe_on_speech", s.peOnSpeech),
                                                flag("frame_aligned", s.frameAligned),
                                                {"posteriors", &s.posteriors},
                                                flag("speech_posteriors", s.speechPosteriors),
                                                flag("adapted_speech", s.adaptedSpeech),
                                                flag("sentence_of_words", s.sentenceOfWords)});
    if (!assigned) return assigned.error();
    return checked(s, {expectMultiple("window", s.window, 4),
                       expectMultiple("hidden", s.hidden, 2 * s.heads),
                       expectMultiple("latent", s.latent, 2 * s.heads),
                       expectMultiple("latent", s.latent, s.residualHeads),
                       expectLayers({s.codeLayers, s.faceLayers, s.hintLayers, s.residualDepth,
                                     s.alignmentLayers})});
}

Result<HubertSizes> hubertSizes(const io::NetworkSizes& given) {
    HubertSizes s;
    const Status assigned =
        assignSizes(given, {{"layers", &s.layers},
                            {"width", &s.width},
                            {"heads", &s.heads},
                            {"feed_forward", &s.feedForward},
                            {"channels", nullptr, &s.channels},
                            {"kernels", nullptr, &s.kernels},
                            {"strides", nullptr, &s.strides},
                            {"position_kernel", &s.positionKernel},
                            {"position_groups", &s.positionGroups},
                            {"convolution_bias", nullptr, nullptr, &s.convolutionBias},
                            {"stable_norm", nullptr, nullptr, &s.stableNorm}});
    if (!assigned) return assigned.error();
    const bool even = s.channels.size() == s.kernels.size() && s.kernels.size() == s.strides.size();
    return checked(s, {expectMultiple("width", s.width, s.heads),
                       expectMultiple("width", s.width, s.positionGroups), expectLayers({s.layers}),
                       even ? Status::success()
                            : badSize("channels", "must have as many entries as 'kernels' and "
                                                  "'strides'")});
}

Result<LogMelSpeechEncoderSizes> logMelSizes(const io::NetworkSizes& given) {
    LogMelSpeechEncoderSizes s;
    const Status assigned = assignSizes(given, {{"bands", &s.bands},
                                                {"width", &s.width},
                                                {"inner", &s.inner},
                                                {"kernel", &s.kernel},
                                                {"in_kernel", &s.inKernel},
                                                {"dilations", nullptr, &s.dilations},
                                                {"low_block", &s.lowBlock},
                                                {"phones", &s.phones},
                                                {"lexicon_words", &s.lexiconWords}});
    if (!assigned) return assigned.error();
    const auto blocks = static_cast<std::int64_t>(s.dilations.size());
    return checked(
        s, {expectLayers({blocks}),
            s.kernel % 2 == 1 && s.inKernel % 2 == 1 ? Status::success()
                                                     : badSize("kernel", "must be odd"),
            s.lowBlock <= blocks ? Status::success() : badSize("low_block", "names no block")});
}

Result<SentenceEncoderSizes> sentenceEncoderSizes(const io::NetworkSizes& given) {
    SentenceEncoderSizes s;
    const Status assigned = assignSizes(given, {{"vocabulary", &s.vocabulary},
                                                {"positions", &s.positions},
                                                {"width", &s.width},
                                                {"heads", &s.heads},
                                                {"layers", &s.layers},
                                                {"feed_forward", &s.feedForward},
                                                {"projection", &s.projection}});
    if (!assigned) return assigned.error();
    return checked(s, {expectMultiple("width", s.width, s.heads), expectLayers({s.layers})});
}

Result<TokenizerSizes> tokenizerSizes(const io::NetworkSizes& given) {
    TokenizerSizes s;
    const Status assigned = assignSizes(given, {{"channels", &s.channels},
                                                {"width", &s.width},
                                                {"codes", &s.codes},
                                                {"layers", &s.layers},
                                                {"expected_code", &s.expectedCode},
                                                flag("normalised", s.normalised)});
    if (!assigned) return assigned.error();
    return checked(s, {expectLayers({s.layers})});
}

Result<EmageSizes> emageSizes(const io::NetworkSizes& given) {
    EmageSizes s;
    const Status assigned = assignSizes(given, {{"motion", &s.motion},
                                                {"window", &s.window},
                                                {"hidden", &s.hidden},
                                                {"hint", &s.hint},
                                                {"audio", &s.audio},
                                                {"codes", &s.codes},
                                                {"speakers", &s.speakers},
                                                {"heads", &s.heads},
                                                {"feed_forward", &s.feedForward},
                                                {"face_layers", &s.faceLayers},
                                                {"hint_layers", &s.hintLayers}});
    if (!assigned) return assigned.error();
    return checked(s, {expectMultiple("hidden", s.hidden, 2 * s.heads),
                       expectMultiple("audio", s.audio, 4),
                       expectLayers({s.faceLayers, s.hintLayers})});
}

Result<EmageTokenizerSizes> emageTokenizerSizes(const io::NetworkSizes& given) {
    EmageTokenizerSizes s;
    const Status assigned = assignSizes(given, {{"channels", &s.channels},
                                                {"width", &s.width},
                                                {"codes", &s.codes},
                                                {"convolutions", &s.convolutions}});
    if (!assigned) return assigned.error();
    return checked(s, {expectLayers({s.convolutions})});
}

Result<GlobalMotionSizes> globalMotionSizes(const io::NetworkSizes& given) {
    GlobalMotionSizes s;
    const Status assigned = assignSizes(given, {{"channels", &s.channels}, {"width", &s.width}});
    if (!assigned) return assigned.error();
    return s;
}

Result<ProjectionSizes> projectionSizes(const io::NetworkSizes& given) {
    ProjectionSizes s;
    const Status assigned = assignSizes(given, {{"in", &s.in}, {"out", &s.out}});
    if (!assigned) return assigned.error();
    return s;
}

} // namespace gesture::models
