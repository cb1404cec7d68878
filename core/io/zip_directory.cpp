// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_directory.h"

#include "core/base/utf8.h"
#include "core/io/byte_order.h"
#include "core/io/zip_end_record.h"
#include "core/io/zip_format.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace gesture::io {

namespace {

using Bytes = std::span<const std::byte>;

/// A directory with comments and extra fields is larger, but not by that much.
constexpr std::uint64_t kMaxDirectoryBytesPerEntry = 4096;
/// A stored deflate block of 258-byte matches: 1032 bytes from one (zlib's technical details).
constexpr std::uint64_t kMaxDeflateRatio = 1032;
constexpr std::size_t kMaxNameBytes = 1024;

Error refused(std::string_view name, std::string_view what) {
    return {ErrorCode::InvalidInput, fmt::format("Its member '{}' {}.", name, what)};
}

Error damagedDirectory() {
    return {ErrorCode::InvalidInput,
            "The directory of the archive is damaged. Copy the file again."};
}

/// What the directory says of a member, before it is checked against the local header.
struct CentralEntry {
    ZipEntry entry;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint64_t localOffset = 0;
};

/// Bytes that a member covers in the file.
struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::size_t entry = 0;
};

/// Contents of the ZIP64 extra field: nothing if there is none, an error if the fields do not fit.
Result<std::optional<Bytes>> findZip64Extra(Bytes extra, std::string_view name) {
    std::optional<Bytes> found;
    while (!extra.empty()) {
        if (extra.size() < 4) return refused(name, "has a damaged header");
        const auto id = littleAt<std::uint16_t>(extra, 0);
        const auto size = littleAt<std::uint16_t>(extra, 2);
        if (size > extra.size() - 4) return refused(name, "has a damaged header");
        if (id == zip::kExtraZip64) {
            if (found) return refused(name, "has two ZIP64 headers");
            found = extra.subspan(4, size);
        }
        extra = extra.subspan(4 + size);
    }
    return found;
}

/// Replaces 32-bit values that are saturated by those of the ZIP64 extra field, in its order.
Status resolveZip64(Bytes extra, std::string_view name,
                    std::initializer_list<std::uint64_t*> values) {
    auto zip64 = findZip64Extra(extra, name);
    if (!zip64) return std::move(zip64).error();
    Bytes rest = zip64->value_or(Bytes{});
    for (std::uint64_t* value : values) {
        if (*value != zip::kSaturated32) continue;
        if (rest.size() < 8) return refused(name, "lacks its ZIP64 header");
        *value = littleAt<std::uint64_t>(rest, 0);
        rest = rest.subspan(8);
    }
    return Status::success();
}

/// Well-formed UTF-8 without control characters.
bool isReadableText(std::string_view text) {
    const auto isControl = [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20 || byte == 0x7f;
    };
    return !firstInvalidUtf8(text) && std::none_of(text.begin(), text.end(), isControl);
}

bool hasParentComponent(std::string_view name) {
    while (true) {
        const std::size_t slash = name.find('/');
        if (name.substr(0, slash) == "..") return true;
        if (slash == std::string_view::npos) return false;
        name.remove_prefix(slash + 1);
    }
}

Status checkName(std::string_view name) {
    if (name.empty() || name.size() > kMaxNameBytes || !isReadableText(name))
        return Error{ErrorCode::InvalidInput, "A name in its directory is not readable text."};
    if (name.front() == '/' || name.find('\\') != std::string_view::npos ||
        (name.size() > 1 && name[1] == ':') || hasParentComponent(name))
        return refused(name, "has a name that leads out of the archive");
    return Status::success();
}

Status checkEntry(CentralEntry& central) {
    ZipEntry& entry = central.entry;
    if (central.flags & (zip::kFlagEncrypted | zip::kFlagStrongEncryption | zip::kFlagMasked))
        return refused(entry.name, "is encrypted: save the file without a password");
    if (central.method != zip::kStored && central.method != zip::kDeflated)
        return refused(entry.name, fmt::format("is packed by method {}; only stored and deflated "
                                               "members can be read",
                                               central.method));
    entry.method = central.method == zip::kStored ? ZipMethod::Stored : ZipMethod::Deflated;
    if (entry.method == ZipMethod::Stored && entry.size != entry.compressedSize)
        return refused(entry.name, "has two different sizes");
    if (entry.name.back() == '/' && entry.size != 0)
        return refused(entry.name, "is a folder with contents");
    return Status::success();
}

