// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/source_text.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gesture::io {

/// Goes through the values of one of Praat's text files. As Praat does, it takes numbers, texts in
/// quotes and <flags> that stand free and skips everything else (the words of the long form, and
/// comments from '!' to the end of the line); long and short form are therefore the same. The
/// source must outlive it.
class TextGridTokens {
public:
    enum class Kind { Number, Text, Flag };

    struct Token {
        Kind kind = Kind::Number;
        std::string_view text; ///< A text stands without its quotes, but "" in it is not undone.
        std::size_t offset = 0;
    };

    explicit TextGridTokens(const SourceText& source, std::size_t offset = 0)
        : source_(source)
        , at_(offset) {}

    /// The next value, nothing at the end. InvalidInput for a text without a closing quote.
    [[nodiscard]] Result<std::optional<Token>> next();

    /// The next value, which must be of this kind. `what` names it in the message.
    [[nodiscard]] Result<Token> expect(Kind kind, std::string_view what);
    /// The next number, which must be a count.
    [[nodiscard]] Result<std::size_t> expectCount(std::string_view what);

    /// Where the next value is looked for.
    [[nodiscard]] std::size_t offset() const { return at_; }

private:
    [[nodiscard]] Result<Token> quotedText();
    void skipLine();
    [[nodiscard]] std::string_view wordHere() const;

    const SourceText& source_;
    std::size_t at_;
};

/// A text token's value: "" becomes one quote.
[[nodiscard]] std::string unquoted(std::string_view text);

} // namespace gesture::io
