// SPDX-License-Identifier: Apache-2.0
// Rows of a project's state, and items of an analysis, as anybody may have written them. The first
// byte says which; of rows each line is a key, a blank, and JSON.

#include "core/project/analysis_items.h"
#include "core/project/state_rows.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>

using namespace gesture;
using namespace gesture::project;

namespace {

void readRows(std::string_view text) {
    StateBuilder builder;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t blank = std::min(line.find(' '), line.size());
        const std::string key(line.substr(0, blank));
        const Status put = builder.put(
            key, blank == line.size() ? std::optional<std::string>()
                                      : std::optional<std::string>(line.substr(blank + 1)));
        if (!put && put.error().message().empty()) std::abort();
    }
    const auto state = std::move(builder).finish();
    if (!state) return;
    // What was read can be written, and reads the same again.
    const auto rows = rowsOf(*state);
    if (!rows) std::abort();
    StateBuilder again;
    for (const auto& [key, row] : *rows)
        if (!again.put(key, row)) std::abort();
    const auto same = std::move(again).finish();
    if (!same || !(*same == *state)) std::abort();
}

template <typename T>
void readItem(std::span<const std::byte> payload) {
    T value;
    const Status read = decodeItem(payload, value);
    if (!read && read.error().message().empty()) std::abort();
}

void readItems(std::span<const std::byte> bytes) {
    ItemSplitter splitter;
    const Status read = splitter.take(bytes, [](ItemTag tag, std::span<const std::byte> payload) {
        switch (tag) {
        case ItemTag::Head:
            readItem<AnalysisHead>(payload);
            break;
        case ItemTag::Window:
            readItem<inference::AttentionWindow>(payload);
            break;
        case ItemTag::Semantic:
            readItem<inference::SemanticChunk>(payload);
            break;
        case ItemTag::Tokens:
            readItem<inference::TokenChunk>(payload);
            break;
        case ItemTag::Note:
            readItem<inference::Note>(payload);
            break;
        }
        return Status::success();
    });
    if (!read && read.error().message().empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    if (data[0] % 2 == 0)
        readRows({reinterpret_cast<const char*>(data) + 1, size - 1});
    else
        readItems(std::as_bytes(std::span(data + 1, size - 1)));
    return 0;
}
