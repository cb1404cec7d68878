// SPDX-License-Identifier: Apache-2.0
#include "core/io/random_access_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gesture::io {

Result<RandomAccessFile> RandomAccessFile::open(const std::filesystem::path& path) {
    // Without O_NONBLOCK the opening of a pipe would wait for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io;
        return Error{code, std::string(std::strerror(errno)) + "."};
    }
    RandomAccessFile file(descriptor, 0);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0)
        return Error{ErrorCode::Io, std::string(std::strerror(errno)) + "."};
    if (S_ISDIR(status.st_mode)) return Error{ErrorCode::InvalidInput, "It is a folder."};
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::InvalidInput, "It is not a regular file."};
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    return file;
}

RandomAccessFile::RandomAccessFile(RandomAccessFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1))
    , size_(other.size_) {}

RandomAccessFile& RandomAccessFile::operator=(RandomAccessFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    return *this;
}

RandomAccessFile::~RandomAccessFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Status RandomAccessFile::read(std::uint64_t offset, std::span<std::byte> out) const {
    if (offset > size_ || out.size() > size_ - offset)
        return Error{ErrorCode::InvalidInput, "The file ends too early."};
    while (!out.empty()) {
        const ssize_t count =
            ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return Error{ErrorCode::Io, std::string(std::strerror(errno)) + "."};
        if (count == 0)
            return Error{ErrorCode::InvalidInput, "The file became shorter while it was read."};
        out = out.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return Status::success();
}

} // namespace gesture::io
