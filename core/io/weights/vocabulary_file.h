// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/random_access_file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace gesture::io {

/// Index of each word; the indices are 0 to size - 1 or below, and may leave gaps.
using Vocabulary = std::map<std::string, std::uint32_t>;

/// The word table of a pickled object of a class named Vocab, in whatever module (BEAT2's and
/// SemTalk's vocab.pkl): takes `word2index` and nothing else; the object is never made, its other
/// fields (numpy arrays among them) are stepped over. At most 32 MiB and 200,000 words.
/// NotFound, Io, InvalidInput, LimitExceeded; the message names the file.
[[nodiscard]] Result<Vocabulary> readPickledVocabulary(const std::filesystem::path& path);
/// The same for a file that is open already; `name` is for messages.
[[nodiscard]] Result<Vocabulary> readPickledVocabulary(const RandomAccessFile& file,
                                                       std::string_view name);

/// The table as this program keeps it: a JSON object of words and indices.
[[nodiscard]] std::string vocabularyJson(const Vocabulary& vocabulary);
[[nodiscard]] Result<Vocabulary> readVocabularyJson(const std::filesystem::path& path);

} // namespace gesture::io
