// SPDX-License-Identifier: Apache-2.0
#include "training/data/split_table.h"

#include "core/base/atomic_file.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace gesture::training {

namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxRows = 1'000'000;
constexpr std::size_t kMaxNameBytes = 200;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\"";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view takeUntil(char separator, std::string_view& rest) {
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return taken;
}

std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    while (!line.empty())
        cells.push_back(trimmed(takeUntil(',', line)));
    return cells;
}

/// Where the columns stand.
struct Columns {
    std::size_t id = 0;
    std::size_t split = 0;
    std::optional<std::size_t> speaker;
};

std::optional<std::size_t> columnOf(const std::vector<std::string_view>& header,
                                    std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const auto found = std::find(header.begin(), header.end(), name);
        if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    }
    return std::nullopt;
}

std::optional<Columns> columnsOf(std::string_view header) {
    const auto cells = cellsOf(header);
    const auto id = columnOf(cells, {"id", "name"});
    const auto split = columnOf(cells, {"type", "split"});
    if (!id || !split) return std::nullopt;
    return Columns{*id, *split, columnOf(cells, {"speaker", "voice"})};
}

} // namespace

bool isClipName(std::string_view text) {
    return !text.empty() && text.size() <= kMaxNameBytes && text.front() != '.' &&
           !firstInvalidUtf8(text) && std::none_of(text.begin(), text.end(), [](char letter) {
               return letter == '/' || letter == '\\' || static_cast<unsigned char>(letter) < ' ';
           });
}

Result<std::vector<SplitRow>> readSplitTable(const std::filesystem::path& path) {
    const auto text = readTextFile(path, kMaxBytes);
    if (!text) return text.error();
    const auto wrong = [&](std::size_t line, std::string_view reason) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}', line {}: {}", path.string(), line, reason)};
    };
    std::string_view rest = *text;
    if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
    const auto columns = columnsOf(takeUntil('\n', rest));
    if (!columns)
        return wrong(1, "a table of splits begins with the names of its columns, 'id,type'.");
    std::vector<SplitRow> rows;
    for (std::size_t number = 2; !rest.empty(); ++number) {
        const std::string_view line = takeUntil('\n', rest);
        if (trimmed(line).empty()) continue;
        const auto cells = cellsOf(line);
        const std::size_t last =
            std::max({columns->id, columns->split, columns->speaker.value_or(0)});
        if (cells.size() <= last)
            return wrong(number, fmt::format("there are {} columns, {} are needed.", cells.size(),
                                             last + 1));
        if (!isClipName(cells[columns->id]) || !isClipName(cells[columns->split]))
            return wrong(number, "the id or the split cannot be the name of a file.");
        if (rows.size() == kMaxRows)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("'{}' has more than {} rows.", path.string(), kMaxRows)};
        rows.push_back({std::string(cells[columns->id]), std::string(cells[columns->split]),
                        columns->speaker ? std::string(cells[*columns->speaker]) : std::string{}});
    }
    return rows;
}

} // namespace gesture::training
