// SPDX-License-Identifier: Apache-2.0
#include "core/audio/sample_source.h"
#include "tests/fuzz/memory_file.h"

#include <cstdlib>
#include <vector>

using namespace gesture;

namespace {

/// A file may claim any length; reading it to the end would only take time.
constexpr std::int64_t kMostSamples = 1 << 16;

} // namespace

/// What libsndfile opens is read and positioned; ffmpeg is a process of its own and not tried.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::MemoryFile file(std::as_bytes(std::span(data, size)));
    static_cast<void>(audio::foreignContainer(file.path()));
    auto source = audio::openWithSndfile(file.path());
    if (!source) return source.error().message().empty() ? (std::abort(), 0) : 0;
    const audio::AudioInfo& info = (*source)->info();
    if (info.channels < 1 || info.channels > audio::kMaxChannels || info.sampleRate < 1 ||
        info.sampleRate > audio::kMaxSampleRate || info.sampleCount < 0)
        std::abort();
    std::vector<float> block(1024 * static_cast<std::size_t>(info.channels));
    for (const std::int64_t start : {std::int64_t{0}, info.sampleCount / 2, std::int64_t{0}}) {
        if (!(*source)->seek(start).ok()) return 0;
        for (std::int64_t total = 0; total < kMostSamples;) {
            const auto count = (*source)->read(block);
            if (!count || *count == 0) break;
            if (*count > 1024) std::abort();
            total += *count;
        }
    }
    return 0;
}
