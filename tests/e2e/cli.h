// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/io/motion_file.h"

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gesture::test {

/// Runs the built `gesture` to its end; output and errors come back as one text.
inline ProgramOutput runGesture(const std::vector<std::string>& arguments) {
    const std::filesystem::path program = std::filesystem::path(GESTURE_TEST_BINARIES) / "gesture";
    auto result = runProgram({program, arguments}, std::chrono::minutes(3));
    if (!result) return {-1, result.error().message()};
    return *result;
}

/// First line of the output that is a JSON object with `key`.
inline nlohmann::json jsonLineWith(const ProgramOutput& output, const std::string& key) {
    std::size_t at = 0;
    while (at < output.text.size()) {
        const std::size_t end = output.text.find('\n', at);
        const auto value = nlohmann::json::parse(output.text.substr(at, end - at), nullptr, false);
        if (value.is_object() && value.contains(key)) return value;
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return nlohmann::json::object();
}

/// A motion of `frames` frames that stands and turns its head a little.
inline motion::Clip standingClip(std::int64_t frames) {
    motion::Clip::Data data;
    const auto count = static_cast<std::size_t>(frames);
    data.poses.resize(count * motion::kPoseSize);
    data.translations.resize(count * 3);
    data.expressions.resize(count * motion::kExpressionCount);
    data.expressionSpace = motion::ExpressionSpace::Arkit52;
    for (std::size_t i = 0; i < count; ++i) {
        data.translations[3 * i + 1] = 1.30F;
        data.poses[motion::kPoseSize * i + 3 * motion::kHead + 1] =
            0.3F * std::sin(static_cast<float>(i) * 0.1F);
    }
    return motion::Clip::create(std::move(data)).value();
}

} // namespace gesture::test
