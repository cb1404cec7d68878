// SPDX-License-Identifier: Apache-2.0
#include "core/io/transcript/transcript_json.h"

#include "core/io/transcript/json_labels.h"
#include "core/io/transcript/number_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

namespace gesture::io {

namespace {

using nlohmann::json;

constexpr std::string_view kFormatName = "gesture-transcript";
constexpr int kVersion = 1;

/// Goes through the text and tells how far the parser has come, so that messages can name lines.
class CountingIterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** reached)
        : at_(at)
        , reached_(reached) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        *reached_ = ++at_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

private:
    const char* at_;
    const char** reached_;
};

/// Takes the parser's events; keeps what a transcript needs and skips the rest, so that memory
/// follows the labels and not the file's nesting.
class Reader : public json::json_sax_t {
public:
    Reader(const SourceText& source, const char* const& reached)
        : source_(source)
        , reached_(reached)
        , words_(source, "word", kRoundedOverlap)
        , phones_(source, "phone", kRoundedOverlap)
        , segmentWords_(source, "word", kRoundedOverlap) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t value) override {
        return number(static_cast<double>(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return number(static_cast<double>(value));
    }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override;
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override;
    bool key(string_t& value) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return fail(source_.error(offset(), "this is not JSON here, or a number is out of range"));
    }

    Result<audio::Transcript> finish();

private:
    enum class Place { Root, Words, Phones, Segments, SegmentWords, Label, SegmentLabel };

    [[nodiscard]] std::size_t offset() const {
        return static_cast<std::size_t>(reached_ - source_.text().data());
    }
    [[nodiscard]] bool skips() const { return skipped_ > 0; }
    [[nodiscard]] JsonLabel* openLabel();
    bool number(double value);
    bool fail(Error error) {
        if (!failure_) failure_ = std::move(error);
        return false;
    }
    bool check(Status status) { return status.ok() || fail(std::move(status).error()); }
    bool finishLabel(Place list);

    const SourceText& source_;
    const char* const& reached_;
    LabelBuilder words_;
    LabelBuilder phones_;
    LabelBuilder segmentWords_;
    std::vector<Place> places_; ///< Open objects and arrays that matter; at most five.
    std::size_t skipped_ = 0;   ///< Open objects and arrays below the last of them.
    std::string key_;
    JsonLabel label_;
    JsonSegment segment_;
    std::string language_;
    std::string formatName_;
    double version_ = 0.0;
    double duration_ = 0.0;
    bool hasWords_ = false;
    bool hasSegments_ = false;
    std::optional<Error> failure_;
};

JsonLabel* Reader::openLabel() {
    if (skips() || places_.empty()) return nullptr;
    if (places_.back() == Place::Label) return &label_;
    if (places_.back() == Place::SegmentLabel) return &segment_.whole;
    return nullptr;
}

bool Reader::number(double value) {
    if (skips() || places_.empty()) return true;
    if (places_.back() == Place::Root) {
        if (key_ == "version") version_ = value;
        if (key_ == "duration") duration_ = value;
        if (key_ == "duration" && !(value >= 0.0 && value <= kMaxSeconds))
            return fail(source_.error(offset(), fmt::format("{} s is no duration", value)));
    }
    if (JsonLabel* const label = openLabel()) {
        if (key_ == "begin" || key_ == "start") label->begin = value + 0.0;
        if (key_ == "end") label->end = value + 0.0;
        if (key_ == "confidence" || key_ == "score" || key_ == "probability")
            label->confidence = value;
    }
    return true;
}

bool Reader::string(string_t& value) {
    if (skips() || places_.empty()) return true;
    if (places_.back() == Place::Root) {
        if (key_ == "language") language_ = value;
        if (key_ == "format") formatName_ = value;
    }
    if (JsonLabel* const label = openLabel()) {
        if (key_ == "text" || key_ == "word") label->text = std::move(value);
        if (key_ == "begin" || key_ == "start" || key_ == "end")
            return fail(source_.error(
                offset(), fmt::format("\"{}\" is a text; write the time as a number", key_)));
    }
    return true;
}

bool Reader::key(string_t& value) {
    if (!skips()) key_ = std::move(value);
    return true;
}

bool Reader::start_object(std::size_t) {
    if (skips()) {
        ++skipped_;
    } else if (places_.empty()) {
        places_.push_back(Place::Root);
    } else if (places_.back() == Place::Segments) {
        places_.push_back(Place::SegmentLabel);
        segment_ = {};
        segment_.whole.offset = offset();
    } else if (places_.back() == Place::Words || places_.back() == Place::Phones ||
               places_.back() == Place::SegmentWords) {
        places_.push_back(Place::Label);
        label_ = {};
        label_.offset = offset();
    } else {
        ++skipped_;
    }
    return true;
}

