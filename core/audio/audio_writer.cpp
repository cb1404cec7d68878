// SPDX-License-Identifier: Apache-2.0
#include "core/audio/audio_writer.h"

#include "core/audio/audio_file.h"
#include "core/base/assert.h"
#include "core/base/atomic_file.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gesture::audio {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 14; ///< Samples per channel.
/// The sizes in a WAV file have 32 bits; some are left for its header.
constexpr std::int64_t kMaxWavBytes = (std::int64_t{1} << 32) - 4096;

struct Coding {
    int format;
    int bits;  ///< Of PCM; 0 for floats.
    int bytes; ///< A sample in a WAV file; 0: no limit.
};

Coding codingOf(SoundCoding coding) {
    switch (coding) {
    case SoundCoding::WavPcm16:
        return {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16, 2};
    case SoundCoding::WavPcm24:
        return {SF_FORMAT_WAV | SF_FORMAT_PCM_24, 24, 3};
    case SoundCoding::WavFloat:
        return {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 0, 4};
    case SoundCoding::FlacPcm16:
        return {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 16, 0};
    case SoundCoding::FlacPcm24:
        return {SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 24, 0};
    }
    return {};
}

/// PCM of `bits` in the upper bits of a 32-bit number, as libsndfile takes it.
std::int32_t quantised(float sample, int bits) {
    if (std::isnan(sample)) return 0;
    const double scale = std::ldexp(1.0, bits - 1);
    const double level = std::clamp(std::nearbyint(sample * scale), -scale, scale - 1);
    return static_cast<std::int32_t>(level * std::ldexp(1.0, 32 - bits));
}

} // namespace

struct AudioWriter::Impl {
    std::filesystem::path target;
    WriterSettings settings;
    Coding coding{};
    AtomicFile file;
    SNDFILE* sound = nullptr;
    std::int64_t samples = 0; ///< Per channel.
    std::vector<std::int32_t> integers;
    std::vector<float> floats;

    Impl(std::filesystem::path path, const WriterSettings& wanted, AtomicFile atomic)
        : target(std::move(path))
        , settings(wanted)
        , coding(codingOf(wanted.coding))
        , file(std::move(atomic)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (sound != nullptr) sf_close(sound);
    }

    [[nodiscard]] Error failed(std::string_view why) const {
        return {ErrorCode::Io, fmt::format("Cannot write the sound '{}': {} Nothing was changed.",
                                           target.string(), why)};
    }
    sf_count_t put(std::span<const float> interleaved) {
        const auto count = static_cast<sf_count_t>(interleaved.size()) / settings.channels;
        if (coding.bits == 0) {
            floats.assign(interleaved.begin(), interleaved.end());
            for (float& sample : floats)
                if (!std::isfinite(sample)) sample = 0.0F;
            return count - sf_writef_float(sound, floats.data(), count);
        }
        integers.resize(interleaved.size());
        std::transform(interleaved.begin(), interleaved.end(), integers.begin(),
                       [this](float sample) { return quantised(sample, coding.bits); });
        return count - sf_writef_int(sound, integers.data(), count);
    }
};

