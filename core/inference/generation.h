// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/time.h"
#include "core/motion/clip.h"
#include "core/motion/skeleton.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::inference {

// What is asked of the engine, and what it answers. All value types: a request is complete in
// itself, so that it can be sent again after a crash and written down as the provenance of a take.

/// One value for each body part, in the order of motion::BodyPart.
template <typename T>
struct PerPart {
    std::array<T, motion::kBodyPartCount> values{};

    [[nodiscard]] T& operator[](motion::BodyPart part) {
        return values[static_cast<std::size_t>(part)];
    }
    [[nodiscard]] const T& operator[](motion::BodyPart part) const {
        return values[static_cast<std::size_t>(part)];
    }
    bool operator==(const PerPart&) const = default;
};

/// The speech that a motion is for.
struct SpeechSource {
    std::filesystem::path audio;  ///< Absolute; any file that core/audio reads.
    audio::Transcript transcript; ///< May be empty: no network demands words.

    bool operator==(const SpeechSource&) const = default;
};

/// What the networks count in.
enum class Precision : std::uint8_t {
    Single, ///< 32 bits: equal to the originals to rounding.
    Half,   ///< 16 bits, on a GPU alone: faster, and some codes differ (docs/numbers.md).
};

/// Where a request is computed.
struct ComputeOptions {
    std::string device = "auto"; ///< "auto", "cpu", "cuda" or "cuda:N".
    int threads = 0;             ///< 0: as many as the machine has cores.
    Precision precision = Precision::Single;

    bool operator==(const ComputeOptions&) const = default;
};

/// How codes are chosen from their probabilities.
struct Sampling {
    double temperature = 0.0; ///< 0: the likeliest code, as the references do.
    double topP = 1.0;        ///< Only the likeliest codes that together have this probability.

    bool operator==(const Sampling&) const = default;
};

enum class RootMotion : std::uint8_t {
    Full,       ///< Where the network for the root sends the body.
    InPlace,    ///< Height and sway, but back to the start: slow drift is taken out.
    FeetLocked, ///< Standing feet do not slide; the root gives way.
    None,       ///< The start position throughout.
};

/// Which rules windows, seeds and the tail of the sound follow.
enum class WindowRules : std::uint8_t {
    Product,   ///< The motion is as long as the sound; seeds are the true last frames.
    Reference, ///< As the published programs: tail dropped, jaw and eyes of seeds at rest, …
};

/// Frames of a motion, row-major float32; all arrays have the same number of frames.
struct MotionFrames {
    std::vector<float> poses;        ///< (frames, 165) axis-angle, radians
    std::vector<float> translations; ///< (frames, 3) metres
    std::vector<float> expressions;  ///< (frames, 100)
    std::vector<float> contacts;     ///< (frames, 4); empty: unknown
    motion::ExpressionSpace expressionSpace = motion::ExpressionSpace::Smplx;

    [[nodiscard]] std::int64_t count() const {
        return static_cast<std::int64_t>(translations.size()) / 3;
    }
    bool operator==(const MotionFrames&) const = default;
};

/// What the networks are told beside the speech.
struct GenerateOptions {
    int speaker = -1; ///< Index among the bundle's speakers; -1: the bundle's own choice.
    std::uint64_t seed = 0;
    PerPart<Sampling> sampling;
    RootMotion root = RootMotion::Full;
    bool smooth = false; ///< Low-pass over the finished motion.
    /// Breath, swaying and blinks, where the bundle wants them added.
    bool idle = true;
    WindowRules rules = WindowRules::Product;
    /// SemTalk: the score from which on a token takes the semantic motion.
    double semanticThreshold = 0.5;

    bool operator==(const GenerateOptions&) const = default;
};

struct GenerateRequest {
    std::filesystem::path bundle; ///< Absolute folder.
    SpeechSource speech;
    ComputeOptions compute;
    GenerateOptions options;
    MotionFrames startPose; ///< 4 frames at 30 fps; empty: the bundle's own.

    bool operator==(const GenerateRequest&) const = default;
};

/// Looks at a finished motion, whoever made it.
struct AnalyseRequest {
    std::filesystem::path bundle;
    SpeechSource speech;
    ComputeOptions compute;
    MotionFrames motion; ///< At 30 fps.
    int speaker = -1;
    int hop = 60; ///< Frames between windows; 30 overlaps them, which is smoother.

    bool operator==(const AnalyseRequest&) const = default;
};

/// Frames that a pose is held to, on top of what the network says.
struct PinnedPose {
    FrameIndex frame;
    std::vector<std::uint8_t> joints; ///< Joint indices that are pinned.
    std::vector<float> pose;          ///< (55, 3) axis-angle; others than `joints` do not count.

    bool operator==(const PinnedPose&) const = default;
};

/// A wrist that is to be somewhere at a frame.
struct HandTarget {
    FrameIndex frame;
    int wrist = motion::kLeftWrist;
    std::array<float, 3> position{}; ///< Metres, in the space of the clip.

    bool operator==(const HandTarget&) const = default;
};

/// Regenerates the masked frames of a motion and leaves all others as they are, bit by bit.
struct EditRequest {
    std::filesystem::path bundle;
    SpeechSource speech;
    ComputeOptions compute;
    GenerateOptions options;
    MotionFrames motion; ///< At 30 fps.
    /// (frames, 4 parts in the order of motion::BodyPart): 1 = regenerate.
    std::vector<std::uint8_t> mask;
    int margin = 6; ///< Frames inside the masked stretch over which old and new are blended.
    std::vector<PinnedPose> pins;
    std::vector<HandTarget> targets;

    bool operator==(const EditRequest&) const = default;
};

/// Asks for what the Fréchet distance compares: features of a finished motion by the bundle's
/// network `motion_features`. Other networks of the bundle are not loaded.
struct FeaturesRequest {
    std::filesystem::path bundle;
    ComputeOptions compute; ///< Always in single precision.
    MotionFrames motion;    ///< At 30 fps; at least 32 frames.

    bool operator==(const FeaturesRequest&) const = default;
};

} // namespace gesture::inference
