// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"
#include "training/data/corpus_layouts.h"
#include "training/data/split_table.h"

#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostSpeakers = 100'000;

/// The number in front of the first "_".
std::optional<std::int64_t> speakerOf(std::string_view id) {
    const std::string_view digits = id.substr(0, id.find('_'));
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (number < 1 || number > kMostSpeakers) return std::nullopt;
    return number;
}

/// The first file that a clip cannot do without and that is not there.
std::string missingFile(const fs::path& root, const std::string& id) {
    for (const auto& [folder, extension] :
         {std::pair{"smplxflame_30", ".npz"}, std::pair{"wave16k", ".wav"}})
        if (existing(root / folder / (id + extension)).empty())
            return fmt::format("{}/{}{}", folder, id, extension);
    return {};
}

} // namespace

Result<Corpus> openBeat2(const fs::path& root, const CorpusOptions& options) {
    auto rows =
        readSplitTable(options.splits.empty() ? root / "train_test_split.csv" : options.splits);
    if (!rows) return std::move(rows).error();
    Corpus corpus;
    for (SplitRow& row : *rows) {
        const auto number = speakerOf(row.id);
        if (!number) {
            corpus.problems.push_back(
                {row.id, "The id does not begin with the speaker's number and '_'."});
            continue;
        }
        const std::string voice = std::to_string(*number);
        if (!isWanted(options, voice)) continue;
        if (const std::string missing = missingFile(root, row.id); !missing.empty()) {
            corpus.problems.push_back({row.id, fmt::format("There is no '{}'.", missing)});
            continue;
        }
        corpus.clips.push_back({row.id, row.split, voice, beat2SpeakerIndex(*number),
                                root / "smplxflame_30" / (row.id + ".npz"),
                                root / "wave16k" / (row.id + ".wav"),
                                existing(root / "textgrid" / (row.id + ".TextGrid")),
                                existing(root / "sem" / (row.id + ".txt")),
                                existing(root / "truth" / (row.id + ".json"))});
    }
    return corpus;
}

} // namespace gesture::training
