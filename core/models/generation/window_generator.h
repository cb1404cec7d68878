// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/results.h"
#include "core/io/bundle/bundle.h"
#include "core/models/generation/motion_codec.h"
#include "core/models/generation/speech_features.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gesture::models {

/// One window of motion as a generator is given it.
struct WindowInput {
    std::int64_t begin = 0; ///< First frame in the clip.
    at::Tensor motion;      ///< (frames, 337) float32 on the CPU; hidden rows do not count.
    at::Tensor mask;        ///< (frames, 337), 1 = hidden.
    /// (tokens, layers) a part: codes to be rated. Undefined: codes are to be chosen.
    inference::PerPart<at::Tensor> given{};
};

/// What is to be chosen, and how.
struct CodeChoice {
    inference::PerPart<inference::Sampling> sampling;
    std::uint64_t seed = 0;
    double semanticThreshold = 0.5;
    std::int64_t speaker = 0;
};

/// Codes of a window, on the CPU.
struct WindowCodes {
    inference::PerPart<at::Tensor> codes; ///< (tokens, layers), whole numbers.
    /// What is decoded, as MotionCodec::decode takes it: the codes, or what the logits expect.
    inference::PerPart<at::Tensor> motion;
    inference::PerPart<std::vector<float>> confidence; ///< (tokens)
    inference::PerPart<std::vector<float>> entropy;    ///< (tokens), bits
    std::vector<float> score;         ///< (tokens): SemTalk's semantic score; else empty.
    std::vector<std::uint8_t> chosen; ///< (tokens): 1 where the semantic motion was taken.
};

/// SemTalk, EchoMask or EMAGE behind one face: a window of speech and partly hidden motion to
/// codes. Immutable networks; one thread at a time.
class WindowGenerator {
public:
    [[nodiscard]] static Result<std::unique_ptr<const WindowGenerator>>
    load(const io::Bundle& bundle, Placement placement);

    WindowGenerator() = default;
    WindowGenerator(const WindowGenerator&) = delete;
    WindowGenerator& operator=(const WindowGenerator&) = delete;
    virtual ~WindowGenerator() = default;

    /// Frames of a window.
    [[nodiscard]] virtual std::int64_t window() const = 0;
    /// Rows of the speaker table.
    [[nodiscard]] virtual std::int64_t speakers() const = 0;

    /// What it hears of one recording. Lives as long as a request; both arguments outlive it.
    class Session {
    public:
        Session() = default;
        Session(const Session&) = delete;
        Session& operator=(const Session&) = delete;
        virtual ~Session() = default;

        [[nodiscard]] virtual WindowCodes generate(const WindowInput& window,
                                                   const CodeChoice& choice) = 0;
        /// Where speech and motion look at each other in finished motion (masks are 0), one result
        /// a window; empty where the architecture has no such maps.
        [[nodiscard]] virtual std::vector<inference::AttentionWindow>
        attention(std::span<const WindowInput> windows, std::int64_t speaker) = 0;
        /// (tokens) of the window that begins at a frame: SemTalk's semantic score, which follows
        /// from speech alone; else empty.
        [[nodiscard]] virtual std::vector<float> score(std::int64_t begin,
                                                       std::int64_t speaker) = 0;
    };
    [[nodiscard]] virtual std::unique_ptr<Session> hear(const SpeechFeatures& speech,
                                                        const SpeechReader& reader,
                                                        const MotionCodec& codec) const = 0;
};

} // namespace gesture::models
