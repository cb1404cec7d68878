// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// Takes the next line (without its end) off the front of `text`.
[[nodiscard]] inline std::string_view takeLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

/// Splits a line at blanks and tabs into `fields`, which is reused.
inline void splitFields(std::string_view line, std::vector<std::string_view>& fields) {
    constexpr std::string_view kBlanks = " \t";
    fields.clear();
    std::size_t begin = line.find_first_not_of(kBlanks);
    while (begin != std::string_view::npos) {
        const std::size_t end = line.find_first_of(kBlanks, begin);
        fields.push_back(line.substr(begin, end - begin));
        begin = end == std::string_view::npos ? end : line.find_first_not_of(kBlanks, end);
    }
}

/// The whole text as a number, or nothing.
template <typename Number>
[[nodiscard]] std::optional<Number> numberFrom(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace gesture::avatar
