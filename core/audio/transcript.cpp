// SPDX-License-Identifier: Apache-2.0
#include "core/audio/transcript.h"

#include "core/base/utf8.h"

#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace gesture::audio {

namespace {

constexpr double kLargestOverlap = 1e-6; ///< Seconds; what rounding leaves.

/// What is wrong with a label by itself; empty: nothing.
std::string_view faultOf(const TimedLabel& label) {
    if (!std::isfinite(label.begin.value) || !std::isfinite(label.end.value))
        return "its times are not finite numbers";
    if (label.begin.value < 0.0) return "it begins before the sound";
    if (label.end == label.begin) return "it has no length";
    if (label.end < label.begin) return "it ends before it begins";
    if (firstInvalidUtf8(label.text)) return "its text is not UTF-8";
    if (label.text.find('\0') != std::string::npos) return "its text holds a zero byte";
    const float confidence = label.confidence.value_or(1.0F);
    if (!(confidence >= 0.0F && confidence <= 1.0F)) return "its confidence is not from 0 to 1";
    return {};
}

std::string_view faultOfOrder(const TimedLabel& previous, const TimedLabel& label) {
    if (label.begin <= previous.begin) return "it does not begin after the one in front of it";
    if (label.begin.value < previous.end.value - kLargestOverlap)
        return "it begins before the one in front of it ends";
    return {};
}

Status validateLabels(const std::vector<TimedLabel>& labels, std::string_view noun) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const TimedLabel& label = labels[i];
        std::string_view fault = faultOf(label);
        if (fault.empty() && i > 0) fault = faultOfOrder(labels[i - 1], label);
        if (!fault.empty())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("{} {} ('{}', {} to {} s) cannot be used: {}.", noun, i + 1,
                                     shownText(label.text), label.begin.value, label.end.value,
                                     fault)};
    }
    return Status::success();
}

bool reaches(Seconds duration, const std::vector<TimedLabel>& labels) {
    return labels.empty() || duration.value >= labels.back().end.value - kLargestOverlap;
}

} // namespace

bool TimedLabel::isPause() const {
    for (std::size_t at = 0; at < text.size();) {
        const auto character = utf8CharacterAt(text, at);
        if (!character || !isWhiteSpace(character->value)) return false;
        at += character->length;
    }
    return true;
}

Status validate(const Transcript& transcript) {
    if (auto words = validateLabels(transcript.words, "Word"); !words) return words;
    if (auto phones = validateLabels(transcript.phones, "Phone"); !phones) return phones;
    const Seconds duration = transcript.duration;
    if (!std::isfinite(duration.value) || duration.value < 0.0)
        return Error{ErrorCode::InvalidInput, "The transcript's duration is not a length of time."};
    if (duration.value > 0.0 &&
        (!reaches(duration, transcript.words) || !reaches(duration, transcript.phones)))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The transcript's duration ({} s) is shorter than its labels.",
                                 duration.value)};
    return Status::success();
}

std::string plainText(const Transcript& transcript) {
    std::string text;
    for (const TimedLabel& word : transcript.words) {
        if (word.isPause()) continue;
        if (!text.empty()) text += ' ';
        text += word.text;
    }
    return text;
}

} // namespace gesture::audio
