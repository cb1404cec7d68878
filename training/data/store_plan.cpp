// SPDX-License-Identifier: Apache-2.0
#include "training/data/store_plan.h"

#include "core/base/fast_hash.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/io/avatar_file.h"
#include "core/io/npz_fields.h"
#include "core/io/transcript/transcript_file.h"
#include "training/data/truth_file.h"
#include "training/data/truth_rows.h"
#include "training/data/window_store.h"
#include "training/data/word_rows.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

/// Part of every clip's identity: raised when a stream's definition changes.
constexpr int kRecipeVersion = 1;

bool anyClip(const Corpus& corpus, fs::path CorpusRecording::*file) {
    return std::any_of(corpus.clips.begin(), corpus.clips.end(),
                       [&](const CorpusRecording& clip) { return !(clip.*file).empty(); });
}

bool isHeard(std::string_view name) {
    return name == stream::kSpeech || name == stream::kSpeechLow || name == stream::kSentence;
}

/// Whether a corpus has what a stream is made of.
bool corpusHas(const Corpus& corpus, std::string_view name, const SpeechStreams* speech) {
    if (isHeard(name)) return speech != nullptr && speech->widths().contains(name);
    if (name == stream::kWords) return anyClip(corpus, &CorpusRecording::words);
    if (name == stream::kScore) return anyClip(corpus, &CorpusRecording::labels);
    const bool ofTruth = findStreamKind(name)->rows == RowRule::Mel || name == stream::kStroke;
    return !ofTruth || anyClip(corpus, &CorpusRecording::truth);
}

Status checkNames(const PrepareOptions& options, const SpeechStreams* speech) {
    for (const std::string& name : options.streams) {
        if (findStreamKind(name) == nullptr)
            return Error{ErrorCode::Usage, fmt::format("There is no stream '{}'.", name)};
        if (isHeard(name) && (speech == nullptr || !speech->widths().contains(name)))
            return Error{ErrorCode::Usage,
                         fmt::format("Stream '{}' needs a speech encoder that gives it: name a "
                                     "bundle as 'speech_encoder'.",
                                     name)};
    }
    return Status::success();
}

std::vector<StoreStream> streamsOf(const Corpus& corpus, const PrepareOptions& options,
                                   const SpeechStreams* speech) {
    std::vector<StoreStream> streams;
    for (const StreamKind& kind : streamKinds()) {
        const bool named = std::find(options.streams.begin(), options.streams.end(), kind.name) !=
                           options.streams.end();
        if (options.streams.empty() ? !corpusHas(corpus, kind.name, speech) : !named) continue;
        const std::int64_t width =
            isHeard(kind.name) ? speech->widths().find(kind.name)->second : kind.width;
        streams.push_back({std::string(kind.name), width});
    }
    return streams;
}

Result<io::Vocabulary> vocabularyOf(const Corpus& corpus, const PrepareOptions& options) {
    if (options.vocabulary.extension() == ".pkl")
        return io::readPickledVocabulary(options.vocabulary);
    if (!options.vocabulary.empty()) return io::readVocabularyJson(options.vocabulary);
    VocabularyBuilder builder;
    for (const CorpusRecording& clip : corpus.clips) {
        if (clip.split != "train" || clip.words.empty()) continue;
        // A transcript that cannot be read is reported when its clip is made.
        if (const auto transcript = io::readTranscript(clip.words)) builder.add(*transcript);
    }
    return builder.build();
}

void addLexicon(const Corpus& corpus, StorePlan& plan) {
    GestureLexicon lexicon;
    for (const CorpusRecording& clip : corpus.clips) {
        if (clip.truth.empty()) continue;
        if (const auto truth = readTruth(clip.truth)) lexicon.add(*truth);
    }
    plan.gestures = lexicon.names();
    plan.recipe.lexicon = lexicon.classes();
}

/// What the first readable motion says of its expressions; SMPL-X's where it says nothing.
std::optional<motion::ExpressionSpace> expressionSpaceOf(const Corpus& corpus) {
    for (const CorpusRecording& clip : corpus.clips) {
        if (clip.motion.extension() != ".npz") return motion::ExpressionSpace::Smplx;
        const auto fields = io::NpzFields::open(clip.motion);
        if (!fields || !fields->contains("poses")) continue;
        const auto space = fields->contains("expression_space")
                               ? fields->text("expression_space")
                               : Result<std::string>(std::string{});
        return space && *space == motion::nameOf(motion::ExpressionSpace::Arkit52)
                   ? motion::ExpressionSpace::Arkit52
                   : motion::ExpressionSpace::Smplx;
    }
    return std::nullopt;
}

