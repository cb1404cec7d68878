// SPDX-License-Identifier: Apache-2.0
#include "tests/core/project/faulty_vfs.h"

#include <cstring>
#include <filesystem>
#include <new>
#include <sqlite3.h>
#include <utility>

namespace gesture::test {

namespace {

using Fault = FaultyVfs::Fault;

/// A file of the layer; the system's one follows in memory.
struct LayerFile {
    sqlite3_file base;
    sqlite3_file* real;
    const char* path; ///< SQLite keeps it alive as long as the file.
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<LayerFile*>(file)->real; }

std::string nameOf(sqlite3_file* file) {
    const char* path = reinterpret_cast<LayerFile*>(file)->path;
    return path != nullptr ? std::filesystem::path(path).filename().string() : "";
}

int codeOf(Fault fault, int ioError) { return fault == Fault::Full ? SQLITE_FULL : ioError; }

int closeFile(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
int readFile(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
    return real(file)->pMethods->xRead(real(file), out, count, at);
}
int writeFile(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    const Fault fault = FaultyVfs::instance().nextFault();
    if (fault == Fault::ShortWrite) real(file)->pMethods->xWrite(real(file), bytes, count / 2, at);
    if (fault != Fault::None) return codeOf(fault, SQLITE_IOERR_WRITE);
    const auto* first = static_cast<const std::byte*>(bytes);
    FaultyVfs::instance().record(
        {FileOperation::Kind::Write, nameOf(file), at, {first, first + count}, 0});
    return real(file)->pMethods->xWrite(real(file), bytes, count, at);
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const Fault fault = FaultyVfs::instance().nextFault();
    if (fault != Fault::None) return codeOf(fault, SQLITE_IOERR_TRUNCATE);
    FaultyVfs::instance().record({FileOperation::Kind::Truncate, nameOf(file), size, {}, 0});
    return real(file)->pMethods->xTruncate(real(file), size);
}
int syncFile(sqlite3_file* file, int flags) {
    const Fault fault = FaultyVfs::instance().nextFault();
    if (fault != Fault::None) return codeOf(fault, SQLITE_IOERR_FSYNC);
    FaultyVfs::instance().record({FileOperation::Kind::Sync, nameOf(file), 0, {}, 0});
    return real(file)->pMethods->xSync(real(file), flags);
}
int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lockFile(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int unlockFile(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int checkLock(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int controlFile(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sectorSize(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
// No promises: SQLite must be right on the plainest of disks.
int characteristics(sqlite3_file*) { return 0; }
int mapShared(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, out);
}
int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrierShared(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int unmapShared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods{
    2,          closeFile,     readFile,    writeFile,   truncateFile, syncFile,        fileSize,
    lockFile,   unlockFile,    checkLock,   controlFile, sectorSize,   characteristics, mapShared,
    lockShared, barrierShared, unmapShared, nullptr,     nullptr};

sqlite3_vfs* systemVfs(sqlite3_vfs* layer) { return static_cast<sqlite3_vfs*>(layer->pAppData); }

int openFile(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* outFlags) {
    auto* layer = new (file) LayerFile{};
    layer->real = reinterpret_cast<sqlite3_file*>(layer + 1);
    layer->path = path;
    const int code = systemVfs(vfs)->xOpen(systemVfs(vfs), path, layer->real, flags, outFlags);
    layer->base.pMethods = layer->real->pMethods != nullptr ? &kMethods : nullptr;
    return code;
}
int deleteFile(sqlite3_vfs* vfs, const char* path, int syncFolder) {
    const Fault fault = FaultyVfs::instance().nextFault();
    if (fault != Fault::None) return codeOf(fault, SQLITE_IOERR_DELETE);
    FaultyVfs::instance().record({FileOperation::Kind::Delete,
                                  std::filesystem::path(path).filename().string(),
                                  syncFolder,
                                  {},
                                  0});
    return systemVfs(vfs)->xDelete(systemVfs(vfs), path, syncFolder);
}

} // namespace

FaultyVfs::FaultyVfs() {
    static sqlite3_vfs layer;
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    layer = *system;
    layer.pNext = nullptr;
    layer.zName = name();
    layer.pAppData = system;
    layer.szOsFile = static_cast<int>(sizeof(LayerFile)) + system->szOsFile;
    layer.xOpen = openFile;
    layer.xDelete = deleteFile;
    sqlite3_vfs_register(&layer, 0);
}

FaultyVfs& FaultyVfs::instance() {
    static FaultyVfs vfs;
    return vfs;
}

void FaultyVfs::failAt(std::int64_t call, Fault fault, bool lasting) {
    fault_ = fault;
    countdown_ = call;
    lasting_ = lasting;
    failed_ = false;
}

FaultyVfs::Fault FaultyVfs::nextFault() {
    if (fault_ == Fault::None) return Fault::None;
    if (countdown_-- > 0) return Fault::None;
    if (countdown_ < -1 && !lasting_) return Fault::None;
    failed_ = true;
    return fault_;
}

void FaultyVfs::startRecording() {
    operations_.clear();
    recording_ = true;
}

std::vector<FileOperation> FaultyVfs::stopRecording() {
    recording_ = false;
    return std::exchange(operations_, {});
}

void FaultyVfs::mark(std::int64_t number) {
    record({FileOperation::Kind::Mark, {}, 0, {}, number});
}

void FaultyVfs::record(FileOperation operation) {
    if (recording_) operations_.push_back(std::move(operation));
}

} // namespace gesture::test
