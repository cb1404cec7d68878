// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/face_units.h"
#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace gesture::test {

inline std::filesystem::path shippedAvatarPath() {
    return std::filesystem::path(GESTURE_TEST_SOURCE) / "resources/avatar/free-avatar.npz";
}

/// The avatar that ships, read once.
inline const io::Avatar& shippedAvatar() {
    static const io::Avatar avatar = [] {
        auto read = io::readAvatarFile(shippedAvatarPath());
        if (!read) throw std::runtime_error(read.error().message());
        return std::move(read).value();
    }();
    return avatar;
}

/// Clip of equal frames: a pose with the jaw's pitch and one row of expressions.
inline motion::Clip stillClip(std::int64_t frames, motion::ExpressionSpace space,
                              const std::vector<float>& expression, float jawPitch) {
    motion::Clip::Data data;
    const auto count = static_cast<std::size_t>(frames);
    data.poses.assign(count * motion::kPoseSize, 0.0F);
    data.translations.assign(count * 3, 0.0F);
    data.expressions.assign(count * motion::kExpressionCount, 0.0F);
    for (std::size_t f = 0; f < count; ++f) {
        data.poses[f * motion::kPoseSize + 3 * motion::kJaw] = jawPitch;
        std::copy(expression.begin(), expression.end(),
                  data.expressions.begin() +
                      static_cast<std::ptrdiff_t>(f * motion::kExpressionCount));
    }
    data.expressionSpace = space;
    auto clip = motion::Clip::create(std::move(data));
    if (!clip) throw std::runtime_error(clip.error().message());
    return std::move(clip).value();
}

} // namespace gesture::test
