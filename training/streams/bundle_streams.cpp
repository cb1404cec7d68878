// SPDX-License-Identifier: Apache-2.0
#include "training/streams/bundle_streams.h"

#include "core/audio/audio_writer.h"
#include "core/io/bundle/bundle.h"
#include "core/models/generation/loaded_bundle.h"
#include "core/models/generation/speech_features.h"
#include "training/data/window_store.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <fmt/format.h>

#include <mutex>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

constexpr int kRate = 16'000;

/// (rows, width) on the CPU as plain numbers.
StreamValues valuesOf(const at::Tensor& rows) {
    const at::Tensor plain = rows.detach().to(at::kCPU, at::kFloat).contiguous();
    const auto* begin = plain.const_data_ptr<float>();
    return {plain.size(1), {begin, begin + plain.numel()}};
}

/// Two seconds of silence in a file of its own, which is removed again.
class SilentFile {
public:
    SilentFile()
        : path_(fs::temp_directory_path() / fmt::format("gesture-silence-{}.wav", ::getpid())) {}
    SilentFile(const SilentFile&) = delete;
    SilentFile& operator=(const SilentFile&) = delete;
    ~SilentFile() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }

    [[nodiscard]] Status write() const {
        auto writer = audio::AudioWriter::create(path_, {kRate, 1, audio::SoundCoding::WavPcm16});
        if (!writer) return std::move(writer).error();
        const std::vector<float> silence(2 * kRate);
        if (auto written = writer->write(silence); !written) return written;
        return writer->commit();
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Names what is heard by: other networks of the bundle do not count.
std::string keyOf(const io::Bundle& bundle, models::Placement placement) {
    const io::BundleManifest& manifest = bundle.manifest;
    std::string key = fmt::format("{} {}", c10::toString(placement.type),
                                  manifest.speechPath == audio::SpeechPath::Reference ? 1 : 0);
    const auto add = [&](const std::string& name) {
        const auto file = manifest.files.find(name);
        key += fmt::format("\n{} {}", name,
                           file == manifest.files.end() ? bundle.hash : file->second.sha256);
    };
    for (const char* const role : {"speech_encoder", "projection", "sentence_encoder"}) {
        const auto network = manifest.networks.find(role);
        if (network != manifest.networks.end()) add(network->second.file);
    }
    const auto merges = manifest.tables.find("merges");
    if (merges != manifest.tables.end()) add(merges->second);
    return key;
}

} // namespace

struct BundleStreams::Encoder {
    std::unique_ptr<const models::SpeechReader> reader;
    inference::WindowRules rules = inference::WindowRules::Product;
    std::string key;
    std::map<std::string, std::int64_t, std::less<>> widths;
    std::mutex oneAtATime;

    [[nodiscard]] Result<StreamsByName> listen(const HeardClip& clip, JobControl& control) const;
};

BundleStreams::BundleStreams(std::unique_ptr<Encoder> encoder)
    : encoder_(std::move(encoder)) {}
BundleStreams::~BundleStreams() = default;

Result<std::unique_ptr<const BundleStreams>>
BundleStreams::load(const fs::path& folder, const inference::ComputeOptions& compute,
                    JobControl& control) {
    const auto bundle = io::openPartialBundle(folder);
    if (!bundle) return bundle.error();
    if (!bundle->manifest.networks.contains("speech_encoder"))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Bundle '{}' has no speech encoder.", folder.string())};
    const auto device = models::chooseDevice(compute);
    if (!device) return device.error();
    auto reader = models::SpeechReader::load(*bundle, device->placement);
    if (!reader) return std::move(reader).error();
    auto encoder = std::make_unique<Encoder>();
    encoder->reader = std::move(*reader);
    if (bundle->manifest.speechPath == audio::SpeechPath::Reference)
        encoder->rules = inference::WindowRules::Reference;
    encoder->key = keyOf(*bundle, device->placement);
    const SilentFile silence;
    if (auto written = silence.write(); !written) return std::move(written).error();
    const auto heard = encoder->listen({silence.path(), {}, 60, {32, 20}}, control);
    if (!heard) return heard.error();
    for (const auto& [name, values] : *heard)
        encoder->widths.emplace(name, values.width);
    return std::unique_ptr<const BundleStreams>(new BundleStreams(std::move(encoder)));
}

std::string BundleStreams::key() const { return encoder_->key; }

std::map<std::string, std::int64_t, std::less<>> BundleStreams::widths() const {
    return encoder_->widths;
}

Result<StreamsByName> BundleStreams::read(const HeardClip& clip, JobControl& control) const {
    const std::scoped_lock lock(encoder_->oneAtATime);
    return encoder_->listen(clip, control);
}

Result<StreamsByName> BundleStreams::Encoder::listen(const HeardClip& clip,
                                                     JobControl& control) const {
    const at::NoGradGuard noGradients;
    const auto features = reader->read({fs::absolute(clip.sound), clip.transcript}, rules, control);
    if (!features) return features.error();
    StreamsByName streams;
    if (features->high.defined()) streams[std::string(stream::kSpeech)] = valuesOf(features->high);
    if (features->low.defined()) streams[std::string(stream::kSpeechLow)] = valuesOf(features->low);
    std::vector<at::Tensor> sentences;
    for (std::int64_t window = 0; window < clip.windows.countIn(clip.frames); ++window) {
        if (control.stopRequested()) return JobControl::cancelled("Reading sentences");
        at::Tensor sentence =
            reader->sentence(*features, window * clip.windows.stride, clip.windows.length);
        if (!sentence.defined()) break;
        sentences.push_back(std::move(sentence));
    }
    if (!sentences.empty()) streams[std::string(stream::kSentence)] = valuesOf(at::cat(sentences));
    return streams;
}

} // namespace gesture::training
