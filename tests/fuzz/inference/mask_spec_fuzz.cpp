// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_spec.h"

#include <cstdlib>
#include <string_view>
#include <vector>

using namespace gesture;
using namespace gesture::inference;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr FrameRate kRate{30, 1};
    constexpr std::int64_t kFrames = 90;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto spec = parseMaskSpec(text, kRate);
    if (!spec) {
        if (spec.error().message().empty()) std::abort();
        return 0;
    }
    audio::Transcript transcript;
    transcript.words = {{"big", {0.5}, {1.0}, {}}};
    const std::vector<float> curve(kFrames, 0.5F);
    const auto mask = makeMask(*spec, kFrames, kRate, {&transcript, curve, curve, curve, 4, size});
    if (mask && mask->frameCount() != kFrames) std::abort();
    return 0;
}
