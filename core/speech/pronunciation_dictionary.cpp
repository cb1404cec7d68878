// SPDX-License-Identifier: Apache-2.0
#include "core/speech/pronunciation_dictionary.h"

#include "core/base/atomic_file.h"

#include <fmt/format.h>
#include <optional>

namespace gesture::speech {

namespace {

constexpr std::size_t kMaxFileBytes = 64U << 20;

/// The next word of a line, taken off its front.
std::string_view nextField(std::string_view& line) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const std::string_view field = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return field;
}

} // namespace

Result<PronunciationDictionary> PronunciationDictionary::read(const std::filesystem::path& path,
                                                              const ModelDefinition& definition) {
    auto text = readTextFile(path, kMaxFileBytes);
    if (!text) return std::move(text).error();
    PronunciationDictionary dictionary;
    dictionary.text_ = std::make_unique<const std::string>(std::move(*text));
    std::unordered_map<std::string_view, PhoneId> phones;
    for (PhoneId phone = 0; phone < definition.phoneCount(); ++phone)
        phones.emplace(definition.name(phone), phone);
    std::string_view rest = *dictionary.text_;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        dictionary.addLine(rest.substr(0, end), phones);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (dictionary.lines_.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is no pronunciation dictionary of the speech model: install "
                                 "the package pocketsphinx-en-us again.",
                                 path.string())};
    return dictionary;
}

void PronunciationDictionary::addLine(std::string_view fields,
                                      const std::unordered_map<std::string_view, PhoneId>& phones) {
    Line line;
    line.word = nextField(fields);
    line.word = line.word.substr(0, std::min(line.word.find('('), line.word.size()));
    line.begin = static_cast<std::uint32_t>(phones_.size());
    bool known = !line.word.empty();
    for (std::string_view name = nextField(fields); !name.empty(); name = nextField(fields)) {
        const auto found = phones.find(name);
        known = known && found != phones.end();
        if (known) phones_.push_back(found->second);
    }
    line.end = static_cast<std::uint32_t>(phones_.size());
    if (!known || line.begin == line.end) return;
    const auto index = static_cast<std::int32_t>(lines_.size());
    const auto [first, isNew] = first_.emplace(line.word, index);
    lines_.push_back(line);
    if (isNew) return;
    // Behind the last of the word's lines.
    std::size_t last = static_cast<std::size_t>(first->second);
    while (lines_[last].next >= 0)
        last = static_cast<std::size_t>(lines_[last].next);
    lines_[last].next = index;
}

std::vector<Pronunciation> PronunciationDictionary::find(std::string_view word) const {
    std::vector<Pronunciation> ways;
    const auto found = first_.find(word);
    if (found == first_.end()) return ways;
    for (std::int32_t i = found->second; i >= 0; i = lines_[static_cast<std::size_t>(i)].next) {
        const Line& line = lines_[static_cast<std::size_t>(i)];
        ways.emplace_back(phones_.begin() + line.begin, phones_.begin() + line.end);
    }
    return ways;
}

std::vector<PronunciationDictionary::Entry> PronunciationDictionary::firstEntries() const {
    std::vector<Entry> entries;
    entries.reserve(first_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const Line& line = lines_[i];
        if (first_.at(line.word) != static_cast<std::int32_t>(i)) continue;
        entries.push_back(
            {line.word, Pronunciation(phones_.begin() + line.begin, phones_.begin() + line.end)});
    }
    return entries;
}

} // namespace gesture::speech
