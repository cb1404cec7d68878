// SPDX-License-Identifier: Apache-2.0
// Messages from a program to its engine.

#include "core/inference/message_archive.h"

namespace gesture::inference::wire {

template <>
inline constexpr std::string_view kTypeName<MotionPart> = "motion-part";
template <>
inline constexpr std::string_view kTypeName<GenerateRequest> = "generate";
template <>
inline constexpr std::string_view kTypeName<AnalyseMessage> = "analyse";
template <>
inline constexpr std::string_view kTypeName<EditMessage> = "edit";
template <>
inline constexpr std::string_view kTypeName<FeaturesMessage> = "motion-features";
template <>
inline constexpr std::string_view kTypeName<Cancel> = "cancel";
template <>
inline constexpr std::string_view kTypeName<AskStatistics> = "statistics";
template <>
inline constexpr std::string_view kTypeName<Quit> = "quit";

namespace {

constexpr std::int64_t kMaxSpeaker = 1'000'000;
constexpr std::int64_t kMaxThreads = 4096;
constexpr std::size_t kMaxLabelText = 4096;
constexpr std::size_t kMaxName = 64;
constexpr double kMaxSeconds = 1e6;
constexpr double kMaxTemperature = 100.0;
constexpr double kMaxThreshold = 1e6;
constexpr std::int64_t kStartFrames = 4;

} // namespace

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<audio::TimedLabel> label) {
    archive.text("text", label.text, kMaxLabelText);
    archive.real("begin", label.begin.value, 0.0, kMaxSeconds);
    archive.real("end", label.end.value, 0.0, kMaxSeconds);
    archive.optionalReal("confidence", label.confidence, 0.0, 1.0);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<SpeechSource> speech) {
    archive.path("audio", speech.audio);
    archive.list("words", speech.transcript.words, kMaxLabels);
    archive.list("phones", speech.transcript.phones, kMaxLabels);
    archive.real("duration", speech.transcript.duration.value, 0.0, kMaxSeconds);
    archive.text("language", speech.transcript.language, kMaxName);
    if (archive.failed()) return;
    const Status valid = audio::validate(speech.transcript);
    if (!valid) archive.fail("words", "are no transcript: " + valid.error().message());
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<ComputeOptions> compute) {
    archive.text("device", compute.device, kMaxName);
    archive.integer("threads", compute.threads, 0, kMaxThreads);
    archive.choice("precision", compute.precision, 2);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Sampling> sampling) {
    archive.real("temperature", sampling.temperature, 0.0, kMaxTemperature);
    archive.real("top-p", sampling.topP, 0.0, 1.0);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<GenerateOptions> options) {
    archive.integer("speaker", options.speaker, -1, kMaxSpeaker);
    archive.natural("seed", options.seed);
    for (int part = 0; part < motion::kBodyPartCount; ++part) {
        constexpr std::array<const char*, motion::kBodyPartCount> kKeys{"face", "upper", "hands",
                                                                        "lower"};
        const auto index = static_cast<std::size_t>(part);
        archive.object(kKeys[index], options.sampling.values[index]);
    }
    archive.choice("root", options.root, 4);
    archive.flag("smooth", options.smooth);
    archive.flag("idle", options.idle);
    archive.choice("rules", options.rules, 2);
    archive.real("semantic-threshold", options.semanticThreshold, -kMaxThreshold, kMaxThreshold);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MotionPart> part) {
    archive.integer("begin", part.begin.value, 0, kMaxFrames);
    describeFrames<Archive>(archive, part.frames, kMaxPartFrames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<GenerateRequest> request) {
    archive.path("bundle", request.bundle);
    archive.object("speech", request.speech);
    archive.object("compute", request.compute);
    archive.object("options", request.options);
    archive.object("start-pose", request.startPose);
    const std::int64_t frames = request.startPose.count();
    if (frames != 0 && frames != kStartFrames) archive.fail("start-pose", "must have 4 frames");
}

/// A request about a motion of `frames` frames, which itself is not part of the message.
template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AnalyseRequest> request,
              typename Archive::template Ref<std::int64_t> frames) {
    archive.integer("frames", frames, 0, kMaxFrames);
    archive.path("bundle", request.bundle);
    archive.object("speech", request.speech);
    archive.object("compute", request.compute);
    archive.integer("speaker", request.speaker, -1, kMaxSpeaker);
    archive.integer("hop", request.hop, 1, kMaxWindowFrames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<PinnedPose> pin) {
    archive.integer("frame", pin.frame.value, 0, kMaxFrames - 1);
    const std::int64_t joints =
        archive.count("joint-count", pin.joints.size(), motion::kJointCount);
    archive.array("joints", pin.joints, {joints});
    archive.array("pose", pin.pose, {motion::kJointCount, 3});
    for (const std::uint8_t joint : pin.joints)
        if (joint >= motion::kJointCount) archive.fail("joints", "names a joint that is not there");
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<HandTarget> target) {
    constexpr double kMaxMetres = 1e4;
    archive.integer("frame", target.frame.value, 0, kMaxFrames - 1);
    archive.integer("wrist", target.wrist, motion::kLeftWrist, motion::kRightWrist);
    for (std::size_t axis = 0; axis < target.position.size(); ++axis) {
        constexpr std::array<const char*, 3> kKeys{"x", "y", "z"};
        double metres = target.position[axis];
        if constexpr (Archive::kReads) {
            archive.real(kKeys[axis], metres, -kMaxMetres, kMaxMetres);
            target.position[axis] = static_cast<float>(metres);
        } else {
            archive.real(kKeys[axis], metres, -kMaxMetres, kMaxMetres);
        }
    }
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<EditRequest> request,
              typename Archive::template Ref<std::int64_t> frames) {
    archive.integer("frames", frames, 0, kMaxFrames);
    archive.path("bundle", request.bundle);
    archive.object("speech", request.speech);
    archive.object("compute", request.compute);
    archive.object("options", request.options);
    archive.array("mask", request.mask, {frames, motion::kBodyPartCount}, Elements::Flags);
    archive.integer("margin", request.margin, 0, kMaxFrames);
    archive.list("pins", request.pins, kMaxPins);
    archive.list("targets", request.targets, kMaxPins);
    for (const PinnedPose& pin : request.pins)
        if (pin.frame.value >= frames) archive.fail("pins", "lie beyond the motion");
    for (const HandTarget& target : request.targets)
        if (target.frame.value >= frames) archive.fail("targets", "lie beyond the motion");
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<FeaturesRequest> request,
              typename Archive::template Ref<std::int64_t> frames) {
    archive.integer("frames", frames, 0, kMaxFrames);
    archive.path("bundle", request.bundle);
    archive.object("compute", request.compute);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<FeaturesMessage> message) {
    describe<Archive>(archive, message.request, message.frames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<AnalyseMessage> message) {
    describe<Archive>(archive, message.request, message.frames);
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<EditMessage> message) {
    describe<Archive>(archive, message.request, message.frames);
}

template <typename Archive>
void describe(Archive&, typename Archive::template Ref<Cancel>) {}

template <typename Archive>
void describe(Archive&, typename Archive::template Ref<AskStatistics>) {}

template <typename Archive>
void describe(Archive&, typename Archive::template Ref<Quit>) {}

namespace {

/// As WithUpload<Request>, whose motion is the request's own.
template <typename Request>
Result<Bytes> writeRequest(const Request& request) {
    Writer writer(kTypeName<WithUpload<Request>>);
    describe<Writer>(writer, request, request.motion.count());
    return std::move(writer).finish();
}

} // namespace

} // namespace gesture::inference::wire

namespace gesture::inference {

Result<std::vector<std::byte>> encode(const ClientMessage& message) {
    return std::visit([](const auto& typed) { return wire::writeMessage(typed); }, message);
}

Result<std::vector<std::byte>> encodeRequest(const GenerateRequest& request) {
    return wire::writeMessage(request);
}

Result<std::vector<std::byte>> encodeRequest(const AnalyseRequest& request) {
    return wire::writeRequest(request);
}

Result<std::vector<std::byte>> encodeRequest(const EditRequest& request) {
    return wire::writeRequest(request);
}

Result<std::vector<std::byte>> encodeRequest(const FeaturesRequest& request) {
    return wire::writeRequest(request);
}

Result<ClientMessage> decodeClientMessage(std::span<const std::byte> bytes) {
    return wire::readMessage<ClientMessage>(bytes);
}

} // namespace gesture::inference
