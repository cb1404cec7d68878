// SPDX-License-Identifier: Apache-2.0
#include "training/data/clip_streams.h"

#include "core/audio/features/beat_features.h"
#include "core/audio/features/log_mel.h"
#include "core/audio/resample.h"
#include "core/io/semantic_labels.h"
#include "core/io/transcript/transcript_file.h"
#include "core/motion/foot_contact.h"
#include "core/motion/representation.h"
#include "training/data/truth_file.h"
#include "training/data/truth_rows.h"
#include "training/data/window_store.h"
#include "training/data/word_rows.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace gesture::training {

namespace {

constexpr int kSpeechRate = 16'000;
constexpr std::int64_t kMotionRate = 30;
constexpr std::size_t kBetas = 300;
constexpr std::array<std::string_view, 3> kHeard{stream::kSpeech, stream::kSpeechLow,
                                                 stream::kSentence};

std::int64_t wholeSeconds(std::int64_t frames) { return frames / kMotionRate; }

/// Makes the streams of one clip; each step adds some.
class ClipMaker {
public:
    ClipMaker(const CorpusRecording& clip, const StreamRecipe& recipe, JobControl& control)
        : clip_(clip)
        , recipe_(recipe)
        , control_(control) {}

    Result<ClipStreams> make() {
        if (auto done = readFiles(); !done) return std::move(done).error();
        if (auto done = hear(); !done) return std::move(done).error();
        frames_ = kMotionRate * seconds_;
        if (recipe_.windows.countIn(frames_) == 0)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("It has {} whole seconds that motion and sound share; a "
                                     "training window is {} frames of 1/30 s.",
                                     seconds_, recipe_.windows.length)};
        if (auto done = addMotion(); !done) return std::move(done).error();
        if (auto done = addWordsAndScores(); !done) return std::move(done).error();
        if (auto done = addTruth(); !done) return std::move(done).error();
        return finish();
    }

private:
    [[nodiscard]] bool wants(std::string_view name) const { return recipe_.wants(name); }

    void put(std::string_view name, std::int64_t width, std::vector<float> values) {
        if (wants(name)) result_.streams[std::string(name)] = {width, std::move(values)};
    }

