// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/speech_features.h"

#include "core/audio/features/beat_features.h"
#include "core/audio/features/log_mel.h"
#include "core/audio/resample.h"
#include "core/base/sha256.h"
#include "core/io/text/clip_tokenizer.h"
#include "core/models/bundle/load_network.h"
#include "core/models/generation/feature_cache.h"
#include "core/models/generation/word_track.h"
#include "core/models/networks/sentence_encoder.h"
#include "core/models/speech/hubert_speech.h"
#include "core/models/speech/log_mel_speech_encoder.h"
#include "core/models/speech/orthogonal_projection.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

using inference::WindowRules;

constexpr double kMotionRate = 30.0;
constexpr std::int64_t kEchoMaskMiddleBlock = 11;

/// The values as a tensor that is only read, and lives no longer than they do.
at::Tensor viewOf(const std::vector<float>& values, std::vector<std::int64_t> shape) {
    return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat);
}

at::Tensor copyOf(const std::vector<float>& values, std::vector<std::int64_t> shape) {
    return viewOf(values, std::move(shape)).clone();
}

/// The networks and tables that hear speech for one bundle.
struct SpeechNetworks {
    std::unique_ptr<const Hubert> hubert;
    std::unique_ptr<const LogMelSpeechEncoder> logMel;
    std::unique_ptr<const SentenceEncoder> sentences;
    std::optional<io::ClipTokenizer> tokenizer;
    WordIndex words;
    at::Tensor projection;
};

Status loadEncoder(const io::Bundle& bundle, Placement placement, SpeechNetworks& out) {
    const auto entry = bundle.manifest.networks.find("speech_encoder");
    if (entry == bundle.manifest.networks.end()) return Status::success();
    if (entry->second.kind == "log_mel") {
        auto loaded = loadNetwork<LogMelSpeechEncoder>(bundle, "speech_encoder", placement);
        if (!loaded) return std::move(loaded).error();
        out.logMel = std::move(*loaded);
        return Status::success();
    }
    auto loaded = loadNetwork<Hubert>(bundle, "speech_encoder", placement);
    if (!loaded) return std::move(loaded).error();
    out.hubert = std::move(*loaded);
    return Status::success();
}

/// EchoMask's fixed matrix: the bundle's, else the one that its code would make.
Status loadProjectionFor(const io::Bundle& bundle, Placement placement, SpeechNetworks& out) {
    if (bundle.manifest.architecture != io::Architecture::EchoMask || !out.hubert)
        return Status::success();
    if (bundle.manifest.networks.contains("projection")) {
        auto loaded = loadProjection(bundle, placement);
        if (!loaded) return std::move(loaded).error();
        out.projection = std::move(*loaded);
        return Status::success();
    }
    OrthogonalProjectionShape shape;
    shape.in = out.hubert->sizes().width;
    const auto& sizes = bundle.manifest.networks.find("generator")->second.sizes;
    if (const auto latent = sizes.find("latent"); latent != sizes.end())
        shape.out = latent->second.front();
    if (shape.out > shape.in)
        return Error{ErrorCode::InvalidInput,
                     "The bundle has no 'projection', and its speech encoder is narrower than its "
                     "generator."};
    out.projection = orthogonalProjection(shape).to(placement.device, placement.type);
    return Status::success();
}

Status loadText(const io::Bundle& bundle, Placement placement, SpeechNetworks& out) {
    if (const auto path = bundle.tableFile("vocabulary")) {
        auto words = WordIndex::open(*path);
        if (!words) return std::move(words).error();
        out.words = std::move(*words);
    }
    const auto merges = bundle.tableFile("merges");
    if (!merges || !bundle.manifest.networks.contains("sentence_encoder")) return Status::success();
    auto sentences = loadNetwork<SentenceEncoder>(bundle, "sentence_encoder", placement);
    if (!sentences) return std::move(sentences).error();
    out.sentences = std::move(*sentences);
    auto tokenizer = io::ClipTokenizer::open(*merges);
    if (!tokenizer) return std::move(tokenizer).error();
    out.tokenizer = std::move(*tokenizer);
    return Status::success();
}

class BundleSpeechReader final : public SpeechReader {
public:
    BundleSpeechReader(const io::Bundle& bundle, Placement placement, SpeechNetworks networks)
        : manifest_(bundle.manifest)
        , placement_(placement)
        , networks_(std::move(networks))
        , encoderHash_(encoderHash(bundle)) {}

    [[nodiscard]] Result<SpeechFeatures> read(const inference::SpeechSource& speech,
                                              WindowRules rules,
                                              JobControl& control) const override {
        auto signals = audio::readSpeech(speech.audio, manifest_.speechPath, control);
        if (!signals) return std::move(signals).error();
        SpeechFeatures features;
        const auto samples = static_cast<std::int64_t>(signals->speech16k.samples.size());
        features.frames =
            rules == WindowRules::Reference && networks_.hubert
                ? referenceFrameCount(samples)
                : std::max<std::int64_t>(
                      1, std::llround(signals->speech16k.duration().value * kMotionRate));
        features.speechHash = audio::speechHash(*signals);
        if (auto heard = hear(*signals, features, control); !heard) return std::move(heard).error();
        if (networks_.logMel) features.posteriors = networks_.logMel->posteriors(features.high);
        if (auto said = addTracks(speech, *signals, features, control); !said)
            return std::move(said).error();
        return features;
    }

