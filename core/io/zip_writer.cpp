// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_writer.h"

#include "core/base/assert.h"
#include "core/io/byte_order.h"
#include "core/io/zip_format.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <zlib.h>

namespace gesture::io {

namespace {

using Bytes = std::vector<std::byte>;
using Parts = std::span<const std::span<const std::byte>>;

constexpr std::uint16_t kVersionPlain = 20;
constexpr std::uint16_t kVersionZip64 = 45;
constexpr std::uint16_t kMadeByUnix = 3 << 8;
/// rw------- in the upper half, as Python's zipfile writes.
constexpr std::uint32_t kAttributes = 0600U << 16;
constexpr std::uint16_t kDate1980 = (1 << 5) | 1;
constexpr std::size_t kChunkBytes = 64 * 1024;

void appendText(Bytes& bytes, std::string_view text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    bytes.insert(bytes.end(), first, first + text.size());
}

std::uint16_t flagsFor(std::string_view name) {
    const bool ascii = std::all_of(name.begin(), name.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii ? 0 : zip::kFlagUtf8;
}

std::uint16_t methodCode(ZipMethod method) {
    return method == ZipMethod::Stored ? zip::kStored : zip::kDeflated;
}

/// Version, flags, method, time, date and checksum: the same in local and central headers.
void appendCommon(Bytes& bytes, const ZipEntry& entry, bool zip64) {
    appendLittle<std::uint16_t>(bytes, zip64 ? kVersionZip64 : kVersionPlain);
    appendLittle<std::uint16_t>(bytes, flagsFor(entry.name));
    appendLittle<std::uint16_t>(bytes, methodCode(entry.method));
    appendLittle<std::uint16_t>(bytes, 0);
    appendLittle<std::uint16_t>(bytes, kDate1980);
    appendLittle<std::uint32_t>(bytes, entry.crc);
}

std::uint32_t saturated(std::uint64_t value, bool zip64) {
    return zip64 ? zip::kSaturated32 : static_cast<std::uint32_t>(value);
}

/// Runs deflate over one part until all of it is taken, or until the end if it is the last one.
void deflatePart(z_stream& zlib, std::span<const std::byte> part, bool last, Bytes& packed) {
    Bytes chunk(kChunkBytes);
    while (true) {
        const std::size_t count =
            std::min<std::size_t>(part.size(), std::numeric_limits<uInt>::max());
        const bool finish = last && count == part.size();
        // zlib reads through a pointer that its interface does not make const.
        zlib.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(part.data()));
        zlib.avail_in = static_cast<uInt>(count);
        int code = Z_OK;
        do {
            zlib.next_out = reinterpret_cast<Bytef*>(chunk.data());
            zlib.avail_out = static_cast<uInt>(chunk.size());
            code = ::deflate(&zlib, finish ? Z_FINISH : Z_NO_FLUSH);
            GESTURE_ASSERT(code != Z_STREAM_ERROR);
            packed.insert(packed.end(), chunk.begin(),
                          chunk.end() - static_cast<std::ptrdiff_t>(zlib.avail_out));
        } while (zlib.avail_out == 0 || (finish && code != Z_STREAM_END));
        part = part.subspan(count);
        if (part.empty()) return;
    }
}

Result<Bytes> deflateAll(Parts parts) {
    z_stream zlib{};
    if (::deflateInit2(&zlib, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return Error{ErrorCode::OutOfMemory, "There is not enough memory to compress."};
    Bytes packed;
    for (const auto& part : parts)
        deflatePart(zlib, part, false, packed);
    deflatePart(zlib, {}, true, packed);
    ::deflateEnd(&zlib);
    return packed;
}

} // namespace

Result<ZipWriter> ZipWriter::create(const std::filesystem::path& target, std::uint64_t zip64From) {
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    return ZipWriter(std::move(*file), std::min(zip64From, kZip64From));
}

Status ZipWriter::append(std::span<const std::byte> bytes) {
    offset_ += bytes.size();
    return file_.write(bytes);
}

Bytes ZipWriter::localHeader(const ZipEntry& entry) const {
    const bool zip64 = std::max(entry.size, entry.compressedSize) >= zip64From_;
    Bytes bytes;
    appendLittle<std::uint32_t>(bytes, zip::kLocalSignature);
    appendCommon(bytes, entry, zip64);
    appendLittle<std::uint32_t>(bytes, saturated(entry.compressedSize, zip64));
    appendLittle<std::uint32_t>(bytes, saturated(entry.size, zip64));
    appendLittle(bytes, static_cast<std::uint16_t>(entry.name.size()));
    appendLittle<std::uint16_t>(bytes, zip64 ? 20 : 0);
    appendText(bytes, entry.name);
    if (zip64) {
        appendLittle<std::uint16_t>(bytes, zip::kExtraZip64);
        appendLittle<std::uint16_t>(bytes, 16);
        appendLittle<std::uint64_t>(bytes, entry.size);
        appendLittle<std::uint64_t>(bytes, entry.compressedSize);
    }
    return bytes;
}

Bytes ZipWriter::centralHeader(const Member& member) const {
    const ZipEntry& entry = member.entry;
    const bool zip64 =
        std::max({entry.size, entry.compressedSize, member.localOffset}) >= zip64From_;
    Bytes bytes;
    appendLittle<std::uint32_t>(bytes, zip::kCentralSignature);
    appendLittle<std::uint16_t>(bytes, kMadeByUnix | (zip64 ? kVersionZip64 : kVersionPlain));
    appendCommon(bytes, entry, zip64);
    appendLittle<std::uint32_t>(bytes, saturated(entry.compressedSize, zip64));
    appendLittle<std::uint32_t>(bytes, saturated(entry.size, zip64));
    appendLittle(bytes, static_cast<std::uint16_t>(entry.name.size()));
    appendLittle<std::uint16_t>(bytes, zip64 ? 28 : 0);
    appendLittle<std::uint16_t>(bytes, 0); // comment
    appendLittle<std::uint16_t>(bytes, 0); // disk
    appendLittle<std::uint16_t>(bytes, 0); // internal attributes
    appendLittle<std::uint32_t>(bytes, kAttributes);
    appendLittle<std::uint32_t>(bytes, saturated(member.localOffset, zip64));
    appendText(bytes, entry.name);
    if (zip64) {
        appendLittle<std::uint16_t>(bytes, zip::kExtraZip64);
        appendLittle<std::uint16_t>(bytes, 24);
        appendLittle<std::uint64_t>(bytes, entry.size);
        appendLittle<std::uint64_t>(bytes, entry.compressedSize);
        appendLittle<std::uint64_t>(bytes, member.localOffset);
    }
    return bytes;
}

Bytes ZipWriter::endRecords(std::uint64_t directoryOffset) const {
    const std::uint64_t directorySize = offset_ - directoryOffset;
    const bool zip64 = members_.size() >= zip::kSaturated16 ||
                       std::max(directoryOffset, directorySize) >= zip64From_;
    const auto count = zip64 ? zip::kSaturated16 : static_cast<std::uint16_t>(members_.size());
    Bytes bytes;
    if (zip64) {
        appendLittle<std::uint32_t>(bytes, zip::kEnd64Signature);
        appendLittle<std::uint64_t>(bytes, zip::kEnd64Size - 12);
        appendLittle<std::uint16_t>(bytes, kMadeByUnix | kVersionZip64);
        appendLittle<std::uint16_t>(bytes, kVersionZip64);
        appendLittle<std::uint32_t>(bytes, 0); // disk
        appendLittle<std::uint32_t>(bytes, 0); // disk of the directory
        appendLittle<std::uint64_t>(bytes, members_.size());
        appendLittle<std::uint64_t>(bytes, members_.size());
        appendLittle<std::uint64_t>(bytes, directorySize);
        appendLittle<std::uint64_t>(bytes, directoryOffset);
        appendLittle<std::uint32_t>(bytes, zip::kLocator64Signature);
        appendLittle<std::uint32_t>(bytes, 0); // disk
        appendLittle<std::uint64_t>(bytes, offset_);
        appendLittle<std::uint32_t>(bytes, 1); // disks
    }
    appendLittle<std::uint32_t>(bytes, zip::kEndSignature);
    appendLittle<std::uint16_t>(bytes, 0); // disk
    appendLittle<std::uint16_t>(bytes, 0); // disk of the directory
    appendLittle<std::uint16_t>(bytes, count);
    appendLittle<std::uint16_t>(bytes, count);
    appendLittle<std::uint32_t>(bytes, saturated(directorySize, zip64));
    appendLittle<std::uint32_t>(bytes, saturated(directoryOffset, zip64));
    appendLittle<std::uint16_t>(bytes, 0); // comment
    return bytes;
}

Status ZipWriter::add(std::string_view name, Parts parts, ZipMethod method) {
    GESTURE_ASSERT(!name.empty() && name.size() < zip::kSaturated16);
    GESTURE_ASSERT(std::none_of(members_.begin(), members_.end(),
                                [&](const Member& member) { return member.entry.name == name; }));
    Member member;
    member.localOffset = offset_;
    member.entry.name = name;
    member.entry.method = method;
    uLong crc = ::crc32(0, nullptr, 0);
    for (const auto& part : parts) {
        if (part.empty()) continue; // zlib takes a null pointer for a wish to start anew
        crc = ::crc32_z(crc, reinterpret_cast<const Bytef*>(part.data()), part.size());
        member.entry.size += part.size();
    }
    member.entry.crc = static_cast<std::uint32_t>(crc);
    member.entry.compressedSize = member.entry.size;

    Bytes packed;
    if (method == ZipMethod::Deflated) {
        auto deflated = deflateAll(parts);
        if (!deflated) return std::move(deflated).error();
        packed = std::move(*deflated);
        member.entry.compressedSize = packed.size();
    }
    if (auto written = append(localHeader(member.entry)); !written) return written;
    member.entry.dataOffset = offset_;
    members_.push_back(member);
    if (method == ZipMethod::Deflated) return append(packed);
    for (const auto& part : parts)
        if (auto written = append(part); !written) return written;
    return Status::success();
}

Status ZipWriter::commit() {
    const std::uint64_t directoryOffset = offset_;
    for (const Member& member : members_)
        if (auto written = append(centralHeader(member)); !written) return written;
    if (auto written = append(endRecords(directoryOffset)); !written) return written;
    return file_.commit();
}

} // namespace gesture::io
