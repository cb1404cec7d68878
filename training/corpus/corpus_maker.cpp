// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/corpus_maker.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/gestures/arm_score.h"
#include "core/gestures/lexicon.h"
#include "core/gestures/mouth.h"
#include "core/gestures/prominence.h"
#include "training/corpus/clip_speech.h"
#include "training/corpus/espeak_synthesiser.h"
#include "training/corpus/flite_synthesiser.h"
#include "training/corpus/sentence.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <system_error>
#include <utility>

namespace gesture::training {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Raised whenever rules change the motion of a clip without changing the tables below.
constexpr int kRules = 1;

/// A seed of its own for each clip.
std::uint64_t seedOf(std::uint64_t corpusSeed, const std::string& id) {
    const std::string digest = sha256Of(fmt::format("{}/{}", corpusSeed, id));
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < 16; ++i)
        seed = 16 * seed + static_cast<std::uint64_t>(digest[i] <= '9' ? digest[i] - '0'
                                                                       : digest[i] - 'a' + 10);
    return seed;
}

std::vector<Speaker> speakersOf(const CorpusRecipe& recipe) {
    std::vector<Speaker> speakers = corpusSpeakers(recipe.espeak);
    if (recipe.speakers.empty()) return speakers;
    std::erase_if(speakers, [&](const Speaker& speaker) {
        return std::find(recipe.speakers.begin(), recipe.speakers.end(), speaker.style + 1) ==
               recipe.speakers.end();
    });
    return speakers;
}

std::string lexiconText() {
    std::string text;
    for (const gestures::LexiconGesture& gesture : gestures::lexicon()) {
        const auto place = [](const Eigen::Vector3d& v) {
            return fmt::format("{:.3f} {:.3f} {:.3f}", v.x(), v.y(), v.z());
        };
        text += fmt::format("{} {} {} {} {} {} {} {} {} {} {:.2f} {:.1f} {:.1f} {}\n", gesture.name,
                            static_cast<int>(gesture.hands), place(gesture.preparation),
                            place(gesture.apex), static_cast<int>(gesture.palm),
                            static_cast<int>(gesture.hand), static_cast<int>(gesture.path),
                            static_cast<int>(gesture.head), static_cast<int>(gesture.words.size()),
                            kRules, gesture.score, gesture.flexion, gesture.swivel,
                            place(gesture.otherHand));
    }
    return text;
}

std::string recipeText(const std::string& version, const CorpusRecipe& recipe,
                       const std::vector<PlannedClip>& plan) {
    json voices = json::object();
    for (const PlannedClip& clip : plan)
        voices[clip.speaker.voice.name] = {{"speaker", clip.speaker.style + 1},
                                           {"voice", clip.speaker.voice.base}};
    return json{{"format", "gesture-corpus"}, {"version", version},   {"seed", recipe.seed},
                {"espeak", recipe.espeak},    {"clips", plan.size()}, {"voices", voices}}
               .dump(2) +
           "\n";
}

/// Whether the folder is free for a corpus of this version.
Status checkFolder(const fs::path& folder, const std::string& version) {
    std::error_code code;
    const fs::path path = folder / "corpus.json";
    if (!fs::exists(path, code)) return Status::success();
    constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
    const auto text = readTextFile(path, kMaxBytes);
    if (!text) return text.error();
    const json recipe = json::parse(*text, nullptr, false);
    if (recipe.is_object() && recipe.value("version", json()) == version) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' holds a corpus of another seed, other voices or another version "
                             "of this program. Choose another folder, or empty this one.",
                             folder.string())};
}

std::string splitTable(std::vector<PlannedClip> plan) {
    std::sort(plan.begin(), plan.end(), [](const PlannedClip& a, const PlannedClip& b) {
        return std::pair(a.speaker.style, a.id()) < std::pair(b.speaker.style, b.id());
    });
    std::string table = "id,type\n";
    for (const PlannedClip& clip : plan)
        table += fmt::format("{},{}\n", clip.id(), clip.split);
    return table;
}

/// The engines that a corpus needs.
struct Engines {
    std::unique_ptr<Synthesiser> flite = makeFliteSynthesiser();
    std::unique_ptr<Synthesiser> espeak;

    [[nodiscard]] Synthesiser& of(const Voice& voice) const {
        return voice.engine == SpeechEngine::Espeak ? *espeak : *flite;
    }
};

Result<Engines> startEngines(const CorpusRecipe& recipe) {
    Engines engines;
    if (!recipe.espeak) return engines;
    auto espeak = startEspeakSynthesiser();
    if (!espeak) return std::move(espeak).error();
    engines.espeak = std::move(*espeak);
    return engines;
}

