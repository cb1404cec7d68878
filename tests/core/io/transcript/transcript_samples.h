// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/transcript_file.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace gesture::test {

using audio::TimedLabel;
using audio::Transcript;

/// Label without a confidence.
inline TimedLabel label(std::string text, double begin, double end) {
    return {std::move(text), {begin}, {end}, {}};
}

/// Reads `text` as a file of this name; fails the test if it is refused.
inline Transcript read(const std::string& text, const std::string& name,
                       const io::TranscriptReadOptions& options = {}) {
    auto loaded = io::parseTranscript(text, name, options);
    if (!loaded) {
        ADD_FAILURE() << loaded.error().message();
        return {};
    }
    const auto valid = audio::validate(loaded->transcript);
    EXPECT_TRUE(valid.ok()) << (valid.ok() ? "" : valid.error().message());
    return std::move(loaded->transcript);
}

/// The sentence with which `text` is refused; fails the test if it is not.
inline std::string refusal(const std::string& text, const std::string& name,
                           const io::TranscriptReadOptions& options = {}) {
    const auto loaded = io::parseTranscript(text, name, options);
    if (loaded) {
        ADD_FAILURE() << "'" << text.substr(0, 200) << "' was read";
        return {};
    }
    return loaded.error().message();
}

/// What `serializeTranscript` gives for a file of this name.
inline std::string written(const Transcript& transcript, const std::string& name) {
    const auto text = io::serializeTranscript(name, transcript);
    EXPECT_TRUE(text.ok()) << text.error().message();
    return text.ok() ? *text : std::string();
}

inline std::vector<std::string> textsOf(const std::vector<TimedLabel>& labels) {
    std::vector<std::string> texts;
    for (const TimedLabel& one : labels)
        texts.push_back(one.text);
    return texts;
}

/// UTF-16 of text that is UTF-8 of characters below U+10000.
inline std::u16string utf16(const std::string& text) {
    std::u16string units;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
        char32_t value = length == 1 ? lead : lead & (length == 2 ? 0x1FU : 0x0FU);
        for (int i = 1; i < length; ++i)
            value = value << 6U |
                    (static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]) & 0x3FU);
        units += static_cast<char16_t>(value);
        at += static_cast<std::size_t>(length);
    }
    return units;
}

enum class Order { Little, Big };

inline std::string bytesOf(const std::u16string& units, Order order) {
    std::string bytes;
    for (const char16_t unit : units) {
        const auto low = static_cast<char>(unit & 0xFF);
        const auto high = static_cast<char>(unit >> 8);
        bytes += order == Order::Little ? low : high;
        bytes += order == Order::Little ? high : low;
    }
    return bytes;
}

/// A small file of each format, by the name that it has.
struct SampleFile {
    std::string name;
    std::string text;
};
inline std::vector<SampleFile> sampleFiles() {
    return {
        {"long.TextGrid", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \n"
                          "xmax = 2.5 \ntiers? <exists> \nsize = 2 \nitem []: \n    item [1]:\n"
                          "        class = \"IntervalTier\" \n        name = \"words\" \n"
                          "        xmin = 0 \n        xmax = 2.5 \n"
                          "        intervals: size = 2 \n        intervals [1]:\n"
                          "            xmin = 0 \n            xmax = 0.75 \n"
                          "            text = \"say \"\"hi\"\"\" \n        intervals [2]:\n"
                          "            xmin = 0.75 \n            xmax = 2.5 \n"
                          "            text = \"\" \n    item [2]:\n"
                          "        class = \"TextTier\" \n        name = \"marks\" \n"
                          "        xmin = 0 \n        xmax = 2.5 \n        points: size = 1 \n"
                          "        points [1]:\n            number = 1.5 \n"
                          "            mark = \"x\" \n"},
        {"short.TextGrid", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n1.5\n"
                           "<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n1.5\n2\n0\n0.5\n\"שלום\"\n"
                           "0.5\n1.5\n\"🙂\"\n"},
        {"a.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello <i>you</i>\n\n2\n"
                  "00:00:02,500 --> 00:00:03,000\nthere\n"},
        {"a.vtt", "WEBVTT - title\n\nNOTE a remark\nof two lines\n\nSTYLE\n::cue { color: red }\n\n"
                  "first\n00:01.000 --> 00:02.000 align:start\n<v Anna>hello &amp; "
                  "<00:01.500>you</v>\n"},
        {"a.ctm", ";; comment\nclip 1 0.5 0.25 hello 0.9\nclip 1 0.75 0.5 you\n"},
        {"own.json",
         "{\"format\": \"gesture-transcript\", \"version\": 1, \"language\": \"en\", "
         "\"duration\": 3, \"words\": [{\"text\": \"hello\", \"begin\": 0.5, \"end\": 1}], "
         "\"phones\": [{\"text\": \"HH\", \"begin\": 0.5, \"end\": 0.6}]}"},
        {"whisperx.json",
         "{\"segments\": [{\"start\": 0.5, \"end\": 2.0, \"text\": \" one 2 three\", \"words\": "
         "[{\"word\": \"one\", \"start\": 0.5, \"end\": 0.9, \"score\": 0.8}, {\"word\": \"2\"}, "
         "{\"word\": \"three\", \"start\": 1.4, \"end\": 2.0, \"score\": 0.7}]}], "
         "\"word_segments\": [], \"language\": \"en\"}"},
        {"a.csv", "begin,end,text,confidence\n0.5,1,\"hello, you\",0.75\n1,1.5,\"a\"\"b\",\n"},
        {"a.tsv", "start\tend\tword\n0.5\t1\thello\n"},
    };
}

} // namespace gesture::test
