// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/data/corpus.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gesture::training {

/// How much of something there is.
struct CorpusAmount {
    std::int64_t clips = 0;
    double seconds = 0.0; ///< That motion and sound share.
};

/// What a look at every file of a corpus found.
struct CorpusCheck {
    CorpusAmount whole;
    std::map<std::string, CorpusAmount> splits;
    std::map<std::string, CorpusAmount> voices;
    std::int64_t withWords = 0;
    std::int64_t withLabels = 0;
    std::int64_t withTruth = 0;
    std::vector<CorpusProblem> bad;     ///< Clips that training will leave out.
    std::vector<CorpusProblem> remarks; ///< Clips that look odd and are used.
};

/// Reads all files of all clips, but of sounds only what they say of themselves. SHOW's pickles are
/// only looked for: they need SMPL-X. Blocks; progress; Cancelled.
[[nodiscard]] Result<CorpusCheck> checkCorpus(const Corpus& corpus, JobControl& control);

} // namespace gesture::training
