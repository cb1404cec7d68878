// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/project/database.h"
#include "core/project/project_state.h"

#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace gesture::project {

/// Of a stored piece.
inline constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
/// Of a whole one; an hour of motion has 116 MB.
inline constexpr std::uint64_t kMaxBlobBytes = std::uint64_t{16} << 30;

struct BlobInfo {
    ContentHash hash;
    std::string kind; ///< "motion", "analysis", "audio"
    std::uint64_t bytes = 0;
};

/// Large immutable contents of a project's file, named by their hash: SHA-256 over the kind and the
/// hashes of the chunks. Chunks are stored once, however many blobs have them in common, so an edit
/// of some seconds takes the place of these alone. One thread; the data base must outlive it.
class BlobStore {
public:
    explicit BlobStore(Database& database)
        : database_(&database) {}

    /// Calls its argument with one chunk after the other (1..kChunkBytes each).
    using Chunk = std::span<const std::byte>;
    using Sink = std::function<Status(Chunk)>;
    using Source = std::function<Status(const Sink&)>;

    /// Stores what the source yields, unless it is there. What no state refers to is removed by
    /// `Project::compact`. Io when the disk is full: then there is no such blob.
    [[nodiscard]] Result<ContentHash> put(std::string_view kind, const Source& source,
                                          JobControl& control);

    /// NotFound.
    [[nodiscard]] Result<BlobInfo> info(const ContentHash& hash);
    /// Hands the chunks to the visitor, in order, each checked against its hash. NotFound;
    /// InvalidInput when it is damaged or of another kind; the visitor's error.
    [[nodiscard]] Status visit(const ContentHash& hash, std::string_view kind, const Sink& visitor);

    [[nodiscard]] Result<std::vector<BlobInfo>> all();
    /// Removes all blobs but these, and the chunks that none of them has.
    [[nodiscard]] Status keepOnly(const std::set<ContentHash>& hashes);

private:
    class Writing;
    Result<std::int64_t> putChunk(Chunk chunk, const std::string& hash);

    Database* database_;
};

} // namespace gesture::project
