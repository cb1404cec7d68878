// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/data/store_plan.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What has been prepared.
struct PrepareReport {
    std::string key;
    std::int64_t clips = 0;
    std::int64_t frames = 0;
    std::int64_t made = 0;          ///< Clips that were made now; the others were there.
    std::vector<CorpusProblem> bad; ///< Clips that were left out, and why.
    std::vector<StoreStream> streams;
    std::uint64_t bytes = 0; ///< Of the store.
    double seconds = 0.0;    ///< That making clips took.
};

/// Makes a corpus ready for training, once: `store.bin` (see `WindowStore`), `vocabulary.json` when
/// there are words, and `corpus.json`, which says what was made of which corpus and what was left
/// out. Bad clips are reported and left out; that all are bad is InvalidInput. When the folder
/// holds the same already, nothing is done.
///
/// Cancelled or broken off (a full disk, a kill), it goes on where it was when it is called again:
/// finished clips are kept as long as the files and settings that they were made of are the same,
/// those of an older store in the folder too. The result does not depend on that, nor on the number
/// of threads: same corpus and options, same bytes. At most `threads` + 1 clips are in memory.
/// Progress, with time left, on the caller's thread. Also the errors of `planStore`; Io;
/// OutOfMemory; Unavailable when another process prepares the folder.
[[nodiscard]] Result<PrepareReport> prepareStore(const PrepareOptions& options,
                                                 const std::filesystem::path& folder,
                                                 const SpeechStreams* speech, JobControl& control);

} // namespace gesture::training
