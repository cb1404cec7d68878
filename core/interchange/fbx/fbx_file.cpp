// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_file.h"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <span>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr std::uint32_t kVersion = 7400;
constexpr std::size_t kNullRecordBytes = 13;
constexpr std::size_t kAlignment = 16;
/// Offsets have 32 bits, and many readers take them for signed ones.
constexpr std::uint64_t kMaxBytes = (std::uint64_t{1} << 31) - 1;

constexpr std::string_view kHead{"Kaydara FBX Binary  \0\x1a\0", 23};
// Every file ends with these; what they mean is not known, but they never differ for files that
// say they were made in 1970.
constexpr std::string_view kFootId{
    "\xfa\xbc\xab\x09\xd0\xc8\xd4\x66\xb1\x76\xfb\x83\x1c\xf7\x26\x7e", 16};
constexpr std::string_view kFootMagic{
    "\xf8\x5a\x8c\x6a\xde\xf5\xd9\x7e\xec\xe9\x0c\xe3\x75\x8f\x29\x0b", 16};
constexpr std::size_t kFootZeros = 120;

std::string littleEndian(std::uint32_t value) {
    std::string bytes(sizeof(value), '\0');
    std::memcpy(bytes.data(), &value, sizeof(value));
    return bytes;
}

} // namespace

Result<FbxFile> FbxFile::create(const std::filesystem::path& target) {
    auto atomic = AtomicFile::create(target);
    if (!atomic) return std::move(atomic).error();
    FbxFile file(std::move(*atomic), target);
    if (Status written = file.append(std::string(kHead) + littleEndian(kVersion)); !written)
        return std::move(written).error();
    return file;
}

Status FbxFile::append(std::string_view bytes) {
    if (offset_ + bytes.size() > kMaxBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("'{}': an FBX file can hold 2 GiB, and this motion needs more. "
                                 "Export a shorter range, or a lower frame rate.",
                                 target_.string())};
    offset_ += bytes.size();
    return file_.write(std::as_bytes(std::span(bytes)));
}

Status FbxFile::patch(std::uint64_t offset, std::uint32_t value) {
    std::fstream file(file_.temporaryPath(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << littleEndian(value);
    file.close();
    if (file) return Status::success();
    return Error{ErrorCode::Io, fmt::format("Cannot write '{}': its beginning cannot be changed. "
                                            "Nothing was changed.",
                                            target_.string())};
}

Status FbxFile::write(const FbxNode& node) {
    buffer_.clear();
    node.appendTo(buffer_, offset_);
    return append(buffer_);
}

Status FbxFile::open(std::string_view name) {
    openAt_ = offset_;
    std::string head(3 * sizeof(std::uint32_t), '\0');
    head += static_cast<char>(name.size());
    head += name;
    return append(head);
}

Status FbxFile::close() {
    if (Status written = append(std::string(kNullRecordBytes, '\0')); !written) return written;
    return patch(openAt_, static_cast<std::uint32_t>(offset_));
}

Status FbxFile::commit() {
    std::string foot(kNullRecordBytes, '\0');
    foot += kFootId;
    foot.append(sizeof(std::uint32_t), '\0');
    const std::size_t after = (offset_ + foot.size()) % kAlignment;
    foot.append(kAlignment - after, '\0'); // 16 where it is aligned already
    foot += littleEndian(kVersion);
    foot.append(kFootZeros, '\0');
    foot += kFootMagic;
    if (Status written = append(foot); !written) return written;
    return file_.commit();
}

} // namespace gesture::interchange
