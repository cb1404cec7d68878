// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gesture::inference {

// What a program and its engine process say to each other over two pipes; docs/engine-protocol.md
// describes it. A message is 4 bytes of length, little-endian, and as many bytes of CBOR. Neither
// side trusts the other: every length is checked before memory is taken, every number has a range.

/// Raised with every change of a message; both sides must have the same.
inline constexpr int kProtocolVersion = 3;

inline constexpr std::size_t kMaxMessageBytes = std::size_t{64} << 20;
inline constexpr std::size_t kLengthBytes = 4;

/// Of a motion: four hours.
inline constexpr std::int64_t kMaxFrames = std::int64_t{4} * 3600 * 30;
/// Of a motion in one message: longer ones are sent in parts.
inline constexpr std::int64_t kMaxPartFrames = 4096;
/// Of a window of attention.
inline constexpr std::int64_t kMaxWindowFrames = 4096;
inline constexpr int kMaxLayers = 64;
inline constexpr int kMaxHeads = 64;
/// Words, and phones, of a transcript.
inline constexpr std::size_t kMaxLabels = 250'000;
/// Pinned poses, and hand targets, of an edit.
inline constexpr std::size_t kMaxPins = 20'000;
/// Bytes of a sentence; longer ones are cut when they are written.
inline constexpr std::size_t kMaxSentence = 4096;

/// The first message of each side.
struct Hello {
    int protocol = kProtocolVersion;
    std::string program; ///< Version of the program that speaks.

    bool operator==(const Hello&) const = default;
};

/// Frames of the motion that the next request is about, in order from frame 0 on.
struct MotionPart {
    FrameIndex begin;
    MotionFrames frames; ///< At most kMaxPartFrames.

    bool operator==(const MotionPart&) const = default;
};

/// A request whose motion came before it, in parts.
template <typename Request>
struct WithUpload {
    Request request;         ///< Its `motion` is not part of the message.
    std::int64_t frames = 0; ///< Of the motion.

    bool operator==(const WithUpload&) const = default;
};
using AnalyseMessage = WithUpload<AnalyseRequest>;
using EditMessage = WithUpload<EditRequest>;
using FeaturesMessage = WithUpload<FeaturesRequest>;

/// Stops the running request, which is then answered with `Failure`; forgets uploaded parts.
struct Cancel {
    bool operator==(const Cancel&) const = default;
};
struct AskStatistics {
    bool operator==(const AskStatistics&) const = default;
};
struct Quit {
    bool operator==(const Quit&) const = default;
};
/// "I am alive": each second while a request runs.
struct Heartbeat {
    bool operator==(const Heartbeat&) const = default;
};

/// A request has failed.
struct Failure {
    ErrorCode code = ErrorCode::Internal;
    std::string message;

    bool operator==(const Failure&) const = default;
};

/// What a program says to the engine.
using ClientMessage = std::variant<Hello, MotionPart, GenerateRequest, AnalyseMessage, EditMessage,
                                   FeaturesMessage, Cancel, AskStatistics, Quit>;

/// What the engine says; RequestSummary, Failure and EngineStatistics end a request.
using EngineMessage =
    std::variant<Hello, Progress, MotionChunk, TokenChunk, SemanticChunk, AttentionWindow,
                 MotionFeatureRows, Note, RequestSummary, Failure, EngineStatistics, Heartbeat>;

/// A message with its length in front, ready to be sent. InvalidInput names the field that breaks
/// the protocol's rules, LimitExceeded says that it does not fit into a message. Any thread.
[[nodiscard]] Result<std::vector<std::byte>> encode(const ClientMessage& message);
[[nodiscard]] Result<std::vector<std::byte>> encode(const EngineMessage& message);

/// As WithUpload of the request, without copying the motion.
[[nodiscard]] Result<std::vector<std::byte>> encodeRequest(const GenerateRequest& request);
[[nodiscard]] Result<std::vector<std::byte>> encodeRequest(const AnalyseRequest& request);
[[nodiscard]] Result<std::vector<std::byte>> encodeRequest(const EditRequest& request);
[[nodiscard]] Result<std::vector<std::byte>> encodeRequest(const FeaturesRequest& request);

/// Reads a message, without its length. InvalidInput if it is none, of an unknown type, or breaks
/// the rules. Memory taken is bounded by a small multiple of the bytes. Any thread.
[[nodiscard]] Result<ClientMessage> decodeClientMessage(std::span<const std::byte> bytes);
[[nodiscard]] Result<EngineMessage> decodeEngineMessage(std::span<const std::byte> bytes);

/// A sentence that says why two programs cannot talk; success if they can.
[[nodiscard]] Status checkHello(const Hello& engine, std::string_view ownProgram);

/// InvalidInput if the arrays of a motion are not all as long as each other.
[[nodiscard]] Status checkShape(const MotionFrames& motion);

/// Frames [begin, end) of a motion of good shape; `begin` and `end` are cut to its length.
[[nodiscard]] MotionFrames framesOf(const MotionFrames& motion, std::int64_t begin,
                                    std::int64_t end);

/// Puts uploaded parts together.
class MotionUpload {
public:
    /// InvalidInput if the part does not follow on what is there, LimitExceeded past kMaxFrames.
    [[nodiscard]] Status add(const MotionPart& part);
    /// The whole motion, which leaves the upload empty; InvalidInput if it has not `frames` frames.
    [[nodiscard]] Result<MotionFrames> take(std::int64_t frames);
    void clear() { motion_ = {}; }

private:
    MotionFrames motion_;
};

} // namespace gesture::inference
