// SPDX-License-Identifier: Apache-2.0
#include "core/inference/message_archive.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fmt/format.h>

namespace gesture::inference::wire {

static_assert(std::endian::native == std::endian::little, "arrays are sent as they lie in memory");

namespace {

constexpr unsigned kUnsigned = 0;
constexpr unsigned kNegative = 1;
constexpr unsigned kBytes = 2;
constexpr unsigned kText = 3;
constexpr unsigned kList = 4;
constexpr unsigned kBeginMap = 0xBF;
constexpr unsigned kBreak = 0xFF;
constexpr unsigned kFalse = 0xF4;
constexpr unsigned kTrue = 0xF5;
constexpr unsigned kNull = 0xF6;
constexpr unsigned kDouble = 0xFB;
constexpr std::size_t kMaxPath = 4096;
/// Of a message's bytes: nothing that is encoded is longer.
constexpr std::size_t kRoom = kMaxMessageBytes + kLengthBytes;
constexpr std::string_view kNotFinite = "has a number that is not finite";

/// Number of elements; nothing when it cannot fit into a message.
std::optional<std::size_t> elementsOf(Dimensions dimensions) {
    std::size_t product = 1;
    for (const std::int64_t size : dimensions) {
        if (size == 0) return 0;
        if (size < 0 || product > kMaxMessageBytes / static_cast<std::size_t>(size))
            return std::nullopt;
        product *= static_cast<std::size_t>(size);
    }
    return product;
}

std::string shapeText(Dimensions dimensions) {
    std::string text;
    for (const std::int64_t size : dimensions)
        text += fmt::format("{}{}", text.empty() ? "" : ", ", size);
    return text;
}

/// Well-formed text of at most kMaxSentence bytes.
std::string repaired(const std::string& text) {
    const std::string_view begin = std::string_view(text).substr(0, kMaxSentence);
    std::string result;
    for (std::size_t at = 0; at < begin.size();) {
        const auto character = utf8CharacterAt(begin, at);
        const std::size_t length = character ? character->length : 1;
        if (character)
            result += begin.substr(at, length);
        else
            result += '?';
        at += length;
    }
    return result;
}

} // namespace

std::optional<std::string> problemOf(std::span<const float> values, Elements) {
    const bool finite =
        std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
    return finite ? std::nullopt : std::optional<std::string>(kNotFinite);
}

std::optional<std::string> problemOf(std::span<const std::uint16_t> values, Elements rule) {
    constexpr unsigned kExponent = 0x7C00;
    const bool finite = rule != Elements::FiniteHalf ||
                        std::all_of(values.begin(), values.end(), [](std::uint16_t value) {
                            return (value & kExponent) != kExponent;
                        });
    return finite ? std::nullopt : std::optional<std::string>(kNotFinite);
}

std::optional<std::string> problemOf(std::span<const std::uint8_t> values, Elements rule) {
    const bool flags =
        rule != Elements::Flags ||
        std::all_of(values.begin(), values.end(), [](std::uint8_t value) { return value <= 1; });
    return flags ? std::nullopt : std::optional<std::string>("has a value other than 0 and 1");
}

// --- Rules ------------------------------------------------------------------------------------

void Rules::fail(std::string_view key, std::string_view what) {
    if (!problem_) problem_ = fmt::format("field '{}' {}", key, what);
}

void Rules::checkRange(std::string_view key, std::int64_t value, std::int64_t lowest,
                       std::int64_t highest) {
    if (value < lowest || value > highest)
        fail(key, fmt::format("is {}; it must be {} to {}", value, lowest, highest));
}

void Rules::checkRange(std::string_view key, double value, double lowest, double highest) {
    if (!(value >= lowest && value <= highest))
        fail(key, fmt::format("is {}; it must be {} to {}", value, lowest, highest));
}

void Rules::checkText(std::string_view key, std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes)
        fail(key, fmt::format("has {} bytes; at most {} are read", text.size(), maxBytes));
    else if (firstInvalidUtf8(text))
        fail(key, "is not valid UTF-8");
}

