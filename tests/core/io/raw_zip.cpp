// SPDX-License-Identifier: Apache-2.0
#include "tests/core/io/raw_zip.h"

#include "core/io/byte_order.h"

#include <zlib.h>

namespace gesture::test {

namespace {

using io::appendLittle;

void append(ByteVector& bytes, const ByteVector& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

void appendHead(ByteVector& bytes, const RawMember& member) {
    appendLittle<std::uint16_t>(bytes, 20);
    appendLittle<std::uint16_t>(bytes, member.flags);
    appendLittle<std::uint16_t>(bytes, member.method);
    appendLittle<std::uint32_t>(bytes, 0);
}

void appendLocal(ByteVector& bytes, const RawMember& member) {
    const std::string name = member.localName.value_or(member.name);
    const bool descriptor = (member.flags & 8) != 0;
    const auto packed = static_cast<std::uint32_t>(member.data.size());
    const auto size = static_cast<std::uint32_t>(member.size);
    appendLittle<std::uint32_t>(bytes, 0x04034b50);
    appendHead(bytes, member);
    appendLittle<std::uint32_t>(bytes, descriptor ? 0 : member.crc);
    appendLittle<std::uint32_t>(bytes, descriptor ? 0 : packed);
    appendLittle<std::uint32_t>(bytes, descriptor ? 0 : member.localSize.value_or(size));
    appendLittle(bytes, static_cast<std::uint16_t>(name.size()));
    appendLittle(bytes, static_cast<std::uint16_t>(member.extra.size()));
    append(bytes, bytesOf(name));
    append(bytes, member.extra);
    append(bytes, member.data);
    if (!descriptor) return;
    appendLittle<std::uint32_t>(bytes, 0x08074b50);
    appendLittle<std::uint32_t>(bytes, member.crc);
    appendLittle<std::uint32_t>(bytes, packed);
    appendLittle<std::uint32_t>(bytes, member.localSize.value_or(size));
}

void appendCentral(ByteVector& bytes, const RawMember& member, std::uint32_t offset) {
    appendLittle<std::uint32_t>(bytes, 0x02014b50);
    appendLittle<std::uint16_t>(bytes, 20);
    appendHead(bytes, member);
    appendLittle<std::uint32_t>(bytes, member.crc);
    appendLittle(bytes, static_cast<std::uint32_t>(member.data.size()));
    appendLittle(bytes, static_cast<std::uint32_t>(member.size));
    appendLittle(bytes, static_cast<std::uint16_t>(member.name.size()));
    appendLittle(bytes, static_cast<std::uint16_t>(member.extra.size()));
    append(bytes, ByteVector(10));
    appendLittle(bytes, member.localOffset.value_or(offset));
    append(bytes, bytesOf(member.name));
    append(bytes, member.extra);
}

} // namespace

ByteVector bytesOf(const std::string& text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

ByteVector deflated(const ByteVector& bytes) {
    z_stream zlib{};
    deflateInit2(&zlib, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    ByteVector packed(deflateBound(&zlib, bytes.size()));
    ByteVector input = bytes;
    zlib.next_in = reinterpret_cast<Bytef*>(input.data());
    zlib.avail_in = static_cast<uInt>(input.size());
    zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
    zlib.avail_out = static_cast<uInt>(packed.size());
    deflate(&zlib, Z_FINISH);
    packed.resize(zlib.total_out);
    deflateEnd(&zlib);
    return packed;
}

std::uint32_t checksum(const ByteVector& bytes) {
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

RawMember storedMember(const std::string& name, const std::string& text) {
    RawMember member;
    member.name = name;
    member.data = bytesOf(text);
    member.crc = checksum(member.data);
    member.size = text.size();
    return member;
}

RawMember deflatedMember(const std::string& name, const ByteVector& bytes) {
    RawMember member;
    member.name = name;
    member.data = deflated(bytes);
    member.method = 8;
    member.crc = checksum(bytes);
    member.size = bytes.size();
    return member;
}

ByteVector rawZip(const std::vector<RawMember>& members, const RawEnd& end) {
    ByteVector bytes;
    std::vector<std::uint32_t> offsets;
    for (const RawMember& member : members) {
        offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
        appendLocal(bytes, member);
    }
    const auto directory = static_cast<std::uint32_t>(bytes.size());
    for (std::size_t i = 0; i < members.size(); ++i)
        appendCentral(bytes, members[i], offsets[i]);
    const auto size = static_cast<std::uint32_t>(bytes.size()) - directory;
    const auto count = end.entries.value_or(static_cast<std::uint16_t>(members.size()));
    appendLittle<std::uint32_t>(bytes, 0x06054b50);
    appendLittle<std::uint16_t>(bytes, end.disk);
    appendLittle<std::uint16_t>(bytes, end.disk);
    appendLittle<std::uint16_t>(bytes, count);
    appendLittle<std::uint16_t>(bytes, count);
    appendLittle<std::uint32_t>(bytes, end.directorySize.value_or(size));
    appendLittle<std::uint32_t>(bytes, end.directoryOffset.value_or(directory));
    appendLittle(bytes, static_cast<std::uint16_t>(end.comment.size()));
    append(bytes, bytesOf(end.comment));
    return bytes;
}

} // namespace gesture::test
