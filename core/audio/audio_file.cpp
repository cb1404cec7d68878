// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <sndfile.h>

namespace gesture::audio {

namespace {

constexpr int kMaxChannels = 64;
constexpr int kMaxSampleRate = 768000;
constexpr std::int64_t kBlock = 1 << 14; ///< Samples per channel that are read at a time.

std::string formatName(int format) {
    SF_FORMAT_INFO container{};
    container.format = format & SF_FORMAT_TYPEMASK;
    SF_FORMAT_INFO coding{};
    coding.format = format & SF_FORMAT_SUBMASK;
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &container, sizeof container);
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &coding, sizeof coding);
    return fmt::format("{}, {}", container.name != nullptr ? container.name : "unknown",
                       coding.name != nullptr ? coding.name : "unknown");
}

Error notASound(const std::filesystem::path& path, std::string_view reason) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}' is not a sound file that this program reads ({}). "
                        "Use WAV, FLAC, MP3, OGG or Opus.",
                        path.string(), reason)};
}

} // namespace

struct AudioReader::Impl {
    SNDFILE* file = nullptr;
    AudioInfo info;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (file != nullptr) sf_close(file);
    }
};

AudioReader::AudioReader(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

Result<AudioReader> AudioReader::open(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", path.string())};
    if (std::filesystem::is_directory(status)) return notASound(path, "it is a folder");
    SF_INFO format{};
    auto impl = std::make_unique<Impl>();
    impl->file = sf_open(path.c_str(), SFM_READ, &format);
    if (impl->file == nullptr) return notASound(path, sf_strerror(nullptr));
    if (format.channels < 1 || format.channels > kMaxChannels || format.samplerate < 1 ||
        format.samplerate > kMaxSampleRate)
        return notASound(path,
                         fmt::format("{} channels at {} Hz", format.channels, format.samplerate));
    impl->info = {format.samplerate, format.channels, std::max<sf_count_t>(format.frames, 0),
                  formatName(format.format)};
    return AudioReader(std::move(impl));
}

const AudioInfo& AudioReader::info() const { return impl_->info; }

Status AudioReader::seek(SampleIndex position) {
    const std::int64_t target =
        std::clamp<std::int64_t>(position.value, 0, impl_->info.sampleCount);
    if (sf_seek(impl_->file, target, SEEK_SET) < 0)
        return Error{ErrorCode::Io, "This sound file cannot be positioned."};
    return Status::success();
}

std::int64_t AudioReader::read(std::span<float> out) {
    const auto capacity = static_cast<sf_count_t>(out.size()) / impl_->info.channels;
    const sf_count_t count = sf_readf_float(impl_->file, out.data(), capacity);
    for (float& sample : out.first(static_cast<std::size_t>(count * impl_->info.channels)))
        if (!std::isfinite(sample)) sample = 0.0F;
    return count;
}

namespace {

/// Calls `visit(index, mean of the channels)` for every sample of a file.
template <typename Visit>
Status forEachSample(AudioReader& reader, Visit visit) {
    const int channels = reader.info().channels;
    std::vector<float> block(static_cast<std::size_t>(kBlock * channels));
    std::int64_t index = 0;
    while (const std::int64_t count = reader.read(block)) {
        for (std::int64_t i = 0; i < count; ++i, ++index) {
            float sum = 0.0F;
            for (int c = 0; c < channels; ++c)
                sum += block[static_cast<std::size_t>(i * channels + c)];
            visit(index, sum / static_cast<float>(channels));
        }
    }
    return Status::success();
}

} // namespace

Result<std::vector<float>> frameLoudness(const std::filesystem::path& path, FrameRate rate) {
    auto reader = AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    const double samplesPerFrame = reader->info().sampleRate / rate.perSecond();
    std::vector<double> energy;
    std::vector<std::int64_t> counts;
    const Status done = forEachSample(*reader, [&](std::int64_t index, float sample) {
        const auto frame = static_cast<std::size_t>(static_cast<double>(index) / samplesPerFrame);
        if (frame >= energy.size()) {
            energy.resize(frame + 1);
            counts.resize(frame + 1);
        }
        energy[frame] += static_cast<double>(sample) * sample;
        ++counts[frame];
    });
    if (!done) return Error(done.error());
    std::vector<float> loudness(energy.size());
    for (std::size_t i = 0; i < energy.size(); ++i)
        if (counts[i] > 0)
            loudness[i] = static_cast<float>(std::sqrt(energy[i] / static_cast<double>(counts[i])));
    return loudness;
}

Result<WaveformOverview> waveformOverview(const std::filesystem::path& path, int columns) {
    auto reader = AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    const std::int64_t total = reader->info().sampleCount;
    const auto size = static_cast<std::size_t>(
        std::clamp<std::int64_t>(columns, 0, std::max<std::int64_t>(total, 0)));
    WaveformOverview overview{std::vector<float>(size), std::vector<float>(size),
                              std::vector<float>(size)};
    if (size == 0) return overview;
    std::vector<std::int64_t> counts(size);
    const Status done = forEachSample(*reader, [&](std::int64_t index, float sample) {
        if (index >= total) return;
        const auto column = static_cast<std::size_t>(
            static_cast<double>(index) / static_cast<double>(total) * static_cast<double>(size));
        const bool first = counts[column]++ == 0;
        overview.lowest[column] = first ? sample : std::min(overview.lowest[column], sample);
        overview.highest[column] = first ? sample : std::max(overview.highest[column], sample);
        overview.rms[column] += sample * sample;
    });
    if (!done) return Error(done.error());
    for (std::size_t i = 0; i < size; ++i)
        if (counts[i] > 0)
            overview.rms[i] = std::sqrt(overview.rms[i] / static_cast<float>(counts[i]));
    return overview;
}

} // namespace gesture::audio
