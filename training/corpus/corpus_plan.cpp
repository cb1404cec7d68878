// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/corpus_plan.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

namespace gesture::training {

namespace {

constexpr int kFirstSet = 10;  ///< Clips of each of the ten speakers.
constexpr int kSecondSet = 8;  ///< More of those that are trained on, in the whole corpus.
constexpr int kFurtherSet = 4; ///< Of each further voice.
constexpr int kSecondNumber = 100;

/// A clip and where it stands in the whole: 0 first, 1 the last of the whole corpus.
struct Candidate {
    double place;
    std::size_t speaker;
    int number;
};

/// Clips `count`, in even places. Sets that may go on do so beyond 1.
void addSet(std::size_t speaker, int number, int share, int count,
            std::vector<Candidate>& candidates) {
    for (int i = 0; i < count; ++i)
        candidates.push_back({(i + 0.5) / share, speaker, number + i});
}

std::vector<Candidate> candidatesOf(std::span<const Speaker> speakers, int clips) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < speakers.size(); ++i) {
        const bool further = speakers[i].use == SpeakerUse::FurtherOnly;
        const int endless = std::max(clips, kFirstSet);
        if (!further) addSet(i, 1, kFirstSet, kFirstSet, candidates);
        if (speakers[i].use == SpeakerUse::Train)
            addSet(i, kSecondNumber, kSecondSet, endless, candidates);
        if (further) addSet(i, kSecondNumber, kFurtherSet, endless, candidates);
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(a.place, a.speaker, a.number) < std::tie(b.place, b.speaker, b.number);
    });
    candidates.resize(std::min(candidates.size(), static_cast<std::size_t>(clips)));
    return candidates;
}

/// Splits of one speaker's clips, in order of their numbers: the last of the first set are test,
/// those before them val.
void splitClips(std::vector<PlannedClip*> clips) {
    std::sort(clips.begin(), clips.end(),
              [](const PlannedClip* a, const PlannedClip* b) { return a->number < b->number; });
    const std::size_t count = clips.size();
    const std::size_t ninth =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(count / 9.0)));
    const auto second = std::find_if(clips.begin(), clips.end(), [](const PlannedClip* clip) {
        return clip->number >= kSecondNumber;
    });
    const auto first = static_cast<std::size_t>(second - clips.begin());
    const std::size_t test = count >= 3 ? std::min(ninth, first) : 0;
    const std::size_t val = count >= 2 ? std::min(ninth, first - test) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool inTest = i < first && i >= first - test;
        const bool inVal = i < first - test && i >= first - test - val;
        clips[i]->split = inTest ? "test" : inVal ? "val" : "train";
    }
}

} // namespace

std::string PlannedClip::id() const {
    return fmt::format("{}_{}_0_{}_{}", speaker.style + 1, speaker.voice.name, number, number);
}

std::vector<PlannedClip> planCorpus(double minutes, std::span<const Speaker> speakers) {
    const int count = std::max(1, static_cast<int>(std::lround(minutes * 60.0 / kClipSeconds)));
    std::vector<PlannedClip> plan;
    for (const Candidate& candidate : candidatesOf(speakers, count))
        plan.push_back({speakers[candidate.speaker], candidate.number, "train"});
    std::map<std::string, std::vector<PlannedClip*>> ofVoice;
    for (PlannedClip& clip : plan) {
        if (clip.speaker.use == SpeakerUse::HeldOut) clip.split = "test-voice";
        if (clip.speaker.use == SpeakerUse::Train)
            ofVoice[clip.speaker.voice.name].push_back(&clip);
    }
    for (auto& [voice, clips] : ofVoice)
        splitClips(std::move(clips));
    return plan;
}

} // namespace gesture::training
