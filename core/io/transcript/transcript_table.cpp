// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/transcript_table.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/number_text.h"
#include "core/io/transcript/tier_names.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxColumns = 100;

enum class Column { Begin, End, Duration, Text, Confidence, Type, Other };

Column columnOf(std::string_view heading) {
    constexpr std::array<std::pair<std::string_view, Column>, 23> kNames{
        {{"begin", Column::Begin},
         {"start", Column::Begin},
         {"onset", Column::Begin},
         {"tmin", Column::Begin},
         {"xmin", Column::Begin},
         {"begin_time", Column::Begin},
         {"start_time", Column::Begin},
         {"end", Column::End},
         {"stop", Column::End},
         {"offset", Column::End},
         {"tmax", Column::End},
         {"xmax", Column::End},
         {"end_time", Column::End},
         {"duration", Column::Duration},
         {"text", Column::Text},
         {"word", Column::Text},
         {"label", Column::Text},
         {"token", Column::Text},
         {"confidence", Column::Confidence},
         {"score", Column::Confidence},
         {"probability", Column::Confidence},
         {"type", Column::Type},
         {"tier", Column::Type}}};
    const std::string name = lowerCase(trimmed(heading));
    for (const auto& [known, column] : kNames)
        if (name == known) return column;
    return Column::Other;
}

struct Row {
    std::vector<std::string> fields;
    std::size_t offset = 0;
};

/// Goes through the rows; texts in quotes may go over several lines.
class RowReader {
public:
    RowReader(const SourceText& source, char separator)
        : source_(source)
        , separator_(separator) {}

    /// The next row that is not blank; nothing at the end.
    Result<std::optional<Row>> next() {
        const std::string_view text = source_.text();
        while (at_ < text.size() && (text[at_] == '\n' || isBlankLine()))
            at_ = std::min(text.find('\n', at_), text.size() - 1) + 1;
        if (at_ >= text.size()) return std::optional<Row>();
        Row row{{}, at_};
        while (true) {
            if (row.fields.size() == kMaxColumns)
                return source_.error(row.offset,
                                     fmt::format("a row has more than {} columns", kMaxColumns));
            auto field = at_ < text.size() && text[at_] == '"' ? quotedField() : plainField();
            if (!field) return std::move(field).error();
            row.fields.push_back(std::move(field).value());
            const bool more = at_ < text.size() && text[at_] == separator_;
            ++at_;
            if (!more) return std::optional<Row>(std::move(row));
        }
    }

private:
    [[nodiscard]] bool isBlankLine() const {
        const std::string_view text = source_.text();
        const std::size_t first = text.find_first_not_of(" \t", at_);
        return first == std::string_view::npos || text[first] == '\n';
    }

    Result<std::string> plainField() {
        const std::string_view text = source_.text();
        const std::array<char, 2> ends{separator_, '\n'};
        const std::size_t end = std::min(
            text.find_first_of(std::string_view(ends.data(), ends.size()), at_), text.size());
        std::string field(trimmed(text.substr(at_, end - at_)));
        at_ = end;
        return field;
    }

    Result<std::string> quotedField() {
        const std::string_view text = source_.text();
        const std::size_t begin = at_++;
        std::string field;
        while (at_ < text.size()) {
            const char letter = text[at_++];
            const bool doubled = letter == '"' && at_ < text.size() && text[at_] == '"';
            if (letter == '"' && !doubled) {
                at_ = std::min(text.find_first_not_of(separator_ == '\t' ? " " : " \t", at_),
                               text.size());
                if (at_ == text.size() || text[at_] == separator_ || text[at_] == '\n')
                    return field;
                return source_.error(at_, "after a closing quote the next column should begin");
            }
            field += letter;
            if (doubled) ++at_;
        }
        return source_.error(begin, "this text has no closing quote: the file is cut or damaged");
    }

    const SourceText& source_;
    char separator_;
    std::size_t at_ = 0;
};

std::string_view firstLine(const SourceText& source) {
    LineReader lines(source.text());
    while (const auto line = lines.next())
        if (!line->isBlank()) return line->text;
    return {};
}

/// The separator that the header row has most of.
char separatorOf(const SourceText& source) {
    const std::string_view header = firstLine(source);
    char best = ',';
    for (const char candidate : {';', '\t'})
        if (std::count(header.begin(), header.end(), candidate) >
            std::count(header.begin(), header.end(), best))
            best = candidate;
    return best;
}

/// Where the columns stand; nothing where a column is absent.
struct Columns {
    std::optional<std::size_t> begin, end, duration, text, confidence, type;
    std::size_t count = 0;

    [[nodiscard]] bool isComplete() const { return begin && (end || duration) && text; }
};

