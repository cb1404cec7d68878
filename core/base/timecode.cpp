// SPDX-License-Identifier: Apache-2.0
#include "core/base/timecode.h"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace gesture {

namespace {

constexpr double kMaxSeconds = 1e7;

/// Locale-independent, whole text, finite, not negative.
std::optional<double> parseNumber(std::string_view text) {
    double value = 0.0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!std::isfinite(value) || value < 0.0 || value > kMaxSeconds * 1000) return std::nullopt;
    return value;
}

std::optional<std::int64_t> parseCount(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> fields;
    while (true) {
        const std::size_t at = text.find(separator);
        fields.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return fields;
        text.remove_prefix(at + 1);
    }
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<FrameIndex> nearestFrame(std::optional<double> seconds, FrameRate rate) {
    if (!seconds || *seconds > kMaxSeconds) return std::nullopt;
    return rate.frameAt({*seconds});
}

/// First frame that begins at or after `second`; exact also for rates such as 30000/1001.
FrameIndex firstFrameOf(double second, FrameRate rate) {
    return {static_cast<std::int64_t>(std::ceil(second * rate.perSecond() - 1e-6))};
}

std::optional<FrameIndex> parseClock(const std::vector<std::string_view>& fields, FrameRate rate) {
    const auto minutes = parseCount(fields[0]);
    if (!minutes || *minutes > static_cast<std::int64_t>(kMaxSeconds) / 60) return std::nullopt;
    const double start = static_cast<double>(*minutes) * 60.0;
    const auto seconds = parseNumber(fields[1]);
    if (!seconds || *seconds >= 60.0) return std::nullopt;
    if (fields.size() == 2) return nearestFrame(start + *seconds, rate);
    const auto frames = parseCount(fields[2]);
    if (!frames || static_cast<double>(*frames) >= std::ceil(rate.perSecond())) return std::nullopt;
    return firstFrameOf(start + std::floor(*seconds), rate) + *frames;
}

std::optional<FrameIndex> parseAny(std::string_view text, FrameRate rate) {
    if (text.empty()) return std::nullopt;
    if (text.front() == 'f' || text.back() == 'f') {
        const bool prefix = text.front() == 'f';
        const auto frames = parseCount(prefix ? text.substr(1) : text.substr(0, text.size() - 1));
        if (!frames) return std::nullopt;
        return FrameIndex{*frames};
    }
    const auto fields = split(text, ':');
    if (fields.size() == 2 || fields.size() == 3) return parseClock(fields, rate);
    if (fields.size() > 3) return std::nullopt;
    if (text.back() == 's') text.remove_suffix(1);
    return nearestFrame(parseNumber(text), rate);
}

} // namespace

std::string formatTimecode(FrameIndex frame, FrameRate rate) {
    const auto wholeSecond = static_cast<std::int64_t>(std::floor(rate.timeOf(frame).value + 1e-6));
    const FrameIndex second = firstFrameOf(static_cast<double>(wholeSecond), rate);
    return fmt::format("{:02}:{:02}:{:02}", wholeSecond / 60, wholeSecond % 60, frame - second);
}

Result<FrameIndex> parsePosition(std::string_view text, FrameRate rate) {
    if (const auto frame = parseAny(trimmed(text), rate)) return *frame;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' is no position. Type frames (786f), seconds (26.2), mm:ss or "
                             "mm:ss:ff.",
                             text)};
}

Result<FrameRange> parseRange(std::string_view text, FrameRate rate) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is no range. Type START-END, for example 2.5-4 or "
                                 "75f-120f.",
                                 text)};
    auto begin = parsePosition(text.substr(0, dash), rate);
    if (!begin) return std::move(begin).error();
    auto end = parsePosition(text.substr(dash + 1), rate);
    if (!end) return std::move(end).error();
    const FrameRange range{*begin, *end};
    if (range.empty())
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("The range '{}' is empty: its end must come after its start.", text)};
    return range;
}

} // namespace gesture
