// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/index_set.h"

#include "core/base/assert.h"

#include <charconv>

namespace gesture::avatar {

namespace {

std::size_t readIndex(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    GESTURE_ASSERT(error == std::errc{} && end == text.data() + text.size());
    return value;
}

} // namespace

std::vector<bool> indexSet(std::string_view ranges, std::size_t size) {
    std::vector<bool> listed(size, false);
    while (!ranges.empty()) {
        const std::string_view range = ranges.substr(0, ranges.find(','));
        ranges.remove_prefix(range.size() < ranges.size() ? range.size() + 1 : range.size());
        const std::size_t dash = range.find('-');
        const std::size_t first = readIndex(range.substr(0, dash));
        const std::size_t last =
            dash == std::string_view::npos ? first : readIndex(range.substr(dash + 1));
        GESTURE_ASSERT(first <= last && last < size);
        for (std::size_t i = first; i <= last; ++i) {
            listed[i] = true;
        }
    }
    return listed;
}

} // namespace gesture::avatar
