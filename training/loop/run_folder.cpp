// SPDX-License-Identifier: Apache-2.0
#include "training/loop/run_folder.h"

#include "core/base/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

/// A lock of the open file, not of the process: it ends with the last descriptor.
struct flock wholeFile(short type) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

RunFolder::RunFolder(fs::path path, int lock)
    : path_(std::move(path))
    , lock_(lock) {}

RunFolder::RunFolder(RunFolder&& other) noexcept
    : path_(std::move(other.path_))
    , lock_(std::exchange(other.lock_, -1)) {}

RunFolder& RunFolder::operator=(RunFolder&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(lock_, other.lock_);
    return *this;
}

RunFolder::~RunFolder() {
    if (lock_ >= 0) ::close(lock_);
}

Result<RunFolder> RunFolder::open(const fs::path& path) {
    std::error_code code;
    fs::create_directories(path / kCheckpointFolder, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("The run's folder '{}' cannot be made: {}.",
                                                path.string(), code.message())};
    constexpr mode_t kEverybody = 0666;
    const int lock = ::open((path / kRunLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kEverybody);
    if (lock < 0)
        return Error{ErrorCode::Io, fmt::format("The run's folder '{}' cannot be written: {}.",
                                                path.string(), std::strerror(errno))};
    struct flock whole = wholeFile(F_WRLCK);
    if (::fcntl(lock, F_OFD_SETLK, &whole) != 0) {
        ::close(lock);
        return Error{ErrorCode::Usage,
                     fmt::format("Another process trains in '{}' already: stop it, or name another "
                                 "folder with -o.",
                                 path.string())};
    }
    return RunFolder(path, lock);
}

fs::path RunFolder::checkpoints() const { return path_ / kCheckpointFolder; }

Status RunFolder::recordConfig(const std::string& yaml) const {
    return writeTextAtomically(path_ / kRunConfigFile, yaml);
}

} // namespace gesture::training
