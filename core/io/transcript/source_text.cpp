// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/source_text.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::size_t kLongLine = 200; ///< Bytes from which on a message names the column.

enum class ByteOrder { Little, Big };

Error notText(const std::string& name, std::size_t offset, std::string_view reason) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}', byte {}: {}. Save the file as UTF-8 text.", name, offset, reason)};
}

/// Text in UTF-16 has a mark, or begins with a character of ASCII, one of whose bytes is zero.
std::optional<ByteOrder> utf16Order(std::string_view bytes) {
    if (bytes.size() < 2) return std::nullopt;
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    if ((first == 0xFF && second == 0xFE) || (first != 0 && second == 0)) return ByteOrder::Little;
    if ((first == 0xFE && second == 0xFF) || (first == 0 && second != 0)) return ByteOrder::Big;
    return std::nullopt;
}

char32_t unitAt(std::string_view bytes, std::size_t at, ByteOrder order) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return order == ByteOrder::Little ? static_cast<char32_t>(second << 8 | first)
                                      : static_cast<char32_t>(first << 8 | second);
}

Result<std::string> utf8FromUtf16(const std::string& name, std::string_view bytes,
                                  ByteOrder order) {
    std::string text;
    text.reserve(bytes.size() / 2);
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        if (at + 2 > bytes.size())
            return notText(name, at, "the UTF-16 text ends inside a character");
        char32_t value = unitAt(bytes, at, order);
        if (at == 0 && value == 0xFEFF) continue;
        if (value == 0) return notText(name, at, "a zero character is no text");
        if (value >= 0xD800 && value < 0xDC00 && at + 4 <= bytes.size()) {
            const char32_t low = unitAt(bytes, at + 2, order);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10U) + (low - 0xDC00);
                at += 2;
            }
        }
        if (!appendUtf8(text, value))
            return notText(name, at, "half a character of UTF-16 stands alone");
    }
    return text;
}

Result<std::string> checkedUtf8(const std::string& name, std::string bytes) {
    if (const auto invalid = firstInvalidUtf8(bytes))
        return notText(name, *invalid, "this is neither UTF-8 nor UTF-16");
    if (const std::size_t zero = bytes.find('\0'); zero != std::string::npos)
        return notText(name, zero, "a zero byte is no text");
    if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
    return bytes;
}

} // namespace

Result<SourceText> SourceText::decode(std::string name, std::string bytes) {
    const auto order = utf16Order(bytes);
    auto text = order ? utf8FromUtf16(name, bytes, *order) : checkedUtf8(name, std::move(bytes));
    if (!text) return std::move(text).error();
    unifyLineEnds(*text);
    return SourceText(std::move(name), std::move(text).value());
}

Error SourceText::error(std::size_t offset, std::string_view reason, ErrorCode code) const {
    const std::string_view before = text().substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineBegin = before.rfind('\n') + 1; // npos + 1 is 0
    const std::size_t column = before.size() - lineBegin + 1;
    if (column > kLongLine)
        return {code, fmt::format("'{}', line {}, column {}: {}.", name_, line, column, reason)};
    return {code, fmt::format("'{}', line {}: {}.", name_, line, reason)};
}

bool SourceLine::isBlank() const { return trimmed(text).empty(); }

std::optional<SourceLine> LineReader::next() {
    if (at_ >= text_.size()) return std::nullopt;
    const std::size_t begin = at_;
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    at_ = end + 1;
    return SourceLine{text_.substr(begin, end - begin), begin};
}

void unifyLineEnds(std::string& text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool followed = at + 1 < text.size() && text[at + 1] == '\n';
        if (text[at] == '\r' && followed) continue;
        text[kept++] = text[at] == '\r' ? '\n' : text[at];
    }
    text.resize(kept);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

} // namespace gesture::io
