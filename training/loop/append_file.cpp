// SPDX-License-Identifier: Apache-2.0
#include "training/loop/append_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace gesture::training {

namespace {

Error cannotAppend(const std::filesystem::path& path, int code) {
    return {ErrorCode::Io,
            fmt::format("Cannot write '{}': {}.", path.string(), std::strerror(code))};
}

} // namespace

AppendFile::AppendFile(std::filesystem::path path, int descriptor, std::int64_t size)
    : path_(std::move(path))
    , descriptor_(descriptor)
    , size_(size) {}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : path_(std::move(other.path_))
    , descriptor_(std::exchange(other.descriptor_, -1))
    , size_(other.size_) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    return *this;
}

AppendFile::~AppendFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<AppendFile> AppendFile::open(const std::filesystem::path& path) {
    constexpr mode_t kEverybody = 0666;
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kEverybody);
    if (descriptor < 0) return cannotAppend(path, errno);
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    return AppendFile(path, descriptor, size);
}

Status AppendFile::append(std::string_view piece) {
    std::string_view rest = piece;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            const int code = errno;
            if (::ftruncate(descriptor_, size_) != 0) return cannotAppend(path_, errno);
            return cannotAppend(path_, code);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ += static_cast<std::int64_t>(piece.size());
    return Status::success();
}

} // namespace gesture::training
