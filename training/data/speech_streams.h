// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gesture::training {

/// Numbers of one stream, row by row.
struct StreamValues {
    std::int64_t width = 0;
    std::vector<float> values; ///< (rows, width)

    [[nodiscard]] std::int64_t rows() const {
        return width == 0 ? 0 : static_cast<std::int64_t>(values.size()) / width;
    }
};
using StreamsByName = std::map<std::string, StreamValues, std::less<>>;

/// Where training windows begin: what `sentence` has a row for.
struct WindowRule {
    std::int64_t length = 64; ///< frames
    std::int64_t stride = 20; ///< frames

    /// Windows of a clip.
    [[nodiscard]] std::int64_t countIn(std::int64_t frames) const {
        return frames < length ? 0 : (frames - length) / stride + 1;
    }
    bool operator==(const WindowRule&) const = default;
};

/// A recording that is to be heard.
struct HeardClip {
    std::filesystem::path sound;
    audio::Transcript transcript; ///< May be empty.
    std::int64_t frames = 0;      ///< That other streams have, 30 a second.
    WindowRule windows;
};

/// What a speech encoder makes of recordings, for those who can run one (training/streams). Any
/// thread.
class SpeechStreams {
public:
    SpeechStreams() = default;
    SpeechStreams(const SpeechStreams&) = delete;
    SpeechStreams& operator=(const SpeechStreams&) = delete;
    virtual ~SpeechStreams() = default;

    /// Identifies the encoder, its weights and its settings.
    [[nodiscard]] virtual std::string key() const = 0;
    /// Widths of the streams that `read` gives, of speech, speech_low and sentence.
    [[nodiscard]] virtual std::map<std::string, std::int64_t, std::less<>> widths() const = 0;
    /// speech and speech_low with as many rows as the encoder hears motion frames; sentence with a
    /// row a window of `frames`. The errors of the sound's reader; Cancelled.
    [[nodiscard]] virtual Result<StreamsByName> read(const HeardClip& clip,
                                                     JobControl& control) const = 0;
};

} // namespace gesture::training
