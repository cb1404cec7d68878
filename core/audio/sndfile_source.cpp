// SPDX-License-Identifier: Apache-2.0
#include "core/audio/sample_source.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace gesture::audio {

namespace {

/// Files that claim more have an unknown length: their samples are counted.
constexpr sf_count_t kMostPlausible = sf_count_t{1} << 40;
constexpr std::size_t kCountBlock = std::size_t{1} << 16;

std::string nameOf(int format) {
    SF_FORMAT_INFO container{};
    container.format = format & SF_FORMAT_TYPEMASK;
    SF_FORMAT_INFO coding{};
    coding.format = format & SF_FORMAT_SUBMASK;
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &container, sizeof container);
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &coding, sizeof coding);
    return fmt::format("{}, {}", container.name != nullptr ? container.name : "unknown",
                       coding.name != nullptr ? coding.name : "unknown");
}

int bitsOf(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
    case SF_FORMAT_ULAW:
    case SF_FORMAT_ALAW:
    case SF_FORMAT_DPCM_8:
        return 8;
    case SF_FORMAT_DWVW_12:
        return 12;
    case SF_FORMAT_PCM_16:
    case SF_FORMAT_DWVW_16:
    case SF_FORMAT_DPCM_16:
    case SF_FORMAT_ALAC_16:
        return 16;
    case SF_FORMAT_ALAC_20:
        return 20;
    case SF_FORMAT_PCM_24:
    case SF_FORMAT_DWVW_24:
    case SF_FORMAT_ALAC_24:
        return 24;
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_ALAC_32:
    case SF_FORMAT_FLOAT:
        return 32;
    case SF_FORMAT_DOUBLE:
        return 64;
    default:
        return 0;
    }
}

/// By descriptor: libsndfile then knows no name and cannot guess by its extension. Null with
/// `errno` 0 when libsndfile refuses.
SNDFILE* openByContent(const std::filesystem::path& path, SF_INFO& format) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return nullptr;
    format = {};
    // On failure libsndfile closes the descriptor too.
    SNDFILE* file = sf_open_fd(descriptor, SFM_READ, &format, SF_TRUE);
    errno = 0;
    return file;
}

class SndfileSource final : public SampleSource {
public:
    SndfileSource(std::filesystem::path path, SNDFILE* file, AudioInfo info)
        : path_(std::move(path))
        , file_(file)
        , info_(std::move(info)) {}
    ~SndfileSource() override { sf_close(file_); }

    [[nodiscard]] const AudioInfo& info() const override { return info_; }

    [[nodiscard]] Status seek(std::int64_t position) override {
        if (sf_seek(file_, position, SEEK_SET) == position) return Status::success();
        return startAnew(position);
    }

    [[nodiscard]] Result<std::int64_t> read(std::span<float> out) override {
        const auto capacity = static_cast<sf_count_t>(out.size()) / info_.channels;
        const sf_count_t count = sf_readf_float(file_, out.data(), capacity);
        if (count <= 0 && sf_error(file_) == SF_ERR_SYSTEM)
            return Error{ErrorCode::Io,
                         fmt::format("Reading the sound failed: {}", sf_strerror(file_))};
        return std::clamp<std::int64_t>(count, 0, capacity);
    }

    /// Finds the length of a file that does not tell it.
    [[nodiscard]] Status countSamples() {
        std::vector<float> block(kCountBlock);
        std::int64_t total = 0;
        while (true) {
            const auto count = read(block);
            if (!count) return Error(count.error());
            if (*count == 0) break;
            total += *count;
            if (total > kMaxSoundSamples)
                return Error{ErrorCode::InvalidInput, "Its length cannot be found."};
        }
        info_.sampleCount = total;
        return seek(0);
    }

private:
    /// After damage some decoders do not go on: opens the file again and reads up to the position.
    [[nodiscard]] Status startAnew(std::int64_t position) {
        SF_INFO format{};
        SNDFILE* file = openByContent(path_, format);
        if (file == nullptr || format.channels != info_.channels) {
            sf_close(file);
            return Error{ErrorCode::Io,
                         fmt::format("The sound file '{}' cannot be read again.", path_.string())};
        }
        sf_close(std::exchange(file_, file));
        std::vector<float> block(kCountBlock);
        const auto channels = static_cast<std::int64_t>(info_.channels);
        const std::int64_t most = static_cast<std::int64_t>(block.size()) / channels;
        while (position > 0) {
            const auto wanted = static_cast<std::size_t>(std::min(most, position) * channels);
            const auto count = read(std::span(block).first(wanted));
            if (!count) return Error(count.error());
            if (*count == 0) break; // behind the damage there is nothing
            position -= *count;
        }
        return Status::success();
    }

    std::filesystem::path path_;
    SNDFILE* file_;
    AudioInfo info_;
};

Error invalid(std::string reason) {
    if (reason.empty() || reason.back() != '.') reason += '.';
    return {ErrorCode::InvalidInput, std::move(reason)};
}

} // namespace

Result<std::unique_ptr<SampleSource>> openWithSndfile(const std::filesystem::path& path) {
    SF_INFO format{};
    SNDFILE* file = openByContent(path, format);
    if (file == nullptr && errno != 0)
        return Error{ErrorCode::Io,
                     fmt::format("Cannot open '{}': {}.", path.string(), std::strerror(errno))};
    if (file == nullptr) return invalid(sf_strerror(nullptr));
    auto source = std::make_unique<SndfileSource>(
        path, file,
        AudioInfo{format.samplerate, format.channels, format.frames, true, bitsOf(format.format),
                  nameOf(format.format)});
    if (format.channels < 1 || format.channels > kMaxChannels || format.samplerate < 1 ||
        format.samplerate > kMaxSampleRate)
        return invalid(
            fmt::format("It has {} channels at {} Hz; up to {} channels and {} Hz can be "
                        "read",
                        format.channels, format.samplerate, kMaxChannels, kMaxSampleRate));
    if (format.frames < 0 || format.frames > kMostPlausible)
        if (auto counted = source->countSamples(); !counted) return std::move(counted).error();
    return std::unique_ptr<SampleSource>(std::move(source));
}

} // namespace gesture::audio