bool Reader::start_array(std::size_t) {
    const Place place = places_.empty() ? Place::Segments : places_.back();
    if (skips()) {
        ++skipped_;
    } else if (places_.empty()) {
        places_.push_back(Place::Segments);
        hasSegments_ = true;
    } else if (place == Place::Root && key_ == "words") {
        places_.push_back(Place::Words);
        hasWords_ = true;
    } else if (place == Place::Root && key_ == "phones") {
        places_.push_back(Place::Phones);
    } else if (place == Place::Root && key_ == "segments") {
        places_.push_back(Place::Segments);
        hasSegments_ = true;
    } else if (place == Place::SegmentLabel && key_ == "words") {
        places_.push_back(Place::SegmentWords);
    } else {
        ++skipped_;
    }
    return true;
}

bool Reader::end_array() {
    if (skips())
        --skipped_;
    else
        places_.pop_back();
    return true;
}

bool Reader::end_object() {
    if (skips()) {
        --skipped_;
        return true;
    }
    const Place ended = places_.back();
    places_.pop_back();
    if (ended == Place::SegmentLabel)
        return check(addJsonSegment(source_, std::move(segment_), segmentWords_));
    return ended != Place::Label || finishLabel(places_.back());
}

bool Reader::finishLabel(Place list) {
    if (list == Place::Words) return check(addJsonLabel(source_, std::move(label_), words_));
    if (list == Place::Phones) return check(addJsonLabel(source_, std::move(label_), phones_));
    if (segment_.words.size() >= kMaxLabels)
        return fail(source_.error(offset(),
                                  fmt::format("a transcript has at most {} words", kMaxLabels),
                                  ErrorCode::LimitExceeded));
    segment_.words.push_back(std::move(label_));
    return true;
}

Result<audio::Transcript> Reader::finish() {
    if (failure_) return std::move(*failure_);
    if (formatName_ == kFormatName && version_ != kVersion)
        return source_.error(0, fmt::format("the file has version {}, this program reads version "
                                            "{}: take a newer program",
                                            version_, kVersion));
    if (!hasWords_ && !hasSegments_)
        return source_.error(0, "this JSON holds neither \"words\" nor \"segments\"");
    audio::Transcript transcript;
    const bool fromWords = hasWords_ && (!words_.labels().empty() || !hasSegments_);
    transcript.words = fromWords ? words_.take() : segmentWords_.take();
    transcript.phones = phones_.take();
    transcript.duration = {duration_};
    transcript.language = std::move(language_);
    return transcript;
}

std::string quoted(const std::string& text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

void appendLabels(std::string& text, const std::vector<audio::TimedLabel>& labels) {
    for (const audio::TimedLabel& label : labels) {
        text += fmt::format("{}\n    {{\"text\": {}, \"begin\": {}, \"end\": {}",
                            &label == labels.data() ? "" : ",", quoted(label.text),
                            numberText(label.begin.value), numberText(label.end.value));
        if (label.confidence) text += ", \"confidence\": " + numberText(*label.confidence);
        text += '}';
    }
}

} // namespace

bool looksLikeJson(const SourceText& source) {
    const std::size_t first = source.text().find_first_not_of(" \t\n");
    return first != std::string_view::npos &&
           (source.text()[first] == '{' || source.text()[first] == '[');
}

Result<audio::Transcript> parseTranscriptJson(const SourceText& source) {
    const std::string_view text = source.text();
    const char* reached = text.data();
    Reader reader(source, reached);
    // What the parser thinks of the file comes back by the reader.
    static_cast<void>(json::sax_parse(CountingIterator(text.data(), &reached),
                                      CountingIterator(text.data() + text.size(), &reached),
                                      &reader));
    return reader.finish();
}

std::string formatTranscriptJson(const audio::Transcript& transcript) {
    std::string text =
        fmt::format("{{\n  \"format\": \"{}\",\n  \"version\": {},\n", kFormatName, kVersion);
    if (!transcript.language.empty())
        text += fmt::format("  \"language\": {},\n", quoted(transcript.language));
    text +=
        fmt::format("  \"duration\": {},\n  \"words\": [", numberText(transcript.duration.value));
    appendLabels(text, transcript.words);
    text += "\n  ],\n  \"phones\": [";
    appendLabels(text, transcript.phones);
    text += "\n  ]\n}\n";
    return text;
}

} // namespace gesture::io
