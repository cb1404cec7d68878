// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skeleton.h"

#include "core/base/assert.h"

#include <algorithm>

namespace gesture::motion {

namespace {

constexpr std::array<std::string_view, kJointCount> kNames = {"pelvis",
                                                              "left_hip",
                                                              "right_hip",
                                                              "spine1",
                                                              "left_knee",
                                                              "right_knee",
                                                              "spine2",
                                                              "left_ankle",
                                                              "right_ankle",
                                                              "spine3",
                                                              "left_foot",
                                                              "right_foot",
                                                              "neck",
                                                              "left_collar",
                                                              "right_collar",
                                                              "head",
                                                              "left_shoulder",
                                                              "right_shoulder",
                                                              "left_elbow",
                                                              "right_elbow",
                                                              "left_wrist",
                                                              "right_wrist",
                                                              "jaw",
                                                              "left_eye_smplhf",
                                                              "right_eye_smplhf",
                                                              "left_index1",
                                                              "left_index2",
                                                              "left_index3",
                                                              "left_middle1",
                                                              "left_middle2",
                                                              "left_middle3",
                                                              "left_pinky1",
                                                              "left_pinky2",
                                                              "left_pinky3",
                                                              "left_ring1",
                                                              "left_ring2",
                                                              "left_ring3",
                                                              "left_thumb1",
                                                              "left_thumb2",
                                                              "left_thumb3",
                                                              "right_index1",
                                                              "right_index2",
                                                              "right_index3",
                                                              "right_middle1",
                                                              "right_middle2",
                                                              "right_middle3",
                                                              "right_pinky1",
                                                              "right_pinky2",
                                                              "right_pinky3",
                                                              "right_ring1",
                                                              "right_ring2",
                                                              "right_ring3",
                                                              "right_thumb1",
                                                              "right_thumb2",
                                                              "right_thumb3"};

constexpr std::array<int, kJointCount> kParents = {
    -1, 0,  0,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  9,  9,  12, 13, 14, 16,
    17, 18, 19, 15, 15, 15, 20, 25, 26, 20, 28, 29, 20, 31, 32, 20, 34, 35, 20,
    37, 38, 21, 40, 41, 21, 43, 44, 21, 46, 47, 21, 49, 50, 21, 52, 53};

constexpr std::array<int, 1> kFaceJoints = {kJaw};
constexpr std::array<int, 13> kUpperJoints = {3, 6, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
constexpr std::array<int, 30> kHandJoints = {25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
                                             35, 36, 37, 38, 39, 40, 41, 42, 43, 44,
                                             45, 46, 47, 48, 49, 50, 51, 52, 53, 54};
constexpr std::array<int, 9> kLowerJoints = {0, 1, 2, 4, 5, 7, 8, 10, 11};

constexpr std::array<BodyPart, kBodyPartCount> kParts = {BodyPart::Face, BodyPart::Upper,
                                                         BodyPart::Hands, BodyPart::Lower};

} // namespace

std::span<const std::string_view, kJointCount> jointNames() { return kNames; }

std::span<const int, kJointCount> jointParents() { return kParents; }

std::optional<int> findJoint(std::string_view name) {
    const auto* const found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<int>(found - kNames.begin());
}

std::span<const int> jointsOf(BodyPart part) {
    switch (part) {
    case BodyPart::Face:
        return kFaceJoints;
    case BodyPart::Upper:
        return kUpperJoints;
    case BodyPart::Hands:
        return kHandJoints;
    case BodyPart::Lower:
        return kLowerJoints;
    }
    return {};
}

std::optional<BodyPart> partOf(int joint) {
    GESTURE_ASSERT(joint >= 0 && joint < kJointCount);
    for (const BodyPart part : kParts) {
        if (std::ranges::binary_search(jointsOf(part), joint)) return part;
    }
    return std::nullopt;
}

std::string_view nameOf(BodyPart part) {
    switch (part) {
    case BodyPart::Face:
        return "face";
    case BodyPart::Upper:
        return "upper";
    case BodyPart::Hands:
        return "hands";
    case BodyPart::Lower:
        return "lower";
    }
    return {};
}

} // namespace gesture::motion