/// Parses one entry of the directory and removes it from `directory`.
Result<CentralEntry> takeCentralEntry(Bytes& directory) {
    if (directory.size() < zip::kCentralSize ||
        littleAt<std::uint32_t>(directory, 0) != zip::kCentralSignature)
        return damagedDirectory();
    const std::size_t nameLength = littleAt<std::uint16_t>(directory, 28);
    const std::size_t extraLength = littleAt<std::uint16_t>(directory, 30);
    const std::size_t length =
        zip::kCentralSize + nameLength + extraLength + littleAt<std::uint16_t>(directory, 32);
    if (length > directory.size()) return damagedDirectory();

    CentralEntry central;
    central.flags = littleAt<std::uint16_t>(directory, 8);
    central.method = littleAt<std::uint16_t>(directory, 10);
    central.entry.crc = littleAt<std::uint32_t>(directory, 16);
    central.entry.compressedSize = littleAt<std::uint32_t>(directory, 20);
    central.entry.size = littleAt<std::uint32_t>(directory, 24);
    const auto disk = littleAt<std::uint16_t>(directory, 34);
    central.localOffset = littleAt<std::uint32_t>(directory, 42);
    const Bytes name = directory.subspan(zip::kCentralSize, nameLength);
    central.entry.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    const Bytes extra = directory.subspan(zip::kCentralSize + nameLength, extraLength);
    directory = directory.subspan(length);

    if (auto checked = checkName(central.entry.name); !checked) return std::move(checked).error();
    if (disk != 0 && disk != zip::kSaturated16) return damagedDirectory();
    if (auto resolved = resolveZip64(
            extra, central.entry.name,
            {&central.entry.size, &central.entry.compressedSize, &central.localOffset});
        !resolved)
        return std::move(resolved).error();
    if (auto checked = checkEntry(central); !checked) return std::move(checked).error();
    return central;
}

/// The data descriptor behind a member: with or without signature, with 32 or 64-bit sizes.
/// Its length, or an error if no form agrees with the directory.
Result<std::uint64_t> checkDescriptor(const RandomAccessFile& file, const ZipEntry& entry,
                                      std::uint64_t limit) {
    const std::uint64_t offset = entry.dataOffset + entry.compressedSize;
    std::array<std::byte, 24> buffer{};
    const std::size_t available = std::min<std::uint64_t>(buffer.size(), limit - offset);
    if (auto read = file.read(offset, std::span(buffer).first(available)); !read)
        return std::move(read).error();
    for (const std::size_t start : {4U, 0U}) {
        if (start == 4 && littleAt<std::uint32_t>(buffer, 0) != zip::kDescriptorSignature) continue;
        if (littleAt<std::uint32_t>(buffer, start) != entry.crc) continue;
        if (start + 20 <= available &&
            littleAt<std::uint64_t>(buffer, start + 4) == entry.compressedSize &&
            littleAt<std::uint64_t>(buffer, start + 12) == entry.size)
            return start + 20;
        if (start + 12 <= available &&
            littleAt<std::uint32_t>(buffer, start + 4) == entry.compressedSize &&
            littleAt<std::uint32_t>(buffer, start + 8) == entry.size)
            return start + 12;
    }
    return refused(entry.name, "contradicts the directory");
}

/// Compares the local header with the directory and finds where the data begins. `limit` is where
/// the central directory begins.
Result<Extent> readLocalHeader(const RandomAccessFile& file, CentralEntry& central,
                               std::uint64_t limit) {
    ZipEntry& entry = central.entry;
    const std::uint64_t headLength = zip::kLocalSize + entry.name.size();
    if (central.localOffset > limit || headLength > limit - central.localOffset)
        return refused(entry.name, "lies outside the archive");
    std::vector<std::byte> head(headLength);
    if (auto read = file.read(central.localOffset, head); !read) return std::move(read).error();
    const auto flags = littleAt<std::uint16_t>(head, 6);
    if (littleAt<std::uint32_t>(head, 0) != zip::kLocalSignature || flags != central.flags ||
        littleAt<std::uint16_t>(head, 8) != central.method ||
        littleAt<std::uint16_t>(head, 26) != entry.name.size() ||
        std::memcmp(head.data() + zip::kLocalSize, entry.name.data(), entry.name.size()) != 0)
        return refused(entry.name, "contradicts the directory");

    const std::uint64_t extraLength = littleAt<std::uint16_t>(head, 28);
    const std::uint64_t extraOffset = central.localOffset + headLength;
    if (extraLength > limit - extraOffset ||
        entry.compressedSize > limit - extraOffset - extraLength)
        return refused(entry.name, "lies outside the archive");
    entry.dataOffset = extraOffset + extraLength;
    const std::uint64_t dataEnd = entry.dataOffset + entry.compressedSize;
    if (flags & zip::kFlagDescriptor) {
        auto length = checkDescriptor(file, entry, limit);
        if (!length) return std::move(length).error();
        return Extent{central.localOffset, dataEnd + *length};
    }
    std::vector<std::byte> extra(extraLength);
    if (auto read = file.read(extraOffset, extra); !read) return std::move(read).error();
    std::uint64_t compressedSize = littleAt<std::uint32_t>(head, 18);
    std::uint64_t size = littleAt<std::uint32_t>(head, 22);
    if (auto resolved = resolveZip64(extra, entry.name, {&size, &compressedSize}); !resolved)
        return std::move(resolved).error();
    if (littleAt<std::uint32_t>(head, 14) != entry.crc || size != entry.size ||
        compressedSize != entry.compressedSize)
        return refused(entry.name, "contradicts the directory");
    return Extent{central.localOffset, dataEnd};
}

