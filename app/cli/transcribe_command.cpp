// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/audio/resample.h"
#include "core/base/atomic_file.h"
#include "core/io/transcript/transcript_file.h"
#include "core/speech/recognition.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

namespace gesture::app {

namespace {

using nlohmann::json;

constexpr int kSpeechRate = 16000;
constexpr std::size_t kMaxTextBytes = 16U << 20;
/// Below this share of words found, times their confidence, the text is another one.
constexpr double kDoubtful = 0.6;

/// The command's arguments as they were typed.
struct Arguments {
    std::string speech;
    std::string text; ///< File, "-" for standard input, or empty: recognise.
    std::vector<std::string> outputs;
};

/// Checks the names before anything is heard, so that a slip costs no waiting.
Status checkOutputs(const std::vector<std::string>& outputs) {
    for (const std::string& output : outputs)
        if (!io::transcriptFormatByExtension(output))
            return Error{ErrorCode::Usage,
                         fmt::format("'{}': transcripts are .TextGrid, .srt, .vtt, .ctm, .json, "
                                     ".csv or .tsv.",
                                     output)};
    return Status::success();
}

Result<std::string> readText(const std::string& name) {
    if (name != "-") return readTextFile(name, kMaxTextBytes);
    std::string text;
    std::istreambuf_iterator<char> from(std::cin);
    for (; from != std::istreambuf_iterator<char>() && text.size() <= kMaxTextBytes; ++from)
        text += *from;
    if (text.size() > kMaxTextBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The text on standard input has more than {} MB: give the words "
                                 "of this sound alone.",
                                 kMaxTextBytes >> 20)};
    return text;
}

Result<speech::TimedSpeech> transcribe(const Arguments& arguments, Console& console) {
    const auto model = speech::SpeechModel::load();
    if (!model) return Error(model.error());
    std::string text;
    if (!arguments.text.empty()) {
        auto read = readText(arguments.text);
        if (!read) return std::move(read).error();
        text = std::move(*read);
    }
    JobControl job = console.job();
    const auto sound = audio::readMono(arguments.speech, kSpeechRate, job);
    if (!sound) return Error(sound.error());
    auto timed = arguments.text.empty() ? speech::recogniseSpeech(*model, *sound, job)
                                        : speech::alignText(*model, *sound, text, job);
    if (!timed) return std::move(timed).error().withContext(arguments.speech);
    return timed;
}

void addRemarks(const speech::TimedSpeech& timed, const Console& console) {
    if (timed.recognised)
        console.note("These words are a proposal: they were recognised, not given. Correct them "
                     "and align them again with --text.");
    if (!timed.guessedWords.empty()) {
        constexpr std::size_t kNamed = 8;
        std::string names;
        for (std::size_t i = 0; i < std::min(kNamed, timed.guessedWords.size()); ++i)
            names += (i > 0 ? ", " : "") + timed.guessedWords[i];
        const std::size_t more =
            timed.guessedWords.size() - std::min(kNamed, timed.guessedWords.size());
        if (more > 0) names += fmt::format(" and {} more", more);
        console.note(fmt::format("Said letter by letter, as no dictionary knows them: {}.", names));
    }
    if (!timed.recognised && timed.placedShare * timed.confidence < kDoubtful)
        console.note(fmt::format("The text may not be what is spoken: {:.0f} % of its words were "
                                 "found. Check that it belongs to this sound.",
                                 100 * timed.placedShare));
}

json asJson(const std::vector<audio::TimedLabel>& labels) {
    json list = json::array();
    for (const audio::TimedLabel& label : labels) {
        json entry{{"text", label.text}, {"begin", label.begin.value}, {"end", label.end.value}};
        if (label.confidence) entry["confidence"] = *label.confidence;
        list.push_back(std::move(entry));
    }
    return list;
}

void printWords(const audio::Transcript& transcript, const Console& console) {
    console.line("begin\tend\tword\tconfidence");
    for (const audio::TimedLabel& word : transcript.words)
        console.line(fmt::format("{:.3f}\t{:.3f}\t{}\t{:.2f}", word.begin.value, word.end.value,
                                 word.text, word.confidence.value_or(0.0F)));
}

Status runTranscribe(const Arguments& arguments, Console& console) {
    if (auto checked = checkOutputs(arguments.outputs); !checked) return checked;
    const auto timed = transcribe(arguments, console);
    if (!timed) return Error(timed.error());
    for (const std::string& output : arguments.outputs)
        if (auto written = io::writeTranscript(output, timed->transcript); !written) return written;
    console.object({{"proposal", timed->recognised},
                    {"words", asJson(timed->transcript.words)},
                    {"phones", asJson(timed->transcript.phones)},
                    {"duration", timed->transcript.duration.value},
                    {"found", timed->placedShare},
                    {"confidence", timed->confidence},
                    {"guessedWords", timed->guessedWords},
                    {"outputs", arguments.outputs}});
    if (arguments.outputs.empty()) printWords(timed->transcript, console);
    for (const std::string& output : arguments.outputs)
        console.line(fmt::format("Wrote {} ({} words{}).", output, timed->transcript.words.size(),
                                 timed->recognised ? ", recognised" : ""));
    addRemarks(*timed, console);
    return Status::success();
}

} // namespace

void addTranscribeCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand(
        "transcribe", "Words and phones with times: aligned to a text, or recognised");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("SPEECH", arguments->speech, "Sound or video file")->required();
    command->add_option("--text", arguments->text,
                        "File with the words that are spoken ('-': standard input); without it "
                        "they are recognised, as a proposal");
    command->add_option("-o,--output", arguments->outputs,
                        "Transcript to write: .TextGrid, .srt, .vtt, .ctm, .json, .csv, .tsv; may "
                        "be given several times; without it the words are printed");
    command->callback(
        [=] { choose([=](Console& console) { return runTranscribe(*arguments, console); }); });
}

} // namespace gesture::app
