// SPDX-License-Identifier: Apache-2.0
#include "core/project/blob_store.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::project {

namespace {

/// Chunks that are written before others get their turn.
constexpr std::size_t kChunksPerTransaction = 8;

std::string hashOfChunk(std::span<const std::byte> chunk) {
    Sha256 hash;
    hash.update(chunk);
    return hash.finish();
}

/// Name of a blob: what it is and what it is made of.
class BlobHash {
public:
    explicit BlobHash(std::string_view kind) { add(kind); }
    void add(std::string_view line) {
        hash_.update(std::as_bytes(std::span(line)));
        hash_.update(std::as_bytes(std::span("\n", 1)));
    }
    [[nodiscard]] std::string finish() { return hash_.finish(); }

private:
    Sha256 hash_;
};

Error missing(const ContentHash& hash) {
    return {ErrorCode::NotFound,
            fmt::format("The project does not hold the content {}.", hash.substr(0, 12))};
}

Error damaged(const ContentHash& hash, std::string_view kind) {
    return {ErrorCode::InvalidInput,
            fmt::format("The project's {} {} is damaged. 'gesture project salvage' saves what is "
                        "whole into a new file.",
                        kind, hash.substr(0, 12))};
}

} // namespace

Result<std::int64_t> BlobStore::putChunk(Chunk chunk, const std::string& hash) {
    {
        auto found = database_->prepare("SELECT id FROM chunk WHERE hash = ?1");
        if (!found) return std::move(found).error();
        found->bind(1, std::string_view(hash));
        const auto row = found->step();
        if (!row) return row.error();
        if (*row) return found->integer(0);
    }
    auto insert = database_->prepare("INSERT INTO chunk (hash, data) VALUES (?1, ?2)");
    if (!insert) return std::move(insert).error();
    insert->bind(1, std::string_view(hash)).bind(2, chunk);
    if (Status done = insert->run(); !done) return std::move(done).error();
    return database_->lastRowId();
}

/// Writes a blob chunk by chunk, some of them a transaction.
class BlobStore::Writing {
public:
    Writing(BlobStore& store, std::string_view kind)
        : store_(store)
        , kind_(kind)
        , name_(kind) {}

    Status add(Chunk chunk) {
        if (chunk.empty() || chunk.size() > kChunkBytes || bytes_ + chunk.size() > kMaxBlobBytes)
            return Error{ErrorCode::LimitExceeded, "This is too large for a project."};
        if (Status begun = begin(); !begun) return begun;
        const std::string hash = hashOfChunk(chunk);
        const auto id = store_.putChunk(chunk, hash);
        if (!id) return id.error();
        name_.add(hash);
        chunks_.push_back(*id);
        bytes_ += chunk.size();
        return chunks_.size() % kChunksPerTransaction == 0 ? commit() : Status::success();
    }

    Result<ContentHash> finish() {
        const ContentHash hash = name_.finish();
        if (Status begun = begin(); !begun) return std::move(begun).error();
        if (!store_.info(hash))
            if (Status named = nameChunks(hash); !named) return std::move(named).error();
        if (Status done = commit(); !done) return std::move(done).error();
        return hash;
    }

private:
    Status begin() {
        if (transaction_) return Status::success();
        auto begun = Transaction::begin(*store_.database_);
        if (!begun) return std::move(begun).error();
        transaction_.emplace(std::move(*begun));
        return Status::success();
    }

    Status commit() {
        Status done = transaction_->commit();
        transaction_.reset();
        return done;
    }

    Status nameChunks(const ContentHash& hash) {
        auto insert =
            store_.database_->prepare("INSERT INTO blob (hash, kind, bytes) VALUES (?1, ?2, ?3)");
        if (!insert) return std::move(insert).error();
        insert->bind(1, std::string_view(hash))
            .bind(2, kind_)
            .bind(3, static_cast<std::int64_t>(bytes_));
        if (Status done = insert->run(); !done) return done;
        const std::int64_t blob = store_.database_->lastRowId();
        for (std::size_t i = 0; i < chunks_.size(); ++i) {
            auto place = store_.database_->prepare(
                "INSERT INTO blob_chunk (blob, position, chunk) VALUES (?1, ?2, ?3)");
            if (!place) return std::move(place).error();
            place->bind(1, blob).bind(2, static_cast<std::int64_t>(i)).bind(3, chunks_[i]);
            if (Status done = place->run(); !done) return done;
        }
        return Status::success();
    }