/// Refuses sizes that no deflate stream of that length has, and archives that are bombs.
Status checkSizes(const std::vector<ZipEntry>& entries, std::uint64_t fileSize,
                  const ZipLimits& limits) {
    std::uint64_t budget = limits.allowance;
    std::uint64_t scaled = 0;
    if (__builtin_mul_overflow(limits.maxRatio, fileSize, &scaled) ||
        __builtin_add_overflow(budget, scaled, &budget))
        budget = std::numeric_limits<std::uint64_t>::max();
    for (const ZipEntry& entry : entries) {
        if (entry.method == ZipMethod::Deflated &&
            entry.size / kMaxDeflateRatio > entry.compressedSize)
            return refused(entry.name, "declares more bytes than it can hold");
        if (entry.size > budget)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("It would unpack to more than {} times its size, which only "
                                     "archives made to do harm need; if it is yours, save it "
                                     "without compression.",
                                     limits.maxRatio)};
        budget -= entry.size;
    }
    return Status::success();
}

Status checkOverlaps(std::vector<Extent> extents, const std::vector<ZipEntry>& entries) {
    std::sort(extents.begin(), extents.end(),
              [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    for (std::size_t i = 1; i < extents.size(); ++i)
        if (extents[i].begin < extents[i - 1].end)
            return refused(entries[extents[i].entry].name, "overlaps another one");
    return Status::success();
}

Result<std::vector<std::byte>>
readDirectoryBytes(const RandomAccessFile& file, const ZipEndRecord& end, const ZipLimits& limits) {
    if (end.entries > limits.maxEntries)
        return Error{
            ErrorCode::LimitExceeded,
            fmt::format("It has {} members; at most {} are read.", end.entries, limits.maxEntries)};
    if (end.directorySize / zip::kCentralSize < end.entries) return damagedDirectory();
    if (end.directorySize > end.entries * kMaxDirectoryBytesPerEntry) return damagedDirectory();
    std::vector<std::byte> directory(end.directorySize);
    if (auto read = file.read(end.directoryOffset, directory); !read)
        return std::move(read).error();
    return directory;
}

} // namespace

Result<std::vector<ZipEntry>> readZipDirectory(const RandomAccessFile& file,
                                               const ZipLimits& limits) {
    auto end = readZipEndRecord(file);
    if (!end) return std::move(end).error();
    auto directory = readDirectoryBytes(file, *end, limits);
    if (!directory) return std::move(directory).error();

    Bytes rest = *directory;
    std::vector<ZipEntry> entries;
    std::vector<Extent> extents;
    std::unordered_set<std::string> names;
    for (std::uint64_t i = 0; i < end->entries; ++i) {
        auto central = takeCentralEntry(rest);
        if (!central) return std::move(central).error();
        if (!names.insert(central->entry.name).second)
            return refused(central->entry.name, "occurs twice");
        auto extent = readLocalHeader(file, *central, end->directoryOffset);
        if (!extent) return std::move(extent).error();
        extent->entry = entries.size();
        extents.push_back(*extent);
        entries.push_back(std::move(central->entry));
    }
    if (!rest.empty()) return damagedDirectory();
    if (auto checked = checkSizes(entries, file.size(), limits); !checked)
        return std::move(checked).error();
    if (auto checked = checkOverlaps(std::move(extents), entries); !checked)
        return std::move(checked).error();
    return entries;
}

} // namespace gesture::io
