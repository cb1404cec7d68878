// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_reader.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <new>
#include <string>
#include <utility>
#include <zlib.h>

namespace gesture::io {

namespace {

/// Packed bytes that are read from the file at once.
constexpr std::size_t kBufferBytes = 32 * 1024;

std::string quoted(const std::filesystem::path& path) { return "'" + path.string() + "'"; }

} // namespace

struct ZipStream::Impl {
    Impl(std::shared_ptr<const RandomAccessFile> archive, ZipEntry member)
        : file(std::move(archive))
        , entry(std::move(member)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (inflating) ::inflateEnd(&zlib);
    }

    Error damaged(std::string_view what) const {
        return {
            ErrorCode::InvalidInput,
            fmt::format("Its member '{}' is damaged ({}). Copy the file again.", entry.name, what)};
    }

    std::uint64_t packedLeft() const { return entry.compressedSize - packedRead; }

    Status begin();
    Status refill();
    Result<std::size_t> inflateSome(std::span<std::byte> out);
    Status copy(std::span<std::byte> out);
    Status unpack(std::span<std::byte> out);
    Status checkEnd();

    std::shared_ptr<const RandomAccessFile> file;
    ZipEntry entry;
    std::uint64_t packedRead = 0; ///< Bytes of the archive that have been read.
    std::uint64_t produced = 0;   ///< Bytes that the caller has got.
    std::uint32_t crc = 0;
    bool inflating = false;
    bool ended = false; ///< The deflate stream said that it is over.
    z_stream zlib{};
    std::vector<std::byte> buffer;
};

Status ZipStream::Impl::begin() {
    if (entry.method == ZipMethod::Deflated) {
        buffer.resize(std::min<std::uint64_t>(kBufferBytes, entry.compressedSize));
        if (::inflateInit2(&zlib, -MAX_WBITS) != Z_OK)
            return Error{ErrorCode::OutOfMemory, "There is not enough memory to unpack it."};
        inflating = true;
    }
    return entry.size == 0 ? checkEnd() : Status::success();
}

Status ZipStream::Impl::refill() {
    const std::size_t count = std::min<std::uint64_t>(buffer.size(), packedLeft());
    if (zlib.avail_in > 0 || count == 0) return Status::success();
    if (auto got = file->read(entry.dataOffset + packedRead, std::span(buffer).first(count)); !got)
        return got;
    packedRead += count;
    zlib.next_in = reinterpret_cast<Bytef*>(buffer.data());
    zlib.avail_in = static_cast<uInt>(count);
    return Status::success();
}

/// One turn of inflate into `out`: how many bytes it made, 0 only at the end or between buffers.
Result<std::size_t> ZipStream::Impl::inflateSome(std::span<std::byte> out) {
    if (auto filled = refill(); !filled) return std::move(filled).error();
    const auto wanted =
        static_cast<uInt>(std::min<std::size_t>(out.size(), std::numeric_limits<uInt>::max()));
    zlib.next_out = reinterpret_cast<Bytef*>(out.data());
    zlib.avail_out = wanted;
    const int code = ::inflate(&zlib, Z_NO_FLUSH);
    if (code == Z_MEM_ERROR)
        return Error{ErrorCode::OutOfMemory, "There is not enough memory to unpack it."};
    if (code == Z_BUF_ERROR && packedLeft() == 0) return damaged("its data ends too early");
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
        return damaged("its data cannot be unpacked");
    ended = code == Z_STREAM_END;
    return wanted - zlib.avail_out;
}

Status ZipStream::Impl::copy(std::span<std::byte> out) {
    if (auto got = file->read(entry.dataOffset + packedRead, out); !got) return got;
    packedRead += out.size();
    return Status::success();
}

Status ZipStream::Impl::unpack(std::span<std::byte> out) {
    while (!out.empty()) {
        if (ended) return damaged("it holds less than its directory says");
        auto made = inflateSome(out);
        if (!made) return std::move(made).error();
        out = out.subspan(*made);
    }
    return Status::success();
}

/// After the last byte: the packed data must end here too, and the checksum must be right.
Status ZipStream::Impl::checkEnd() {
    while (inflating && !ended) {
        std::byte more{};
        auto made = inflateSome(std::span(&more, 1));
        if (!made) return std::move(made).error();
        if (*made > 0) return damaged("it holds more than its directory says");
    }
    if (zlib.avail_in != 0 || packedLeft() != 0)
        return damaged("it holds more than its directory says");
    if (crc != entry.crc) return damaged("its checksum is wrong");
    return Status::success();
}

ZipStream::ZipStream(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
ZipStream::ZipStream(ZipStream&&) noexcept = default;
ZipStream& ZipStream::operator=(ZipStream&&) noexcept = default;
ZipStream::~ZipStream() = default;

std::uint64_t ZipStream::remaining() const { return impl_->entry.size - impl_->produced; }

Status ZipStream::read(std::span<std::byte> out) {
    if (out.empty()) return Status::success();
    if (out.size() > remaining()) return impl_->damaged("it is too short");
    const bool stored = impl_->entry.method == ZipMethod::Stored;
    if (auto got = stored ? impl_->copy(out) : impl_->unpack(out); !got) return got;
    impl_->produced += out.size();
    impl_->crc = static_cast<std::uint32_t>(
        ::crc32_z(impl_->crc, reinterpret_cast<const Bytef*>(out.data()), out.size()));
    return remaining() == 0 ? impl_->checkEnd() : Status::success();
}

ZipReader::ZipReader(std::shared_ptr<const RandomAccessFile> file, std::vector<ZipEntry> entries)
    : file_(std::move(file))
    , entries_(std::move(entries)) {}

Result<ZipReader> ZipReader::open(const std::filesystem::path& path, const ZipLimits& limits) {
    auto file = RandomAccessFile::open(path);
    if (!file) return std::move(file).error().withContext("Cannot open " + quoted(path));
    auto reader = open(std::make_shared<const RandomAccessFile>(std::move(*file)), limits);
    if (!reader) return std::move(reader).error().withContext("Cannot read " + quoted(path));
    return reader;
}

Result<ZipReader> ZipReader::open(std::shared_ptr<const RandomAccessFile> file,
                                  const ZipLimits& limits) {
    auto entries = readZipDirectory(*file, limits);
    if (!entries) return std::move(entries).error();
    return ZipReader(std::move(file), std::move(*entries));
}

const ZipEntry* ZipReader::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const ZipEntry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

Result<ZipStream> ZipReader::stream(const ZipEntry& entry) const {
    auto impl = std::make_unique<ZipStream::Impl>(file_, entry);
    if (auto begun = impl->begin(); !begun) return std::move(begun).error();
    return ZipStream(std::move(impl));
}

Result<std::vector<std::byte>> ZipReader::read(const ZipEntry& entry,
                                               std::uint64_t maxBytes) const {
    if (entry.size > maxBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("Its member '{}' has {} bytes; at most {} are read.", entry.name,
                                 entry.size, maxBytes)};
    auto stream = this->stream(entry);
    if (!stream) return std::move(stream).error();
    try {
        std::vector<std::byte> bytes(entry.size);
        if (auto got = stream->read(bytes); !got) return std::move(got).error();
        return bytes;
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory for its member '{}'.", entry.name)};
    }
}

} // namespace gesture::io
