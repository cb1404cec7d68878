// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/speech/alignment_graph.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gesture::speech {

/// Words and how they are said: a Sphinx dictionary ("word PH ON ES", "word(2) …" for other ways).
/// Immutable after reading; any thread.
class PronunciationDictionary {
public:
    /// NotFound, Io, or InvalidInput when no line of the file names phones of the model.
    [[nodiscard]] static Result<PronunciationDictionary> read(const std::filesystem::path& path,
                                                              const ModelDefinition& definition);

    /// All ways to say a word in lower case; empty for an unknown word.
    [[nodiscard]] std::vector<Pronunciation> find(std::string_view word) const;

    struct Entry {
        std::string_view word;
        Pronunciation phones;
    };
    /// Every first way of every word, in the file's order.
    [[nodiscard]] std::vector<Entry> firstEntries() const;
    [[nodiscard]] std::size_t wordCount() const { return lines_.size(); }

private:
    struct Line {
        std::string_view word;
        std::uint32_t begin = 0; ///< In `phones_`.
        std::uint32_t end = 0;
        std::int32_t next = -1; ///< Line with another way to say it.
    };

    void addLine(std::string_view fields,
                 const std::unordered_map<std::string_view, PhoneId>& phones);

    std::unique_ptr<const std::string> text_;
    std::vector<PhoneId> phones_;
    std::vector<Line> lines_;
    std::unordered_map<std::string_view, std::int32_t> first_;
};

} // namespace gesture::speech
