// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/transcript_file.h"

#include "core/base/atomic_file.h"
#include "core/io/transcript/ctm.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/source_text.h"
#include "core/io/transcript/subrip.h"
#include "core/io/transcript/text_grid.h"
#include "core/io/transcript/transcript_json.h"
#include "core/io/transcript/transcript_table.h"
#include "core/io/transcript/web_vtt.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;

/// Praat's files that are no text form of a TextGrid.
std::optional<Error> otherPraatFile(const std::string& name, std::string_view bytes) {
    for (const std::string_view mark : {"ooBinaryFile", "\"Praat chronological"})
        if (bytes.starts_with(mark))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' is a binary or chronological TextGrid: open it in Praat "
                                     "and choose 'Save as text file…'.",
                                     name)};
    return std::nullopt;
}

std::optional<TranscriptFormat> formatByContent(const SourceText& source) {
    if (looksLikeTextGrid(source)) return TranscriptFormat::TextGrid;
    if (looksLikeWebVtt(source)) return TranscriptFormat::WebVtt;
    if (looksLikeCtm(source))
        return TranscriptFormat::Ctm; // before JSON: a name may begin with '['
    if (looksLikeJson(source)) return TranscriptFormat::Json;
    if (looksLikeSubRip(source)) return TranscriptFormat::SubRip;
    if (looksLikeTranscriptTable(source)) return TranscriptFormat::Table;
    return std::nullopt;
}

Result<audio::Transcript> parseAs(TranscriptFormat format, const SourceText& source,
                                  const TranscriptReadOptions& options) {
    switch (format) {
    case TranscriptFormat::TextGrid:
        return parseTextGrid(source, options);
    case TranscriptFormat::SubRip:
        return parseSubRip(source);
    case TranscriptFormat::WebVtt:
        return parseWebVtt(source);
    case TranscriptFormat::Ctm:
        return parseCtm(source);
    case TranscriptFormat::Json:
        return parseTranscriptJson(source);
    case TranscriptFormat::Table:
        return parseTranscriptTable(source);
    }
    return Error{ErrorCode::Internal, "There is no such format of transcripts."};
}

/// A duration that is given is never before the last label.
void coverLabels(audio::Transcript& transcript) {
    if (transcript.duration.value > 0.0)
        transcript.duration =
            std::max({transcript.duration, lastEnd(transcript.words), lastEnd(transcript.phones)});
}

bool endsLike(const std::filesystem::path& path, std::string_view extension) {
    return lowerCase(path.extension().string()) == extension;
}

} // namespace

std::string_view nameOf(TranscriptFormat format) {
    switch (format) {
    case TranscriptFormat::TextGrid:
        return "Praat TextGrid";
    case TranscriptFormat::SubRip:
        return "SubRip subtitles";
    case TranscriptFormat::WebVtt:
        return "WebVTT subtitles";
    case TranscriptFormat::Ctm:
        return "CTM";
    case TranscriptFormat::Json:
        return "JSON";
    case TranscriptFormat::Table:
        return "table";
    }
    return "";
}

std::optional<TranscriptFormat> transcriptFormatByExtension(const std::filesystem::path& path) {
    constexpr std::array<std::pair<std::string_view, TranscriptFormat>, 7> kExtensions{
        {{".textgrid", TranscriptFormat::TextGrid},
         {".srt", TranscriptFormat::SubRip},
         {".vtt", TranscriptFormat::WebVtt},
         {".ctm", TranscriptFormat::Ctm},
         {".json", TranscriptFormat::Json},
         {".csv", TranscriptFormat::Table},
         {".tsv", TranscriptFormat::Table}}};
    for (const auto& [extension, format] : kExtensions)
        if (endsLike(path, extension)) return format;
    return std::nullopt;
}

Result<LoadedTranscript> parseTranscript(std::string bytes, const std::filesystem::path& path,
                                         const TranscriptReadOptions& options) {
    const std::string name = path.string();
    if (auto other = otherPraatFile(name, bytes)) return std::move(*other);
    const auto source = SourceText::decode(name, std::move(bytes));
    if (!source) return Error(source.error());
    if (auto other = otherPraatFile(name, source->text())) return std::move(*other);
    auto format = formatByContent(*source);
    if (!format) format = transcriptFormatByExtension(path);
    if (!format)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is not a transcript with times that this program reads. Use "
                                 "TextGrid, SRT, WebVTT, CTM, JSON, CSV or TSV.",
                                 name)};
    auto transcript = parseAs(*format, *source, options);
    if (!transcript) return std::move(transcript).error();
    coverLabels(*transcript);
    return LoadedTranscript{std::move(transcript).value(), *format};
}

Result<LoadedTranscript> loadTranscript(const std::filesystem::path& path,
                                        const TranscriptReadOptions& options) {
    auto bytes = readTextFile(path, kMaxFileBytes);
    if (!bytes) return std::move(bytes).error();
    return parseTranscript(std::move(bytes).value(), path, options);
}

Result<audio::Transcript> readTranscript(const std::filesystem::path& path,
                                         const TranscriptReadOptions& options) {
    auto loaded = loadTranscript(path, options);
    if (!loaded) return std::move(loaded).error();
    return std::move(loaded->transcript);
}

Result<std::string> serializeTranscript(const std::filesystem::path& path,
                                        const audio::Transcript& transcript) {
    const auto format = transcriptFormatByExtension(path);
    if (!format)
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' names no format of transcripts: use .TextGrid, .srt, .vtt, "
                                 ".ctm, .json, .csv or .tsv.",
                                 path.string())};
    if (auto valid = validate(transcript); !valid) return std::move(valid).error();
    switch (*format) {
    case TranscriptFormat::TextGrid:
        return formatTextGrid(transcript);
    case TranscriptFormat::SubRip:
        return formatSubRip(transcript);
    case TranscriptFormat::WebVtt:
        return formatWebVtt(transcript);
    case TranscriptFormat::Ctm:
        return formatCtm(transcript, path.stem().string());
    case TranscriptFormat::Json:
        return formatTranscriptJson(transcript);
    case TranscriptFormat::Table:
        return formatTranscriptTable(transcript, endsLike(path, ".tsv") ? '\t' : ',');
    }
    return Error{ErrorCode::Internal, "There is no such format of transcripts."};
}

Status writeTranscript(const std::filesystem::path& path, const audio::Transcript& transcript) {
    const auto text = serializeTranscript(path, transcript);
    if (!text) return Error(text.error());
    return writeTextAtomically(path, *text);
}

} // namespace gesture::io
