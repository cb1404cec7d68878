// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/number_text.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr double kConfidenceSlack = 1e-3;

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

/// "1,25": a number as half of Europe writes it.
bool hasDecimalComma(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos)
        return false;
    std::string pointed(text);
    pointed[comma] = '.';
    return parseNumber(pointed).has_value();
}

} // namespace

std::optional<double> parseNumber(std::string_view text) {
    const bool plus = text.size() > 1 && text[0] == '+' && (isDigit(text[1]) || text[1] == '.');
    if (plus) text.remove_prefix(1);
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    if (code != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

Result<double> parseSeconds(const SourceText& source, std::string_view text, std::size_t offset) {
    if (const auto value = parseNumber(text)) {
        if (std::abs(*value) <= kMaxSeconds) return *value + 0.0; // -0 becomes 0
        return source.error(offset, fmt::format("{} s is longer than any sound", *value));
    }
    const std::string_view advice = hasDecimalComma(text)
                                        ? "has a decimal comma: write it with a point"
                                        : "is not a time in seconds";
    return source.error(offset, fmt::format("'{}' {}", shownText(text), advice));
}

Result<float> parseConfidence(const SourceText& source, double value, std::size_t offset) {
    if (!(value >= -kConfidenceSlack && value <= 1.0 + kConfidenceSlack))
        return source.error(offset, fmt::format("the confidence {} is not from 0 to 1", value));
    return std::clamp(static_cast<float>(value), 0.0F, 1.0F);
}

std::string numberText(double value) { return fmt::format("{}", value); }
std::string numberText(float value) { return fmt::format("{}", value); }

} // namespace gesture::io
