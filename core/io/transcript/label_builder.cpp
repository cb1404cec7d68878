// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/label_builder.h"

#include "core/base/utf8.h"

#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

Status LabelBuilder::checkAlone(const audio::TimedLabel& label, std::size_t offset) const {
    const double begin = label.begin.value;
    const double end = label.end.value;
    if (labels_.size() >= kMaxLabels)
        return source_.error(offset,
                             fmt::format("a transcript has at most {} {}s", kMaxLabels, noun_),
                             ErrorCode::LimitExceeded);
    if (label.text.size() > kMaxTextBytes)
        return source_.error(offset, fmt::format("the text of this {} is longer than 1 MiB", noun_),
                             ErrorCode::LimitExceeded);
    if (label.text.find('\0') != std::string::npos)
        return source_.error(offset,
                             fmt::format("the text of this {} holds a zero character", noun_));
    if (!(std::abs(begin) <= kMaxSeconds && std::abs(end) <= kMaxSeconds))
        return source_.error(offset,
                             fmt::format("the times of this {} are no times of a sound", noun_));
    if (begin < 0.0)
        return source_.error(offset,
                             fmt::format("the {} begins before the sound, at {} s", noun_, begin));
    if (end < begin)
        return source_.error(
            offset, fmt::format("the {} ends ({} s) before it begins ({} s)", noun_, end, begin));
    if (end == begin)
        return source_.error(
            offset, fmt::format("the {} has no length: it begins and ends at {} s", noun_, begin));
    return Status::success();
}

Status LabelBuilder::add(audio::TimedLabel label, std::size_t offset) {
    if (auto alone = checkAlone(label, offset); !alone) return alone;
    if (!labels_.empty() && label.begin < labels_.back().end) {
        audio::TimedLabel& previous = labels_.back();
        if (label.begin.value < previous.end.value - overlap_ || label.begin <= previous.begin)
            return source_.error(
                offset,
                fmt::format("the {} begins ({} s) before the one in front of it ends ({} s)", noun_,
                            label.begin.value, previous.end.value));
        previous.end = label.begin;
    }
    labels_.push_back(std::move(label));
    return Status::success();
}

Status LabelBuilder::addDivided(std::string_view text, Seconds begin, Seconds end,
                                std::size_t offset) {
    const std::vector<std::string_view> words = wordsOf(text);
    std::size_t total = 0;
    for (const std::string_view word : words)
        total += letterCount(word);
    const double length = end.value - begin.value;
    std::size_t before = 0;
    const auto timeAfter = [&](std::size_t letters) -> Seconds {
        if (letters == total) return end;
        return {begin.value + length * static_cast<double>(letters) / static_cast<double>(total)};
    };
    for (const std::string_view word : words) {
        const std::size_t after = before + letterCount(word);
        audio::TimedLabel label{std::string(word), timeAfter(before), timeAfter(after), {}};
        if (auto added = add(std::move(label), offset); !added) return added;
        before = after;
    }
    return Status::success();
}

std::size_t letterCount(std::string_view word) {
    std::size_t count = 0;
    for (const char letter : word) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool alphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                                  (byte >= 'a' && byte <= 'z');
        const bool lead = byte >= 0xC0U; // first byte of a character outside ASCII
        if (alphanumeric || lead) ++count;
    }
    return count > 0 ? count : 1;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    const auto finish = [&](std::size_t end) {
        if (end > begin) words.push_back(text.substr(begin, end - begin));
    };
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Character character = utf8CharacterAt(text, at).value_or(Utf8Character{});
        if (isWhiteSpace(character.value)) {
            finish(at);
            begin = at + character.length;
        }
        at += character.length;
    }
    finish(text.size());
    return words;
}

Seconds lastEnd(const std::vector<audio::TimedLabel>& labels) {
    return labels.empty() ? Seconds{} : labels.back().end;
}

} // namespace gesture::io
