// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gesture::io {

/// The text of a transcript file: well-formed UTF-8 without byte order mark and zero characters,
/// whose lines end in '\n'. Value type.
class SourceText {
public:
    /// Decodes UTF-8, or UTF-16 of either byte order (by its mark, else by the zero byte in one of
    /// the first two). CR LF and single CR become '\n'. InvalidInput names the offset of the first
    /// byte that is no text. `name` stands for the file in messages.
    [[nodiscard]] static Result<SourceText> decode(std::string name, std::string bytes);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::string_view text() const { return text_; }

    /// InvalidInput "'NAME', line L: REASON." (with the column where lines are very long).
    [[nodiscard]] Error error(std::size_t offset, std::string_view reason,
                              ErrorCode code = ErrorCode::InvalidInput) const;

private:
    SourceText(std::string name, std::string text)
        : name_(std::move(name))
        , text_(std::move(text)) {}

    std::string name_;
    std::string text_;
};

/// A line without its end, and where it begins in the text.
struct SourceLine {
    std::string_view text;
    std::size_t offset = 0;

    [[nodiscard]] bool isBlank() const;
};

/// Goes through a text line by line. A view: the text must outlive it.
class LineReader {
public:
    explicit LineReader(std::string_view text)
        : text_(text) {}

    /// The next line; nothing at the end of the text.
    [[nodiscard]] std::optional<SourceLine> next();

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// Turns CR LF and single CR into '\n'.
void unifyLineEnds(std::string& text);

/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII letters in lower case; others stay.
[[nodiscard]] std::string lowerCase(std::string_view text);

} // namespace gesture::io
