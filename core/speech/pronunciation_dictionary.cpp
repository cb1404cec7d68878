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
        std::string_view fields = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        Line line;
        line.word = nextField(fields);
        line.word = line.word.substr(0, std::min(line.word.find('('), line.word.size()));
        line.begin = static_cast<std::uint32_t>(dictionary.phones_.size());
        bool known = !line.word.empty();
        for (std::string_view name = nextField(fields); !name.empty(); name = nextField(fields)) {
            const auto found = phones.find(name);
            known = known && found != phones.end();
            if (known) dictionary.phones_.push_back(found->second);
        }
        line.end = static_cast<std::uint32_t>(dictionary.phones_.size());
        if (!known || line.begin == line.end) continue;
        const auto index = static_cast<std::int32_t>(dictionary.lines_.size());
        const auto [first, isNew] = dictionary.first_.emplace(line.word, index);
        if (!isNew) {
            // Behind the last of the word's lines.
            std::int32_t last = first->second;
            while (dictionary.lines_[static_cast<std::size_t>(last)].next >= 0)
                last = dictionary.lines_[static_cast<std::size_t>(last)].next;
            dictionary.lines_[static_cast<std::size_t>(last)].next = index;
        }
        dictionary.lines_.push_back(line);
    }
    if (dictionary.lines_.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is no pronunciation dictionary of the speech model: install "
                                 "the package pocketsphinx-en-us again.",
                                 path.string())};
    return dictionary;
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
