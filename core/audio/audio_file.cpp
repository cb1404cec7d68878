// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_file.h"

#include "core/audio/sample_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::audio {

namespace {

/// Larger samples are damage: integers of 32 bits that were stored as floats stay below.
constexpr float kLoudest = 4294967296.0F;

Error notASound(const std::filesystem::path& path, std::string_view reason) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}' is not a sound file that this program reads: {} Use WAV, FLAC, MP3, "
                        "OGG or Opus.",
                        path.string(), reason)};
}

bool isGood(float sample) {
    return std::abs(sample) <= kLoudest; // false for what is not a number
}

/// Whether all samples are good; without a branch a sample, so that vectors can be used.
bool areGood(std::span<const float> samples) {
    constexpr std::size_t kLanes = 16;
    std::array<int, kLanes> bad{};
    const std::size_t whole = samples.size() / kLanes * kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes)
        for (std::size_t k = 0; k < kLanes; ++k)
            bad[k] |= isGood(samples[i + k]) ? 0 : 1;
    return std::all_of(bad.begin(), bad.end(), [](int value) { return value == 0; }) &&
           std::all_of(samples.begin() + static_cast<std::ptrdiff_t>(whole), samples.end(), isGood);
}

/// Sets damaged samples to 0 and returns how many there were.
std::int64_t repair(std::span<float> samples) {
    if (areGood(samples)) return 0;
    std::int64_t damaged = 0;
    for (float& sample : samples) {
        if (isGood(sample)) continue;
        sample = 0.0F;
        ++damaged;
    }
    return damaged;
}

Result<std::unique_ptr<SampleSource>> openSource(const std::filesystem::path& path) {
    auto known = openWithSndfile(path);
    if (known || known.error().code() != ErrorCode::InvalidInput) return known;
    auto film = openWithFfmpeg(path);
    if (film) return film;
    const std::string_view container = foreignContainer(path);
    if (film.error().code() == ErrorCode::Unavailable && !container.empty())
        return Error{
            ErrorCode::Unavailable,
            fmt::format("'{}' is {}: to read its sound, install the program ffmpeg (package "
                        "'ffmpeg') or convert it to WAV. {}",
                        path.string(), container, film.error().message())};
    return notASound(path, container.empty() ? known.error().message() : film.error().message());
}

} // namespace

struct AudioReader::Impl {
    std::unique_ptr<SampleSource> source;
    Status status = Status::success();
    std::int64_t damaged = 0;
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
    if (!std::filesystem::is_regular_file(status))
        return notASound(path, "It is a folder, a pipe or a device.");
    auto source = openSource(path);
    if (!source) return std::move(source).error();
    auto impl = std::make_unique<Impl>();
    impl->source = std::move(source).value();
    return AudioReader(std::move(impl));
}

const AudioInfo& AudioReader::info() const { return impl_->source->info(); }

Status AudioReader::seek(SampleIndex position) {
    return impl_->source->seek(std::clamp<std::int64_t>(position.value, 0, info().sampleCount));
}

std::int64_t AudioReader::read(std::span<float> out) {
    const auto channels = static_cast<std::size_t>(info().channels);
    const auto count = impl_->source->read(out.first(out.size() / channels * channels));
    if (!count) {
        impl_->status = count.error();
        return 0;
    }
    impl_->damaged += repair(out.first(static_cast<std::size_t>(*count) * channels));
    return *count;
}

const Status& AudioReader::status() const { return impl_->status; }

std::int64_t AudioReader::damagedSamples() const { return impl_->damaged; }

} // namespace gesture::audio
