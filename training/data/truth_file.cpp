// SPDX-License-Identifier: Apache-2.0
#include "training/data/truth_file.h"

#include "core/base/atomic_file.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::training {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;
constexpr double kMaxSeconds = 1e6;

/// Reads fields of one entry; the first thing wrong is kept.
class EntryReader {
public:
    explicit EntryReader(const json& entry)
        : entry_(entry) {}

    double number(const char* key, double otherwise, bool needed = true) {
        const auto found = entry_.is_object() ? entry_.find(key) : entry_.end();
        if (!entry_.is_object() || found == entry_.end()) {
            good_ = good_ && !needed;
            return otherwise;
        }
        return checked(*found);
    }
    Truth::Span span() { return {number("begin", 0.0), number("end", 0.0)}; }
    Truth::Span pair() {
        if (!entry_.is_array() || entry_.size() != 2) {
            good_ = false;
            return {};
        }
        return {checked(entry_[0]), checked(entry_[1])};
    }
    std::string text(const char* key) {
        if (!entry_.is_object()) return {};
        const auto found = entry_.find(key);
        if (found == entry_.end() || found->is_null()) return {};
        if (!found->is_string()) {
            good_ = false;
            return {};
        }
        return found->get<std::string>();
    }
    [[nodiscard]] bool good() const { return good_; }

private:
    double checked(const json& value) {
        if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
        const double number = value.is_number() ? value.get<double>() : NAN;
        if (std::isfinite(number) && std::abs(number) <= kMaxSeconds) return number;
        good_ = false;
        return 0.0;
    }

    const json& entry_;
    bool good_ = true;
};

/// Reads each entry of a list; the number of the first wrong one, or -1.
template <typename Entry, typename Read>
std::int64_t readList(const json& root, const char* key, std::vector<Entry>& out, Read read) {
    const auto list = root.find(key);
    if (list == root.end()) return -1;
    if (!list->is_array()) return 0;
    for (const json& item : *list) {
        EntryReader entry(item);
        out.push_back(read(entry));
        if (!entry.good()) return static_cast<std::int64_t>(out.size()) - 1;
    }
    return -1;
}

} // namespace

Result<Truth> readTruth(const std::filesystem::path& path) {
    const auto text = readTextFile(path, kMaxBytes);
    if (!text) return text.error();
    const json root = json::parse(*text, nullptr, false);
    if (!root.is_object())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is damaged: it is no JSON object.", path.string())};
    Truth truth;
    const std::array<std::pair<const char*, std::int64_t>, 5> bad{
        {{"apexes", readList(root, "apexes", truth.apexes,
                             [](EntryReader& entry) {
                                 return Truth::Apex{entry.number("time", 0.0), entry.text("word")};
                             })},
         {"strokes", readList(root, "strokes", truth.strokes,
                              [](EntryReader& entry) { return entry.pair(); })},
         {"events", readList(root, "events", truth.events,
                             [](EntryReader& entry) {
                                 return Truth::Event{entry.text("name"), entry.span(),
                                                     entry.number("score", 0.0, false),
                                                     entry.text("word")};
                             })},
         {"phones", readList(root, "phones", truth.phones,
                             [](EntryReader& entry) {
                                 return Truth::Phone{entry.text("phone"), entry.span(),
                                                     entry.number("stress", 0.0, false) == 1.0};
                             })},
         {"words", readList(root, "words", truth.words, [](EntryReader& entry) {
              return Truth::Word{entry.text("word"), entry.span()};
          })}}};
    for (const auto& [list, entry] : bad)
        if (entry >= 0)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}': entry {} of '{}' is not as it should be.",
                                     path.string(), entry + 1, list)};
    return truth;
}

} // namespace gesture::training
