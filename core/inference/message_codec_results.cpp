// SPDX-License-Identifier: Apache-2.0
// Messages from an engine to its program.

#include "core/inference/message_archive.h"

namespace gesture::inference::wire {

template <>
inline constexpr std::string_view kTypeName<Progress> = "progress";
template <>
inline constexpr std::string_view kTypeName<MotionChunk> = "motion";
template <>
inline constexpr std::string_view kTypeName<TokenChunk> = "tokens";
template <>
inline constexpr std::string_view kTypeName<SemanticChunk> = "semantic";
template <>
inline constexpr std::string_view kTypeName<AttentionWindow> = "attention";
template <>
inline constexpr std::string_view kTypeName<MotionFeatureRows> = "motion-features";
template <>
inline constexpr std::string_view kTypeName<Note> = "note";
template <>
inline constexpr std::string_view kTypeName<RequestSummary> = "done";
template <>
inline constexpr std::string_view kTypeName<Failure> = "failed";
template <>
inline constexpr std::string_view kTypeName<EngineStatistics> = "statistics";
template <>
inline constexpr std::string_view kTypeName<Heartbeat> = "heartbeat";

namespace {

constexpr double kMaxDuration = 1e9;
constexpr std::int64_t kMaxThreadCount = 4096;
constexpr std::int64_t kMaxFramesPerToken = 1024;
constexpr std::size_t kMaxStages = 256;
constexpr std::size_t kMaxHash = 128;
constexpr int kErrorCodes = static_cast<int>(ErrorCode::Internal) + 1;
constexpr std::int64_t kMaxSteps = std::numeric_limits<std::int64_t>::max();

} // namespace

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Progress> progress) {
    archive.sentence("stage", progress.stage);
    archive.integer("done", progress.done, 0, kMaxSteps);
    archive.integer("total", progress.total, 0, kMaxSteps);
    archive.optionalReal("seconds-left", progress.secondsLeft, 0.0, kMaxDuration);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MotionChunk> chunk) {
    archive.integer("begin", chunk.begin.value, 0, kMaxFrames);
    archive.integer("final-end", chunk.finalEnd.value, 0, kMaxFrames);
    describeFrames<Archive>(archive, chunk.frames, kMaxPartFrames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<TokenChunk> chunk) {
    archive.choice("part", chunk.part, motion::kBodyPartCount);
    archive.integer("begin", chunk.begin, 0, kMaxFrames);
    archive.integer("frames-per-token", chunk.framesPerToken, 1, kMaxFramesPerToken);
    archive.integer("layers", chunk.layers, 0, kMaxLayers);
    const std::size_t layers = static_cast<std::size_t>(std::max(1, chunk.layers));
    const std::int64_t tokens = archive.count("tokens", chunk.codes.size() / layers, kMaxFrames);
    archive.array("codes", chunk.codes, {tokens, chunk.layers});
    // Tokens of motion that is only looked at have no ratings.
    const std::int64_t rated = archive.count("rated", chunk.confidence.size(), tokens);
    archive.array("confidence", chunk.confidence, {rated});
    archive.array("entropy", chunk.entropy, {rated});
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<SemanticChunk> chunk) {
    archive.integer("begin", chunk.begin, 0, kMaxFrames);
    archive.integer("frames-per-token", chunk.framesPerToken, 1, kMaxFramesPerToken);
    const std::int64_t tokens = archive.count("tokens", chunk.score.size(), kMaxFrames);
    archive.array("score", chunk.score, {tokens});
    archive.array("chosen", chunk.chosen, {tokens}, Elements::Flags);
}

/// Body parts travel as their numbers.
template <typename Archive>
std::int64_t describeParts(Archive& archive,
                           typename Archive::template Ref<std::vector<motion::BodyPart>> parts) {
    std::vector<std::uint8_t> numbers;
    numbers.reserve(parts.size());
    for (const motion::BodyPart part : parts)
        numbers.push_back(static_cast<std::uint8_t>(part));
    const std::int64_t count = archive.count("part-count", numbers.size(), motion::kBodyPartCount);
    archive.array("parts", numbers, {count});
    for (const std::uint8_t number : numbers)
        if (number >= motion::kBodyPartCount)
            archive.fail("parts", "names a part that is not there");
    if constexpr (Archive::kReads) {
        if (!archive.failed())
            for (const std::uint8_t number : numbers)
                parts.push_back(static_cast<motion::BodyPart>(number));
    }
    return count;
}

/// Speech frames of the maps, whose size says how many; 0 without maps.
inline std::size_t speechFramesOf(const AttentionWindow& window) {
    const std::size_t others = window.parts.size() * static_cast<std::size_t>(window.layers) *
                               static_cast<std::size_t>(window.heads) *
                               static_cast<std::size_t>(window.frames);
    return others == 0 ? 0 : window.maps.size() / others;
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AttentionWindow> window) {
    archive.integer("begin", window.begin.value, 0, kMaxFrames);
    archive.integer("frames", window.frames, 0, kMaxWindowFrames);
    const std::int64_t parts = describeParts<Archive>(archive, window.parts);
    archive.integer("layers", window.layers, 0, kMaxLayers);
    archive.integer("heads", window.heads, 0, kMaxHeads);
    if (archive.failed()) return;
    const std::int64_t speech =
        archive.count("speech-frames", speechFramesOf(window), kMaxWindowFrames);
    archive.array("maps", window.maps,
                  {parts, window.layers, window.heads, speech, std::int64_t{window.frames}},
                  Elements::FiniteHalf);
    archive.array("importance", window.importance, {parts, window.frames});
    archive.array("fused", window.fused, {window.frames});
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MotionFeatureRows> features) {
    const std::int64_t rows =
        archive.count("rows", features.values.size() / static_cast<std::size_t>(kFeatureChannels),
                      kMaxFrames / kFramesPerFeature);
    archive.array("values", features.values, {rows, kFeatureChannels});
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Note> note) {
    archive.sentence("text", note.text);
}

template <typename Archive>
void describe(Archive& archive,
              typename Archive::template Ref<std::pair<std::string, double>> stage) {
    archive.sentence("name", stage.first);
    archive.real("seconds", stage.second, 0.0, kMaxDuration);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<RequestSummary> summary) {
    archive.integer("frames", summary.frames, 0, kMaxFrames);
    archive.sentence("device", summary.device);
    archive.sentence("device-reason", summary.deviceReason);
    archive.integer("threads", summary.threads, 0, kMaxThreadCount);
    archive.real("seconds", summary.seconds, 0.0, kMaxDuration);
    archive.natural("peak-bytes", summary.peakBytes);
    archive.text("bundle-hash", summary.bundleHash, kMaxHash);
    archive.text("speech-hash", summary.speechHash, kMaxHash);
    archive.list("stages", summary.stages, kMaxStages);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Failure> failure) {
    archive.choice("code", failure.code, kErrorCodes);
    archive.sentence("message", failure.message);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<EngineStatistics> statistics) {
    archive.natural("resident-bytes", statistics.residentBytes);
    archive.natural("peak-bytes", statistics.peakBytes);
    archive.natural("cache-bytes", statistics.cacheBytes);
    archive.sentence("device", statistics.device);
    archive.natural("device-bytes", statistics.deviceBytes);
}

template <typename Archive>
void describe(Archive&, typename Archive::template Ref<Heartbeat>) {}

} // namespace gesture::inference::wire

#include <algorithm>

namespace gesture::inference {

Result<std::vector<std::byte>> encode(const EngineMessage& message) {
    return std::visit([](const auto& typed) { return wire::writeMessage(typed); }, message);
}

Result<EngineMessage> decodeEngineMessage(std::span<const std::byte> bytes) {
    return wire::readMessage<EngineMessage>(bytes);
}

} // namespace gesture::inference
