// SPDX-License-Identifier: Apache-2.0
#include "core/speech/utf8.h"

#include <cstddef>

namespace gesture::speech {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Lead {
    int following = 0;
    char32_t bits = 0;
    char32_t smallest = 0; ///< Below it the character was written with too many bytes.
};

Lead leadOf(unsigned char byte) {
    if ((byte & 0xE0) == 0xC0) return {1, byte & 0x1FU, 0x80};
    if ((byte & 0xF0) == 0xE0) return {2, byte & 0x0FU, 0x800};
    if ((byte & 0xF8) == 0xF0) return {3, byte & 0x07U, 0x10000};
    return {};
}

} // namespace

std::u32string decodeUtf8(std::string_view text) {
    std::u32string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i++]);
        if (byte < 0x80) {
            result += static_cast<char32_t>(byte);
            continue;
        }
        const Lead lead = leadOf(byte);
        char32_t character = lead.bits;
        int read = 0;
        while (read < lead.following && i + static_cast<std::size_t>(read) < text.size()) {
            const auto next = static_cast<unsigned char>(text[i + static_cast<std::size_t>(read)]);
            if ((next & 0xC0) != 0x80) break;
            character = character << 6 | (next & 0x3FU);
            ++read;
        }
        const bool valid = lead.following > 0 && read == lead.following &&
                           character >= lead.smallest && character <= 0x10FFFF &&
                           (character < 0xD800 || character > 0xDFFF);
        result += valid ? character : kReplacement;
        if (valid) i += static_cast<std::size_t>(read);
    }
    return result;
}

std::string encodeUtf8(std::u32string_view characters) {
    std::string text;
    for (const char32_t c : characters) {
        if (c < 0x80) {
            text += static_cast<char>(c);
        } else if (c < 0x800) {
            text += static_cast<char>(0xC0 | c >> 6);
            text += static_cast<char>(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            text += static_cast<char>(0xE0 | c >> 12);
            text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            text += static_cast<char>(0xF0 | c >> 18);
            text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
            text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            text += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return text;
}

} // namespace gesture::speech
