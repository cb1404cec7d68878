// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/mouth.h"

#include "core/gestures/arm_score.h"
#include "core/gestures/bell_filter.h"
#include "core/motion/keyframes.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <utility>

namespace gesture::gestures {

namespace {

constexpr int kPosesPerFrame = 4; ///< Mouths are drawn at 120 Hz and averaged.
constexpr double kLipSmoothing = 0.042 * kPosesPerFrame * kFramesPerSecond;
constexpr double kWidestJaw = 13.0 * std::numbers::pi / 180.0;
constexpr double kRelaxedJaw = 0.5 * std::numbers::pi / 180.0;

bool isOneOf(std::string_view phone, std::initializer_list<std::string_view> phones) {
    return std::find(phones.begin(), phones.end(), phone) != phones.end();
}

/// Columns of the space "arkit52".
enum FaceUnit : std::size_t {
    kBrowInnerUp = 2,
    kBrowOuterUpLeft = 3,
    kBrowOuterUpRight = 4,
    kMouthDimpleLeft = 27,
    kMouthDimpleRight = 28,
    kMouthFunnel = 31,
    kMouthLowerDownLeft = 33,
    kMouthLowerDownRight = 34,
    kMouthPressLeft = 35,
    kMouthPressRight = 36,
    kMouthPucker = 37,
    kMouthRollLower = 39,
    kMouthRollUpper = 40,
    kMouthStretchLeft = 45,
    kMouthStretchRight = 46,
    kMouthUpperUpLeft = 47,
    kMouthUpperUpRight = 48,
};

void setPair(FacePose& face, FaceUnit left, double value) {
    face.units[left] = face.units[left + 1U] = static_cast<float>(std::clamp(value, 0.0, 1.0));
}

void set(FacePose& face, FaceUnit unit, double value) {
    face.units[unit] = static_cast<float>(std::clamp(value, 0.0, 1.0));
}

FacePose faceOf(const MouthPose& mouth, double loudness, double brows) {
    const double open = mouth.open * (0.45 + 0.55 * loudness);
    FacePose face;
    face.jaw = static_cast<float>(kWidestJaw * open + kRelaxedJaw);
    set(face, kMouthPucker, 0.7 * mouth.round);
    set(face, kMouthFunnel, 0.5 * mouth.round);
    setPair(face, kMouthPressLeft, 0.45 * mouth.closed);
    set(face, kMouthRollLower, 0.30 * mouth.closed);
    set(face, kMouthRollUpper, 0.20 * mouth.closed);
    setPair(face, kMouthStretchLeft, 0.35 * mouth.wide);
    setPair(face, kMouthDimpleLeft, 0.20 * mouth.wide);
    setPair(face, kMouthLowerDownLeft, 0.40 * open);
    setPair(face, kMouthUpperUpLeft, 0.20 * open + 0.10 * mouth.wide);
    set(face, kBrowInnerUp, 0.45 * brows);
    setPair(face, kBrowOuterUpLeft, 0.55 * brows);
    return face;
}

/// How far the brows are up: with every gesture a little, 0..1.
double browsAt(double t, std::span<const GestureEvent> events) {
    double brows = 0.0;
    for (const GestureEvent& event : events) {
        const double apex = event.apex.value;
        if (t < apex - 0.15 || t > apex + 0.45) continue;
        const float rise =
            motion::pulse(static_cast<float>(t), static_cast<float>(apex + 0.05), 0.20F, 0.40F);
        brows += rise * 0.6 * std::clamp(event.prominence, 0.0, 1.5);
    }
    return std::min(brows, 1.0);
}

} // namespace

MouthPose visemeOf(std::string_view phone) {
    if (phone == "pau") return {};
    if (isOneOf(phone, {"p", "b", "m"})) return {0.05, 0.0, 1.0, 0.0};
    if (isOneOf(phone, {"f", "v"})) return {0.1, 0.0, 0.6, 0.2};
    if (isOneOf(phone, {"aa", "ae", "ay", "aw", "ah"})) return {1.0, 0.0, 0.0, 0.3};
    if (isOneOf(phone, {"ao", "ow", "oy"})) return {0.7, 0.8, 0.0, 0.0};
    if (isOneOf(phone, {"uw", "uh", "w"})) return {0.3, 1.0, 0.2, 0.0};
    if (isOneOf(phone, {"iy", "ih", "ey", "eh", "y"})) return {0.4, 0.0, 0.0, 0.9};
    if (isOneOf(phone, {"er", "r", "axr"})) return {0.35, 0.5, 0.0, 0.0};
    if (phone == "ax") return {0.45, 0.0, 0.0, 0.2};
    if (isOneOf(phone, {"sh", "ch", "jh", "zh"})) return {0.15, 0.6, 0.0, 0.1};
    return {0.2, 0.0, 0.0, 0.2};
}

std::vector<MouthPose> mouthOfPhones(std::span<const SpokenPhone> phones, std::size_t frames) {
    const std::size_t count = kPosesPerFrame * frames;
    constexpr double kRate = kPosesPerFrame * kFramesPerSecond;
    std::array<std::vector<double>, 4> curves;
    curves.fill(std::vector<double>(count, 0.0));
    const auto poseAt = [&](Seconds time) {
        const double place = std::ceil(std::max(0.0, time.value) * kRate - 1e-6);
        return std::min(count, static_cast<std::size_t>(place));
    };
    for (const SpokenPhone& phone : phones) {
        const MouthPose mouth = visemeOf(phone.phone);
        for (std::size_t i = poseAt(phone.span.begin); i < poseAt(phone.span.end); ++i) {
            curves[0][i] = mouth.open;
            curves[1][i] = mouth.round;
            curves[2][i] = mouth.closed;
            curves[3][i] = mouth.wide;
        }
    }
    for (std::vector<double>& curve : curves)
        curve = bellFiltered(curve, kLipSmoothing);
    std::vector<MouthPose> mouths(frames);
    for (std::size_t i = 0; i < count; ++i) {
        MouthPose& mouth = mouths[i / kPosesPerFrame];
        mouth.open += curves[0][i] / kPosesPerFrame;
        mouth.round += curves[1][i] / kPosesPerFrame;
        mouth.closed += curves[2][i] / kPosesPerFrame;
        mouth.wide += curves[3][i] / kPosesPerFrame;
    }
    return mouths;
}

std::vector<MouthPose> mouthOfLoudness(std::span<const double> loudness) {
    std::vector<MouthPose> mouths;
    for (const double loud : loudness)
        mouths.push_back({0.8 * std::min(1.0, loud), 0.15 * loud, 0.0, 0.3 * loud});
    return mouths;
}

std::vector<double> voiceLoudness(const audio::Sound& sound, std::size_t frames) {
    constexpr double kSilence = 0.01; // RMS of a sound whose peak is 0.5
    const double samplesPerFrame = static_cast<double>(sound.sampleRate) / kFramesPerSecond;
    std::vector<double> loudness(frames, 0.0);
    for (std::size_t i = 0; i < frames; ++i) {
        const auto begin = static_cast<std::size_t>(static_cast<double>(i) * samplesPerFrame);
        const auto end =
            std::min(sound.samples.size(),
                     static_cast<std::size_t>(static_cast<double>(i + 1) * samplesPerFrame));
        double sum = 1e-9;
        for (std::size_t s = begin; s < end; ++s)
            sum += static_cast<double>(sound.samples[s]) * sound.samples[s] / samplesPerFrame;
        loudness[i] = std::clamp(std::log(std::sqrt(sum) / kSilence) / 2.5, 0.0, 1.2);
    }
    return bellFiltered(loudness, 1.5);
}

std::vector<FacePose> facePoses(std::span<const MouthPose> mouths, std::span<const double> loudness,
                                std::span<const GestureEvent> events) {
    std::vector<FacePose> faces;
    faces.reserve(mouths.size());
    for (std::size_t i = 0; i < mouths.size(); ++i)
        faces.push_back(faceOf(mouths[i], loudness[i],
                               browsAt(static_cast<double>(i) / kFramesPerSecond, events)));
    return faces;
}

} // namespace gesture::gestures
