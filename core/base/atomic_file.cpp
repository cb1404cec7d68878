// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gesture {

namespace {

Error ioError(std::string_view what, const std::filesystem::path& path) {
    const int code = errno;
    return {ErrorCode::Io, std::string(what) + " '" + path.string() + "': " + std::strerror(code) +
                               ". Nothing was changed."};
}

std::filesystem::path directoryOf(const std::filesystem::path& target) {
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

/// A new file beside `target`, and its descriptor; -1 when there can be none. It gets the
/// permissions that the process's mask leaves: mkstemp makes private files, and the mask can only
/// be asked for by changing it, for all threads.
std::pair<std::filesystem::path, int> openBeside(const std::filesystem::path& target) {
    constexpr int kAttempts = 100;
    constexpr mode_t kEverybody = 0666;
    std::random_device random;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        // The extension stays last: programs such as ffmpeg choose the format by it.
        std::filesystem::path path =
            directoryOf(target) / fmt::format(".{}.{:08x}{}", target.stem().string(), random(),
                                              target.extension().string());
        const int descriptor =
            ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kEverybody);
        if (descriptor >= 0 || errno != EEXIST) return {std::move(path), descriptor};
    }
    return {{}, -1};
}

} // namespace

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& target) {
    std::error_code ignored;
    if (std::filesystem::is_directory(target, ignored))
        return Error{ErrorCode::Io,
                     "Cannot write '" + target.string() + "': it is a folder. Give a file name."};
    auto [path, descriptor] = openBeside(target);
    if (descriptor < 0) return ioError("Cannot write", target);
    return AtomicFile(target, std::move(path), descriptor);
}

AtomicFile::AtomicFile(std::filesystem::path target, std::filesystem::path temporary,
                       int descriptor)
    : target_(std::move(target))
    , temporary_(std::move(temporary))
    , descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_))
    , temporary_(std::move(other.temporary_))
    , descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
    if (this != &other) {
        discard();
        target_ = std::move(other.target_);
        temporary_ = std::move(other.temporary_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::discard() noexcept {
    if (descriptor_ < 0) return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(temporary_.c_str());
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            return ioError("Cannot write", target_);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return Status::success();
}

Status AtomicFile::commit() {
    if (::fsync(descriptor_) != 0) return ioError("Cannot write", target_);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return ioError("Cannot write", target_);
    ::close(std::exchange(descriptor_, -1));
    // The rename is durable only once the directory is; some file systems refuse this, which is no
    // reason to call a finished write failed.
    const int directory = ::open(directoryOf(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
    return Status::success();
}

Status writeFileAtomically(const std::filesystem::path& target, std::span<const std::byte> bytes) {
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    if (auto written = file->write(bytes); !written) return written;
    return file->commit();
}

Status writeTextAtomically(const std::filesystem::path& target, std::string_view text) {
    return writeFileAtomically(target, std::as_bytes(std::span(text.data(), text.size())));
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t maxBytes) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const bool missing = errno == ENOENT;
        return Error{missing ? ErrorCode::NotFound : ErrorCode::Io,
                     "Cannot open '" + path.string() + "': " + std::strerror(errno) + "."};
    }
    std::string text;
    std::string block(1 << 16, '\0');
    while (true) {
        const ssize_t count = ::read(descriptor, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            const int code = errno;
            ::close(descriptor);
            return Error{ErrorCode::Io,
                         "Cannot read '" + path.string() + "': " + std::strerror(code) + "."};
        }
        if (count == 0) break;
        text.append(block.data(), static_cast<std::size_t>(count));
        if (text.size() > maxBytes) {
            ::close(descriptor);
            return Error{ErrorCode::LimitExceeded, "'" + path.string() + "' is larger than " +
                                                       std::to_string(maxBytes) + " bytes."};
        }
    }
    ::close(descriptor);
    return text;
}

} // namespace gesture
