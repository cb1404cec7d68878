// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"
#include "core/inference/generation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gesture::inference {

/// Frames of a motion that is being made. Later chunks replace what earlier ones said of the same
/// frames: the newest frames are provisional until the networks have seen what follows them.
struct MotionChunk {
    FrameIndex begin;
    FrameIndex finalEnd; ///< Frames before this one will not change any more.
    MotionFrames frames;

    bool operator==(const MotionChunk&) const = default;
};

/// Codes of one body part from a token on.
struct TokenChunk {
    motion::BodyPart part = motion::BodyPart::Upper;
    std::int64_t begin = 0; ///< Index of the first token.
    int framesPerToken = 4;
    int layers = 6;
    std::vector<std::uint16_t> codes; ///< (tokens, layers)
    /// (tokens): probability of the first layer's code. Empty, like `entropy`, where nobody asked
    /// the networks (the codes of an edited motion).
    std::vector<float> confidence;
    std::vector<float> entropy; ///< (tokens): of the first layer's codes, in bits.

    bool operator==(const TokenChunk&) const = default;
};

/// SemTalk's semantic score from a token on.
struct SemanticChunk {
    std::int64_t begin = 0;
    int framesPerToken = 4;
    std::vector<float> score;         ///< (tokens) 0..1
    std::vector<std::uint8_t> chosen; ///< (tokens) 1: the semantic motion was taken.

    bool operator==(const SemanticChunk&) const = default;
};

/// Where speech looks in the motion of one window.
struct AttentionWindow {
    FrameIndex begin; ///< Of the window.
    int frames = 64;
    std::vector<motion::BodyPart> parts;
    int layers = 0;
    int heads = 0;
    /// (parts, layers, heads, speech frames, motion frames); rows sum to 1. IEEE half precision.
    std::vector<std::uint16_t> maps;
    std::vector<float> importance; ///< (parts, frames), each sums to 1.
    std::vector<float> fused;      ///< (frames), the weighted mean over parts.

    bool operator==(const AttentionWindow&) const = default;
};

/// Channels of a row of motion features, and the frames that it stands for.
inline constexpr std::int64_t kFeatureChannels = 240;
inline constexpr std::int64_t kFramesPerFeature = 16;

/// Features of a whole motion.
struct MotionFeatureRows {
    std::vector<float> values; ///< (rows, 240)

    bool operator==(const MotionFeatureRows&) const = default;
};

/// Something that the user should know about the result ("This mask is outside of what the network
/// was trained on: …").
struct Note {
    std::string text;
    bool operator==(const Note&) const = default;
};

/// What a finished request says of itself.
struct RequestSummary {
    std::int64_t frames = 0;  ///< Of the resulting motion.
    std::string device;       ///< "cpu", "cuda:0": where it was computed.
    std::string deviceReason; ///< Why there, when "auto" was asked for.
    int threads = 0;
    double seconds = 0.0;
    std::uint64_t peakBytes = 0;
    std::string bundleHash; ///< SHA-256 of the bundle's manifest.
    std::string speechHash; ///< Of the samples.
    /// Name and seconds of each stage.
    std::vector<std::pair<std::string, double>> stages;

    bool operator==(const RequestSummary&) const = default;
};

/// What an engine holds between requests.
struct EngineStatistics {
    std::uint64_t residentBytes = 0; ///< Of the process, now.
    std::uint64_t peakBytes = 0;     ///< Of the process, at its highest.
    std::uint64_t cacheBytes = 0;    ///< Networks and intermediate results that are kept.
    std::string device;              ///< Where it last computed; empty before the first request.
    std::uint64_t deviceBytes = 0;   ///< Memory taken on that device.

    bool operator==(const EngineStatistics&) const = default;
};

/// Takes what a request yields, in order, on the thread that computes.
class ResultSink {
public:
    ResultSink() = default;
    ResultSink(const ResultSink&) = delete;
    ResultSink& operator=(const ResultSink&) = delete;
    virtual ~ResultSink() = default;

    virtual void motion(const MotionChunk& chunk) = 0;
    virtual void tokens(const TokenChunk& chunk) = 0;
    virtual void semantic(const SemanticChunk& chunk) = 0;
    virtual void attention(const AttentionWindow& window) = 0;
    virtual void note(const Note& note) = 0;

    /// Only `EngineService::features` yields these.
    virtual void features(const MotionFeatureRows&) {}

    /// The engine broke down and the request is computed anew from its start: everything that was
    /// taken so far is to be thrown away. Only a client of an engine process calls this.
    virtual void restarted() {}
};

} // namespace gesture::inference
