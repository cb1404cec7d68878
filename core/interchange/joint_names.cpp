// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/joint_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gesture::interchange {

namespace {

using Names = std::array<std::string_view, motion::kJointCount>;

constexpr Names kMixamo{"Hips",
                        "LeftUpLeg",
                        "RightUpLeg",
                        "Spine",
                        "LeftLeg",
                        "RightLeg",
                        "Spine1",
                        "LeftFoot",
                        "RightFoot",
                        "Spine2",
                        "LeftToeBase",
                        "RightToeBase",
                        "Neck",
                        "LeftShoulder",
                        "RightShoulder",
                        "Head",
                        "LeftArm",
                        "RightArm",
                        "LeftForeArm",
                        "RightForeArm",
                        "LeftHand",
                        "RightHand",
                        "Jaw",
                        "LeftEye",
                        "RightEye",
                        "LeftHandIndex1",
                        "LeftHandIndex2",
                        "LeftHandIndex3",
                        "LeftHandMiddle1",
                        "LeftHandMiddle2",
                        "LeftHandMiddle3",
                        "LeftHandPinky1",
                        "LeftHandPinky2",
                        "LeftHandPinky3",
                        "LeftHandRing1",
                        "LeftHandRing2",
                        "LeftHandRing3",
                        "LeftHandThumb1",
                        "LeftHandThumb2",
                        "LeftHandThumb3",
                        "RightHandIndex1",
                        "RightHandIndex2",
                        "RightHandIndex3",
                        "RightHandMiddle1",
                        "RightHandMiddle2",
                        "RightHandMiddle3",
                        "RightHandPinky1",
                        "RightHandPinky2",
                        "RightHandPinky3",
                        "RightHandRing1",
                        "RightHandRing2",
                        "RightHandRing3",
                        "RightHandThumb1",
                        "RightHandThumb2",
                        "RightHandThumb3"};

constexpr Names kUnreal{"pelvis",      "thigh_l",    "thigh_r",    "spine_01",    "calf_l",
                        "calf_r",      "spine_02",   "foot_l",     "foot_r",      "spine_03",
                        "ball_l",      "ball_r",     "neck_01",    "clavicle_l",  "clavicle_r",
                        "head",        "upperarm_l", "upperarm_r", "lowerarm_l",  "lowerarm_r",
                        "hand_l",      "hand_r",     "jaw",        "eye_l",       "eye_r",
                        "index_01_l",  "index_02_l", "index_03_l", "middle_01_l", "middle_02_l",
                        "middle_03_l", "pinky_01_l", "pinky_02_l", "pinky_03_l",  "ring_01_l",
                        "ring_02_l",   "ring_03_l",  "thumb_01_l", "thumb_02_l",  "thumb_03_l",
                        "index_01_r",  "index_02_r", "index_03_r", "middle_01_r", "middle_02_r",
                        "middle_03_r", "pinky_01_r", "pinky_02_r", "pinky_03_r",  "ring_01_r",
                        "ring_02_r",   "ring_03_r",  "thumb_01_r", "thumb_02_r",  "thumb_03_r"};

constexpr Names kVrm{"hips",
                     "leftUpperLeg",
                     "rightUpperLeg",
                     "spine",
                     "leftLowerLeg",
                     "rightLowerLeg",
                     "chest",
                     "leftFoot",
                     "rightFoot",
                     "upperChest",
                     "leftToes",
                     "rightToes",
                     "neck",
                     "leftShoulder",
                     "rightShoulder",
                     "head",
                     "leftUpperArm",
                     "rightUpperArm",
                     "leftLowerArm",
                     "rightLowerArm",
                     "leftHand",
                     "rightHand",
                     "jaw",
                     "leftEye",
                     "rightEye",
                     "leftIndexProximal",
                     "leftIndexIntermediate",
                     "leftIndexDistal",
                     "leftMiddleProximal",
                     "leftMiddleIntermediate",
                     "leftMiddleDistal",
                     "leftLittleProximal",
                     "leftLittleIntermediate",
                     "leftLittleDistal",
                     "leftRingProximal",
                     "leftRingIntermediate",
                     "leftRingDistal",
                     "leftThumbMetacarpal",
                     "leftThumbProximal",
                     "leftThumbDistal",
                     "rightIndexProximal",
                     "rightIndexIntermediate",
                     "rightIndexDistal",
                     "rightMiddleProximal",
                     "rightMiddleIntermediate",
                     "rightMiddleDistal",
                     "rightLittleProximal",
                     "rightLittleIntermediate",
                     "rightLittleDistal",
                     "rightRingProximal",
                     "rightRingIntermediate",
                     "rightRingDistal",
                     "rightThumbMetacarpal",
                     "rightThumbProximal",
                     "rightThumbDistal"};

constexpr std::array kNamings{JointNaming::Smplx, JointNaming::Mixamo, JointNaming::Unreal,
                              JointNaming::Vrm};

} // namespace

std::span<const std::string_view, motion::kJointCount> jointNames(JointNaming naming) {
    switch (naming) {
    case JointNaming::Smplx:
        return motion::jointNames();
    case JointNaming::Mixamo:
        return kMixamo;
    case JointNaming::Unreal:
        return kUnreal;
    case JointNaming::Vrm:
        return kVrm;
    }
    return motion::jointNames();
}

std::string_view nameOf(JointNaming naming) {
    switch (naming) {
    case JointNaming::Smplx:
        return "smplx";
    case JointNaming::Mixamo:
        return "mixamo";
    case JointNaming::Unreal:
        return "unreal";
    case JointNaming::Vrm:
        return "vrm";
    }
    return {};
}

std::optional<JointNaming> jointNamingFrom(std::string_view name) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const JointNaming naming : kNamings)
        if (lower == nameOf(naming)) return naming;
    return std::nullopt;
}

std::string jointNamingList() {
    std::string list;
    for (const JointNaming naming : kNamings) {
        if (!list.empty()) list += ", ";
        list += nameOf(naming);
    }
    return list;
}

} // namespace gesture::interchange
