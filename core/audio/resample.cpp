// SPDX-License-Identifier: Apache-2.0
#include "core/audio/resample.h"

#include "core/audio/mono_stream.h"

#include <fmt/format.h>
#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>

namespace gesture::audio {

namespace {

/// Samples that are asked of libsoxr at a time.
constexpr std::size_t kPiece = std::size_t{1} << 14;
/// Files of compressed sound hold at most so many samples a byte, apart from silence.
constexpr std::int64_t kSamplesPerByte = 512;

/// Libsoxr's filters for wider steps take minutes to make.
constexpr int kMostSteps = 16000;

Error tooLong(std::string_view what) {
    return {ErrorCode::LimitExceeded,
            fmt::format("{} is longer than {} samples at the wanted rate: cut it into parts.", what,
                        kMaxSoundSamples)};
}

/// As librosa: in doubles, so that the same lengths come out.
std::int64_t resampledLength(std::int64_t samples, int fromRate, int toRate) {
    const double ratio = static_cast<double>(toRate) / fromRate;
    return static_cast<std::int64_t>(std::ceil(static_cast<double>(samples) * ratio));
}

Status checkRate(int rate) {
    if (rate >= 1 && rate <= kMaxSampleRate) return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("A sample rate of {} Hz is not possible: give 1 to {} Hz.", rate,
                             kMaxSampleRate)};
}

} // namespace

struct Resampler::Impl {
    soxr_t filter = nullptr;
    std::vector<float> piece = std::vector<float>(kPiece);

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { soxr_delete(filter); }

    /// One call of libsoxr; no input at all means the end. Returns how much input was used.
    std::size_t process(const float* input, std::size_t count, std::vector<float>& output) {
        std::size_t used = 0;
        std::size_t made = 0;
        do {
            std::size_t usedNow = 0;
            soxr_process(filter, input != nullptr ? input + used : nullptr, count - used, &usedNow,
                         piece.data(), piece.size(), &made);
            used += usedNow;
            output.insert(output.end(), piece.begin(),
                          piece.begin() + static_cast<std::ptrdiff_t>(made));
        } while (made == piece.size() || used < count);
        return used;
    }
};

Resampler::Resampler(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
Resampler::Resampler(Resampler&&) noexcept = default;
Resampler& Resampler::operator=(Resampler&&) noexcept = default;
Resampler::~Resampler() = default;

Result<Resampler> Resampler::create(int fromRate, int toRate) {
    for (const int rate : {fromRate, toRate})
        if (auto checked = checkRate(rate); !checked) return std::move(checked).error();
    if (toRate / fromRate > kMostSteps)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Sound of {} Hz cannot be brought to {} Hz: that is more than {} "
                                 "times as many samples.",
                                 fromRate, toRate, kMostSteps)};
    const soxr_io_spec_t samples = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t failure = nullptr;
    auto impl = std::make_unique<Impl>();
    impl->filter = soxr_create(fromRate, toRate, 1, &failure, &samples, &quality, &runtime);
    if (impl->filter == nullptr || failure != nullptr)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Sound of {} Hz cannot be brought to {} Hz: {}.", fromRate, toRate,
                                 failure != nullptr ? failure : "the filter cannot be made")};
    return Resampler(std::move(impl));
}

void Resampler::push(std::span<const float> input, std::vector<float>& output) {
    if (!input.empty()) impl_->process(input.data(), input.size(), output);
}

void Resampler::finish(std::vector<float>& output) { impl_->process(nullptr, 0, output); }

Result<Sound> resampled(const Sound& sound, int toRate) {
    if (toRate == sound.sampleRate) return Sound(sound);
    auto resampler = Resampler::create(sound.sampleRate, toRate);
    if (!resampler) return std::move(resampler).error();
    const std::int64_t length =
        resampledLength(static_cast<std::int64_t>(sound.samples.size()), sound.sampleRate, toRate);
    if (length > kMaxSoundSamples) return tooLong("The resampled sound");
    Sound result{toRate, {}};
    result.samples.reserve(static_cast<std::size_t>(length) + kPiece);
    resampler->push(sound.samples, result.samples);
    resampler->finish(result.samples);
    result.samples.resize(static_cast<std::size_t>(length));
    return result;
}

namespace {

/// Collects a stream at another rate, or as it is.
class Collector {
public:
    Collector(int fromRate, int toRate, std::optional<Resampler> resampler)
        : fromRate_(fromRate)
        , resampler_(std::move(resampler))
        , sound_{toRate, {}} {}

    void reserve(std::int64_t samples) {
        const std::int64_t length = resampledLength(samples, fromRate_, sound_.sampleRate);
        sound_.samples.reserve(static_cast<std::size_t>(std::min(length, kMaxSoundSamples)) +
                               kPiece);
    }
    Status push(std::span<const float> samples) {
        taken_ += static_cast<std::int64_t>(samples.size());
        if (resampledLength(taken_, fromRate_, sound_.sampleRate) > kMaxSoundSamples)
            return tooLong("The sound");
        if (resampler_)
            resampler_->push(samples, sound_.samples);
        else
            sound_.samples.insert(sound_.samples.end(), samples.begin(), samples.end());
        return Status::success();
    }
    Sound finish() {
        if (resampler_) resampler_->finish(sound_.samples);
        sound_.samples.resize(
            static_cast<std::size_t>(resampledLength(taken_, fromRate_, sound_.sampleRate)));
        return std::move(sound_);
    }

private:
    int fromRate_;
    std::optional<Resampler> resampler_;
    Sound sound_;
    std::int64_t taken_ = 0;
};

Result<Sound> collect(AudioReader& reader, const std::filesystem::path& path, int sampleRate,
                      JobControl& control) {
    const int fromRate = reader.info().sampleRate;
    std::optional<Resampler> resampler;
    if (sampleRate != fromRate) {
        auto made = Resampler::create(fromRate, sampleRate);
        if (!made) return std::move(made).error();
        resampler = std::move(made).value();
    }
    Collector collector(fromRate, sampleRate, std::move(resampler));
    std::error_code ignored;
    const auto bytes = static_cast<std::int64_t>(
        std::min<std::uintmax_t>(std::filesystem::file_size(path, ignored), 1ULL << 50));
    collector.reserve(std::min(reader.info().sampleCount, bytes * kSamplesPerByte));
    auto read = readMonoBlocks(reader, control, "Reading sound",
                               [&](std::span<const float> block) { return collector.push(block); });
    if (!read) return std::move(read).error();
    Sound sound = collector.finish();
    if (sound.samples.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The sound file '{}' holds no samples.", path.string())};
    return sound;
}

} // namespace

Result<Sound> readMono(const std::filesystem::path& path, int sampleRate, JobControl& control) {
    if (sampleRate != 0)
        if (auto checked = checkRate(sampleRate); !checked) return std::move(checked).error();
    auto reader = AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    try {
        return collect(*reader, path, sampleRate == 0 ? reader->info().sampleRate : sampleRate,
                       control);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory for the sound '{}': close other "
                                 "programs or cut it into parts.",
                                 path.string())};
    }
}

} // namespace gesture::audio
