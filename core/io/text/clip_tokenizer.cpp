// SPDX-License-Identifier: Apache-2.0
#include "core/io/text/clip_tokenizer.h"

#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/io/text/clip_text.h"
#include "core/io/text/unicode_text.h"
#include "core/io/transcript/source_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <utility>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20U;
constexpr std::size_t kMaxSentenceBytes = std::size_t{64} << 10U;
constexpr std::size_t kMaxWordBytes = 1024;
constexpr std::size_t kBytes = 256;
constexpr std::string_view kWordEnd = "</w>";

/// Does this byte stand for itself in a merges file? The others take signs from U+0100 on.
constexpr bool isShown(unsigned byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

std::uint64_t pairKey(std::uint32_t first, std::uint32_t second) {
    return (std::uint64_t{first} << 32U) | second;
}

bool isCompressed(std::string_view text) { return text.substr(0, 2) == "\x1F\x8B"; }

} // namespace

ClipTokenizer::ClipTokenizer()
    : byteTokens_(kBytes) {
    // The bytes that stand for themselves come first, in their order, then the others.
    Token next = 0;
    for (const bool shown : {true, false}) {
        char32_t sign = kBytes;
        for (unsigned byte = 0; byte < kBytes; ++byte) {
            if (isShown(byte) != shown) continue;
            std::string text;
            appendUtf8(text, shown ? char32_t{byte} : sign++);
            byteTokens_[byte] = next;
            tokens_.emplace(text, next);
            tokens_.emplace(text + std::string(kWordEnd), next + kBytes);
            ++next;
        }
    }
}

Result<ClipTokenizer> ClipTokenizer::open(const std::filesystem::path& path, std::size_t merges) {
    auto text = readTextFile(path, kMaxFileBytes);
    if (!text) return std::move(text).error();
    return parse(path.string(), *std::move(text), merges);
}

Result<ClipTokenizer> ClipTokenizer::parse(std::string name, std::string text, std::size_t merges) {
    if (isCompressed(text))
        return Error(ErrorCode::InvalidInput,
                     fmt::format("'{}' is compressed. Unpack it first (gzip -d).", name));
    auto source = SourceText::decode(std::move(name), std::move(text));
    if (!source) return std::move(source).error();
    LineReader lines(source->text());
    const auto first = lines.next();
    if (!first || first->text.find("#version") == std::string_view::npos)
        return source->error(0, "a merges file begins with a line that names its version "
                                "(\"#version: 0.2\"); this is none");
    ClipTokenizer tokenizer;
    while (tokenizer.merges_.size() < merges) {
        const auto line = lines.next();
        if (!line || line->isBlank())
            return source->error(line ? line->offset : source->text().size(),
                                 fmt::format("the file ends after {} of {} merges; it is not "
                                             "whole, or belongs to another model",
                                             tokenizer.merges_.size(), merges));
        if (Status added = tokenizer.addMerge(line->text); !added)
            return source->error(line->offset, added.error().message());
    }
    return tokenizer;
}

Status ClipTokenizer::addMerge(std::string_view line) {
    const auto wrong = [](std::string reason) {
        return Status(Error(ErrorCode::InvalidInput, std::move(reason)));
    };
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || line.find(' ', blank + 1) != std::string_view::npos)
        return wrong(fmt::format("two tokens with a blank between them are needed, not '{}'",
                                 shownText(line)));
    const std::string first(line.substr(0, blank));
    const std::string second(line.substr(blank + 1));
    for (const std::string& token : {first, second})
        if (tokens_.find(token) == tokens_.end())
            return wrong(
                fmt::format("'{}' is joined, but no line before makes it", shownText(token)));
    const auto token = static_cast<Token>(2 * kBytes + merges_.size());
    const bool fresh =
        merges_.emplace(pairKey(tokens_.at(first), tokens_.at(second)), token).second;
    if (!fresh || !tokens_.emplace(first + second, token).second)
        return wrong(fmt::format("'{}' is made twice", shownText(first + second)));
    return Status::success();
}

std::int64_t ClipTokenizer::vocabularySize() const {
    return static_cast<std::int64_t>(2 * kBytes + merges_.size() + 2);
}

void ClipTokenizer::encodeWord(std::string_view bytes, std::vector<std::int64_t>& tokens) const {
    std::vector<Token> parts;
    for (const char byte : bytes.substr(0, kMaxWordBytes))
        parts.push_back(byteTokens_[static_cast<unsigned char>(byte)]);
    parts.back() += kBytes; // the one that ends the word
    constexpr Token kNone = std::numeric_limits<Token>::max();
    const auto made = [&](std::size_t at) {
        const auto merge = merges_.find(pairKey(parts[at], parts[at + 1]));
        return merge != merges_.end() ? merge->second : kNone;
    };
    while (true) {
        Token earliest = kNone;
        for (std::size_t i = 0; i + 1 < parts.size(); ++i)
            earliest = std::min(earliest, made(i));
        if (earliest == kNone) break;
        std::vector<Token> joined;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool merges = i + 1 < parts.size() && made(i) == earliest;
            joined.push_back(merges ? earliest : parts[i]);
            if (merges) ++i;
        }
        parts = std::move(joined);
    }
    tokens.insert(tokens.end(), parts.begin(), parts.end());
}

std::vector<std::int64_t> ClipTokenizer::encode(std::string_view sentence) const {
    std::vector<std::int64_t> tokens{startToken()};
    const std::u32string text = cleanedForClip(sentence.substr(0, kMaxSentenceBytes));
    for (const std::u32string_view word : clipWords(text, kLength)) {
        if (tokens.size() >= kLength) break;
        encodeWord(utf8Of(word), tokens);
    }
    if (tokens.size() >= kLength) tokens.resize(kLength - 1);
    tokens.push_back(endToken());
    return tokens;
}

} // namespace gesture::io
