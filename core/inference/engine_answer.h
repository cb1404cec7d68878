// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::inference {

// One-line answers of gesture-engine, as its command-line options print them. Only for the .cpp
// files that read or write one; the writer is not trusted.

/// Longest text in such an answer, bytes.
inline constexpr std::size_t kMaxAnswerText = 1024;

/// Reads the fields of an object and remembers the first that is missing or of the wrong kind, so
/// that reading an answer is a list of fields.
class FieldReader {
public:
    /// `object` outlives the reader.
    explicit FieldReader(const nlohmann::json& object)
        : object_(object) {}

    std::string text(const char* key);
    double real(const char* key);
    bool flag(const char* key);
    /// Whole number in [0, maximum].
    template <typename T>
    T number(const char* key, std::uint64_t maximum) {
        return static_cast<T>(whole(key, maximum));
    }
    /// An array of at most `limit` entries; nothing else.
    const nlohmann::json* list(const char* key, std::size_t limit);

    /// The first field that could not be used.
    [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

private:
    std::uint64_t whole(const char* key, std::uint64_t maximum);
    const nlohmann::json* find(const char* key);
    void note(const char* key) {
        if (!problem_) problem_ = key;
    }

    const nlohmann::json& object_;
    std::optional<std::string> problem_;
};

[[nodiscard]] Error fieldError(const std::string& field);

/// Text that is cut to what a reader accepts.
[[nodiscard]] std::string boundedText(const std::string& text);

/// One line of JSON; invalid UTF-8 is replaced.
[[nodiscard]] std::string answerLine(const nlohmann::json& object);

/// The last line that begins with "{" as an object (libraries may have written warnings around it).
/// LimitExceeded beyond `maxBytes`; InvalidInput when there is none or it is nested more than four
/// deep.
[[nodiscard]] Result<nlohmann::json> parseAnswer(std::string_view output, std::size_t maxBytes);

/// Starts gesture-engine (beside this program, else on PATH) with these arguments and returns what
/// it printed. Unavailable when there is none, when it fails or does not answer in time.
[[nodiscard]] Result<std::string> askEngine(const std::vector<std::string>& arguments,
                                            std::chrono::milliseconds timeout);

} // namespace gesture::inference
