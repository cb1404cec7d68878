// SPDX-License-Identifier: Apache-2.0
#include "training/data/partial_store.h"

#include "core/base/atomic_file.h"
#include "core/base/fast_hash.h"
#include "core/io/byte_order.h"
#include "training/data/mapped_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDataName = "store.partial";
constexpr const char* kJournalName = "store.journal";
constexpr std::uint32_t kMaxEntryBytes = 1U << 20U;
constexpr mode_t kEverybody = 0666;

/// Writes all bytes at a place; the system's error number, or 0.
int writeAt(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return 0;
}

/// u32 bytes of what follows, u64 XXH64 of it: u32 bytes of the clip, the clip, the problem.
std::vector<std::byte> entryBytes(const PartialEntry& entry) {
    const std::vector<std::byte> clip = serializeClip(entry.clip);
    std::vector<std::byte> body;
    io::appendLittle(body, static_cast<std::uint32_t>(clip.size()));
    body.insert(body.end(), clip.begin(), clip.end());
    const auto problem = std::as_bytes(std::span(entry.problem));
    body.insert(body.end(), problem.begin(), problem.end());
    std::vector<std::byte> bytes;
    io::appendLittle(bytes, static_cast<std::uint32_t>(body.size()));
    io::appendLittle(bytes, fastHashOf(body));
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

constexpr std::size_t kEntryHead = 12;

/// Takes the next whole entry off the bytes.
std::optional<PartialEntry> takeEntry(std::span<const std::byte>& bytes) {
    if (bytes.size() < kEntryHead) return std::nullopt;
    const auto size = io::littleAt<std::uint32_t>(bytes, 0);
    if (size > kMaxEntryBytes || size < 4 || size > bytes.size() - kEntryHead) return std::nullopt;
    const auto body = bytes.subspan(kEntryHead, size);
    if (fastHashOf(body) != io::littleAt<std::uint64_t>(bytes, 4)) return std::nullopt;
    const auto clipBytes = io::littleAt<std::uint32_t>(body, 0);
    if (clipBytes > size - 4) return std::nullopt;
    auto clip = parseClip(body.subspan(4, clipBytes));
    if (!clip) return std::nullopt;
    const auto problem = body.subspan(4 + clipBytes);
    bytes = bytes.subspan(kEntryHead + size);
    return PartialEntry{std::move(*clip),
                        {reinterpret_cast<const char*>(problem.data()), problem.size()}};
}

} // namespace

PartialStore::PartialStore(fs::path folder, int data, int journal)
    : folder_(std::move(folder))
    , data_(data)
    , journal_(journal) {}

PartialStore::PartialStore(PartialStore&& other) noexcept
    : folder_(std::move(other.folder_))
    , data_(std::exchange(other.data_, -1))
    , journal_(std::exchange(other.journal_, -1))
    , dataBytes_(other.dataBytes_)
    , journalBytes_(other.journalBytes_)
    , entries_(std::move(other.entries_))
    , journalEnds_(std::move(other.journalEnds_)) {}

PartialStore::~PartialStore() { closeFiles(); }

void PartialStore::closeFiles() noexcept {
    for (int* descriptor : {&data_, &journal_})
        if (*descriptor >= 0) ::close(std::exchange(*descriptor, -1));
}

Error PartialStore::writeError(int code) const {
    return {ErrorCode::Io,
            fmt::format("Cannot write '{}': {}. The {} clips that are finished are kept; make "
                        "room and start again to continue.",
                        folder_.string(), std::strerror(code), entries_.size())};
}

