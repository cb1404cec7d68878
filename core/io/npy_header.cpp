// SPDX-License-Identifier: Apache-2.0
#include "core/io/npy_header.h"

#include "core/io/byte_order.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>

namespace gesture::io {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeaderBytes = 64 * 1024;
constexpr std::size_t kMaxDimensions = 64; // as NumPy 2
constexpr std::size_t kMaxDtypeText = 64;

Error damaged(std::string_view what) {
    return {ErrorCode::InvalidInput,
            "Its npy header is damaged (" + std::string(what) + "). Copy the file again."};
}

/// Reads the part of Python's literals that NumPy writes. Functions return false at the first
/// thing that does not fit.
class LiteralReader {
public:
    explicit LiteralReader(std::string_view text)
        : text_(text) {}

    bool character(char expected) {
        skipBlanks();
        if (text_.empty() || text_.front() != expected) return false;
        text_.remove_prefix(1);
        return true;
    }

    [[nodiscard]] bool atEnd() {
        skipBlanks();
        return text_.empty();
    }

    [[nodiscard]] char peek() {
        skipBlanks();
        return text_.empty() ? '\0' : text_.front();
    }

    /// 'text' or "text", without escapes.
    bool string(std::string& out) {
        const char quote = peek();
        if (quote != '\'' && quote != '"') return false;
        const std::size_t end = text_.find(quote, 1);
        if (end == std::string_view::npos) return false;
        const std::string_view inside = text_.substr(1, end - 1);
        if (inside.find('\\') != std::string_view::npos) return false;
        out = inside;
        text_.remove_prefix(end + 1);
        return true;
    }

    bool boolean(bool& out) { return keyword("True", true, out) || keyword("False", false, out); }

    /// (), (5,), (3, 4) or (3, 4,); an L behind a number, as Python 2 wrote, is skipped.
    bool shape(std::vector<std::size_t>& out) {
        if (!character('(')) return false;
        bool comma = true;
        while (!character(')')) {
            std::size_t size = 0;
            if (!comma || out.size() == kMaxDimensions || !number(size)) return false;
            out.push_back(size);
            comma = character(',');
        }
        return out.size() != 1 || comma;
    }

    /// A list [...] with balanced brackets; brackets inside strings do not count.
    bool list() {
        int depth = 0;
        char quote = '\0';
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            if (quote != '\0') {
                if (c == quote) quote = '\0';
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[') {
                ++depth;
            } else if (c == ']' && --depth == 0) {
                text_.remove_prefix(i + 1);
                return true;
            }
        }
        return false;
    }

private:
    void skipBlanks() {
        const std::size_t count = text_.find_first_not_of(" \t\n");
        text_.remove_prefix(count == std::string_view::npos ? text_.size() : count);
    }

    bool keyword(std::string_view word, bool value, bool& out) {
        skipBlanks();
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        out = value;
        return true;
    }

    bool number(std::size_t& out) {
        skipBlanks();
        const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), out);
        if (error != std::errc{}) return false;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
        if (!text_.empty() && text_.front() == 'L') text_.remove_prefix(1);
        return true;
    }

    std::string_view text_;
};

struct Fields {
    std::string dtype;
    bool structured = false;
    bool fortranOrder = false;
    std::vector<std::size_t> shape;
};

bool parseField(LiteralReader& reader, Fields& fields, std::array<bool, 3>& seen) {
    std::string key;
    if (!reader.string(key) || !reader.character(':')) return false;
    const std::size_t index = key == "descr" ? 0 : key == "fortran_order" ? 1 : 2;
    if ((index == 2 && key != "shape") || seen[index]) return false;
    seen[index] = true;
    if (index == 1) return reader.boolean(fields.fortranOrder);
    if (index == 2) return reader.shape(fields.shape);
    fields.structured = reader.peek() == '[';
    return fields.structured ? reader.list() : reader.string(fields.dtype);
}

bool parseFields(std::string_view text, Fields& fields) {
    LiteralReader reader(text);
    std::array<bool, 3> seen{};
    if (!reader.character('{')) return false;
    bool comma = true;
    while (!reader.character('}')) {
        if (!comma || !parseField(reader, fields, seen)) return false;
        comma = reader.character(',');
    }
    return reader.atEnd() && std::all_of(seen.begin(), seen.end(), [](bool one) { return one; });
}

struct TypeCode {
    std::string_view code;
    NpyType type;
    std::size_t bytes;
};

