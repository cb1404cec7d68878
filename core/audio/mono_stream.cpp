// SPDX-License-Identifier: Apache-2.0
#include "core/audio/mono_stream.h"

#include "core/base/assert.h"

#include <vector>

namespace gesture::audio {

namespace {
constexpr std::size_t kBlock = std::size_t{1} << 14; ///< Samples per channel.
} // namespace

void mixToMono(std::span<const float> interleaved, int channels, std::span<float> mono) {
    const auto step = static_cast<std::size_t>(channels);
    GESTURE_ASSERT(interleaved.size() == mono.size() * step);
    const float* in = interleaved.data();
    if (channels == 2) {
        for (std::size_t i = 0; i < mono.size(); ++i)
            mono[i] = (in[2 * i] + in[2 * i + 1]) * 0.5F;
        return;
    }
    for (std::size_t i = 0; i < mono.size(); ++i, in += step) {
        double sum = 0;
        for (std::size_t c = 0; c < step; ++c)
            sum += in[c];
        mono[i] = static_cast<float>(sum / channels);
    }
}

Status readMonoBlocks(AudioReader& reader, JobControl& control, const std::string& stage,
                      const MonoVisitor& visit) {
    const AudioInfo& info = reader.info();
    std::vector<float> block(kBlock * static_cast<std::size_t>(info.channels));
    std::vector<float> mono(info.channels > 1 ? kBlock : 0);
    control.beginStage(stage, info.lengthIsExact ? info.sampleCount : 0);
    std::int64_t done = 0;
    while (const std::int64_t count = reader.read(block)) {
        if (control.stopRequested()) return JobControl::cancelled(stage);
        const auto samples = static_cast<std::size_t>(count);
        std::span<const float> signal = std::span(block).first(samples);
        if (info.channels > 1) {
            const std::span<float> mixed = std::span(mono).first(samples);
            mixToMono(std::span(block).first(samples * static_cast<std::size_t>(info.channels)),
                      info.channels, mixed);
            signal = mixed;
        }
        if (auto taken = visit(signal); !taken) return taken;
        done += count;
        control.advanceTo(done);
    }
    return reader.status();
}

} // namespace gesture::audio
