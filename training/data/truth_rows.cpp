// SPDX-License-Identifier: Apache-2.0
#include "training/data/truth_rows.h"

#include "training/data/phones.h"
#include "training/data/word_rows.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace gesture::training {

namespace {

constexpr double kMelRate = 50.0;
constexpr double kMotionRate = 30.0;
constexpr double kApexSeconds = 0.06;

/// Which ends of a stretch of time belong to it.
enum class Ends : std::uint8_t { Begin, Both };

/// Writes `value` to the rows whose time lies in the span.
void mark(std::vector<float>& rows, double rate, Truth::Span span, float value,
          Ends ends = Ends::Begin) {
    const auto size = static_cast<double>(rows.size());
    const double first = std::clamp(std::floor(span.begin * rate) - 1.0, 0.0, size);
    const double last = std::clamp(std::ceil(span.end * rate) + 1.0, 0.0, size);
    for (auto row = static_cast<std::size_t>(first); row < static_cast<std::size_t>(last); ++row) {
        const double time = static_cast<double>(row) / rate;
        const bool before = ends == Ends::Both ? time <= span.end : time < span.end;
        if (time >= span.begin && before) rows[row] = value;
    }
}

} // namespace

void GestureLexicon::add(const Truth& truth) {
    for (const Truth::Event& event : truth.events)
        if (std::string word = plainWord(event.word); !word.empty() && !event.name.empty())
            gestureOfWord_.emplace(std::move(word), event.name);
}

std::vector<std::string> GestureLexicon::names() const {
    std::set<std::string> names;
    for (const auto& [word, gesture] : gestureOfWord_)
        names.insert(gesture);
    return {names.begin(), names.end()};
}

std::map<std::string, int, std::less<>> GestureLexicon::classes() const {
    const std::vector<std::string> sorted = names();
    std::map<std::string, int, std::less<>> classes;
    for (const auto& [word, gesture] : gestureOfWord_) {
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), gesture);
        classes.emplace(word, static_cast<int>(place - sorted.begin()) + 1);
    }
    return classes;
}

Result<TruthRows> truthRows(const Truth& truth, std::int64_t rows,
                            const std::map<std::string, int, std::less<>>& lexicon) {
    const auto size = static_cast<std::size_t>(rows);
    TruthRows result{std::vector<float>(size), std::vector<float>(size), std::vector<float>(size),
                     std::vector<float>(size)};
    for (const Truth::Phone& phone : truth.phones) {
        const auto phoneOf = phoneClass(phone.phone);
        if (!phoneOf)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The truth has a phone '{}', which is none of the 40 phones "
                                     "of flite.",
                                     phone.phone)};
        mark(result.phone, kMelRate, phone.span, static_cast<float>(*phoneOf));
        if (phone.stressed) mark(result.stress, kMelRate, phone.span, 1.0F);
    }
    for (const Truth::Apex& apex : truth.apexes) {
        const auto middle = static_cast<std::int64_t>(std::floor(apex.time * kMelRate));
        for (std::int64_t row = std::max<std::int64_t>(0, middle - 4);
             row < std::min(rows, middle + 5); ++row)
            if (std::abs(static_cast<double>(row) / kMelRate - apex.time) < kApexSeconds)
                result.apex[static_cast<std::size_t>(row)] = 1.0F;
    }
    for (const Truth::Word& word : truth.words)
        if (const auto found = lexicon.find(plainWord(word.word)); found != lexicon.end())
            mark(result.lexicon, kMelRate, word.span, static_cast<float>(found->second));
    return result;
}

std::vector<float> strokeRows(const Truth& truth, std::int64_t frames) {
    std::vector<float> rows(static_cast<std::size_t>(frames));
    for (const Truth::Span& stroke : truth.strokes)
        mark(rows, kMotionRate, stroke, 1.0F, Ends::Both);
    return rows;
}

} // namespace gesture::training
