// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "training/data/store_format.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// A clip that is in a partial store, or why it is not.
struct PartialEntry {
    StoreClip clip;      ///< Of bad clips id and source alone.
    std::string problem; ///< Empty: its record is there.

    bool operator==(const PartialEntry&) const = default;
};

/// A store that is being written: `store.partial` with the records so far, and `store.journal` with
/// an entry a clip, each with a checksum. Whatever ends the writing, what the journal names whole
/// can be kept. Records are appended in the order of the corpus, so that an interrupted and
/// continued store has the bytes of one that was written at once. Locked against a second writer.
/// One thread.
class PartialStore {
public:
    /// Makes the folder when it is not there and reads the journal; damaged ends are dropped.
    /// Unavailable when another process writes in the folder; Io; Cancelled.
    [[nodiscard]] static Result<PartialStore> open(const std::filesystem::path& folder,
                                                   JobControl& control);

    PartialStore(PartialStore&& other) noexcept;
    PartialStore& operator=(PartialStore&& other) = delete;
    ~PartialStore();

    /// Whole entries that an earlier writer left, in their order.
    [[nodiscard]] std::span<const PartialEntry> entries() const { return entries_; }
    /// Drops all entries but the first `count`.
    [[nodiscard]] Status keep(std::size_t count);

    /// Appends a record, whose size is a multiple of 64; sets the clip's place and hash. After a
    /// failure (Io: the disk is full, …) nothing of it is left.
    [[nodiscard]] Status append(StoreClip clip, std::span<const std::byte> record);
    [[nodiscard]] Status appendProblem(StoreClip clip, std::string problem);

    /// Appends the index of all records, syncs, and gives the file its name.
    [[nodiscard]] Status finish(StoreIndex index);

private:
    PartialStore(std::filesystem::path folder, int data, int journal);

    [[nodiscard]] Status readJournal(JobControl& control);
    [[nodiscard]] Status appendEntry(const PartialEntry& entry);
    [[nodiscard]] Status truncate();
    [[nodiscard]] Error writeError(int code) const;
    void closeFiles() noexcept;

    std::filesystem::path folder_;
    int data_ = -1;
    int journal_ = -1;
    std::uint64_t dataBytes_ = kStoreHeaderBytes;
    std::uint64_t journalBytes_ = 0;
    std::vector<PartialEntry> entries_;
    std::vector<std::uint64_t> journalEnds_; ///< Bytes of the journal up to each entry.
};

} // namespace gesture::training
