// SPDX-License-Identifier: Apache-2.0
#include "training/data/corpus.h"

#include "core/base/fast_hash.h"
#include "training/data/corpus_layouts.h"

#include <array>
#include <fmt/format.h>
#include <map>
#include <span>
#include <system_error>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

bool isFolder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool looksLikeShow(const fs::path& root) {
    constexpr int kDeepest = 4; // speaker, video, split, sequence
    std::error_code code;
    fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied,
                                           code);
    for (int seen = 0; !code && entry != fs::recursive_directory_iterator() && seen < 10'000;
         entry.increment(code), ++seen) {
        if (entry.depth() > kDeepest) entry.disable_recursion_pending();
        if (entry.depth() >= 3 && entry->path().extension() == ".pkl") return true;
    }
    return false;
}

std::optional<CorpusLayout> layoutOf(const fs::path& root) {
    if (isFolder(root / "smplxflame_30")) return CorpusLayout::Beat2;
    for (const fs::path& file : entriesOf(root, EntryKind::Files))
        if (file.extension() == ".npz") return CorpusLayout::Folder;
    if (looksLikeShow(root)) return CorpusLayout::Show;
    return std::nullopt;
}

/// Takes clips out whose id came before.
void dropDoubles(Corpus& corpus) {
    std::map<std::string, int, std::less<>> seen;
    std::vector<CorpusRecording> unique;
    for (CorpusRecording& clip : corpus.clips) {
        if (++seen[clip.id] == 1)
            unique.push_back(std::move(clip));
        else
            corpus.problems.push_back({clip.id, "The table of splits names it more than once."});
    }
    corpus.clips = std::move(unique);
}

} // namespace

std::string_view nameOf(CorpusLayout layout) {
    switch (layout) {
    case CorpusLayout::Beat2:
        return "beat2";
    case CorpusLayout::Show:
        return "show";
    case CorpusLayout::Folder:
        return "folder";
    }
    return {};
}

std::int64_t beat2SpeakerIndex(std::int64_t number) {
    if (number == 30) return 7;
    if (number == 28) return 13;
    if (number == 27) return 18;
    return number - 1;
}

std::string_view splitByHash(std::string_view name) {
    constexpr std::uint64_t kTrain = 90;
    constexpr std::uint64_t kVal = 95;
    const std::uint64_t place = fastHashOf(std::as_bytes(std::span(name))) % 100;
    if (place < kTrain) return "train";
    return place < kVal ? "val" : "test";
}

fs::path existing(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) ? path : fs::path{};
}

fs::path transcriptBeside(const fs::path& stem) {
    for (const char* extension : {".TextGrid", ".json", ".vtt", ".srt", ".ctm", ".csv", ".tsv"})
        if (fs::path file = existing(stem.string() + extension); !file.empty()) return file;
    return {};
}

fs::path soundBeside(const fs::path& stem) {
    for (const char* extension : {".wav", ".flac", ".ogg", ".mp3", ".m4a", ".mp4"})
        if (fs::path file = existing(stem.string() + extension); !file.empty()) return file;
    return {};
}

std::vector<fs::path> entriesOf(const fs::path& folder, EntryKind kind) {
    std::vector<fs::path> entries;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code failed;
        const bool fits = kind == EntryKind::Folders ? entry->is_directory(failed)
                                                     : entry->is_regular_file(failed);
        if (fits && !failed && !entry->path().filename().string().starts_with('.'))
            entries.push_back(entry->path());
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

void numberVoices(std::vector<CorpusRecording>& clips) {
    std::map<std::string, std::int64_t> numbers;
    for (const CorpusRecording& clip : clips)
        numbers.emplace(clip.voice, 0);
    std::int64_t next = 0;
    for (auto& [voice, number] : numbers)
        number = next++;
    for (CorpusRecording& clip : clips)
        clip.speaker = numbers[clip.voice];
}

Result<Corpus> openCorpus(const fs::path& root, const CorpusOptions& options) {
    if (!isFolder(root))
        return Error{
            ErrorCode::NotFound,
            fmt::format("There is no folder '{}'. Give the folder of a corpus.", root.string())};
    const auto layout = options.layout ? options.layout : layoutOf(root);
    if (!layout)
        return Error{ErrorCode::NotFound,
                     fmt::format("'{}' is no corpus: it has neither 'smplxflame_30' (BEAT2), nor "
                                 "sequences as SHOW has them, nor NPZ files beside sounds. Give "
                                 "the folder that holds them.",
                                 root.string())};
    Result<Corpus> corpus = *layout == CorpusLayout::Beat2  ? openBeat2(root, options)
                            : *layout == CorpusLayout::Show ? openShow(root, options)
                                                            : openFolder(root, options);
    if (!corpus) return corpus;
    corpus->layout = *layout;
    corpus->root = root;
    dropDoubles(*corpus);
    if (corpus->clips.empty() && corpus->problems.empty())
        return Error{
            ErrorCode::NotFound,
            fmt::format("'{}' has no clips{}.", root.string(),
                        options.voices.empty() ? "" : " of the voices that were asked for")};
    return corpus;
}

} // namespace gesture::training