    BlobStore& store_;
    std::string_view kind_;
    BlobHash name_;
    std::vector<std::int64_t> chunks_;
    std::uint64_t bytes_ = 0;
    std::optional<Transaction> transaction_;
};

Result<ContentHash> BlobStore::put(std::string_view kind, const Source& source,
                                   JobControl& control) {
    Writing writing(*this, kind);
    const Status read = source([&](Chunk chunk) -> Status {
        if (control.stopRequested()) return JobControl::cancelled("Storing");
        return writing.add(chunk);
    });
    if (!read) return read.error();
    return writing.finish();
}

Result<BlobInfo> BlobStore::info(const ContentHash& hash) {
    auto found = database_->prepare("SELECT kind, bytes FROM blob WHERE hash = ?1");
    if (!found) return std::move(found).error();
    found->bind(1, std::string_view(hash));
    const auto row = found->step();
    if (!row) return row.error();
    if (!*row) return missing(hash);
    const std::int64_t bytes = found->integer(1);
    if (bytes < 0 || static_cast<std::uint64_t>(bytes) > kMaxBlobBytes)
        return damaged(hash, "content");
    return BlobInfo{hash, found->text(0), static_cast<std::uint64_t>(bytes)};
}

Status BlobStore::visit(const ContentHash& hash, std::string_view kind, const Sink& visitor) {
    const auto blob = info(hash);
    if (!blob) return blob.error();
    if (blob->kind != kind) return damaged(hash, kind);
    auto rows = database_->prepare(
        "SELECT chunk.hash, chunk.data FROM blob JOIN blob_chunk ON blob_chunk.blob = blob.id "
        "JOIN chunk ON chunk.id = blob_chunk.chunk WHERE blob.hash = ?1 "
        "ORDER BY blob_chunk.position");
    if (!rows) return std::move(rows).error();
    rows->bind(1, std::string_view(hash));
    BlobHash name(kind);
    std::uint64_t bytes = 0;
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) break;
        const Chunk chunk = rows->bytes(1);
        bytes += chunk.size();
        const std::string expected = rows->text(0);
        if (bytes > blob->bytes || hashOfChunk(chunk) != expected) return damaged(hash, kind);
        name.add(expected);
        if (Status taken = visitor(chunk); !taken) return taken;
    }
    if (bytes != blob->bytes || name.finish() != hash) return damaged(hash, kind);
    return Status::success();
}

Result<std::vector<BlobInfo>> BlobStore::all() {
    auto rows = database_->prepare("SELECT hash, kind, bytes FROM blob ORDER BY id");
    if (!rows) return std::move(rows).error();
    std::vector<BlobInfo> blobs;
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return blobs;
        blobs.push_back({rows->text(0), rows->text(1),
                         static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows->integer(2)))});
    }
}

Status BlobStore::keepOnly(const std::set<ContentHash>& hashes) {
    const auto blobs = all();
    if (!blobs) return blobs.error();
    auto transaction = Transaction::begin(*database_);
    if (!transaction) return std::move(transaction).error();
    for (const BlobInfo& blob : *blobs) {
        if (hashes.contains(blob.hash)) continue;
        auto places = database_->prepare(
            "DELETE FROM blob_chunk WHERE blob = (SELECT id FROM blob WHERE hash = ?1)");
        if (!places) return std::move(places).error();
        if (Status done = places->bind(1, std::string_view(blob.hash)).run(); !done) return done;
        auto row = database_->prepare("DELETE FROM blob WHERE hash = ?1");
        if (!row) return std::move(row).error();
        if (Status done = row->bind(1, std::string_view(blob.hash)).run(); !done) return done;
    }
    if (Status done =
            database_->execute("DELETE FROM chunk WHERE id NOT IN (SELECT chunk FROM blob_chunk)");
        !done)
        return done;
    return transaction->commit();
}

} // namespace gesture::project