    [[nodiscard]] at::Tensor sentence(const SpeechFeatures& features, std::int64_t begin,
                                      std::int64_t count) const override {
        if (!networks_.sentences) return {};
        const std::string text = sentenceOf(features.wordOfFrame, begin, count);
        const std::vector<std::int64_t> tokens = networks_.tokenizer->encode(text);
        return (*networks_.sentences)(at::tensor(tokens).unsqueeze(0).to(placement_.device));
    }

private:
    static std::string encoderHash(const io::Bundle& bundle) {
        std::string hash;
        for (const char* role : {"speech_encoder", "projection"}) {
            const auto entry = bundle.manifest.networks.find(role);
            if (entry == bundle.manifest.networks.end()) continue;
            const auto file = bundle.manifest.files.find(entry->second.file);
            if (file != bundle.manifest.files.end()) hash += file->second.sha256;
        }
        return hash;
    }

    [[nodiscard]] at::Tensor placed(const at::Tensor& values) const {
        return values.to(placement_.device, placement_.type);
    }

    /// The encoder's streams, from disk when this recording was heard before.
    Status hear(const audio::SpeechSignals& signals, SpeechFeatures& features,
                JobControl& control) const {
        if (!networks_.hubert && !networks_.logMel) {
            features.samples =
                placed(copyOf(signals.speech16k.samples,
                              {static_cast<std::int64_t>(signals.speech16k.samples.size())}));
            return Status::success();
        }
        const std::string key = sha256Of(
            fmt::format("{} {} {} {} {}", features.speechHash, encoderHash_, features.frames,
                        static_cast<int>(manifest_.architecture), c10::toString(placement_.type)));
        if (auto kept = readCachedStreams(key)) {
            features.high = placed(kept->high);
            if (kept->low.defined()) features.low = placed(kept->low);
            return Status::success();
        }
        const Status heard = networks_.hubert ? hearHubert(signals, features, control)
                                              : hearLogMel(signals, features, control);
        if (!heard) return heard;
        keepStreams(key, {features.high, features.low});
        return Status::success();
    }

    Status hearHubert(const audio::SpeechSignals& signals, SpeechFeatures& features,
                      JobControl& control) const {
        const std::vector<float>& samples = signals.encoderInput().samples;
        const at::Tensor input =
            placed(viewOf(samples, {static_cast<std::int64_t>(samples.size())}));
        const bool echo = manifest_.architecture == io::Architecture::EchoMask;
        const HubertSpeechRequest request{
            features.frames,
            echo ? std::min(kEchoMaskMiddleBlock, networks_.hubert->sizes().layers) : 0,
            networks_.projection};
        auto streams = hubertSpeech(*networks_.hubert, input, request, control);
        if (!streams) return std::move(streams).error();
        features.high = streams->high;
        features.low = streams->low;
        return Status::success();
    }

    Status hearLogMel(const audio::SpeechSignals& signals, SpeechFeatures& features,
                      JobControl& control) const {
        const auto mel = audio::speechLogMel(signals.speech16k, control);
        if (!mel) return mel.error();
        const auto bands = static_cast<std::int64_t>(audio::SpeechLogMel::kBands);
        const at::Tensor input = placed(
            copyOf(mel->values, {1, static_cast<std::int64_t>(mel->values.size()) / bands, bands}));
        const auto heard = (*networks_.logMel)(input, Pass::Inference);
        features.high = atMotionFrames(heard.high, features.frames).squeeze(0);
        features.low = atMotionFrames(heard.low, features.frames).squeeze(0);
        return Status::success();
    }

    /// Rhythm and words, which only SemTalk hears.
    Status addTracks(const inference::SpeechSource& speech, const audio::SpeechSignals& signals,
                     SpeechFeatures& features, JobControl& control) const {
        if (manifest_.architecture != io::Architecture::SemTalk) return Status::success();
        std::optional<audio::Sound> straight;
        if (manifest_.speechPath != audio::SpeechPath::Correct) {
            auto read = audio::readMono(speech.audio, 16'000, control);
            if (!read) return std::move(read).error();
            straight = std::move(*read);
        }
        const auto beat =
            audio::referenceBeatFeatures(straight ? *straight : signals.speech16k, control);
        if (!beat) return beat.error();
        if (beat->frameCount() == 0)
            return Error{
                ErrorCode::InvalidInput,
                fmt::format("'{}' is too short to make motion for.", speech.audio.string())};
        features.beat = placed(copyOf(beat->values, {beat->frameCount(), 3}));
        features.wordOfFrame = wordsOfFrames(speech.transcript, features.frames);
        const std::vector<std::int64_t> rows = networks_.words.rows(features.wordOfFrame);
        features.words = at::tensor(rows).to(placement_.device);
        return Status::success();
    }

    io::BundleManifest manifest_;
    Placement placement_;
    SpeechNetworks networks_;
    std::string encoderHash_;
};

} // namespace

at::Tensor windowRows(const at::Tensor& stream, std::int64_t begin, std::int64_t count) {
    const at::Tensor rows = at::arange(begin, begin + count,
                                       at::TensorOptions().dtype(at::kLong).device(stream.device()))
                                .clamp(0, stream.size(0) - 1);
    return stream.index_select(0, rows);
}

Result<std::unique_ptr<const SpeechReader>> SpeechReader::load(const io::Bundle& bundle,
                                                               Placement placement) {
    SpeechNetworks networks;
    if (auto loaded = loadEncoder(bundle, placement, networks); !loaded)
        return std::move(loaded).error();
    if (auto loaded = loadProjectionFor(bundle, placement, networks); !loaded)
        return std::move(loaded).error();
    if (auto loaded = loadText(bundle, placement, networks); !loaded)
        return std::move(loaded).error();
    return std::unique_ptr<const SpeechReader>(
        new BundleSpeechReader(bundle, placement, std::move(networks)));
}

} // namespace gesture::models