AudioWriter::AudioWriter(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

Result<AudioWriter> AudioWriter::create(const std::filesystem::path& target,
                                        const WriterSettings& settings) {
    SF_INFO format{};
    format.samplerate = settings.sampleRate;
    format.channels = settings.channels;
    format.format = codingOf(settings.coding).format;
    const bool flac = (format.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC;
    if (settings.channels < 1 || settings.channels > (flac ? 8 : kMaxChannels) ||
        settings.sampleRate < 1 || settings.sampleRate > (flac ? 655350 : kMaxSampleRate) ||
        sf_format_check(&format) == 0)
        return Error{ErrorCode::Usage,
                     fmt::format("A {} file cannot hold {} channels at {} Hz.",
                                 flac ? "FLAC" : "WAV", settings.channels, settings.sampleRate)};
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    auto impl = std::make_unique<Impl>(target, settings, std::move(file).value());
    impl->sound = sf_open(impl->file.temporaryPath().c_str(), SFM_WRITE, &format);
    if (impl->sound == nullptr) return impl->failed(fmt::format("{}.", sf_strerror(nullptr)));
    return AudioWriter(std::move(impl));
}

Status AudioWriter::write(std::span<const float> interleaved) {
    Impl& impl = *impl_;
    const auto channels = static_cast<std::size_t>(impl.settings.channels);
    GESTURE_ASSERT(interleaved.size() % channels == 0);
    impl.samples += static_cast<std::int64_t>(interleaved.size() / channels);
    if (impl.samples * impl.settings.channels * impl.coding.bytes > kMaxWavBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The sound '{}' would exceed the 4 GiB that a WAV file can hold: "
                                 "write FLAC or a shorter range.",
                                 impl.target.string())};
    while (!interleaved.empty()) {
        const auto piece = interleaved.first(std::min(interleaved.size(), kBlock * channels));
        if (impl.put(piece) != 0) return impl.failed(fmt::format("{}.", sf_strerror(impl.sound)));
        interleaved = interleaved.subspan(piece.size());
    }
    return Status::success();
}

Status AudioWriter::commit() {
    Impl& impl = *impl_;
    const int failure = sf_close(std::exchange(impl.sound, nullptr));
    if (failure != 0) return impl.failed(fmt::format("{}.", sf_error_number(failure)));
    // The library does not report every failure of the system while it ends a file.
    const auto written = AudioReader::open(impl.file.temporaryPath());
    if (!written || written->info().sampleCount != impl.samples)
        return impl.failed("the disk may be full.");
    return impl.file.commit();
}

namespace {

/// Copies up to `length` samples from where the reader stands; returns how many there were.
Result<std::int64_t> copySamples(AudioReader& reader, AudioWriter& writer, std::int64_t length,
                                 JobControl& control) {
    const auto channels = static_cast<std::size_t>(reader.info().channels);
    std::vector<float> block(kBlock * channels);
    control.beginStage("Writing sound", length);
    std::int64_t done = 0;
    while (done < length) {
        if (control.stopRequested()) return JobControl::cancelled("Writing sound");
        const auto wanted = static_cast<std::size_t>(
            std::min<std::int64_t>(static_cast<std::int64_t>(kBlock), length - done));
        const std::int64_t count = reader.read(std::span(block).first(wanted * channels));
        if (count == 0) break;
        const auto read = std::span(block).first(static_cast<std::size_t>(count) * channels);
        if (auto written = writer.write(read); !written) return std::move(written).error();
        done += count;
        control.advanceTo(done);
    }
    if (!reader.status().ok()) return Error(reader.status().error());
    return done;
}

} // namespace

Status copySound(const std::filesystem::path& source, const std::filesystem::path& target,
                 SampleRange range, SoundCoding coding, JobControl& control) {
    auto reader = AudioReader::open(source);
    if (!reader) return std::move(reader).error();
    const AudioInfo& info = reader->info();
    const std::int64_t begin = std::max<std::int64_t>(range.begin.value, 0);
    // A claimed length does not bound the copy: such a sound is read until it ends.
    const std::int64_t end =
        info.lengthIsExact ? std::min(range.end.value, info.sampleCount) : range.end.value;
    if (auto moved = reader->seek({begin}); !moved) return moved;
    auto writer = AudioWriter::create(target, {info.sampleRate, info.channels, coding});
    if (!writer) return std::move(writer).error();
    const auto copied =
        copySamples(*reader, *writer, std::max<std::int64_t>(end - begin, 0), control);
    if (!copied) return copied.error();
    if (*copied == 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The range holds no samples of '{}'.", source.string())};
    return writer->commit();
}

} // namespace gesture::audio
