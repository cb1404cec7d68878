// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/bvh_tokens.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace gesture::interchange {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isSingle(char c) { return c == '{' || c == '}' || c == ':'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

} // namespace

bool sameWord(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

BvhTokens::BvhTokens(std::string_view text)
    : text_(text) {
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
    skipBlanks();
}

void BvhTokens::skipBlanks() {
    while (at_ < text_.size() && isBlank(text_[at_])) {
        ++at_;
    }
}

std::string_view BvhTokens::peek() const {
    if (at_ >= text_.size()) return {};
    std::size_t end = at_ + 1;
    if (!isSingle(text_[at_]))
        while (end < text_.size() && !isBlank(text_[end]) && !isSingle(text_[end])) {
            ++end;
        }
    return text_.substr(at_, end - at_);
}

std::string_view BvhTokens::next() {
    const std::string_view word = peek();
    at_ += word.size();
    skipBlanks();
    return word;
}

std::string_view BvhTokens::restOfLine() {
    const std::size_t end = std::min(text_.find_first_of("\r\n{", at_), text_.size());
    std::string_view rest = text_.substr(at_, end - at_);
    at_ = end;
    skipBlanks();
    while (!rest.empty() && isBlank(rest.back())) {
        rest.remove_suffix(1);
    }
    return rest;
}

Error BvhTokens::failure(const std::string& what) const {
    const std::string_view before = text_.substr(0, std::min(at_, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return {ErrorCode::InvalidInput, fmt::format("Line {}: {}", line, what)};
}

Status BvhTokens::expect(std::string_view word) {
    const std::string_view found = peek();
    if (!sameWord(found, word))
        return failure(fmt::format("'{}' should stand here, not '{}'.", word, shownText(found)));
    (void)next();
    return Status::success();
}

Result<double> BvhTokens::number(std::string_view what) {
    std::string_view word = peek();
    if (word.starts_with('+')) word.remove_prefix(1);
    double value = 0;
    const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (failed != std::errc{} || end != word.data() + word.size() || !std::isfinite(value))
        return failure(word.empty() ? fmt::format("The file ends where {} should stand.", what)
                                    : fmt::format("'{}' is not {}.", shownText(peek()), what));
    (void)next();
    return value;
}

} // namespace gesture::interchange