constexpr std::array<TypeCode, 12> kTypeCodes{{{"b1", NpyType::Bool, 1},
                                               {"i1", NpyType::Int8, 1},
                                               {"i2", NpyType::Int16, 2},
                                               {"i4", NpyType::Int32, 4},
                                               {"i8", NpyType::Int64, 8},
                                               {"u1", NpyType::Uint8, 1},
                                               {"u2", NpyType::Uint16, 2},
                                               {"u4", NpyType::Uint32, 4},
                                               {"u8", NpyType::Uint64, 8},
                                               {"f2", NpyType::Float16, 2},
                                               {"f4", NpyType::Float32, 4},
                                               {"f8", NpyType::Float64, 8}}};

/// Nothing for types that are not read.
std::optional<NpyElement> parseElement(std::string_view dtype) {
    if (dtype.size() < 3 || std::string_view("<>|").find(dtype[0]) == std::string_view::npos)
        return std::nullopt;
    const bool bigEndian = dtype[0] == '>';
    const std::string_view code = dtype.substr(1);
    for (const TypeCode& known : kTypeCodes)
        if (code == known.code) return NpyElement{known.type, known.bytes, 0, bigEndian, false};
    if (code[0] != 'U' && code[0] != 'S') return std::nullopt;
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(code.data() + 1, code.data() + code.size(), length);
    if (error != std::errc{} || end != code.data() + code.size() || length == 0 ||
        length > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    const bool bytes = code[0] == 'S';
    return NpyElement{NpyType::Unicode, bytes ? length : 4 * length, length, bigEndian, bytes};
}

std::string printable(std::string_view text) {
    std::string result(text.substr(0, kMaxDtypeText));
    for (char& c : result)
        if (c < 0x20 || c > 0x7e) c = '?';
    return result;
}

/// Product of the shape; nothing if it overflows, zeros among the sizes or not.
std::optional<std::uint64_t> countElements(std::span<const std::size_t> shape) {
    std::uint64_t nonZero = 1;
    bool empty = false;
    for (const std::size_t size : shape) {
        if (size == 0)
            empty = true;
        else if (__builtin_mul_overflow(nonZero, size, &nonZero))
            return std::nullopt;
    }
    return empty ? 0 : nonZero;
}

std::size_t lengthFieldBytes(std::span<const std::byte> prefix) {
    return prefix[kMagic.size()] == std::byte{1} ? 2 : 4;
}

} // namespace

Result<std::size_t> npyHeaderBytes(std::span<const std::byte> prefix) {
    if (prefix.size() < kNpyPrefixBytes) return damaged("it is too short");
    if (std::memcmp(prefix.data(), kMagic.data(), kMagic.size()) != 0)
        return damaged("it does not begin like one");
    const auto major = std::to_integer<int>(prefix[6]);
    if (major < 1 || major > 3 || prefix[7] != std::byte{0})
        return damaged("its version is unknown");
    const std::size_t start = kMagic.size() + 2 + lengthFieldBytes(prefix);
    const std::size_t length =
        major == 1 ? littleAt<std::uint16_t>(prefix, 8) : littleAt<std::uint32_t>(prefix, 8);
    if (length > kMaxHeaderBytes) return damaged("it is too long");
    if (start + length < kNpyPrefixBytes) return damaged("it is too short");
    return start + length;
}

Result<NpyHeader> parseNpyHeader(std::span<const std::byte> header) {
    auto length = npyHeaderBytes(header);
    if (!length) return std::move(length).error();
    if (*length > header.size()) return damaged("it is too short");
    const std::size_t start = kMagic.size() + 2 + lengthFieldBytes(header);
    const std::string_view text(reinterpret_cast<const char*>(header.data()) + start,
                                *length - start);
    Fields fields;
    if (!parseFields(text, fields)) return damaged("its text is not what NumPy writes");

    NpyHeader result;
    result.dtype = fields.structured ? "[…]" : printable(fields.dtype);
    result.fortranOrder = fields.fortranOrder;
    result.headerBytes = *length;
    if (!fields.structured) result.element = parseElement(fields.dtype);
    const auto count = countElements(fields.shape);
    if (!count) return damaged("its shape is too large");
    result.elementCount = *count;
    if (result.element &&
        __builtin_mul_overflow(*count, result.element->itemBytes, &result.payloadBytes))
        return damaged("its shape is too large");
    result.shape = std::move(fields.shape);
    return result;
}

} // namespace gesture::io
