// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/memory_file.h"
#include "training/data/clip_motion.h"
#include "training/data/split_table.h"
#include "training/data/truth_rows.h"

#include <cstdint>

/// A corpus's small files: truth, table of splits, SHOW's pickles.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gesture::training;
    const gesture::fuzz::MemoryFile file(std::as_bytes(std::span(data, size)));
    if (const auto truth = readTruth(file.path())) {
        GestureLexicon lexicon;
        lexicon.add(*truth);
        static_cast<void>(truthRows(*truth, 500, lexicon.classes()).ok());
        static_cast<void>(strokeRows(*truth, 300));
    }
    static_cast<void>(readSplitTable(file.path()).ok());
    static const HandComponents hands{std::vector<float>(12 * 45, 0.5F),
                                      std::vector<float>(12 * 45, 0.5F)};
    static_cast<void>(readShowMotion(file.path(), hands).ok());
    return 0;
}
