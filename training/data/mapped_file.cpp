// SPDX-License-Identifier: Apache-2.0
#include "training/data/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gesture::training {

namespace {

Error cannotRead(const std::filesystem::path& path, int code) {
    return {code == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
            fmt::format("Cannot read '{}': {}.", path.string(), std::strerror(code))};
}

} // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
    // Without O_NONBLOCK the opening of a pipe would wait for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return cannotRead(path, errno);
    struct stat status {};
    const bool known = ::fstat(descriptor, &status) == 0;
    if (!known || !S_ISREG(status.st_mode)) {
        const int code = errno;
        ::close(descriptor);
        if (!known) return cannotRead(path, code);
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is not a regular file.", path.string())};
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const begin =
        size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
    const int code = errno;
    ::close(descriptor);
    if (begin == MAP_FAILED) return cannotRead(path, code);
    return MappedFile(static_cast<const std::byte*>(begin), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr))
    , size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (begin_ != nullptr) ::munmap(const_cast<std::byte*>(begin_), size_);
}

} // namespace gesture::training
