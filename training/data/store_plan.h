// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/data/clip_streams.h"
#include "training/data/corpus.h"
#include "training/data/speech_streams.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What is to be made of which corpus.
struct PrepareOptions {
    std::filesystem::path corpus;
    CorpusOptions listing;
    std::vector<std::string> streams; ///< Names to make; empty: all that the corpus has.
    /// JSON table or BEAT2's vocab.pkl; empty: made of the words of the train split.
    std::filesystem::path vocabulary;
    /// An SMPL-X file, to find foot contacts with each clip's own shape; empty: the free avatar.
    std::filesystem::path bodyModel;
    WindowRule windows;   ///< For which `sentence` has rows, and the shortest clip that counts.
    unsigned threads = 2; ///< Clips at once; 1..64
};

/// Everything that is settled before the first clip is made.
struct StorePlan {
    Corpus corpus;
    StreamRecipe recipe;
    std::vector<std::string> gestures; ///< Names of the lexicon's classes, from 1.
    std::vector<std::string> sources;  ///< For each clip: identifies its files and the recipe.
    std::string key;                   ///< Identifies the store.
};

/// Lists the corpus, decides which streams there will be, collects vocabulary and lexicon, and
/// hashes all files. `speech` may be null and must outlive the plan. Usage for streams that are
/// unknown or need an encoder; the errors of `openCorpus`, of vocabulary and body model; Cancelled.
[[nodiscard]] Result<StorePlan> planStore(const PrepareOptions& options,
                                          const SpeechStreams* speech, JobControl& control);

} // namespace gesture::training
