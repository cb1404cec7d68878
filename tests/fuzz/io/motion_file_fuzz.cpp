// SPDX-License-Identifier: Apache-2.0
#include "core/io/motion_file.h"
#include "tests/fuzz/io/fuzzed_archive.h"
#include "tests/fuzz/memory_file.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

using gesture::fuzz::rampArray;
using gesture::io::NpyArray;

const gesture::fuzz::Arrays& goodMotion() {
    static const gesture::fuzz::Arrays arrays{
        {"poses", rampArray({3, 165})},
        {"trans", rampArray({3, 3})},
        {"expressions", rampArray({3, 100})},
        {"betas", rampArray({300})},
        {"gender", NpyArray::fromString("neutral")},
        {"model", NpyArray::fromString("smplx2020")},
        {"mocap_frame_rate", NpyArray::scalar<std::int32_t>(30)},
        {"fps", NpyArray::scalar(29.97)},
        {"expression_space", NpyArray::fromString("arkit52")}};
    return arrays;
}

} // namespace

/// An input that changes nothing must be accepted, or the target would only test refusals.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const gesture::fuzz::MemoryFile file(gesture::fuzz::fuzzedArchive(nullptr, 0, goodMotion()));
    const auto read = gesture::io::readMotionFile(file.path());
    if (read.ok()) return 0;
    std::fprintf(stderr, "%s\n", read.error().message().c_str());
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const gesture::fuzz::MemoryFile file(gesture::fuzz::fuzzedArchive(data, size, goodMotion()));
    const auto clip = gesture::io::readMotionFile(file.path());
    if (!clip) return clip.error().message().empty() ? (std::abort(), 0) : 0;
    for (const float value : clip->poses())
        if (!std::isfinite(value)) std::abort();
    if (clip->frameCount() < 1 || clip->rate().perSecond() < 1.0) std::abort();
    return 0;
}