Status makeClips(const CorpusRecipe& recipe, const std::vector<PlannedClip>& missing,
                 const fs::path& folder, JobControl& control, CorpusReport& report) {
    if (missing.empty()) return Status::success();
    const auto engines = startEngines(recipe);
    if (!engines) return engines.error();
    control.beginStage("Making clips", static_cast<std::int64_t>(missing.size()));
    for (const PlannedClip& planned : missing) {
        JobControl unwatched(control.stopToken(), nullptr);
        const auto clip =
            makeCorpusClip(recipe, planned, engines->of(planned.speaker.voice), unwatched);
        if (!clip) return Error(clip.error()).withContext("Clip " + planned.id());
        if (auto written = writeCorpusClip(folder, planned.id(), *clip); !written) return written;
        ++report.madeNow;
        report.minutes += clip->motion.clip.duration().value / 60.0;
        control.advanceTo(static_cast<std::int64_t>(report.madeNow));
    }
    return Status::success();
}

} // namespace

std::string corpusVersion(const CorpusRecipe& recipe) {
    std::string text = fmt::format("rules {}\nseed {}\nflite {}\nespeak {}\n", kRules, recipe.seed,
                                   fliteVersion(), recipe.espeak);
    text += grammarText();
    text += lexiconText();
    for (const Speaker& speaker : corpusSpeakers(recipe.espeak))
        text += fmt::format("{} {} {} {:.3f} {:.3f}\n", speaker.style, speaker.voice.name,
                            speaker.voice.base, speaker.voice.pitch, speaker.voice.tract);
    return sha256Of(text);
}

Result<CorpusClip> makeCorpusClip(const CorpusRecipe& recipe, const PlannedClip& planned,
                                  Synthesiser& synthesiser, JobControl& control) {
    using namespace gestures;
    if (control.stopRequested()) return JobControl::cancelled("Making a corpus");
    CounterRandom random(seedOf(recipe.seed, planned.id()));
    auto speech = makeClipSpeech(synthesiser, planned.speaker.voice, random);
    if (!speech) return std::move(speech).error();
    const SpeakerStyle& style = speakerStyles()[static_cast<std::size_t>(planned.speaker.style)];
    const std::vector<Accent> accents = accentsOfWords(speech->text, speech->sound);
    std::vector<GestureEvent> events =
        chooseEvents(speech->text, accents, style, LexiconUse::Always);
    const auto frames = static_cast<std::size_t>(
        std::floor(speech->sound.duration().value * kFramesPerSecond + 1e-6));
    const std::vector<double> loudness = voiceLoudness(speech->sound, frames);
    const std::vector<FacePose> faces =
        facePoses(mouthOfPhones(speech->text.phones, frames), loudness, events);
    auto motion = makeBody({events, speech->text.sentences, faces, style, random}, control);
    if (!motion) return std::move(motion).error();
    return CorpusClip{std::move(*speech), std::move(events), std::move(*motion), style};
}

Result<CorpusReport> makeCorpus(const CorpusRecipe& recipe, const fs::path& folder,
                                JobControl& control) {
    const std::vector<Speaker> speakers = speakersOf(recipe);
    if (speakers.empty() || !(recipe.minutes > 0.0) || recipe.minutes > 6000.0)
        return Error{ErrorCode::Usage, "A corpus needs speakers (1 to 10) and 1 to 6000 minutes."};
    const std::vector<PlannedClip> plan = planCorpus(recipe.minutes, speakers);
    CorpusReport report{plan.size(), 0, 0.0, corpusVersion(recipe)};
    if (auto made = makeCorpusFolders(folder); !made) return made.error();
    if (auto fits = checkFolder(folder, report.version); !fits) return fits.error();
    const auto write = [&](const char* name, const std::string& text) {
        return writeTextAtomically(folder / name, text);
    };
    if (auto wrote = write("corpus.json", recipeText(report.version, recipe, plan)); !wrote)
        return wrote.error();
    std::vector<PlannedClip> missing;
    for (const PlannedClip& clip : plan)
        if (!isWritten(folder, clip.id())) missing.push_back(clip);
    if (auto made = makeClips(recipe, missing, folder, control, report); !made) return made.error();
    // Last: whoever reads it finds every clip.
    if (auto wrote = write("train_test_split.csv", splitTable(plan)); !wrote) return wrote.error();
    return report;
}

} // namespace gesture::training
