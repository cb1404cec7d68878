// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/text_grid_tokens.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/number_text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr std::string_view kWhiteSpace = " \t\n\v\f";

/// Whether a word is meant as a number, be it a good one or not.
bool looksLikeNumber(std::string_view word) {
    const char first = word.front();
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') return true;
    const std::string lower = lowerCase(word.substr(0, 9));
    return lower == "nan" || lower == "inf" || lower == "infinity";
}

std::string_view nameOfKind(TextGridTokens::Kind kind) {
    switch (kind) {
    case TextGridTokens::Kind::Number:
        return "a number";
    case TextGridTokens::Kind::Text:
        return "a text in quotes";
    case TextGridTokens::Kind::Flag:
        return "a flag in angle brackets";
    }
    return "";
}

} // namespace

Result<TextGridTokens::Token> TextGridTokens::quotedText() {
    const std::string_view text = source_.text();
    const std::size_t begin = at_ + 1;
    for (std::size_t quote = text.find('"', begin); quote != std::string_view::npos;
         quote = text.find('"', quote + 2)) {
        if (quote + 1 < text.size() && text[quote + 1] == '"') continue;
        at_ = quote + 1;
        return Token{Kind::Text, text.substr(begin, quote - begin), begin - 1};
    }
    return source_.error(at_, "this text has no closing quote: the file is cut or damaged");
}

void TextGridTokens::skipLine() {
    at_ = std::min(source_.text().find('\n', at_), source_.text().size());
}

std::string_view TextGridTokens::wordHere() const {
    const std::string_view text = source_.text();
    return text.substr(at_, std::min(text.find_first_of(kWhiteSpace, at_), text.size()) - at_);
}

Result<std::optional<TextGridTokens::Token>> TextGridTokens::next() {
    const std::string_view text = source_.text();
    while (true) {
        at_ = std::min(text.find_first_not_of(kWhiteSpace, at_), text.size());
        if (at_ == text.size()) return std::optional<Token>();
        if (text[at_] == '"') {
            auto token = quotedText();
            if (!token) return std::move(token).error();
            return std::optional<Token>(*token);
        }
        if (text[at_] == '!') {
            skipLine();
            continue;
        }
        const std::string_view word = wordHere();
        const Token token{word.front() == '<' ? Kind::Flag : Kind::Number, word, at_};
        at_ += word.size();
        if (word.front() == '<' || looksLikeNumber(word)) return std::optional<Token>(token);
    }
}

Result<TextGridTokens::Token> TextGridTokens::expect(Kind kind, std::string_view what) {
    auto token = next();
    if (!token) return std::move(token).error();
    if (!token->has_value())
        return source_.error(source_.text().size(),
                             fmt::format("the file ends where {} should follow", what));
    if ((*token)->kind != kind)
        return source_.error((*token)->offset,
                             fmt::format("{} should stand here ({}), but '{}' does",
                                         nameOfKind(kind), what, shownText((*token)->text)));
    return **token;
}

Result<std::size_t> TextGridTokens::expectCount(std::string_view what) {
    const auto token = expect(Kind::Number, what);
    if (!token) return Error(token.error());
    const auto value = parseNumber(token->text);
    if (!value || *value < 0.0 || *value != std::floor(*value))
        return source_.error(token->offset,
                             fmt::format("'{}' is not {}", shownText(token->text), what));
    if (*value > static_cast<double>(kMaxLabels))
        return source_.error(token->offset,
                             fmt::format("{} is larger than this program accepts: {}, at most {}",
                                         what, shownText(token->text), kMaxLabels),
                             ErrorCode::LimitExceeded);
    return static_cast<std::size_t>(*value);
}

std::string unquoted(std::string_view text) {
    std::string value;
    value.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        value += text[at];
        if (text[at] == '"') ++at;
    }
    return value;
}

} // namespace gesture::io
