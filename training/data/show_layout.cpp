// SPDX-License-Identifier: Apache-2.0
#include "training/data/corpus_layouts.h"

#include <array>
#include <fmt/format.h>
#include <map>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

/// The four speakers in TalkSHOW's order (its `speaker_id` less 20).
constexpr std::array<std::string_view, 4> kSpeakers = {"oliver", "chemistry", "seth", "conan"};

bool isSplit(const std::string& name) { return name == "train" || name == "val" || name == "test"; }

/// One sequence's folder.
struct Sequence {
    fs::path folder;
    std::string speaker;
    std::string video;
    std::string split; ///< Empty: the data set is not split.
};

void addSequence(const Sequence& sequence, Corpus& corpus) {
    const std::string name = sequence.folder.filename().string();
    const fs::path stem = sequence.folder / name;
    fs::path motion = existing(stem.string() + ".npz");
    if (motion.empty()) motion = existing(stem.string() + ".pkl");
    const fs::path sound = soundBeside(stem);
    const std::string id = fmt::format("{}_{}_{}", sequence.speaker, sequence.video, name);
    if (motion.empty() && sound.empty()) return; // a folder of something else
    if (motion.empty() || sound.empty()) {
        corpus.problems.push_back(
            {id, fmt::format("'{}' has no {}.", sequence.folder.string(),
                             motion.empty() ? name + ".pkl" : name + ".wav")});
        return;
    }
    corpus.clips.push_back({id,
                            sequence.split.empty() ? std::string(splitByHash(id)) : sequence.split,
                            sequence.speaker,
                            0,
                            std::move(motion),
                            sound,
                            transcriptBeside(stem),
                            existing(stem.string() + ".sem.txt"),
                            {}});
}

void addVideo(const fs::path& folder, const std::string& speaker, Corpus& corpus) {
    const std::string video = folder.filename().string();
    for (const fs::path& inner : entriesOf(folder, EntryKind::Folders)) {
        const std::string name = inner.filename().string();
        if (!isSplit(name)) {
            addSequence({inner, speaker, video, {}}, corpus);
            continue;
        }
        for (const fs::path& sequence : entriesOf(inner, EntryKind::Folders))
            addSequence({sequence, speaker, video, name}, corpus);
    }
}

/// The published four keep their numbers; others follow by name.
void numberSpeakers(std::vector<CorpusRecording>& clips) {
    std::map<std::string, std::int64_t> numbers;
    for (const CorpusRecording& clip : clips)
        numbers.emplace(clip.voice, 0);
    auto next = static_cast<std::int64_t>(kSpeakers.size());
    for (auto& [voice, number] : numbers) {
        const auto known = std::find(kSpeakers.begin(), kSpeakers.end(), voice);
        number = known == kSpeakers.end() ? next++ : known - kSpeakers.begin();
    }
    for (CorpusRecording& clip : clips)
        clip.speaker = numbers[clip.voice];
}

} // namespace

Result<Corpus> openShow(const fs::path& root, const CorpusOptions& options) {
    Corpus corpus;
    for (const fs::path& speaker : entriesOf(root, EntryKind::Folders)) {
        const std::string name = speaker.filename().string();
        if (!isWanted(options, name)) continue;
        for (const fs::path& video : entriesOf(speaker, EntryKind::Folders))
            addVideo(video, name, corpus);
    }
    numberSpeakers(corpus.clips);
    return corpus;
}

} // namespace gesture::training
