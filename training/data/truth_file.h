// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// What is known of a recording whose gestures follow rules (a procedural corpus). Times in
/// seconds. Value type.
struct Truth {
    struct Apex {
        double time = 0.0;
        std::string word; ///< Empty for beats.
    };
    struct Span {
        double begin = 0.0;
        double end = 0.0;
    };
    struct Event {
        std::string name; ///< Of the gesture: "big".
        Span span;
        double score = 0.0;
        std::string word; ///< That it belongs to.
    };
    struct Phone {
        std::string phone; ///< Without digits: "ah"; a pause: "pau" or empty.
        Span span;
        bool stressed = false;
    };
    struct Word {
        std::string word;
        Span span;
    };

    std::vector<Apex> apexes;
    std::vector<Span> strokes;
    std::vector<Event> events;
    std::vector<Phone> phones;
    std::vector<Word> words;
};

/// Reads `truth/ID.json`: {"apexes": [{"time", "word"}], "strokes": [[begin, end]],
/// "events": [{"name", "begin", "end", "score", "word"}], "phones": [{"phone", "begin", "end",
/// "stress"}], "words": [{"word", "begin", "end"}]}; all may be absent, other keys are skipped.
/// NotFound, Io, LimitExceeded (64 MiB); InvalidInput names file, list and entry.
[[nodiscard]] Result<Truth> readTruth(const std::filesystem::path& path);

} // namespace gesture::training
