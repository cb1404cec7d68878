// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/weight_source.h"

#include <memory>
#include <string>
#include <vector>

namespace gesture::models {

/// What a bundle's generator hears of one recording, at 30 motion frames a second. Tensors are on
/// the device of the networks; those that the architecture does not use are undefined.
struct SpeechFeatures {
    std::int64_t frames = 0; ///< Of the motion that belongs to it.
    at::Tensor high;         ///< (frames, channels): the speech encoder's last stream.
    at::Tensor low;          ///< (frames, channels): its middle stream (EchoMask).
    at::Tensor posteriors;   ///< (frames, channels): see SpeechExtras (log-mel encoder).
    at::Tensor beat;         ///< (about `frames`, 3) (SemTalk).
    at::Tensor words;        ///< (frames), rows of the vocabulary (SemTalk).
    at::Tensor samples;      ///< (samples) at 16 kHz (EMAGE).
    std::vector<std::string> wordOfFrame; ///< Empty strings between words (SemTalk).
    std::string speechHash;               ///< SHA-256 of the samples.
};

/// Rows [begin, begin + count) of a stream; behind its end the last row is repeated.
[[nodiscard]] at::Tensor windowRows(const at::Tensor& stream, std::int64_t begin,
                                    std::int64_t count);

/// Reads speech as a bundle's networks hear it. What the speech encoder says of a recording is kept
/// on disk by its content, so that another take, also after a restart, does not wait for it.
/// Immutable networks; one thread at a time.
class SpeechReader {
public:
    [[nodiscard]] static Result<std::unique_ptr<const SpeechReader>> load(const io::Bundle& bundle,
                                                                          Placement placement);

    SpeechReader() = default;
    SpeechReader(const SpeechReader&) = delete;
    SpeechReader& operator=(const SpeechReader&) = delete;
    virtual ~SpeechReader() = default;

    /// Blocks; progress and stop. The errors of the sound's reader; InvalidInput when it is too
    /// short to hear anything (64 ms); Cancelled.
    [[nodiscard]] virtual Result<SpeechFeatures> read(const inference::SpeechSource& speech,
                                                      inference::WindowRules rules,
                                                      JobControl& control) const = 0;

    /// (1, width): the feature of a window's sentence: the words of its frames, each stretch of the
    /// same word once. Undefined without a sentence encoder.
    [[nodiscard]] virtual at::Tensor sentence(const SpeechFeatures& features, std::int64_t begin,
                                              std::int64_t count) const = 0;
};

} // namespace gesture::models