fs::path bodyFile(const PrepareOptions& options) {
    return options.bodyModel.empty() ? resourceDirectory() / "avatar" / "free-avatar.npz"
                                     : options.bodyModel;
}

Status loadBody(const PrepareOptions& options, const Corpus& corpus, StreamRecipe& recipe) {
    auto avatar = io::readAvatarFile(bodyFile(options));
    if (!avatar) return std::move(avatar).error();
    recipe.body = avatar->body;
    recipe.shape = options.bodyModel.empty() ? BodyShape::Average : BodyShape::OfClip;
    const bool pickled =
        std::any_of(corpus.clips.begin(), corpus.clips.end(),
                    [](const CorpusRecording& clip) { return clip.motion.extension() == ".pkl"; });
    if (!pickled || options.bodyModel.empty()) return Status::success();
    auto hands = readHandComponents(options.bodyModel);
    if (!hands) return std::move(hands).error();
    recipe.hands = std::move(*hands);
    return Status::success();
}

/// XXH64 of a file as text; a file that cannot be read has a text of its own.
std::string fileHash(const fs::path& path, JobControl& control) {
    if (path.empty()) return "none";
    const auto hash = fastHashOfFile(path, control);
    return hash ? fmt::format("{:016x}", *hash) : "unreadable";
}

/// Identifies all that clips are made with.
std::string recipeHash(const StreamRecipe& recipe, const std::string& bodyHash) {
    std::string text =
        fmt::format("recipe {} windows {} {} body {} {}\n", kRecipeVersion, recipe.windows.length,
                    recipe.windows.stride, bodyHash, static_cast<int>(recipe.shape));
    bool heard = false;
    for (const StoreStream& stream : recipe.streams) {
        text += fmt::format("{} {}\n", stream.name, stream.width);
        heard = heard || isHeard(stream.name);
    }
    if (recipe.expressionSpace) text += motion::nameOf(*recipe.expressionSpace);
    if (heard) text += '\n' + recipe.speech->key();
    if (recipe.wants(stream::kWords)) text += '\n' + io::vocabularyJson(recipe.vocabulary);
    for (const auto& [word, gesture] : recipe.lexicon)
        text += fmt::format("\n{} {}", word, gesture);
    return sha256Of(text);
}

Status hashClips(const PrepareOptions& options, StorePlan& plan, JobControl& control) {
    JobControl quiet(control.stopToken(), {});
    const std::string recipe = recipeHash(plan.recipe, fileHash(bodyFile(options), quiet));
    std::string all = recipe;
    control.beginStage("Looking at the corpus",
                       static_cast<std::int64_t>(plan.corpus.clips.size()));
    for (const CorpusRecording& clip : plan.corpus.clips) {
        std::string text = fmt::format("{}\n{}\n{}\n{}", recipe, clip.id, clip.split, clip.speaker);
        for (const fs::path* file :
             {&clip.motion, &clip.sound, &clip.words, &clip.labels, &clip.truth})
            text += '\n' + fileHash(*file, quiet);
        if (control.stopRequested()) return JobControl::cancelled("Preparing the corpus");
        plan.sources.push_back(sha256Of(text));
        all += plan.sources.back();
        control.advanceTo(static_cast<std::int64_t>(plan.sources.size()));
    }
    plan.key = sha256Of(all);
    return Status::success();
}

} // namespace

Result<StorePlan> planStore(const PrepareOptions& options, const SpeechStreams* speech,
                            JobControl& control) {
    if (options.windows.length < 1 || options.windows.stride < 1)
        return Error{ErrorCode::Usage, "Windows have at least one frame and lie apart."};
    if (auto known = checkNames(options, speech); !known) return std::move(known).error();
    auto corpus = openCorpus(options.corpus, options.listing);
    if (!corpus) return std::move(corpus).error();
    StorePlan plan;
    plan.recipe.streams = streamsOf(*corpus, options, speech);
    plan.recipe.windows = options.windows;
    plan.recipe.speech = speech;
    plan.recipe.expressionSpace = expressionSpaceOf(*corpus);
    if (plan.recipe.wants(stream::kWords)) {
        auto vocabulary = vocabularyOf(*corpus, options);
        if (!vocabulary) return std::move(vocabulary).error();
        plan.recipe.vocabulary = std::move(*vocabulary);
    }
    if (plan.recipe.wants(stream::kLexicon)) addLexicon(*corpus, plan);
    if (auto loaded = loadBody(options, *corpus, plan.recipe); !loaded)
        return std::move(loaded).error();
    plan.corpus = std::move(*corpus);
    if (auto hashed = hashClips(options, plan, control); !hashed) return std::move(hashed).error();
    return plan;
}

} // namespace gesture::training
