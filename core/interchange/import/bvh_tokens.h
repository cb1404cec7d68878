// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gesture::interchange {

/// Words and numbers of a BVH text, one after the other. The text may be anything and must outlive
/// this. Errors name the line. One thread.
class BvhTokens {
public:
    explicit BvhTokens(std::string_view text);

    /// The next word, up to white space or a brace (braces and the colon after "Frames" are words
    /// of their own); empty at the end.
    [[nodiscard]] std::string_view next();
    [[nodiscard]] std::string_view peek() const;
    /// The rest of the line, up to an opening brace, without blanks at its ends: names may have
    /// blanks inside.
    [[nodiscard]] std::string_view restOfLine();

    /// The next word must be this one (letters of either case).
    [[nodiscard]] Status expect(std::string_view word);
    /// A finite number. A value that is none, too large or missing is an error.
    [[nodiscard]] Result<double> number(std::string_view what);

    [[nodiscard]] std::size_t bytesLeft() const { return text_.size() - at_; }
    /// "Line 12: …".
    [[nodiscard]] Error failure(const std::string& what) const;

private:
    void skipBlanks();

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Whether two words are the same but for the case of ASCII letters.
[[nodiscard]] bool sameWord(std::string_view a, std::string_view b);

} // namespace gesture::interchange
