// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/corpus/clip_files.h"
#include "training/corpus/corpus_plan.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What a corpus is to be.
struct CorpusRecipe {
    double minutes = 144.0;
    std::uint64_t seed = 1;
    bool espeak = false;       ///< Also the voices of eSpeak NG.
    std::vector<int> speakers; ///< Numbers 1..10 of those that are wanted; empty: all.
};

/// What was made.
struct CorpusReport {
    std::size_t clips = 0;
    std::size_t madeNow = 0; ///< The others were there.
    double minutes = 0.0;    ///< Of those made now.
    std::string version;
};

/// Says which grammar, rules, voices and seed a corpus comes from, as 64 hexadecimal digits: clips
/// of the same id are equal when it is. How many clips there are does not count.
[[nodiscard]] std::string corpusVersion(const CorpusRecipe& recipe);

/// One clip, from nothing but the recipe's seed and its id. Errors of the synthesiser; Cancelled.
[[nodiscard]] Result<CorpusClip> makeCorpusClip(const CorpusRecipe& recipe,
                                                const PlannedClip& planned,
                                                Synthesiser& synthesiser, JobControl& control);

/// Makes a corpus of talking and gesturing people in `folder`, in the layout of BEAT2, with what is
/// true of it in `truth` and its recipe in `corpus.json`. Goes on where an earlier run with the
/// same recipe stopped. Blocks. Usage for recipes without clips; InvalidInput when the folder holds
/// a corpus of another version; Unavailable without eSpeak's program; Io; Cancelled: what is
/// finished stays.
[[nodiscard]] Result<CorpusReport>
makeCorpus(const CorpusRecipe& recipe, const std::filesystem::path& folder, JobControl& control);

} // namespace gesture::training
