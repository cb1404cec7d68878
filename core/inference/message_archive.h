// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_protocol.h"

#include <array>
#include <concepts>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <type_traits>

namespace gesture::inference::wire {

// Part of the message codec. `describe(archive, value)` names the fields of a type once; with a
// Writer it writes them and with a Reader it reads them, in the same order and by the same rules.
// The first broken rule is kept as the problem, and what follows does nothing. Messages are CBOR
// (RFC 8949) maps with text keys; arrays are [type, [dimensions…], byte string, little-endian].

using Bytes = std::vector<std::byte>;

/// Name of an array's element type, as messages carry it.
template <typename T>
inline constexpr std::string_view kElementName = {};
template <>
inline constexpr std::string_view kElementName<std::uint8_t> = "u8";
template <>
inline constexpr std::string_view kElementName<std::uint16_t> = "u16";
template <>
inline constexpr std::string_view kElementName<float> = "f32";

/// Sizes of an array; at most 5.
using Dimensions = std::initializer_list<std::int64_t>;

/// What is asked of the elements of an array.
enum class Elements : std::uint8_t {
    Any,
    Flags,      ///< 0 or 1
    FiniteHalf, ///< IEEE half precision, finite. Floats are always to be finite.
};

/// Why the elements break the rule; nothing if they do not.
[[nodiscard]] std::optional<std::string> problemOf(std::span<const float> values, Elements rule);
[[nodiscard]] std::optional<std::string> problemOf(std::span<const std::uint16_t> values,
                                                   Elements rule);
[[nodiscard]] std::optional<std::string> problemOf(std::span<const std::uint8_t> values,
                                                   Elements rule);

/// What Writer and Reader have in common: the rules, and the first one that was broken.
class Rules {
public:
    [[nodiscard]] bool failed() const { return problem_.has_value(); }
    /// Keeps the first problem: "field 'x' …".
    void fail(std::string_view key, std::string_view what);

protected:
    void checkRange(std::string_view key, std::int64_t value, std::int64_t lowest,
                    std::int64_t highest);
    void checkRange(std::string_view key, double value, double lowest, double highest);
    void checkText(std::string_view key, std::string_view text, std::size_t maxBytes);
    void checkPath(std::string_view key, std::string_view path);
    [[nodiscard]] Error error(std::string_view type) const;

private:
    std::optional<std::string> problem_;
};

class Writer : public Rules {
public:
    template <typename T>
    using Ref = const T&;
    static constexpr bool kReads = false;

    /// Begins a message.
    explicit Writer(std::string_view type);
    /// The message with its length in front.
    [[nodiscard]] Result<Bytes> finish() &&;

    template <std::integral T>
    void integer(const char* key, const T& value, std::int64_t lowest, std::int64_t highest) {
        putInteger(key, static_cast<std::int64_t>(value), lowest, highest);
    }
    template <typename E>
    void choice(const char* key, const E& value, int count) {
        putInteger(key, static_cast<std::int64_t>(value), 0, count - 1);
    }
    void natural(const char* key, const std::uint64_t& value);
    void real(const char* key, const double& value, double lowest, double highest);
    template <typename T>
    void optionalReal(const char* key, const std::optional<T>& value, double lowest,
                      double highest) {
        putOptional(key, value ? std::optional<double>(*value) : std::nullopt, lowest, highest);
    }
    void flag(const char* key, const bool& value);
    /// Text that must be as it is: refused when it is too long or no UTF-8.
    void text(const char* key, const std::string& value, std::size_t maxBytes);
    /// Text for people: cut and repaired.
    void sentence(const char* key, const std::string& value);
    void path(const char* key, const std::filesystem::path& value);
    /// Number of rows of the arrays that follow; `have` is what the value has.
    std::int64_t count(const char* key, std::size_t have, std::int64_t highest);
    template <typename T>
    void array(const char* key, const std::vector<T>& values, Dimensions dimensions,
               Elements rule = Elements::Any) {
        if (beginArray(key, values.size(), dimensions))
            putArray(key, kElementName<T>, std::as_bytes(std::span(values)), dimensions,
                     problemOf(std::span<const T>(values), rule));
    }
    template <typename T>
    void object(const char* key, const T& value) {
        putKey(key);
        putObject(value);
    }
    template <typename T>
    void list(const char* key, const std::vector<T>& values, std::size_t highest) {
        checkRange(key, static_cast<std::int64_t>(values.size()), 0,
                   static_cast<std::int64_t>(highest));
        putKey(key);
        putHead(4, values.size());
        for (const T& value : values)
            if (!failed()) putObject(value);
    }

private:
    template <typename T>
    void putObject(const T& value) {
        putByte(0xBF);
        describe(*this, value);
        putByte(0xFF);
    }
    void putByte(unsigned value) { bytes_.push_back(static_cast<std::byte>(value)); }
    void putHead(unsigned major, std::uint64_t value);
    void putString(unsigned major, std::string_view text);
    void putDouble(double value);
    void putKey(std::string_view key);
    void putInteger(std::string_view key, std::int64_t value, std::int64_t lowest,
                    std::int64_t highest);
    void putOptional(std::string_view key, std::optional<double> value, double lowest,
                     double highest);
    bool beginArray(std::string_view key, std::size_t have, Dimensions dimensions);
    void putArray(std::string_view key, std::string_view type, std::span<const std::byte> data,
                  Dimensions dimensions, const std::optional<std::string>& problem);

    std::string type_;
    Bytes bytes_;
};

class Reader : public Rules {
public:
    template <typename T>
    using Ref = T&;
    static constexpr bool kReads = true;

