// SPDX-License-Identifier: Apache-2.0
#include "training/data/corpus_layouts.h"
#include "training/data/split_table.h"

#include <fmt/format.h>
#include <map>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

using Rows = std::map<std::string, SplitRow, std::less<>>;

/// The table of splits by id; empty when there is none.
Result<Rows> rowsOf(const fs::path& root, const CorpusOptions& options) {
    Rows rows;
    const fs::path table =
        options.splits.empty() ? existing(root / "train_test_split.csv") : options.splits;
    if (table.empty()) return rows;
    auto read = readSplitTable(table);
    if (!read) return std::move(read).error();
    for (SplitRow& row : *read)
        rows.emplace(row.id, std::move(row));
    return rows;
}

} // namespace

Result<Corpus> openFolder(const fs::path& root, const CorpusOptions& options) {
    auto rows = rowsOf(root, options);
    if (!rows) return std::move(rows).error();
    Corpus corpus;
    for (const fs::path& motion : entriesOf(root, EntryKind::Files)) {
        if (motion.extension() != ".npz") continue;
        const std::string name = motion.stem().string();
        const auto row = rows->find(name);
        const bool listed = row != rows->end();
        const std::string voice = listed ? row->second.speaker : std::string{};
        if (!isWanted(options, voice)) continue;
        const fs::path stem = root / name;
        const fs::path sound = soundBeside(stem);
        if (!isClipName(name) || sound.empty() || (!listed && !rows->empty())) {
            corpus.problems.push_back(
                {name, sound.empty()      ? fmt::format("There is no sound '{}.wav'.", name)
                       : isClipName(name) ? "The table of splits does not name it."
                                          : "Its name is no proper name of a file."});
            continue;
        }
        corpus.clips.push_back({name, listed ? row->second.split : std::string(splitByHash(name)),
                                voice, 0, motion, sound, transcriptBeside(stem),
                                existing(stem.string() + ".sem.txt"),
                                existing(root / "truth" / (name + ".json"))});
    }
    numberVoices(corpus.clips);
    return corpus;
}

} // namespace gesture::training
