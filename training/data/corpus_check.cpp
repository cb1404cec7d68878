// SPDX-License-Identifier: Apache-2.0
#include "training/data/corpus_check.h"

#include "core/audio/audio_file.h"
#include "core/io/semantic_labels.h"
#include "core/io/transcript/transcript_file.h"
#include "training/data/clip_motion.h"
#include "training/data/speech_streams.h"
#include "training/data/truth_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace gesture::training {

namespace {

constexpr double kMotionRate = 30.0;
constexpr double kOddDifference = 2.0; ///< seconds

/// The clip's motion in seconds; nothing for SHOW's pickles.
Result<std::optional<double>> motionSeconds(const CorpusRecording& clip) {
    if (clip.motion.extension() == ".pkl") return std::optional<double>{};
    const auto motion = readClipMotion(clip, nullptr);
    if (!motion) return motion.error();
    return std::optional<double>(motion->duration().value);
}

/// What a clip's words, labels and truth are wrong about.
Status checkLabels(const CorpusRecording& clip) {
    if (!clip.words.empty())
        if (const auto words = io::readTranscript(clip.words); !words) return words.error();
    if (!clip.labels.empty())
        if (const auto labels = io::readSemanticLabels(clip.labels); !labels) return labels.error();
    if (!clip.truth.empty())
        if (const auto truth = readTruth(clip.truth); !truth) return truth.error();
    return Status::success();
}

/// Seconds that motion and sound share; a remark when they differ much.
Result<double> checkClip(const CorpusRecording& clip, CorpusCheck& check) {
    const auto sound = audio::AudioReader::open(clip.sound);
    if (!sound) return sound.error();
    const double heard = sound->info().duration().value;
    const auto seen = motionSeconds(clip);
    if (!seen) return seen.error();
    if (auto labels = checkLabels(clip); !labels) return std::move(labels).error();
    const double shared = std::min(heard, seen->value_or(heard));
    const WindowRule windows;
    if (windows.countIn(static_cast<std::int64_t>(std::floor(shared) * kMotionRate)) == 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("It has {:.1f} s that motion and sound share; a training window "
                                 "needs 3 whole seconds.",
                                 shared)};
    if (std::abs(heard - seen->value_or(heard)) > kOddDifference)
        check.remarks.push_back({clip.id, fmt::format("Its sound is {:.1f} s long, its motion "
                                                      "{:.1f} s.",
                                                      heard, **seen)});
    return shared;
}

void count(CorpusAmount& amount, double seconds) {
    ++amount.clips;
    amount.seconds += seconds;
}

} // namespace

Result<CorpusCheck> checkCorpus(const Corpus& corpus, JobControl& control) {
    CorpusCheck check;
    check.bad = corpus.problems;
    control.beginStage("Checking clips", static_cast<std::int64_t>(corpus.clips.size()));
    std::int64_t done = 0;
    for (const CorpusRecording& clip : corpus.clips) {
        if (control.stopRequested()) return JobControl::cancelled("Checking the corpus");
        const auto seconds = checkClip(clip, check);
        if (seconds) {
            count(check.whole, *seconds);
            count(check.splits[clip.split], *seconds);
            count(check.voices[clip.voice], *seconds);
            check.withWords += clip.words.empty() ? 0 : 1;
            check.withLabels += clip.labels.empty() ? 0 : 1;
            check.withTruth += clip.truth.empty() ? 0 : 1;
        } else {
            check.bad.push_back({clip.id, seconds.error().message()});
        }
        control.advanceTo(++done);
    }
    return check;
}

} // namespace gesture::training