    /// Begins a message; `type` is empty if it does not begin as one.
    explicit Reader(std::span<const std::byte> bytes);
    [[nodiscard]] std::string_view type() const { return type_; }
    /// Checks that the message ends here.
    [[nodiscard]] Status finish();

    template <std::integral T>
    void integer(const char* key, T& value, std::int64_t lowest, std::int64_t highest) {
        value = static_cast<T>(takeInteger(key, lowest, highest));
    }
    template <typename E>
    void choice(const char* key, E& value, int count) {
        value = static_cast<E>(takeInteger(key, 0, count - 1));
    }
    void natural(const char* key, std::uint64_t& value);
    void real(const char* key, double& value, double lowest, double highest);
    template <typename T>
    void optionalReal(const char* key, std::optional<T>& value, double lowest, double highest) {
        const auto number = takeOptional(key, lowest, highest);
        if (number) value = static_cast<T>(*number);
    }
    void flag(const char* key, bool& value);
    void text(const char* key, std::string& value, std::size_t maxBytes);
    void sentence(const char* key, std::string& value) { text(key, value, kMaxSentence); }
    void path(const char* key, std::filesystem::path& value);
    std::int64_t count(const char* key, std::size_t have, std::int64_t highest);
    template <typename T>
    void array(const char* key, std::vector<T>& values, Dimensions dimensions,
               Elements rule = Elements::Any) {
        const auto data = takeArray(key, kElementName<T>, sizeof(T), dimensions);
        if (failed()) return;
        values.resize(data.size() / sizeof(T));
        copyTo(std::as_writable_bytes(std::span(values)), data);
        const auto problem = problemOf(std::span<const T>(values), rule);
        if (problem) fail(key, *problem);
    }
    template <typename T>
    void object(const char* key, T& value) {
        takeKey(key);
        takeObject(key, value);
    }
    template <typename T>
    void list(const char* key, std::vector<T>& values, std::size_t highest) {
        const std::size_t size = takeListSize(key, highest);
        for (std::size_t i = 0; i < size && !failed(); ++i)
            takeObject(key, values.emplace_back());
    }

private:
    struct Head {
        unsigned major = 0;
        std::uint64_t value = 0;
    };

    template <typename T>
    void takeObject(std::string_view key, T& value) {
        takeByte(key, 0xBF);
        if (!failed()) describe(*this, value);
        takeByte(key, 0xFF);
    }
    bool nextIs(unsigned byte);
    void takeByte(std::string_view key, unsigned expected);
    Head takeHead(std::string_view key);
    std::uint64_t takeHead(std::string_view key, unsigned major);
    std::span<const std::byte> takeString(std::string_view key, unsigned major);
    std::string_view takeText(std::string_view key);
    double takeDouble(std::string_view key);
    void takeKey(std::string_view key);
    std::int64_t takeInteger(std::string_view key, std::int64_t lowest, std::int64_t highest);
    std::optional<double> takeOptional(std::string_view key, double lowest, double highest);
    std::size_t takeListSize(std::string_view key, std::size_t highest);
    std::span<const std::byte> takeArray(std::string_view key, std::string_view type,
                                         std::size_t elementBytes, Dimensions dimensions);
    static void copyTo(std::span<std::byte> out, std::span<const std::byte> data);

    std::span<const std::byte> rest_;
    std::string_view type_;
};

/// Name of a message's type.
template <typename T>
inline constexpr std::string_view kTypeName = {};
template <>
inline constexpr std::string_view kTypeName<Hello> = "hello";

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<Hello> hello) {
    archive.integer("protocol", hello.protocol, 0, std::numeric_limits<std::int32_t>::max());
    archive.sentence("program", hello.program);
}

/// At most `highest` frames; all arrays as long as each other.
template <typename Archive>
void describeFrames(Archive& archive, typename Archive::template Ref<MotionFrames> motion,
                    std::int64_t highest) {
    const std::int64_t frames = archive.count("frames", motion.translations.size() / 3, highest);
    const std::int64_t contacts =
        archive.count("contact-frames", motion.contacts.size() / 4, frames);
    if (contacts != 0 && contacts != frames)
        archive.fail("contacts", "must have all frames or none");
    archive.choice("expression-space", motion.expressionSpace, 2);
    archive.array("poses", motion.poses, {frames, motion::kPoseSize});
    archive.array("translations", motion.translations, {frames, 3});
    archive.array("expressions", motion.expressions, {frames, motion::kExpressionCount});
    archive.array("contacts", motion.contacts, {contacts, 4});
}

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MotionFrames> motion) {
    describeFrames<Archive>(archive, motion, kMaxPartFrames);
}

template <typename T>
Result<Bytes> writeMessage(const T& message) {
    Writer writer(kTypeName<T>);
    describe(writer, message);
    return std::move(writer).finish();
}

/// Reads the alternative of the variant that the message's type names; false if it names none.
template <typename Message, std::size_t kIndex = 0>
bool readAlternative(Reader& reader, Message& message) {
    if constexpr (kIndex < std::variant_size_v<Message>) {
        using T = std::variant_alternative_t<kIndex, Message>;
        if (reader.type() != kTypeName<T>)
            return readAlternative<Message, kIndex + 1>(reader, message);
        describe(reader, message.template emplace<kIndex>());
        return true;
    } else {
        return false;
    }
}

[[nodiscard]] Error unknownType(std::string_view type);

template <typename Message>
Result<Message> readMessage(std::span<const std::byte> bytes) {
    Reader reader(bytes);
    Message message;
    if (!reader.failed() && !readAlternative(reader, message)) return unknownType(reader.type());
    const Status end = reader.finish();
    if (!end) return end.error();
    return message;
}

} // namespace gesture::inference::wire
