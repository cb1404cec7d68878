// SPDX-License-Identifier: Apache-2.0
#include "core/audio/resample.h"

#include "core/base/sha256.h"

#include <string_view>
#include <utility>

namespace gesture::audio {

namespace {
constexpr int kSpeechRate = 16000; ///< Hz
constexpr int kReferenceRate =
    22050; ///< Hz; what librosa.load resamples to when not told otherwise.
} // namespace

Result<SpeechSignals> readSpeech(const std::filesystem::path& path, SpeechPath how,
                                 JobControl& control) {
    const bool direct = how == SpeechPath::Correct;
    auto first = readMono(path, direct ? kSpeechRate : kReferenceRate, control);
    if (!first) return std::move(first).error();
    if (direct) return SpeechSignals{std::move(first).value(), std::nullopt};
    auto speech = resampled(*first, kSpeechRate);
    if (!speech) return std::move(speech).error();
    return SpeechSignals{std::move(speech).value(), std::move(first).value()};
}

std::string speechHash(const SpeechSignals& signals) {
    const std::vector<float>& samples = signals.encoderInput().samples;
    return sha256Of(std::string_view(reinterpret_cast<const char*>(samples.data()),
                                     samples.size() * sizeof(float)));
}

} // namespace gesture::audio
