// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "training/data/truth_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gesture::training {

/// Which words have a gesture of their own in a corpus, and which. Classes of the speech encoder's
/// lexicon head: 0 none, then the gestures by name. Value type.
class GestureLexicon {
public:
    /// Adds the events of a clip that belong to a word.
    void add(const Truth& truth);

    /// Names of the gestures, sorted: class 1, 2, …
    [[nodiscard]] std::vector<std::string> names() const;
    /// Class of each word (in plain form).
    [[nodiscard]] std::map<std::string, int, std::less<>> classes() const;

private:
    std::map<std::string, std::string> gestureOfWord_;
};

/// 50 rows a second; row i is the moment i / 50, as in `audio::speechLogMel`.
struct TruthRows {
    std::vector<float> phone;   ///< Class, see `phoneClass`.
    std::vector<float> stress;  ///< 1 in stressed phones.
    std::vector<float> apex;    ///< 1 less than 60 ms from the apex of a gesture.
    std::vector<float> lexicon; ///< Class of the word that is said.
};
/// InvalidInput for a phone without a class.
[[nodiscard]] Result<TruthRows> truthRows(const Truth& truth, std::int64_t rows,
                                          const std::map<std::string, int, std::less<>>& lexicon);

/// 1 in frames (30 a second) whose begin lies in a stroke, both ends included.
[[nodiscard]] std::vector<float> strokeRows(const Truth& truth, std::int64_t frames);

} // namespace gesture::training
