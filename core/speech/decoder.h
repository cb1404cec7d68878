// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/speech/cepstra.h"
#include "core/speech/speech_model_files.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gesture::speech {

/// A word that the decoder heard in frames [begin, end).
struct DecodedWord {
    std::string word;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float posterior = 0; ///< 0..1
};

/// PocketSphinx with the language model. Holds some 100 MB. One thread.
class Decoder {
public:
    /// InvalidInput when the language model is damaged.
    [[nodiscard]] static Result<Decoder> create(const SpeechModelFiles& files);
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;
    ~Decoder();

    /// The likeliest words of frames [begin, end); none when nothing was understood. Reports
    /// the frames done to `control`. Cancelled.
    [[nodiscard]] Result<std::vector<DecodedWord>>
    decode(const Cepstra& cepstra, std::int64_t begin, std::int64_t end, JobControl& control);

private:
    struct Impl;
    explicit Decoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace gesture::speech
