// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// The numbers of one stream of a clip: rows (frames) of `width` channels. A view into the store.
struct StreamView {
    std::span<const float> values; ///< (rows, width), row by row.
    std::int64_t width = 0;

    [[nodiscard]] std::int64_t rows() const {
        return width == 0 ? 0 : static_cast<std::int64_t>(values.size()) / width;
    }
};

/// Names and widths of the streams that a store has for every clip. All are at 30 frames a second
/// but those marked; rows of one clip agree.
///   motion (337)        55 joints as 6-D rotations, translation (m), foot contacts 0 or 1:
///                       left ankle, right ankle, left foot, right foot
///   expressions (100)   of the face
///   betas (300)         one row a clip
///   speaker (1)         whole number, the row is repeated: one row a clip
///   beat (3)            amplitude, energy, onset (SemTalk)
///   speech (any)        "high" features of a speech encoder
///   speech_low (any)    "low" features (EchoMask)
///   words (1)           row of the vocabulary: 0 silence, 3 unknown
///   score (1)           semantic score 0..1
///   sentence (512)      one row for each training window (SemTalk), at the windows' stride
///   mel (80), phone (1), stress (1), apex (1), lexicon (1)   at 50 rows a second: what the small
///                       speech encoder learns from
///   stroke (1)          1 in gesture strokes, where the truth is known
/// What a corpus does not know, its store does not have.
namespace stream {
inline constexpr std::string_view kMotion = "motion";
inline constexpr std::string_view kExpressions = "expressions";
inline constexpr std::string_view kBetas = "betas";
inline constexpr std::string_view kSpeaker = "speaker";
inline constexpr std::string_view kBeat = "beat";
inline constexpr std::string_view kSpeech = "speech";
inline constexpr std::string_view kSpeechLow = "speech_low";
inline constexpr std::string_view kWords = "words";
inline constexpr std::string_view kScore = "score";
inline constexpr std::string_view kSentence = "sentence";
inline constexpr std::string_view kMel = "mel";
inline constexpr std::string_view kPhone = "phone";
inline constexpr std::string_view kStress = "stress";
inline constexpr std::string_view kApex = "apex";
inline constexpr std::string_view kLexicon = "lexicon";
inline constexpr std::string_view kStroke = "stroke";
} // namespace stream

/// Where a training window begins.
struct WindowPlace {
    std::int32_t clip = 0;
    std::int32_t frame = 0;
};

/// A corpus made ready for training: streams of clips in one memory-mapped file, written once
/// (`training/data/store_writer.h`) and never changed. Immutable; any thread.
class WindowStore {
public:
    /// Opens `folder`, holds sizes against the file and, with `Verify::Yes`, its checksum.
    /// NotFound, InvalidInput (damaged, of another version), Io.
    enum class Verify { No, Yes };
    [[nodiscard]] static Result<WindowStore> open(const std::filesystem::path& folder,
                                                  Verify verify = Verify::No);

    WindowStore(WindowStore&&) noexcept;
    WindowStore& operator=(WindowStore&&) noexcept;
    ~WindowStore();

    struct Clip {
        std::string id;          ///< "2_scott_0_1_1"
        std::string split;       ///< train, val, test, additional, …
        std::int64_t frames = 0; ///< At 30 a second, whole seconds.
    };
    [[nodiscard]] std::span<const Clip> clips() const;
    /// Widths by name.
    [[nodiscard]] const std::map<std::string, std::int64_t, std::less<>>& streams() const;
    /// Undefined behaviour for clips out of range; an empty view for streams that are not there.
    [[nodiscard]] StreamView stream(std::size_t clip, std::string_view name) const;

    /// Training windows of a split: `length` frames at every `stride`, clip by clip:
    /// floor((frames - length) / stride) + 1 of each (the reference's rule).
    [[nodiscard]] std::vector<WindowPlace> windows(std::string_view split, std::int64_t length = 64,
                                                   std::int64_t stride = 20) const;

    /// Identifies content and settings: checkpoints and derived caches are keyed by it.
    [[nodiscard]] const std::string& key() const;

private:
    struct Data;
    explicit WindowStore(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

} // namespace gesture::training
