// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Text as CLIP cleans it before it is cut into words: HTML's entities (numbers and the six that
/// subtitles use) become characters, twice over; curly quotes straight, letters of full width and
/// ligatures ordinary ones; control characters go; accents join their letters; white space becomes
/// single blanks, none at the ends; all is in lower case. What the original's ftfy does beyond that
/// (it guesses wrong encodings) is left out.
[[nodiscard]] std::u32string cleanedForClip(std::string_view text);

/// The words of cleaned text as CLIP's pattern finds them: the endings 's 't 're 've 'm 'll 'd,
/// runs of letters, single numerals, runs of anything else but blanks. Views into `text`; at most
/// `limit`.
[[nodiscard]] std::vector<std::u32string_view> clipWords(std::u32string_view text,
                                                         std::size_t limit);

} // namespace gesture::io
