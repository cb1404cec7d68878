// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gesture::io {

/// CLIP's byte-level byte-pair encoding (Radford et al. 2021), by which SemTalk reads sentences.
/// Numbers of tokens: 0 to 255 a byte, 256 to 511 a byte that ends a word, then what each line of
/// the merges file joins, then start and end. Immutable; any thread.
class ClipTokenizer {
public:
    static constexpr std::size_t kMerges = 48'894; ///< Of the published models: 49,408 tokens.
    static constexpr std::size_t kLength = 77;     ///< Tokens of a sentence at most, both ends too.

    /// Reads a merges file, plain text: a first line that names the version, then a line for each
    /// merge ("i n"); `bpe_simple_vocab_16e6.txt`, unpacked, whose lines beyond `merges` are not
    /// used, and Hugging Face's `merges.txt`. At most 16 MiB. NotFound, Io; InvalidInput with the
    /// line's number when it is none, has fewer merges or one joins what no line before it made.
    [[nodiscard]] static Result<ClipTokenizer> open(const std::filesystem::path& path,
                                                    std::size_t merges = kMerges);
    /// The same for a text in memory; `name` is for messages.
    [[nodiscard]] static Result<ClipTokenizer> parse(std::string name, std::string text,
                                                     std::size_t merges = kMerges);

    /// Cleans a sentence (see `cleanedForClip`) and returns its tokens from start to end, at most
    /// kLength; a longer one is cut before the end token. Of any text; at most its first 64 KiB are
    /// looked at, and of a word the first 1,024 bytes.
    [[nodiscard]] std::vector<std::int64_t> encode(std::string_view sentence) const;

    [[nodiscard]] std::int64_t startToken() const { return vocabularySize() - 2; }
    [[nodiscard]] std::int64_t endToken() const { return vocabularySize() - 1; }
    [[nodiscard]] std::int64_t vocabularySize() const;

private:
    ClipTokenizer();

    using Token = std::uint32_t;
    [[nodiscard]] Status addMerge(std::string_view line);
    void encodeWord(std::string_view bytes, std::vector<std::int64_t>& tokens) const;

    /// Number of each token by the signs that stand for its bytes in the merges file.
    std::unordered_map<std::string, Token> tokens_;
    /// What two tokens make; it is the lower, the earlier the merge.
    std::unordered_map<std::uint64_t, Token> merges_;
    std::vector<Token> byteTokens_; ///< (256)
};

} // namespace gesture::io