void Rules::checkPath(std::string_view key, std::string_view path) {
    if (path.size() > kMaxPath || path.find('\0') != std::string_view::npos)
        fail(key, "is no path");
    else if (!path.starts_with('/'))
        fail(key, fmt::format("is '{}'; it must be an absolute path", shownText(path)));
}

Error Rules::error(std::string_view type) const {
    return {ErrorCode::InvalidInput,
            fmt::format("Message '{}': {}.", shownText(type), problem_.value_or("is damaged"))};
}

Error unknownType(std::string_view type) {
    return {ErrorCode::InvalidInput,
            fmt::format("There is no message of the type '{}'.", shownText(type))};
}

// --- Writer -----------------------------------------------------------------------------------

Writer::Writer(std::string_view type)
    : type_(type) {
    constexpr std::size_t kUsualSize = 256;
    bytes_.reserve(kUsualSize);
    bytes_.resize(kLengthBytes);
    putByte(kBeginMap);
    putKey("type");
    putString(kText, type);
}

Result<Bytes> Writer::finish() && {
    putByte(kBreak);
    if (failed()) return error(type_);
    if (bytes_.size() > kRoom) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("Message '{}' would have {} bytes; at most {} are sent.", type_,
                                 bytes_.size(), kMaxMessageBytes)};
    }
    const auto length = static_cast<std::uint32_t>(bytes_.size() - kLengthBytes);
    std::memcpy(bytes_.data(), &length, kLengthBytes);
    return std::move(bytes_);
}

void Writer::putHead(unsigned major, std::uint64_t value) {
    const unsigned top = major << 5U;
    int more = 8;
    if (value < 24) {
        putByte(top | static_cast<unsigned>(value));
        return;
    }
    if (value <= 0xFF) {
        putByte(top | 24U);
        more = 1;
    } else if (value <= 0xFFFF) {
        putByte(top | 25U);
        more = 2;
    } else if (value <= 0xFFFFFFFF) {
        putByte(top | 26U);
        more = 4;
    } else {
        putByte(top | 27U);
    }
    for (int i = more - 1; i >= 0; --i)
        putByte(static_cast<unsigned>((value >> (8U * static_cast<unsigned>(i))) & 0xFFU));
}

