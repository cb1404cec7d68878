// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gesture::io {

enum class TranscriptFormat {
    TextGrid, ///< Praat, long and short text form.
    SubRip,   ///< .srt
    WebVtt,   ///< .vtt
    Ctm,      ///< NIST's time-marked words.
    Json,     ///< The project's own layout, WhisperX's, Whisper's.
    Table,    ///< .csv and .tsv with a header row.
};

/// "Praat TextGrid", "SubRip subtitles", …
[[nodiscard]] std::string_view nameOf(TranscriptFormat format);

/// What to take from files that hold several tiers. Names are compared without regard to case.
struct TranscriptReadOptions {
    std::string wordTier;  ///< Empty: "words", "word", "transcript", … , else the first tier.
    std::string phoneTier; ///< Empty: "phones", "phonemes", "MAU", …, else none.
};

struct LoadedTranscript {
    audio::Transcript transcript;
    TranscriptFormat format = TranscriptFormat::TextGrid;
};

/// Reads a transcript; its content decides the format, and the extension where the content does
/// not. UTF-8, or UTF-16 as Praat writes it.
///
/// Times are kept as written. Where neighbours overlap by what rounding leaves (1 µs in a
/// TextGrid, 1 ms elsewhere), the earlier one is shortened. Blank intervals of a TextGrid are kept
/// as blank labels; other formats have gaps. Subtitles, and segments without words, say only when
/// several words are spoken: their time is divided between the words by letters. The duration is
/// that of the file's time domain, 0 when the format has none.
///
/// NotFound, Io, LimitExceeded (256 MiB, 2,000,000 labels, 1 MiB a text), or InvalidInput
/// "'FILE', line L: reason.". Thread-safe.
[[nodiscard]] Result<LoadedTranscript> loadTranscript(const std::filesystem::path& path,
                                                      const TranscriptReadOptions& options = {});

/// `loadTranscript` for those who do not ask for the format.
[[nodiscard]] Result<audio::Transcript> readTranscript(const std::filesystem::path& path,
                                                       const TranscriptReadOptions& options = {});

/// `loadTranscript` for a file whose bytes are at hand; `path` names it and gives the extension.
[[nodiscard]] Result<LoadedTranscript> parseTranscript(std::string bytes,
                                                       const std::filesystem::path& path,
                                                       const TranscriptReadOptions& options = {});

/// Whether `path` ends like a transcript: .TextGrid, .srt, .vtt, .ctm, .json, .csv, .tsv.
[[nodiscard]] std::optional<TranscriptFormat>
transcriptFormatByExtension(const std::filesystem::path& path);

/// Writes a transcript atomically in the format that the extension names; same transcript, same
/// bytes. All formats are UTF-8 with '\n'. What each keeps:
///   .TextGrid  words, phones (a tier each), duration; pauses become blank intervals
///   .json      everything
///   .csv .tsv  words, phones, confidence
///   .ctm       words that are no pauses, confidence; white space inside a word becomes '_'
///   .vtt       words that are no pauses, in cues, each with its time to the millisecond
///   .srt       as .vtt, but only the times of the cues
/// Cues end at pauses of half a second and hold at most two lines of 42 characters.
/// Usage for other extensions; InvalidInput if `validate` refuses the transcript, or for a TextGrid
/// without labels and duration; Io.
[[nodiscard]] Status writeTranscript(const std::filesystem::path& path,
                                     const audio::Transcript& transcript);

/// The text that `writeTranscript` writes; `path` gives the format and, for .ctm, the recording.
[[nodiscard]] Result<std::string> serializeTranscript(const std::filesystem::path& path,
                                                      const audio::Transcript& transcript);

} // namespace gesture::io
