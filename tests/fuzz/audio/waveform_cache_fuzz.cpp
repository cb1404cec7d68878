// SPDX-License-Identifier: Apache-2.0
#include "core/audio/waveform_cache.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace gesture;

namespace {

/// A folder in memory, one a process.
std::filesystem::path folder() {
    static const std::filesystem::path path = "/dev/shm/gesture-fuzz-" + std::to_string(::getpid());
    static const bool made = [] {
        std::filesystem::create_directories(path);
        std::atexit([] {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        });
        return true;
    }();
    return made ? path : std::filesystem::path();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::ofstream(folder() / "key.wave", std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const auto found = audio::WaveformCache(folder()).find("key");
    if (found) static_cast<void>(found->span({{0}, {found->sampleCount()}}));
    return 0;
}