void Writer::putString(unsigned major, std::string_view text) {
    putHead(major, text.size());
    const auto bytes = std::as_bytes(std::span(text));
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void Writer::putDouble(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    putByte(kDouble);
    for (unsigned shift = 64; shift > 0; shift -= 8)
        putByte(static_cast<unsigned>((bits >> (shift - 8)) & 0xFFU));
}

void Writer::putKey(std::string_view key) { putString(kText, key); }

void Writer::putInteger(std::string_view key, std::int64_t value, std::int64_t lowest,
                        std::int64_t highest) {
    checkRange(key, value, lowest, highest);
    putKey(key);
    if (value >= 0)
        putHead(kUnsigned, static_cast<std::uint64_t>(value));
    else
        putHead(kNegative, static_cast<std::uint64_t>(-(value + 1)));
}

void Writer::natural(const char* key, const std::uint64_t& value) {
    putKey(key);
    putHead(kUnsigned, value);
}

void Writer::real(const char* key, const double& value, double lowest, double highest) {
    checkRange(key, value, lowest, highest);
    putKey(key);
    putDouble(value);
}

void Writer::putOptional(std::string_view key, std::optional<double> value, double lowest,
                         double highest) {
    if (value) checkRange(key, *value, lowest, highest);
    putKey(key);
    if (value)
        putDouble(*value);
    else
        putByte(kNull);
}

void Writer::flag(const char* key, const bool& value) {
    putKey(key);
    putByte(value ? kTrue : kFalse);
}

void Writer::text(const char* key, const std::string& value, std::size_t maxBytes) {
    checkText(key, value, maxBytes);
    putKey(key);
    putString(kText, value);
}

void Writer::sentence(const char* key, const std::string& value) {
    text(key, repaired(value), kMaxSentence);
}

void Writer::path(const char* key, const std::filesystem::path& value) {
    checkPath(key, value.native());
    putKey(key);
    putString(kBytes, value.native());
}

std::int64_t Writer::count(const char* key, std::size_t have, std::int64_t highest) {
    const auto rows = static_cast<std::int64_t>(have);
    putInteger(key, rows, 0, highest);
    return rows;
}

bool Writer::beginArray(std::string_view key, std::size_t have, Dimensions dimensions) {
    if (failed()) return false;
    const auto elements = elementsOf(dimensions);
    if (elements && *elements == have) return true;
    fail(key, fmt::format("has {} elements, which are not ({})", have, shapeText(dimensions)));
    return false;
}

void Writer::putArray(std::string_view key, std::string_view type, std::span<const std::byte> data,
                      Dimensions dimensions, const std::optional<std::string>& problem) {
    if (problem) fail(key, *problem);
    if (data.size() > kMaxMessageBytes)
        fail(key, fmt::format("has {} bytes, which is more than a message may", data.size()));
    if (failed()) return;
    putKey(key);
    putHead(kList, 3);
    putString(kText, type);
    putHead(kList, dimensions.size());
    for (const std::int64_t size : dimensions)
        putHead(kUnsigned, static_cast<std::uint64_t>(size));
    putHead(kBytes, data.size());
    bytes_.insert(bytes_.end(), data.begin(), data.end());
}

// --- Reader -----------------------------------------------------------------------------------

Reader::Reader(std::span<const std::byte> bytes)
    : rest_(bytes) {
    takeByte("message", kBeginMap);
    takeKey("type");
    type_ = takeText("type");
}

Status Reader::finish() {
    takeByte("message", kBreak);
    if (!rest_.empty()) fail("message", "goes on after its end");
    if (failed()) return error(type_);
    return Status::success();
}

bool Reader::nextIs(unsigned byte) {
    if (failed() || rest_.empty() || rest_.front() != static_cast<std::byte>(byte)) return false;
    rest_ = rest_.subspan(1);
    return true;
}

void Reader::takeByte(std::string_view key, unsigned expected) {
    if (!nextIs(expected)) fail(key, "is missing, cut off or of another kind");
}

Reader::Head Reader::takeHead(std::string_view key) {
    if (rest_.empty()) fail(key, "is cut off");
    if (failed()) return {};
    const auto first = std::to_integer<unsigned>(rest_.front());
    const unsigned info = first & 0x1FU;
    rest_ = rest_.subspan(1);
    Head head{first >> 5U, info};
    if (info < 24) return head;
    const std::size_t size = std::size_t{1} << (info - 24);
    if (info > 27 || rest_.size() < size) {
        fail(key, "is cut off or of another kind");
        return {};
    }
    head.value = 0;
    for (const std::byte byte : rest_.first(size))
        head.value = (head.value << 8U) | std::to_integer<std::uint64_t>(byte);
    rest_ = rest_.subspan(size);
    return head;
}

std::uint64_t Reader::takeHead(std::string_view key, unsigned major) {
    const Head head = takeHead(key);
    if (!failed() && head.major == major) return head.value;
    fail(key, "is of another kind");
    return 0;
}

std::span<const std::byte> Reader::takeString(std::string_view key, unsigned major) {
    const std::uint64_t size = takeHead(key, major);
    if (size > rest_.size()) fail(key, "is cut off");
    if (failed()) return {};
    const auto bytes = rest_.first(size);
    rest_ = rest_.subspan(size);
    return bytes;
}

std::string_view Reader::takeText(std::string_view key) {
    const auto bytes = takeString(key, kText);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

double Reader::takeDouble(std::string_view key) {
    constexpr std::size_t kSize = 8;
    takeByte(key, kDouble);
    if (rest_.size() < kSize) fail(key, "is cut off");
    if (failed()) return 0.0;
    std::uint64_t bits = 0;
    for (const std::byte byte : rest_.first(kSize))
        bits = (bits << 8U) | std::to_integer<std::uint64_t>(byte);
    rest_ = rest_.subspan(kSize);
    return std::bit_cast<double>(bits);
}

void Reader::takeKey(std::string_view key) {
    if (failed()) return;
    if (takeText(key) != key) fail(key, "is missing");
}

std::int64_t Reader::takeInteger(std::string_view key, std::int64_t lowest, std::int64_t highest) {
    takeKey(key);
    const Head head = takeHead(key);
    if (head.major > kNegative) fail(key, "is no whole number");
    if (head.value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        fail(key, "is too large a number");
    if (failed()) return lowest;
    const auto magnitude = static_cast<std::int64_t>(head.value);
    const std::int64_t value = head.major == kNegative ? -1 - magnitude : magnitude;
    checkRange(key, value, lowest, highest);
    return failed() ? lowest : value;
}

void Reader::natural(const char* key, std::uint64_t& value) {
    takeKey(key);
    value = takeHead(key, kUnsigned);
}

void Reader::real(const char* key, double& value, double lowest, double highest) {
    takeKey(key);
    const double number = takeDouble(key);
    checkRange(key, number, lowest, highest);
    if (!failed()) value = number;
}

std::optional<double> Reader::takeOptional(std::string_view key, double lowest, double highest) {
    takeKey(key);
    if (nextIs(kNull)) return std::nullopt;
    const double number = takeDouble(key);
    checkRange(key, number, lowest, highest);
    return failed() ? std::nullopt : std::optional<double>(number);
}

void Reader::flag(const char* key, bool& value) {
    takeKey(key);
    value = nextIs(kTrue);
    if (!value) takeByte(key, kFalse);
}

void Reader::text(const char* key, std::string& value, std::size_t maxBytes) {
    takeKey(key);
    const std::string_view taken = takeText(key);
    checkText(key, taken, maxBytes);
    if (!failed()) value = taken;
}

void Reader::path(const char* key, std::filesystem::path& value) {
    takeKey(key);
    const auto bytes = takeString(key, kBytes);
    const std::string_view taken(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    checkPath(key, taken);
    if (!failed()) value = taken;
}

std::int64_t Reader::count(const char* key, std::size_t, std::int64_t highest) {
    return takeInteger(key, 0, highest);
}

std::size_t Reader::takeListSize(std::string_view key, std::size_t highest) {
    takeKey(key);
    const std::uint64_t size = takeHead(key, kList);
    if (size > highest) fail(key, fmt::format("has {} items; at most {} are read", size, highest));
    return failed() ? 0 : size;
}

std::span<const std::byte> Reader::takeArray(std::string_view key, std::string_view type,
                                             std::size_t elementBytes, Dimensions dimensions) {
    takeKey(key);
    if (takeHead(key, kList) != 3) fail(key, "is no array");
    if (takeText(key) != type) fail(key, fmt::format("is no array of {}", type));
    bool same = takeHead(key, kList) == dimensions.size();
    for (const std::int64_t size : dimensions)
        same = same && takeHead(key, kUnsigned) == static_cast<std::uint64_t>(size);
    if (!same) fail(key, fmt::format("has not the shape ({})", shapeText(dimensions)));
    const auto data = takeString(key, kBytes);
    const auto elements = elementsOf(dimensions);
    if (!elements || data.size() != *elements * elementBytes)
        fail(key, fmt::format("has {} bytes, which are not ({}) of {}", data.size(),
                              shapeText(dimensions), type));
    return data;
}

void Reader::copyTo(std::span<std::byte> out, std::span<const std::byte> data) {
    if (!out.empty()) std::memcpy(out.data(), data.data(), out.size());
}

} // namespace gesture::inference::wire