Columns columnsOf(const Row& header) {
    Columns columns;
    columns.count = header.fields.size();
    const auto set = [](std::optional<std::size_t>& column, std::size_t index) {
        if (!column) column = index;
    };
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        switch (columnOf(header.fields[i])) {
        case Column::Begin:
            set(columns.begin, i);
            break;
        case Column::End:
            set(columns.end, i);
            break;
        case Column::Duration:
            set(columns.duration, i);
            break;
        case Column::Text:
            set(columns.text, i);
            break;
        case Column::Confidence:
            set(columns.confidence, i);
            break;
        case Column::Type:
            set(columns.type, i);
            break;
        case Column::Other:
            break;
        }
    }
    return columns;
}

Result<audio::TimedLabel> parseRow(const SourceText& source, const Columns& columns, Row& row) {
    if (row.fields.size() != columns.count)
        return source.error(row.offset,
                            fmt::format("the row has {} columns, the header {}: texts that hold "
                                        "the separator need quotes, numbers a decimal point",
                                        row.fields.size(), columns.count));
    const auto begin = parseSeconds(source, trimmed(row.fields[*columns.begin]), row.offset);
    if (!begin) return Error(begin.error());
    const std::size_t endColumn = columns.end.value_or(columns.duration.value_or(0));
    const auto end = parseSeconds(source, trimmed(row.fields[endColumn]), row.offset);
    if (!end) return Error(end.error());
    audio::TimedLabel label{
        std::move(row.fields[*columns.text]), {*begin}, {columns.end ? *end : *begin + *end}, {}};
    const std::string_view confidence =
        columns.confidence ? trimmed(row.fields[*columns.confidence]) : std::string_view();
    if (confidence.empty()) return label;
    const auto value = parseNumber(confidence);
    if (!value)
        return source.error(
            row.offset, fmt::format("the confidence '{}' is not a number", shownText(confidence)));
    const auto checked = parseConfidence(source, *value, row.offset);
    if (!checked) return Error(checked.error());
    label.confidence = *checked;
    return label;
}

/// The list that a row belongs to.
Result<LabelBuilder*> builderOf(const SourceText& source, const Columns& columns, const Row& row,
                                LabelBuilder& words, LabelBuilder& phones) {
    if (!columns.type || row.fields.size() <= *columns.type) return &words;
    const std::string& type = row.fields[*columns.type];
    if (isWordTierName(type)) return &words;
    if (isPhoneTierName(type)) return &phones;
    return source.error(row.offset,
                        fmt::format("'{}' is neither words nor phones", shownText(type)));
}

std::string fieldText(std::string_view text, char separator) {
    const bool margins = trimmed(text).size() != text.size();
    if (!margins && text.find_first_of("\"\n\r") == std::string_view::npos &&
        text.find(separator) == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

void appendRows(std::string& table, const std::vector<audio::TimedLabel>& labels,
                std::string_view type, char separator) {
    for (const audio::TimedLabel& label : labels) {
        table += fmt::format("{0}{1}{2}{1}{3}{1}{4}", numberText(label.begin.value), separator,
                             numberText(label.end.value), fieldText(label.text, separator),
                             label.confidence ? numberText(*label.confidence) : std::string());
        if (!type.empty()) table += fmt::format("{}{}", separator, type);
        table += '\n';
    }
}

} // namespace

bool looksLikeTranscriptTable(const SourceText& source) {
    RowReader rows(source, separatorOf(source));
    const auto header = rows.next();
    return header.ok() && header->has_value() && columnsOf(**header).isComplete();
}

Result<audio::Transcript> parseTranscriptTable(const SourceText& source) {
    RowReader rows(source, separatorOf(source));
    const auto header = rows.next();
    if (!header) return Error(header.error());
    const Columns columns = header->has_value() ? columnsOf(**header) : Columns{};
    if (!columns.isComplete())
        return source.error(0, "the first row should name the columns, such as begin, end, text "
                               "and confidence");
    LabelBuilder words(source, "word", kRoundedOverlap);
    LabelBuilder phones(source, "phone", kRoundedOverlap);
    while (true) {
        auto row = rows.next();
        if (!row) return std::move(row).error();
        if (!row->has_value()) break;
        const auto builder = builderOf(source, columns, **row, words, phones);
        if (!builder) return Error(builder.error());
        const std::size_t offset = (*row)->offset;
        auto label = parseRow(source, columns, **row);
        if (!label) return std::move(label).error();
        if (auto added = (*builder)->add(std::move(label).value(), offset); !added)
            return std::move(added).error();
    }
    return audio::Transcript{words.take(), phones.take(), {}, {}};
}

std::string formatTranscriptTable(const audio::Transcript& transcript, char separator) {
    const bool hasPhones = !transcript.phones.empty();
    std::string table = fmt::format("begin{0}end{0}text{0}confidence{1}\n", separator,
                                    hasPhones ? std::string{separator} + "type" : "");
    appendRows(table, transcript.words, hasPhones ? "words" : "", separator);
    appendRows(table, transcript.phones, "phones", separator);
    return table;
}

} // namespace gesture::io
