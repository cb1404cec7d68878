// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::training {

/// How a corpus lies on disk.
enum class CorpusLayout : std::uint8_t {
    /// BEAT2: `train_test_split.csv` (columns id, type) and, by id, `smplxflame_30/ID.npz`,
    /// `wave16k/ID.wav`, `textgrid/ID.TextGrid`, `sem/ID.txt`; where the truth is known
    /// `truth/ID.json` (see `truth_file.h`). An id begins with the speaker's number and "_".
    Beat2,
    /// SHOW (TalkSHOW): `SPEAKER/VIDEO/SEQUENCE/SEQUENCE.wav` and `.pkl`, with a folder `train`,
    /// `val` or `test` around the sequence once the data set is split.
    Show,
    /// Files side by side: `NAME.npz` with `NAME.wav` (or another sound), and where there are any
    /// `NAME.TextGrid` (.srt, .vtt, .json, .ctm, .csv, .tsv), `NAME.sem.txt`, `truth/NAME.json`.
    Folder,
};
/// "beat2", "show", "folder".
[[nodiscard]] std::string_view nameOf(CorpusLayout layout);

/// A recording of someone who speaks and moves: where its files are. Paths that are empty: there is
/// no such file.
struct CorpusRecording {
    std::string id;           ///< "2_scott_0_1_1"; unique in its corpus.
    std::string split;        ///< train, val, test, additional, …
    std::string voice;        ///< Who speaks: BEAT2's number, SHOW's name.
    std::int64_t speaker = 0; ///< The number that networks know the voice by, from 0.
    std::filesystem::path motion;
    std::filesystem::path sound;
    std::filesystem::path words;
    std::filesystem::path labels; ///< Semantic scores.
    std::filesystem::path truth;
};

/// Why a clip cannot be used, as a sentence.
struct CorpusProblem {
    std::string id;
    std::string reason;

    bool operator==(const CorpusProblem&) const = default;
};

struct CorpusOptions {
    std::optional<CorpusLayout> layout; ///< Nothing: told by the folders.
    std::vector<std::string> voices;    ///< Only these; empty: all.
    /// Table of splits (columns id and type or split, perhaps speaker). Empty:
    /// `train_test_split.csv` of the corpus; where there is none, names are spread by their hash:
    /// 90 % train, 5 % val, 5 % test.
    std::filesystem::path splits;
};

/// What a corpus has, before any file but the table of splits is read. Value type.
struct Corpus {
    CorpusLayout layout = CorpusLayout::Folder;
    std::filesystem::path root;
    std::vector<CorpusRecording> clips; ///< In the table's order, else by name.
    std::vector<CorpusProblem> problems;
};

/// Lists a corpus. NotFound when the folder or its table is not there, or it is no corpus; Io;
/// InvalidInput for a table that is none. Clips with files missing are problems, no failure.
[[nodiscard]] Result<Corpus> openCorpus(const std::filesystem::path& root,
                                        const CorpusOptions& options = {});

/// The number of BEAT2's speaker (1..30) for networks: 25 speakers have numbers without gaps
/// (idmapping of the reference). Others: number - 1.
[[nodiscard]] std::int64_t beat2SpeakerIndex(std::int64_t number);

/// train, val or test by the hash of the name: always the same for the same name.
[[nodiscard]] std::string_view splitByHash(std::string_view name);

} // namespace gesture::training
