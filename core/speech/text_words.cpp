// SPDX-License-Identifier: Apache-2.0
#include "core/speech/text_words.h"

#include "core/base/utf8.h"
#include "core/speech/spoken_form.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>

namespace gesture::speech {

namespace {

constexpr std::size_t kMaxBytes = 16U << 20;

/// The characters of UTF-8 text; each wrong byte becomes U+FFFD.
std::u32string decode(std::string_view text) {
    constexpr char32_t kReplacement = 0xFFFD;
    std::u32string characters;
    characters.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Character next =
            utf8CharacterAt(text, i).value_or(Utf8Character{kReplacement, 1});
        characters += next.value;
        i += next.length;
    }
    return characters;
}

std::string encode(std::u32string_view characters) {
    std::string text;
    for (const char32_t character : characters)
        appendUtf8(text, character);
    return text;
}

bool isSpace(char32_t c) {
    return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000 || c == 0xFEFF || c == 0x200B;
}

/// Marks that only steer how text is drawn.
bool isInvisible(char32_t c) {
    return c == 0xAD || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || (c >= 0x80 && c < 0xA0 && c != 0x85);
}

/// Dashes that part words, as hyphens do not.
bool isDash(char32_t c) { return c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x2026; }

bool isPunctuation(char32_t c) {
    constexpr std::u32string_view kMarks = U".,;:!?\"'()[]{}<>*_~`^|\\/-"
                                           U"\u00AB\u00BB\u00BF\u00A1\u2018\u2019\u201A\u201B\u201C"
                                           U"\u201D\u201E\u201F\u2039\u203A\u2010\u2011\u2012\u2013"
                                           U"\u2014\u2015\u2022\u2026\u2212\u3001\u3002\u300C\u300D"
                                           U"\uFF01\uFF0C\uFF0E\uFF1F\u060C\u061F\u061B";
    return kMarks.find(c) != std::u32string_view::npos;
}

/// The nearest plain ASCII of a character; "\0" when there is none.
std::string_view asciiOf(char32_t c) {
    static const std::map<char32_t, std::string_view> table{
        {0x2018, "'"},  {0x2019, "'"},  {0x02BC, "'"}, {0x2010, "-"},  {0x2011, "-"},
        {0x2012, "-"},  {0x2013, "-"},  {0x2212, "-"}, {0xA3, "\x01"}, {0x20AC, "\x02"},
        {0xA5, "\x03"}, {0xC6, "AE"},   {0xE6, "ae"},  {0xD8, "O"},    {0xF8, "o"},
        {0xDF, "ss"},   {0xDE, "Th"},   {0xFE, "th"},  {0xD0, "D"},    {0xF0, "d"},
        {0x152, "OE"},  {0x153, "oe"},  {0x141, "L"},  {0x142, "l"},   {0x131, "i"},
        {0xBD, " 1/2"}, {0xBC, " 1/4"}, {0xBE, " 3/4"}};
    if (const auto found = table.find(c); found != table.end()) return found->second;
    constexpr std::string_view kLatin1 =
        "AAAAAA?CEEEEIIII?NOOOOO??UUUUY??aaaaaa?ceeeeiiii?nooooo??uuuuy?y";
    if (c >= 0xC0 && c <= 0xFF) return kLatin1.substr(c - 0xC0, 1);
    constexpr std::string_view kExtended =
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo??"
        "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    if (c >= 0x100 && c < 0x100 + kExtended.size()) return kExtended.substr(c - 0x100, 1);
    return {};
}

/// What can be said of a word, in ASCII.
std::string plain(std::u32string_view characters) {
    std::string result;
    for (const char32_t c : characters) {
        if (c > 0x20 && c < 0x7F)
            result += static_cast<char>(c);
        else
            result += asciiOf(c);
    }
    return result;
}

/// Takes off what stands around a word: punctuation, but not the dot of "Mr." nor the sign of "-5".
std::u32string_view trimmed(std::u32string_view word) {
    while (!word.empty() && isPunctuation(word.front())) {
        const bool number = word.size() > 1 && word[1] >= U'0' && word[1] <= U'9';
        const char32_t first = word.front();
        if (number && (first == U'-' || first == U'.' || first == 0x2212)) break;
        word.remove_prefix(1);
    }
    while (!word.empty() && isPunctuation(word.back())) {
        if (word.back() == U'.' && isAbbreviation(plain(word))) break;
        if (word == U"w/") break;
        word.remove_suffix(1);
    }
    return word;
}

struct Piece {
    std::u32string shown;
    std::string ascii;
};

class Splitter {
public:
    std::vector<Piece> split(const std::u32string& text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char32_t c = text[i];
            const bool twoHyphens = c == U'-' && i + 1 < text.size() && text[i + 1] == U'-';
            const bool numbers =
                c == 0x2013 && isDigitAt(text, i + 1) && i > 0 && isDigitAt(text, i - 1);
            if (isSpace(c) || twoHyphens || (isDash(c) && !numbers))
                finish();
            else if (!isInvisible(c))
                word_ += c;
        }
        finish();
        return std::move(pieces_);
    }

private:
    static bool isDigitAt(const std::u32string& text, std::size_t i) {
        return i < text.size() && text[i] >= U'0' && text[i] <= U'9';
    }

    void finish() {
        const std::u32string_view shown = trimmed(word_);
        if (!shown.empty()) pieces_.push_back({std::u32string(shown), plain(shown)});
        word_.clear();
    }

    std::u32string word_;
    std::vector<Piece> pieces_;
};

/// A fraction sign after a number makes two words of one: "2½".
std::vector<Utterance> spokenOf(const WrittenWord& written) {
    const std::size_t space = written.text.find(' ');
    if (space == std::string_view::npos) return spokenForm(written);
    std::vector<Utterance> spoken = spokenForm({written.text.substr(0, space), {}, {}});
    if (!spoken.empty()) spoken.push_back({"and", false});
    const auto fraction = spokenForm({written.text.substr(space + 1), {}, {}});
    spoken.insert(spoken.end(), fraction.begin(), fraction.end());
    return spoken;
}

} // namespace

Result<std::vector<TextWord>> wordsOfText(std::string_view text) {
    if (text.size() > kMaxBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The text has {:.0f} MB, at most {} are read: give the words of "
                                 "this sound alone.",
                                 static_cast<double>(text.size()) / (1 << 20), kMaxBytes >> 20)};
    std::vector<Piece> pieces = Splitter().split(decode(text));
    std::vector<TextWord> words;
    words.reserve(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        WrittenWord written;
        written.text = pieces[i].ascii;
        if (i + 1 < pieces.size()) written.next = pieces[i + 1].ascii;
        if (i > 0) written.previous = pieces[i - 1].ascii;
        words.push_back({encode(pieces[i].shown), spokenOf(written)});
    }
    return words;
}

} // namespace gesture::speech
