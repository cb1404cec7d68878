// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/ctm.h"

#include "core/base/utf8.h"
#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/number_text.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace gesture::io {

namespace {

constexpr std::size_t kColumns = 6; ///< Recording, channel, begin, duration, word, confidence.

struct Fields {
    std::array<std::string_view, kColumns> values;
    std::size_t count = 0;
};

Fields fieldsOf(std::string_view line) {
    Fields fields;
    while (fields.count < kColumns) {
        line = trimmed(line);
        if (line.empty()) break;
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        fields.values[fields.count++] = line.substr(0, end);
        line.remove_prefix(end);
    }
    return fields;
}

bool isComment(const SourceLine& line) {
    return line.isBlank() || trimmed(line.text).starts_with(";;");
}

Status checkColumns(const SourceText& source, const SourceLine& line, const Fields& fields) {
    if (trimmed(line.text).find("<ALT") != std::string_view::npos)
        return source.error(line.offset, "alternatives (<ALT_BEGIN>) are not read: keep one of "
                                         "them and take the marks out");
    if (fields.count < 5)
        return source.error(line.offset, "a line has recording, channel, begin, duration and word");
    return Status::success();
}

Result<audio::TimedLabel> parseLabel(const SourceText& source, const SourceLine& line,
                                     const Fields& fields) {
    const auto begin = parseSeconds(source, fields.values[2], line.offset);
    if (!begin) return Error(begin.error());
    const auto duration = parseSeconds(source, fields.values[3], line.offset);
    if (!duration) return Error(duration.error());
    audio::TimedLabel label{std::string(fields.values[4]), {*begin}, {*begin + *duration}, {}};
    const std::string_view confidence = fields.values[5];
    if (!confidence.empty() && confidence != "NA") {
        const auto value = parseNumber(confidence);
        if (!value)
            return source.error(line.offset, fmt::format("the confidence '{}' is not a number",
                                                         shownText(confidence)));
        const auto checked = parseConfidence(source, *value, line.offset);
        if (!checked) return Error(checked.error());
        label.confidence = *checked;
    }
    return label;
}

/// The duration that, added to `begin`, gives `end` again, as far as there is one.
double durationOf(const audio::TimedLabel& label) {
    const double begin = label.begin.value;
    const double end = label.end.value;
    const double duration = end - begin;
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double candidate :
         {duration, std::nextafter(duration, kInfinity), std::nextafter(duration, 0.0)})
        if (begin + candidate == end) return candidate;
    return duration;
}

std::string withoutBlanks(std::string_view text, std::string_view otherwise) {
    std::string joined;
    for (const std::string_view word : wordsOf(text)) {
        if (!joined.empty()) joined += '_';
        joined += word;
    }
    return joined.empty() ? std::string(otherwise) : joined;
}

} // namespace

bool looksLikeCtm(const SourceText& source) {
    LineReader lines(source.text());
    while (const auto line = lines.next()) {
        if (isComment(*line)) continue;
        const Fields fields = fieldsOf(line->text);
        return fields.count >= 5 && parseNumber(fields.values[2]) && parseNumber(fields.values[3]);
    }
    return false;
}

Result<audio::Transcript> parseCtm(const SourceText& source) {
    LineReader lines(source.text());
    LabelBuilder builder(source, "word", kRoundedOverlap);
    std::string_view recording;
    std::string_view channel;
    while (const auto line = lines.next()) {
        if (isComment(*line)) continue;
        const Fields fields = fieldsOf(line->text);
        if (auto checked = checkColumns(source, *line, fields); !checked)
            return std::move(checked).error();
        if (recording.empty()) {
            recording = fields.values[0];
            channel = fields.values[1];
        }
        if (fields.values[0] != recording || fields.values[1] != channel)
            return source.error(
                line->offset, fmt::format("recording '{}', channel '{}' follows '{}', '{}': a "
                                          "transcript is of one; take the others out",
                                          shownText(fields.values[0]), shownText(fields.values[1]),
                                          shownText(recording), shownText(channel)));
        auto label = parseLabel(source, *line, fields);
        if (!label) return std::move(label).error();
        if (auto added = builder.add(std::move(label).value(), line->offset); !added)
            return std::move(added).error();
    }
    if (recording.empty()) return source.error(0, "the file holds no words");
    return audio::Transcript{builder.take(), {}, {}, {}};
}

std::string formatCtm(const audio::Transcript& transcript, std::string_view recording) {
    std::string text;
    const std::string name = withoutBlanks(recording, "recording");
    for (const audio::TimedLabel& word : transcript.words) {
        if (word.isPause()) continue;
        text += fmt::format("{} 1 {} {} {}", name, numberText(word.begin.value),
                            numberText(durationOf(word)), withoutBlanks(word.text, "_"));
        if (word.confidence) text += ' ' + numberText(*word.confidence);
        text += '\n';
    }
    return text;
}

} // namespace gesture::io
