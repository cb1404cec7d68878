// SPDX-License-Identifier: Apache-2.0
#include "tests/core/inference/message_examples.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::inference {

namespace {

template <typename T>
std::vector<T> counted(std::int64_t size, T first, T step) {
    std::vector<T> values(static_cast<std::size_t>(size));
    T value = first;
    for (T& entry : values) {
        entry = value;
        value = static_cast<T>(value + step);
    }
    return values;
}

audio::Transcript exampleTranscript(int words) {
    audio::Transcript transcript;
    for (int i = 0; i < words; ++i) {
        transcript.words.push_back({fmt::format("wörd{}", i), {0.25 * i}, {0.25 * i + 0.2}, {}});
        transcript.phones.push_back({"", {0.25 * i}, {0.25 * i + 0.1}, 0.75F});
    }
    transcript.duration = {0.25 * words + 1.0};
    transcript.language = "en-GB";
    return transcript;
}

AttentionWindow exampleAttention(int frames) {
    AttentionWindow window;
    window.begin = {60};
    window.frames = frames;
    window.parts = {motion::BodyPart::Upper, motion::BodyPart::Lower};
    window.layers = 2;
    window.heads = 3;
    // One speech frame more than motion frames: they need not be as many.
    window.maps =
        counted<std::uint16_t>(std::int64_t{12} * frames * (frames > 0 ? frames + 1 : 0), 0, 1);
    for (std::uint16_t& value : window.maps)
        value &= 0x3BFFU; // at most 1
    window.importance = counted(std::int64_t{2} * frames, 0.0F, 0.125F);
    window.fused = counted(std::int64_t{frames}, 1.0F, -0.5F);
    return window;
}

RequestSummary exampleSummary(int stages) {
    RequestSummary summary{1800,  "cuda:0", "It has 139 GiB.", 8, 12.5, 1ULL << 40, "abc",
                           "def", {}};
    for (int i = 0; i < stages; ++i)
        summary.stages.emplace_back(fmt::format("Stage {}", i), 0.5 * i);
    return summary;
}

} // namespace

MotionFrames exampleMotion(std::int64_t frames, bool contacts) {
    MotionFrames motion;
    motion.poses = counted(frames * motion::kPoseSize, -1.0F, 1.0F / 1024);
    motion.translations = counted(frames * 3, 0.0F, 0.25F);
    motion.expressions = counted(frames * motion::kExpressionCount, 2.0F, -1.0F / 512);
    if (contacts) motion.contacts = counted(frames * 4, 0.0F, 0.5F);
    motion.expressionSpace = gesture::motion::ExpressionSpace::Arkit52;
    return motion;
}

GenerateRequest exampleGenerate(int words) {
    GenerateRequest request;
    request.bundle = "/bundles/a b\xff"; // paths need not be UTF-8
    request.speech = {"/speech/é.wav", exampleTranscript(words)};
    request.compute = {"cuda:1", 7};
    request.options.speaker = 3;
    request.options.seed = 0xFFFF'FFFF'FFFF'FFFFULL;
    for (int part = 0; part < motion::kBodyPartCount; ++part)
        request.options.sampling.values[static_cast<std::size_t>(part)] = {0.25 * part, 0.9};
    request.options.root = RootMotion::FeetLocked;
    request.options.smooth = true;
    request.options.idle = false;
    request.options.rules = WindowRules::Reference;
    request.options.semanticThreshold = -0.125;
    request.startPose = exampleMotion(4, false);
    return request;
}

AnalyseRequest exampleAnalyse(std::int64_t frames) {
    AnalyseRequest request;
    request.bundle = "/bundles/echo";
    request.speech = {"/speech.wav", exampleTranscript(2)};
    request.compute = {"cpu", 2};
    request.motion = exampleMotion(frames);
    request.speaker = 4;
    request.hop = 30;
    return request;
}

FeaturesRequest exampleFeatures(std::int64_t frames) {
    FeaturesRequest request;
    request.bundle = "/bundles/features";
    request.compute = {"cuda:2", 3};
    request.motion = exampleMotion(frames, false);
    return request;
}

EditRequest exampleEdit(std::int64_t frames) {
    const GenerateRequest generate = exampleGenerate(1);
    EditRequest request;
    request.bundle = generate.bundle;
    request.speech = generate.speech;
    request.compute = generate.compute;
    request.options = generate.options;
    request.motion = exampleMotion(frames);
    request.mask = counted<std::uint8_t>(frames * motion::kBodyPartCount, 0, 0);
    for (std::size_t i = 0; i < request.mask.size(); i += 3)
        request.mask[i] = 1;
    request.margin = 9;
    for (std::int64_t frame = 0; frame < std::min<std::int64_t>(frames, 3); ++frame) {
        request.pins.push_back({{frame},
                                counted<std::uint8_t>(frame, 20, 1),
                                counted(std::int64_t{motion::kPoseSize}, 0.5F, 0.25F)});
        request.targets.push_back({{frame}, motion::kRightWrist, {0.1F, 1.25F, -0.5F}});
    }
    return request;
}

std::vector<ClientMessage> exampleClientMessages(int size) {
    AnalyseMessage analyse{exampleAnalyse(0), size};
    analyse.request.motion = {};
    EditMessage edit{exampleEdit(size), size};
    edit.request.motion = {};
    FeaturesMessage features{exampleFeatures(0), size};
    features.request.motion = {};
    return {Hello{kProtocolVersion, "0.1.0"},
            MotionPart{{4096}, exampleMotion(size)},
            MotionPart{{0}, exampleMotion(size, false)},
            exampleGenerate(size),
            std::move(analyse),
            std::move(edit),
            std::move(features),
            Cancel{},
            AskStatistics{},
            Quit{}};
}

std::vector<EngineMessage> exampleEngineMessages(int size) {
    const std::int64_t count = size;
    return {Hello{kProtocolVersion, "0.1.0"},
            Progress{"Generating", 3, 9, 1.5},
            Progress{"Loading", 0, 0, std::nullopt},
            MotionChunk{{128}, {130}, exampleMotion(size)},
            TokenChunk{motion::BodyPart::Hands, 16, 4, 6, counted<std::uint16_t>(count * 6, 0, 37),
                       counted(count, 0.5F, 0.01F), counted(count, 2.0F, -0.01F)},
            SemanticChunk{8, 4, counted(count, 0.25F, 0.125F), counted<std::uint8_t>(count, 1, 0)},
            exampleAttention(std::min(size, 8)),
            MotionFeatureRows{
                counted(std::min<std::int64_t>(size, 100) * kFeatureChannels, 0.5F, 0.001F)},
            Note{"This mask is outside of what the network was trained on."},
            exampleSummary(std::min(size, 256)),
            Failure{ErrorCode::OutOfMemory, "Memory ran out."},
            EngineStatistics{1ULL << 33, 1ULL << 34, 5, "cuda:0", 77},
            Heartbeat{}};
}

} // namespace gesture::inference
