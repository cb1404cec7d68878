// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::project {

// `describe(archive, value)` names the fields of a type once; with a JsonWriter it writes them and
// with a JsonReader it reads them, by the same rules. Fields that are absent keep the value that
// they have, unknown ones are passed over: so a later program can add some. The first broken rule
// is kept as the problem, and what follows does nothing.

/// Writes an object as JSON text. One thread.
class JsonWriter {
public:
    template <typename T>
    using Ref = const T&;
    static constexpr bool kReads = false;

    JsonWriter();
    /// The text; InvalidInput names the field that broke a rule.
    [[nodiscard]] Result<std::string> finish() &&;
    [[nodiscard]] bool failed() const { return problem_.has_value(); }
    void fail(std::string_view key, std::string_view what);

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
    void flag(const char* key, const bool& value);
    /// Refused when it is too long or no UTF-8.
    void text(const char* key, const std::string& value, std::size_t maxBytes);
    void path(const char* key, const std::filesystem::path& value);
    void integers(const char* key, const std::vector<std::int64_t>& values, std::size_t highest);
    void reals(const char* key, const std::vector<double>& values, std::size_t highest);
    template <typename T>
    void object(const char* key, const T& value) {
        putKey(key);
        open('{');
        describe(*this, value);
        close('}');
    }
    /// An object or nothing.
    template <typename T>
    void optional(const char* key, const std::optional<T>& value) {
        if (value) object(key, *value);
    }
    template <typename T>
    void list(const char* key, const std::vector<T>& values, std::size_t highest) {
        checkCount(key, values.size(), highest);
        putKey(key);
        open('[');
        for (const T& value : values) {
            separate();
            open('{');
            describe(*this, value);
            close('}');
        }
        close(']');
    }

private:
    void checkCount(std::string_view key, std::size_t have, std::size_t highest);
    void putKey(std::string_view key);
    void putInteger(std::string_view key, std::int64_t value, std::int64_t lowest,
                    std::int64_t highest);
    void putReal(double value);
    void separate();
    void open(char bracket);
    void close(char bracket);

    std::string text_;
    bool first_ = true; ///< Nothing stands in the open bracket yet.
    std::optional<std::string> problem_;
};

/// Reads an object of JSON text that anybody may have written. One thread.
class JsonReader {
public:
    template <typename T>
    using Ref = T&;
    static constexpr bool kReads = true;

    explicit JsonReader(std::string_view text);
    ~JsonReader();
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    /// InvalidInput names the first field that broke a rule.
    [[nodiscard]] Status finish() const;
    [[nodiscard]] bool failed() const { return problem_.has_value(); }
    void fail(std::string_view key, std::string_view what);

    template <std::integral T>
    void integer(const char* key, T& value, std::int64_t lowest, std::int64_t highest) {
        if (const auto taken = takeInteger(key, lowest, highest)) value = static_cast<T>(*taken);
    }
    template <typename E>
    void choice(const char* key, E& value, int count) {
        if (const auto taken = takeInteger(key, 0, count - 1)) value = static_cast<E>(*taken);
    }
    void natural(const char* key, std::uint64_t& value);
    void real(const char* key, double& value, double lowest, double highest);
    void flag(const char* key, bool& value);
    void text(const char* key, std::string& value, std::size_t maxBytes);
    void path(const char* key, std::filesystem::path& value);
    void integers(const char* key, std::vector<std::int64_t>& values, std::size_t highest);
    void reals(const char* key, std::vector<double>& values, std::size_t highest);
    template <typename T>
    void object(const char* key, T& value) {
        if (!enter(key)) return;
        describe(*this, value);
        leave();
    }
    template <typename T>
    void optional(const char* key, std::optional<T>& value) {
        value.reset();
        if (!enter(key)) return;
        describe(*this, value.emplace());
        leave();
    }
    template <typename T>
    void list(const char* key, std::vector<T>& values, std::size_t highest) {
        values.clear();
        const std::size_t count = countOf(key, highest);
        for (std::size_t i = 0; i < count && enterItem(key, i); ++i) {
            describe(*this, values.emplace_back());
            leave();
        }
    }

private:
    struct Tree;

    std::optional<std::int64_t> takeInteger(std::string_view key, std::int64_t lowest,
                                            std::int64_t highest);
    bool enter(std::string_view key);
    bool enterItem(std::string_view key, std::size_t index);
    void leave();
    std::size_t countOf(std::string_view key, std::size_t highest);

    std::unique_ptr<Tree> tree_;
    std::optional<std::string> problem_;
};

} // namespace gesture::project