Result<PartialStore> PartialStore::open(const fs::path& folder, JobControl& control) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("Cannot make the folder '{}': {}.", folder.string(),
                                                code.message())};
    const int data = ::open((folder / kDataName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kEverybody);
    const int dataCode = errno;
    const int journal =
        ::open((folder / kJournalName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kEverybody);
    const int journalCode = errno;
    PartialStore store(folder, data, journal);
    if (data < 0 || journal < 0) return store.writeError(data < 0 ? dataCode : journalCode);
    if (::flock(data, LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorCode::Unavailable,
                     fmt::format("Another program is writing in '{}'. Wait for it, or stop it.",
                                 folder.string())};
    if (auto read = store.readJournal(control); !read) return std::move(read).error();
    return store;
}

Status PartialStore::readJournal(JobControl& control) {
    const auto journal = MappedFile::open(folder_ / kJournalName);
    if (!journal) return journal.error();
    const auto data = MappedFile::open(folder_ / kDataName);
    if (!data) return data.error();
    auto rest = journal->bytes();
    const std::size_t all = rest.size();
    control.beginStage("Checking finished clips", static_cast<std::int64_t>(data->bytes().size()));
    while (auto entry = takeEntry(rest)) {
        if (control.stopRequested()) return JobControl::cancelled("Checking finished clips");
        if (entry->problem.empty()) {
            const StoreClip& clip = entry->clip;
            if (clip.offset != dataBytes_ || clip.bytes > data->bytes().size() ||
                clip.offset > data->bytes().size() - clip.bytes ||
                fastHashOf(data->bytes().subspan(clip.offset, clip.bytes)) != clip.hash)
                break;
            dataBytes_ += clip.bytes;
            control.advanceTo(static_cast<std::int64_t>(dataBytes_));
        }
        entries_.push_back(std::move(*entry));
        journalBytes_ = all - rest.size();
        journalEnds_.push_back(journalBytes_);
    }
    return truncate();
}

Status PartialStore::truncate() {
    const std::vector<std::byte> header = storeHeader();
    if (::ftruncate(data_, static_cast<off_t>(dataBytes_)) != 0 ||
        ::ftruncate(journal_, static_cast<off_t>(journalBytes_)) != 0)
        return writeError(errno);
    if (const int code = writeAt(data_, 0, header); code != 0) return writeError(code);
    return Status::success();
}

Status PartialStore::keep(std::size_t count) {
    if (count >= entries_.size()) return Status::success();
    for (std::size_t i = count; i < entries_.size(); ++i)
        dataBytes_ -= entries_[i].clip.bytes;
    entries_.resize(count);
    journalEnds_.resize(count);
    journalBytes_ = count == 0 ? 0 : journalEnds_.back();
    return truncate();
}

Status PartialStore::append(StoreClip clip, std::span<const std::byte> record) {
    clip.offset = dataBytes_;
    clip.bytes = record.size();
    clip.hash = fastHashOf(record);
    if (const int code = writeAt(data_, dataBytes_, record); code != 0) {
        const Error error = writeError(code);
        // What cannot be taken back now is dropped when the journal is read.
        static_cast<void>(truncate().ok());
        return error;
    }
    dataBytes_ += record.size();
    return appendEntry({std::move(clip), {}});
}

Status PartialStore::appendProblem(StoreClip clip, std::string problem) {
    clip.offset = clip.bytes = clip.hash = 0;
    return appendEntry({std::move(clip), std::move(problem)});
}

Status PartialStore::appendEntry(const PartialEntry& entry) {
    const std::vector<std::byte> bytes = entryBytes(entry);
    if (const int code = writeAt(journal_, journalBytes_, bytes); code != 0) {
        const Error error = writeError(code);
        dataBytes_ -= entry.clip.bytes;
        static_cast<void>(truncate().ok());
        return error;
    }
    journalBytes_ += bytes.size();
    entries_.push_back(entry);
    journalEnds_.push_back(journalBytes_);
    return Status::success();
}

Status PartialStore::finish(StoreIndex index) {
    index.clips.clear();
    for (const PartialEntry& entry : entries_)
        if (entry.problem.empty()) index.clips.push_back(entry.clip);
    const std::vector<std::byte> bytes = serializeIndex(index);
    const std::vector<std::byte> trailer = storeTrailer(dataBytes_, bytes);
    int code = writeAt(data_, dataBytes_, bytes);
    if (code == 0) code = writeAt(data_, dataBytes_ + bytes.size(), trailer);
    if (code == 0 && ::fsync(data_) != 0) code = errno;
    if (code == 0 && ::rename((folder_ / kDataName).c_str(), (folder_ / kStoreFile).c_str()) != 0)
        code = errno;
    if (code != 0) {
        const Error error = writeError(code);
        static_cast<void>(truncate().ok());
        return error;
    }
    closeFiles();
    std::error_code ignored;
    fs::remove(folder_ / kJournalName, ignored);
    const int directory = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
    return Status::success();
}

} // namespace gesture::training
