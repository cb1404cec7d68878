// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/expression_mapper.h"

#include "core/avatar/face_units.h"
#include "core/base/assert.h"

#include <algorithm>
#include <array>

namespace gesture::avatar {

namespace {

using motion::ExpressionSpace;

/// Share of "jawOpen" that the loudest passage reaches; wider looks like shouting.
constexpr float kWidestSpeech = 0.45F;
constexpr float kFunnelShare = 0.5F;
constexpr float kLowerLipShare = 0.25F;

float pitchOf(float jawOpen) { return jawOpen * static_cast<float>(kJawOpenAngle); }

/// The jaw turned down at least by `pitch`: the larger of both, so that an opening that a clip
/// states twice is not applied twice.
AxisAngle openedAtLeast(AxisAngle jaw, float pitch) {
    jaw.x() = std::max(jaw.x(), pitch);
    return jaw;
}

} // namespace

ExpressionMapper::ExpressionMapper(const io::Avatar& avatar, Sources sources)
    : clip_(std::move(sources.clip))
    , bridge_(std::move(sources.bridge))
    , avatarSpace_(avatar.expressionSpace)
    , coefficientCount_(avatar.body->expressionCount()) {
    GESTURE_ASSERT(clip_ != nullptr);
    if (avatarSpace_ == ExpressionSpace::Arkit52) {
        for (const std::string_view unit : faceUnitNames()) {
            const auto& names = avatar.expressionNames;
            const auto found = std::find(names.begin(), names.end(), unit);
            const auto index = static_cast<int>(found - names.begin());
            unitCoefficients_.push_back(index < coefficientCount_ && found != names.end() ? index
                                                                                          : -1);
        }
    }
    if (clip_->expressionSpace() == avatarSpace_) {
        source_ = FaceSource::Clip;
    } else if (bridge_ != nullptr) {
        source_ = FaceSource::Bridge;
    } else if (avatarSpace_ == ExpressionSpace::Arkit52 && !sources.loudness.empty()) {
        source_ = FaceSource::Sound;
        mouth_ = mouthFromLoudness(sources.loudness, clip_->rate());
    } else {
        source_ = FaceSource::Jaw;
    }
}

std::string ExpressionMapper::note() const {
    const bool freeFace = avatarSpace_ == ExpressionSpace::Arkit52;
    switch (source_) {
    case FaceSource::Clip:
        return {};
    case FaceSource::Bridge:
        return freeFace ? "Face: SMPL-X expressions translated to face units by your bridge."
                        : "Face: face units translated to SMPL-X expressions by your bridge.";
    case FaceSource::Sound:
        return "Face: mouth follows the sound; this avatar cannot show SMPL-X expressions.";
    case FaceSource::Jaw:
        return freeFace ? "Face: mouth follows the jaw; this avatar cannot show SMPL-X expressions."
                        : "Face: mouth follows the jaw; this avatar cannot show ARKit face units.";
    }
    return {};
}

AxisAngle ExpressionMapper::map(FrameIndex frame, std::span<float> coefficients) const {
    GESTURE_ASSERT(coefficients.size() == static_cast<std::size_t>(coefficientCount_));
    std::fill(coefficients.begin(), coefficients.end(), 0.0F);
    const auto pose = clip_->pose(frame);
    constexpr std::size_t kJawSlot = 3 * static_cast<std::size_t>(motion::kJaw);
    AxisAngle jaw(pose[kJawSlot], pose[kJawSlot + 1], pose[kJawSlot + 2]);
    const std::span<const float> expression = clip_->expression(frame);

    switch (source_) {
    case FaceSource::Clip:
        if (avatarSpace_ == ExpressionSpace::Arkit52) {
            return mapUnits(expression.first(kFaceUnitCount), jaw, coefficients);
        }
        std::copy_n(expression.begin(), std::min(expression.size(), coefficients.size()),
                    coefficients.begin());
        return jaw;
    case FaceSource::Bridge:
        return mapThroughBridge(expression, jaw, coefficients);
    case FaceSource::Sound:
        return mapMouth(frame, jaw, coefficients);
    case FaceSource::Jaw:
        break;
    }
    const bool units = clip_->expressionSpace() == ExpressionSpace::Arkit52;
    return units ? openedAtLeast(jaw, pitchOf(expression[kJawOpenUnit])) : jaw;
}

/// Units by name. Jaw joint and "jawOpen" both state the opening: what the unit shows is taken off
/// the joint's pitch.
AxisAngle ExpressionMapper::mapUnits(std::span<const float> units, AxisAngle jaw,
                                     std::span<float> coefficients) const {
    for (std::size_t unit = 0; unit < unitCoefficients_.size(); ++unit) {
        if (unitCoefficients_[unit] < 0) continue;
        coefficients[static_cast<std::size_t>(unitCoefficients_[unit])] = units[unit];
    }
    const float shown = unitCoefficients_[kJawOpenUnit] < 0 ? 0.0F : pitchOf(units[kJawOpenUnit]);
    if (shown > 0.0F) jaw.x() = std::max(jaw.x() - shown, 0.0F);
    return jaw;
}

AxisAngle ExpressionMapper::mapThroughBridge(std::span<const float> expression, AxisAngle jaw,
                                             std::span<float> coefficients) const {
    if (avatarSpace_ == ExpressionSpace::Smplx) {
        std::array<float, kFaceUnitCount> units{};
        std::copy_n(expression.begin(), units.size(), units.begin());
        const float opening = pitchOf(units[kJawOpenUnit]);
        units[kJawOpenUnit] = 0.0F; // SMPL-X opens the mouth by its jaw joint
        const auto smplx = bridge_->smplxFromUnits(units);
        std::copy_n(smplx.begin(), std::min(smplx.size(), coefficients.size()),
                    coefficients.begin());
        return openedAtLeast(jaw, opening);
    }
    auto units = bridge_->unitsFromSmplx(expression.first<motion::kExpressionCount>());
    jaw.x() += pitchOf(units[kJawOpenUnit]); // in SMPL-X the two add up
    units[kJawOpenUnit] = 0.0F;
    return mapUnits(units, jaw, coefficients);
}

AxisAngle ExpressionMapper::mapMouth(FrameIndex frame, AxisAngle jaw,
                                     std::span<float> coefficients) const {
    const auto index = static_cast<std::size_t>(frame.value);
    if (index >= mouth_.size()) return jaw;
    const MouthShape& mouth = mouth_[index];
    const auto set = [&](std::size_t unit, float value) {
        if (unitCoefficients_[unit] < 0) return;
        coefficients[static_cast<std::size_t>(unitCoefficients_[unit])] = value;
    };
    set(kMouthFunnelUnit, kFunnelShare * mouth.round);
    set(kMouthLowerDownLeftUnit, kLowerLipShare * mouth.open);
    set(kMouthLowerDownRightUnit, kLowerLipShare * mouth.open);
    return openedAtLeast(jaw, pitchOf(kWidestSpeech * mouth.open));
}

} // namespace gesture::avatar