    Status readFiles() {
        auto motion = readClipMotion(clip_, recipe_.hands ? &*recipe_.hands : nullptr);
        if (!motion) return std::move(motion).error();
        if (recipe_.expressionSpace && *recipe_.expressionSpace != motion->expressionSpace())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("Its expressions are '{}', those of the corpus '{}'.",
                                     motion::nameOf(motion->expressionSpace()),
                                     motion::nameOf(*recipe_.expressionSpace))};
        motion_ = std::move(*motion);
        auto sound = audio::readMono(clip_.sound, kSpeechRate, control_);
        if (!sound) return std::move(sound).error();
        sound_ = std::move(*sound);
        if (clip_.words.empty()) return Status::success();
        auto words = io::readTranscript(clip_.words);
        if (!words) return std::move(words).error();
        transcript_ = std::move(*words);
        return Status::success();
    }

    /// Beat, mel and what the speech encoder hears; settles how long the clip is.
    Status hear() {
        auto beat = audio::referenceBeatFeatures(sound_, control_);
        if (!beat) return std::move(beat).error().withContext(clip_.sound.string());
        seconds_ = std::min(wholeSeconds(motion_->frameCount()), wholeSeconds(beat->frameCount()));
        put(stream::kBeat, audio::BeatFeatures::kChannels, std::move(beat->values));
        if (wants(stream::kMel)) {
            auto mel = audio::speechLogMel(sound_, control_);
            if (!mel) return std::move(mel).error().withContext(clip_.sound.string());
            put(stream::kMel, mel->bands, std::move(mel->values));
        }
        if (std::none_of(kHeard.begin(), kHeard.end(),
                         [this](std::string_view name) { return wants(name); }))
            return Status::success();
        auto heard = recipe_.speech->read(
            {clip_.sound, transcript_, kMotionRate * seconds_, recipe_.windows}, control_);
        if (!heard) return std::move(heard).error();
        for (auto& [name, values] : *heard) {
            if (!wants(name)) continue;
            if (name != stream::kSentence)
                seconds_ = std::min(seconds_, wholeSeconds(values.rows()));
            put(name, values.width, std::move(values.values));
        }
        return Status::success();
    }

    Status addMotion() {
        const auto body = recipe_.body->shaped(
            recipe_.shape == BodyShape::OfClip ? motion_->betas() : std::span<const float>{});
        const auto contacts = motion::footContacts(*motion_, *body, control_);
        if (!contacts) return contacts.error();
        auto rows = motion::encodeMotion(*motion_, {{0}, {frames_}}, *contacts);
        if (!rows) return std::move(rows).error();
        put(stream::kMotion, motion::kMotionChannels, std::move(*rows));
        const auto face = motion_->expressions();
        put(stream::kExpressions, motion::kExpressionCount, {face.begin(), face.end()});
        std::vector<float> betas(motion_->betas().begin(), motion_->betas().end());
        betas.resize(kBetas);
        put(stream::kBetas, kBetas, std::move(betas));
        put(stream::kSpeaker, 1, {static_cast<float>(clip_.speaker)});
        return Status::success();
    }

    Status addWordsAndScores() {
        if (wants(stream::kWords)) {
            if (clip_.words.empty()) return missing("words (a TextGrid)", stream::kWords);
            put(stream::kWords, 1, wordRows(transcript_, frames_, recipe_.vocabulary));
        }
        if (!wants(stream::kScore)) return Status::success();
        if (clip_.labels.empty()) return missing("semantic labels", stream::kScore);
        const auto labels = io::readSemanticLabels(clip_.labels);
        if (!labels) return labels.error();
        put(stream::kScore, 1, io::semanticScores(*labels, frames_, {}, io::WeakScores::Zero));
        return Status::success();
    }

    Status addTruth() {
        const bool atMel = wants(stream::kPhone) || wants(stream::kStress) ||
                           wants(stream::kApex) || wants(stream::kLexicon);
        if (!atMel && !wants(stream::kStroke)) return Status::success();
        if (clip_.truth.empty()) return missing("truth", atMel ? stream::kPhone : stream::kStroke);
        const auto truth = readTruth(clip_.truth);
        if (!truth) return truth.error();
        auto rows =
            truthRows(*truth, rowsOf(RowRule::Mel, frames_, recipe_.windows), recipe_.lexicon);
        if (!rows) return std::move(rows).error();
        put(stream::kPhone, 1, std::move(rows->phone));
        put(stream::kStress, 1, std::move(rows->stress));
        put(stream::kApex, 1, std::move(rows->apex));
        put(stream::kLexicon, 1, std::move(rows->lexicon));
        put(stream::kStroke, 1, strokeRows(*truth, frames_));
        return Status::success();
    }

    [[nodiscard]] static Error missing(std::string_view what, std::string_view name) {
        return {ErrorCode::InvalidInput,
                fmt::format("It has no {}; to keep such clips, name the 'streams' to make, "
                            "without '{}'.",
                            what, name)};
    }

    /// Cuts every stream to its rows and looks at every number.
    Result<ClipStreams> finish() {
        result_.frames = frames_;
        for (const StoreStream& wanted : recipe_.streams) {
            const auto found = result_.streams.find(wanted.name);
            const auto rows = rowsOf(findStreamKind(wanted.name)->rows, frames_, recipe_.windows);
            if (found == result_.streams.end() || found->second.width != wanted.width ||
                found->second.rows() < rows)
                return Error{ErrorCode::Internal,
                             fmt::format("Stream '{}' was not made as it should be.", wanted.name)};
            std::vector<float>& values = found->second.values;
            values.resize(static_cast<std::size_t>(rows * wanted.width));
            if (!std::all_of(values.begin(), values.end(),
                             [](float value) { return std::isfinite(value); }))
                return Error{
                    ErrorCode::InvalidInput,
                    fmt::format("Stream '{}' has numbers that are not finite.", wanted.name)};
        }
        return std::move(result_);
    }

    const CorpusRecording& clip_;
    const StreamRecipe& recipe_;
    JobControl& control_;
    std::optional<motion::Clip> motion_;
    audio::Sound sound_;
    audio::Transcript transcript_;
    std::int64_t seconds_ = 0;
    std::int64_t frames_ = 0;
    ClipStreams result_;
};

} // namespace

bool StreamRecipe::wants(std::string_view name) const {
    return std::any_of(streams.begin(), streams.end(),
                       [&](const StoreStream& stream) { return stream.name == name; });
}

Result<ClipStreams> makeClipStreams(const CorpusRecording& clip, const StreamRecipe& recipe,
                                    JobControl& control) {
    return ClipMaker(clip, recipe, control).make();
}

} // namespace gesture::training
