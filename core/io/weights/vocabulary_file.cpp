// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/vocabulary_file.h"

#include "core/base/atomic_file.h"
#include "core/io/weights/pickle_reader.h"
#include "core/io/weights/tensor.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace gesture::io {

namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{32} << 20;
constexpr std::size_t kMaxWords = 200'000;
constexpr std::uint32_t kMaxIndex = 10'000'000;

/// Vocab, and what its numpy array is pickled by.
bool isVocabularyGlobal(std::string_view global) {
    static constexpr std::array<std::string_view, 9> kAllowed{"numpy.core.multiarray._reconstruct",
                                                              "numpy._core.multiarray._reconstruct",
                                                              "numpy.ndarray",
                                                              "numpy.dtype",
                                                              "_codecs.encode",
                                                              "copy_reg._reconstructor",
                                                              "copyreg._reconstructor",
                                                              "__builtin__.object",
                                                              "builtins.object"};
    return global.ends_with(".Vocab") ||
           std::find(kAllowed.begin(), kAllowed.end(), global) != kAllowed.end();
}

Error wrong(const std::string& subject, std::string_view what) {
    return {ErrorCode::InvalidInput, fmt::format("{} is no vocabulary file: {}. Choose the "
                                                 "vocab.pkl of the data set.",
                                                 subject, what)};
}

/// The fields of the object: the state of the call that made it.
std::optional<PickleValue> fieldsOf(const PickleTree& tree) {
    const PickleValue root = tree.root();
    if (root.kind == PickleKind::Dict) return root;
    const auto parts = tree.items(root);
    if (root.kind != PickleKind::Call || parts.size() != 3) return std::nullopt;
    return parts[2];
}

Result<Vocabulary> wordsOf(const PickleTree& tree, const std::string& subject) {
    const auto fields = fieldsOf(tree);
    const auto table = fields ? tree.entry(*fields, "word2index") : std::nullopt;
    if (!table || table->kind != PickleKind::Dict) return wrong(subject, "it has no 'word2index'");
    const auto items = tree.items(*table);
    if (items.size() / 2 > kMaxWords)
        return Error{ErrorCode::LimitExceeded, fmt::format("{} has {} words; at most {} are read.",
                                                           subject, items.size() / 2, kMaxWords)};
    Vocabulary words;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const std::string word(tree.text(items[i]));
        const auto index = tree.integer(items[i + 1]);
        // "" is a word: the mark of silence.
        if (items[i].kind != PickleKind::Text || (!word.empty() && !isTensorName(word)))
            return wrong(subject, fmt::format("'{}' is no word", shownName(word)));
        if (!index || *index < 0 || *index > kMaxIndex)
            return wrong(subject, fmt::format("word '{}' has no index", shownName(word)));
        words[word] = static_cast<std::uint32_t>(*index);
    }
    if (words.empty()) return wrong(subject, "it has no words");
    return words;
}

} // namespace

Result<Vocabulary> readPickledVocabulary(const std::filesystem::path& path) {
    auto file = RandomAccessFile::open(path);
    if (!file)
        return std::move(file).error().withContext(fmt::format("Cannot open '{}'", path.string()));
    return readPickledVocabulary(*file, path.string());
}

Result<Vocabulary> readPickledVocabulary(const RandomAccessFile& file, std::string_view name) {
    const std::string subject = fmt::format("'{}'", name);
    if (file.size() > kMaxBytes)
        return Error{ErrorCode::LimitExceeded, fmt::format("{} has {} bytes; at most {} are read.",
                                                           subject, file.size(), kMaxBytes)};
    try {
        std::vector<std::byte> pickle(file.size());
        if (auto got = file.read(0, pickle); !got)
            return std::move(got).error().withContext(subject);
        auto read = readPickle(
            pickle, {isVocabularyGlobal, true, subject, "a vocabulary that this program opens"});
        if (!read) return std::move(read).error();
        return wordsOf(read->tree, subject);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory to open {}.", subject)};
    }
}

std::string vocabularyJson(const Vocabulary& vocabulary) {
    return nlohmann::json(vocabulary).dump() + "\n";
}

Result<Vocabulary> readVocabularyJson(const std::filesystem::path& path) {
    auto text = readTextFile(path, kMaxBytes);
    if (!text) return std::move(text).error();
    const auto table = nlohmann::json::parse(*text, nullptr, false);
    const std::string subject = fmt::format("'{}'", path.string());
    if (!table.is_object()) return wrong(subject, "it is no table of words");
    Vocabulary words;
    for (const auto& [word, index] : table.items()) {
        if (!index.is_number_unsigned() || index.get<std::uint64_t>() > kMaxIndex ||
            words.size() == kMaxWords)
            return wrong(subject, fmt::format("word '{}' has no index", shownName(word)));
        words.emplace(word, index.get<std::uint32_t>());
    }
    return words;
}

} // namespace gesture::io
