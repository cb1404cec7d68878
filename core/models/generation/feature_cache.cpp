// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/feature_cache.h"

#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/io/weights/safetensors.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <system_error>
#include <vector>

namespace gesture::models {

namespace fs = std::filesystem;

namespace {

fs::path cacheFolder() { return userCacheDirectory() / "speech"; }
fs::path cacheFile(const std::string& key) { return cacheFolder() / (key + ".safetensors"); }

at::Tensor readStream(const io::SafetensorsReader& file, std::string_view name) {
    const io::TensorInfo* info = file.find(name);
    if (info == nullptr || info->type != io::TensorType::Float32 || info->shape.size() != 2)
        return {};
    at::Tensor values = at::empty(
        {static_cast<std::int64_t>(info->shape[0]), static_cast<std::int64_t>(info->shape[1])},
        at::kFloat);
    const std::span<std::byte> bytes{static_cast<std::byte*>(values.data_ptr()), values.nbytes()};
    return file.readInto(name, bytes).ok() ? values : at::Tensor();
}

io::TensorData streamData(const at::Tensor& stream) {
    const at::Tensor values = stream.to(at::kCPU, at::kFloat).contiguous();
    io::TensorData data;
    data.shape = {static_cast<std::uint64_t>(values.size(0)),
                  static_cast<std::uint64_t>(values.size(1))};
    data.bytes.resize(values.nbytes());
    std::memcpy(data.bytes.data(), values.data_ptr(), data.bytes.size());
    return data;
}

/// Removes the files that were not used for longest until the rest fits.
void shrinkCache() {
    struct Kept {
        fs::file_time_type used;
        std::uint64_t bytes;
        fs::path path;
    };
    std::vector<Kept> files;
    std::uint64_t total = 0;
    std::error_code code;
    // Other engines remove files meanwhile: no step may throw.
    for (fs::directory_iterator entry(cacheFolder(), code), end; !code && entry != end;
         entry.increment(code)) {
        std::error_code failed;
        const std::uint64_t bytes = entry->file_size(failed);
        const fs::file_time_type used = entry->last_write_time(failed);
        if (failed) continue;
        files.push_back({used, bytes, entry->path()});
        total += bytes;
    }
    std::sort(files.begin(), files.end(),
              [](const Kept& a, const Kept& b) { return a.used < b.used; });
    for (const Kept& file : files) {
        if (total <= kMaxFeatureCacheBytes) break;
        fs::remove(file.path, code);
        total -= file.bytes;
    }
}

} // namespace

std::optional<CachedStreams> readCachedStreams(const std::string& key) {
    const fs::path path = cacheFile(key);
    std::error_code code;
    if (!fs::exists(path, code)) return std::nullopt;
    const auto file = io::SafetensorsReader::open(path);
    if (!file) return std::nullopt;
    CachedStreams streams{readStream(*file, "high"), readStream(*file, "low")};
    if (!streams.high.defined()) return std::nullopt;
    fs::last_write_time(path, fs::file_time_type::clock::now(), code);
    return streams;
}

void keepStreams(const std::string& key, const CachedStreams& streams) {
    std::error_code code;
    fs::create_directories(cacheFolder(), code);
    std::map<std::string, io::TensorData> tensors{{"high", streamData(streams.high)}};
    if (streams.low.defined()) tensors.emplace("low", streamData(streams.low));
    const Status written = io::writeSafetensorsFile(cacheFile(key), tensors);
    if (!written) logWarning("Speech features are not kept: " + written.error().message());
    shrinkCache();
}

} // namespace gesture::models
