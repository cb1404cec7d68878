// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_end_record.h"

#include "core/io/byte_order.h"
#include "core/io/zip_format.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace gesture::io {

namespace {

Error damaged(const char* what) {
    return {ErrorCode::InvalidInput,
            std::string("It is not an intact zip archive (") + what + "). Copy the file again."};
}

Error noZip() {
    return {ErrorCode::InvalidInput, "It is a file of another kind, not a zip archive such as an "
                                     ".npz."};
}

/// Whether a file without an end record was a zip archive before it was cut.
bool beginsLikeZip(const RandomAccessFile& file) {
    std::array<std::byte, 4> first{};
    return file.read(0, first).ok() && littleAt<std::uint32_t>(first, 0) == zip::kLocalSignature;
}

/// Position of the record in the last bytes of the file: its comment must reach the end exactly.
std::optional<std::size_t> findEndRecord(std::span<const std::byte> tail) {
    if (tail.size() < zip::kEndSize) return std::nullopt;
    for (std::size_t position = tail.size() - zip::kEndSize;; --position) {
        const auto rest = tail.subspan(position);
        if (littleAt<std::uint32_t>(rest, 0) == zip::kEndSignature &&
            littleAt<std::uint16_t>(rest, 20) == rest.size() - zip::kEndSize)
            return position;
        if (position == 0) return std::nullopt;
    }
}

struct Located {
    ZipEndRecord record;
    std::uint64_t directoryEnd = 0; ///< Where the first of the end records begins.
};

/// `position` is that of the plain end record; the ZIP64 locator stands directly before it, and the
/// ZIP64 record directly before the locator.
Result<Located> readZip64Record(const RandomAccessFile& file, std::uint64_t position) {
    if (position < zip::kLocator64Size) return damaged("no ZIP64 locator");
    const std::uint64_t locatorOffset = position - zip::kLocator64Size;
    std::array<std::byte, zip::kLocator64Size> locator;
    if (auto read = file.read(locatorOffset, locator); !read) return std::move(read).error();
    if (littleAt<std::uint32_t>(locator, 0) != zip::kLocator64Signature)
        return damaged("no ZIP64 locator");
    const auto recordOffset = littleAt<std::uint64_t>(locator, 8);
    if (littleAt<std::uint32_t>(locator, 4) != 0 || littleAt<std::uint32_t>(locator, 16) > 1)
        return damaged("it is one of several parts");
    if (recordOffset > locatorOffset || locatorOffset - recordOffset < zip::kEnd64Size)
        return damaged("no ZIP64 record");

    std::array<std::byte, zip::kEnd64Size> record;
    if (auto read = file.read(recordOffset, record); !read) return std::move(read).error();
    if (littleAt<std::uint32_t>(record, 0) != zip::kEnd64Signature ||
        littleAt<std::uint64_t>(record, 4) != locatorOffset - recordOffset - 12)
        return damaged("no ZIP64 record");
    const auto entries = littleAt<std::uint64_t>(record, 32);
    if (littleAt<std::uint32_t>(record, 16) != 0 || littleAt<std::uint32_t>(record, 20) != 0 ||
        littleAt<std::uint64_t>(record, 24) != entries)
        return damaged("it is one of several parts");
    return Located{
        {entries, littleAt<std::uint64_t>(record, 40), littleAt<std::uint64_t>(record, 48)},
        recordOffset};
}

/// Whether a ZIP64 locator stands before the plain end record at `position`. Some writers
/// (PyTorch's) always write one, also where nothing is large.
bool hasLocator(const RandomAccessFile& file, std::uint64_t position) {
    std::array<std::byte, 4> first{};
    return position >= zip::kLocator64Size &&
           file.read(position - zip::kLocator64Size, first).ok() &&
           littleAt<std::uint32_t>(first, 0) == zip::kLocator64Signature;
}

/// Both records must say the same, where the plain one has room for it.
bool agree(const ZipEndRecord& plain, const ZipEndRecord& large) {
    return (plain.entries == zip::kSaturated16 || plain.entries == large.entries) &&
           (plain.directorySize == zip::kSaturated32 ||
            plain.directorySize == large.directorySize) &&
           (plain.directoryOffset == zip::kSaturated32 ||
            plain.directoryOffset == large.directoryOffset);
}

Result<Located> locate(const RandomAccessFile& file) {
    if (file.size() == 0) return Error{ErrorCode::InvalidInput, "It is empty."};
    const std::uint64_t length =
        std::min<std::uint64_t>(file.size(), zip::kEndSize + zip::kSaturated16);
    std::vector<std::byte> tail(length);
    const std::uint64_t tailOffset = file.size() - length;
    if (auto read = file.read(tailOffset, tail); !read) return std::move(read).error();
    const auto position = findEndRecord(tail);
    if (!position) return beginsLikeZip(file) ? damaged("no end of the directory") : noZip();

    const auto record = std::span<const std::byte>(tail).subspan(*position);
    const auto entries = littleAt<std::uint16_t>(record, 10);
    const auto size = littleAt<std::uint32_t>(record, 12);
    const auto offset = littleAt<std::uint32_t>(record, 16);
    if (entries == zip::kSaturated16 || size == zip::kSaturated32 || offset == zip::kSaturated32 ||
        hasLocator(file, tailOffset + *position)) {
        auto located = readZip64Record(file, tailOffset + *position);
        if (located && !agree({entries, size, offset}, located->record))
            return damaged("its two directories differ");
        return located;
    }
    if (littleAt<std::uint16_t>(record, 4) != 0 || littleAt<std::uint16_t>(record, 6) != 0 ||
        littleAt<std::uint16_t>(record, 8) != entries)
        return damaged("it is one of several parts");
    return Located{{entries, size, offset}, tailOffset + *position};
}

} // namespace

Result<ZipEndRecord> readZipEndRecord(const RandomAccessFile& file) {
    auto located = locate(file);
    if (!located) return std::move(located).error();
    const ZipEndRecord& record = located->record;
    if (record.directoryOffset > located->directoryEnd ||
        record.directorySize != located->directoryEnd - record.directoryOffset)
        return damaged("the directory is not where it should be");
    return record;
}

} // namespace gesture::io
