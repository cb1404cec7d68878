// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/finger_names.h"

#include <array>
#include <string_view>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr std::array<std::pair<std::string_view, Finger>, 8> kWords{{{"thumb", Finger::Thumb},
                                                                     {"index", Finger::Index},
                                                                     {"pointer", Finger::Index},
                                                                     {"middle", Finger::Middle},
                                                                     {"ring", Finger::Ring},
                                                                     {"pinky", Finger::Pinky},
                                                                     {"little", Finger::Pinky},
                                                                     {"mid", Finger::Middle}}};
/// Biped numbers fingers from the thumb.
constexpr std::array kFingersOfBiped{Finger::Thumb, Finger::Index, Finger::Middle, Finger::Ring,
                                     Finger::Pinky};

bool has(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

/// What may stand around a finger's own word.
bool isFingerCore(std::string_view core, std::string_view word) {
    for (const std::string_view around : {"hand", "f", "finger", "carpal"}) {
        if (core == word || core == std::string(around) + std::string(word) ||
            core == std::string(word) + std::string(around))
            return true;
    }
    return false;
}

/// Finger1 is the index finger's first bone, Finger11 and Finger12 are those that follow.
std::optional<FingerBone> boneOfBiped(const BoneName& name) {
    if (name.core != "finger" || name.digits < 1 || name.digits > 2) return std::nullopt;
    const int finger = name.digits == 1 ? name.number : name.number / 10;
    if (finger >= static_cast<int>(kFingerCount)) return std::nullopt;
    return FingerBone{kFingersOfBiped[static_cast<std::size_t>(finger)],
                      name.digits == 1 ? 0 : name.number % 10};
}

} // namespace

std::optional<FingerBone> fingerBoneOf(const BoneName& name) {
    if (name.helper || name.side == BodySide::Middle) return std::nullopt;
    for (const auto& [word, finger] : kWords) {
        if (!has(name.core, word)) continue;
        std::string core = name.core;
        int order = name.number < 0 ? 0 : name.number;
        constexpr std::array<std::string_view, 4> kSegments{"metacarpal", "proximal",
                                                            "intermediate", "distal"};
        for (std::size_t i = 0; i < kSegments.size(); ++i) {
            const std::size_t at = core.find(kSegments[i]);
            if (at == std::string::npos) continue;
            core.erase(at, kSegments[i].size());
            order = static_cast<int>(i) + 100; // after no number
            // The thumb has no other bone in the palm; the fingers' first bone is not theirs.
            if (i == 0 && finger != Finger::Thumb) order = -1;
        }
        if (isFingerCore(core, word)) return FingerBone{finger, order};
    }
    return boneOfBiped(name);
}

} // namespace gesture::interchange
