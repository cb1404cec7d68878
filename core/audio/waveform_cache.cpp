// SPDX-License-Identifier: Apache-2.0
#include "core/audio/waveform_cache.h"

#include "core/base/atomic_file.h"
#include "core/base/fast_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <type_traits>

namespace gesture::audio {

namespace fs = std::filesystem;

namespace {

constexpr std::array<char, 8> kMagic{'G', 'S', 'W', 'A', 'V', 'E', '0', '1'};
constexpr const char* kExtension = ".wave";

/// What a file begins with; the columns follow. Little-endian, as all machines of this program.
struct Header {
    std::array<char, 8> magic{};
    std::uint64_t hash = 0; ///< Of all bytes after it.
    std::array<char, 40> key{};
    std::int64_t sampleRate = 0;
    std::int64_t sampleCount = 0;
    std::int64_t samplesPerColumn = 0;
    std::uint64_t columns = 0;
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) == 88);
static_assert(std::is_trivially_copyable_v<WaveformSpan> && sizeof(WaveformSpan) == 12);

template <typename T>
std::span<const std::byte> bytesOf(const T& value) {
    return std::as_bytes(std::span(&value, 1));
}

std::uint64_t hashOf(const Header& header, std::span<const WaveformSpan> columns) {
    FastHash hash;
    hash.update(bytesOf(header).subspan(sizeof header.magic + sizeof header.hash));
    hash.update(std::as_bytes(columns));
    return hash.finish();
}

std::array<char, 40> keyField(const std::string& key) {
    std::array<char, 40> field{};
    std::copy_n(key.begin(), std::min(key.size(), field.size()), field.begin());
    return field;
}

} // namespace

WaveformCache::WaveformCache(fs::path folder)
    : folder_(std::move(folder)) {}

Result<std::string> WaveformCache::keyOf(const fs::path& sound, JobControl& control) {
    const auto hash = fastHashOfFile(sound, control);
    if (!hash) return Error(hash.error());
    std::error_code failure;
    const auto size = fs::file_size(sound, failure);
    if (failure)
        return Error{ErrorCode::Io,
                     fmt::format("Cannot read '{}': {}.", sound.string(), failure.message())};
    return fmt::format("{:016x}-{:x}", *hash, size);
}

fs::path WaveformCache::fileOf(const std::string& key) const {
    return folder_ / (key + kExtension);
}

std::optional<WaveformPyramid> WaveformCache::find(const std::string& key) const {
    const fs::path path = fileOf(key);
    std::error_code ignored;
    const auto size = fs::file_size(path, ignored);
    std::ifstream file(path, std::ios::binary);
    Header header;
    if (!file.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
    if (header.magic != kMagic || header.key != keyField(key) ||
        header.columns > WaveformPyramid::kMaxColumns ||
        size != sizeof header + header.columns * sizeof(WaveformSpan) || header.sampleRate < 1 ||
        header.sampleRate > kMaxSampleRate)
        return std::nullopt;
    WaveformPyramid::Data data{static_cast<int>(header.sampleRate), header.sampleCount,
                               header.samplesPerColumn, std::vector<WaveformSpan>(header.columns)};
    const auto bytes = static_cast<std::streamsize>(header.columns * sizeof(WaveformSpan));
    if (!file.read(reinterpret_cast<char*>(data.columns.data()), bytes)) return std::nullopt;
    if (hashOf(header, data.columns) != header.hash) return std::nullopt;
    auto pyramid = WaveformPyramid::create(std::move(data));
    if (!pyramid) return std::nullopt;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored); // used just now
    return std::move(pyramid).value();
}

void WaveformCache::store(const std::string& key, const WaveformPyramid& pyramid) const {
    if (pyramid.sampleCount() < kLeastSamples) return;
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    Header header{kMagic,
                  0,
                  keyField(key),
                  pyramid.sampleRate(),
                  pyramid.sampleCount(),
                  pyramid.samplesPerColumn(),
                  pyramid.columns().size()};
    header.hash = hashOf(header, pyramid.columns());
    auto file = AtomicFile::create(fileOf(key));
    if (!file || !file->write(bytesOf(header)).ok() ||
        !file->write(std::as_bytes(pyramid.columns())).ok() || !file->commit().ok())
        return;
    removeOldest();
}

void WaveformCache::removeOldest() const {
    struct Entry {
        fs::path path;
        fs::file_time_type used;
        std::uintmax_t bytes = 0;
    };
    std::error_code ignored;
    std::vector<Entry> entries;
    std::uintmax_t total = 0;
    for (fs::directory_iterator it(folder_, ignored), end; it != end; it.increment(ignored)) {
        if (it->path().extension() != kExtension) continue;
        std::error_code gone;
        const auto bytes = it->file_size(gone);
        const auto used = it->last_write_time(gone);
        if (gone) continue;
        entries.push_back({it->path(), used, bytes});
        total += bytes;
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.used < b.used; });
    for (const Entry& entry : entries) {
        if (total <= kMaxBytes) return;
        fs::remove(entry.path, ignored);
        total -= entry.bytes;
    }
}

} // namespace gesture::audio
