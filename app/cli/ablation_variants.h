// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/engine_client.h"
#include "core/io/bundle/bundle.h"
#include "core/motion/clip.h"
#include "training/data/corpus.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// A clip of a corpus with what lies in its files.
struct HeldOutClip {
    training::CorpusRecording files;
    motion::Clip truth;
    audio::Transcript words;
};

enum class VariantKind : std::uint8_t { Truth, Network, Rules, MeanPose, OtherRecording };

/// A way of making motion for a clip.
struct Variant {
    std::string name;
    VariantKind kind = VariantKind::Truth;
    std::filesystem::path bundle; ///< Of networks.
    io::Architecture architecture = io::Architecture::SemTalk;
    bool words = false; ///< Does it read the transcript?
    int speakers = 1;   ///< That the networks know.
};

/// Everything that a variant makes of a clip.
struct VariantMotion {
    motion::Clip motion;
    std::vector<float> semanticScores; ///< (tokens), or empty.
    std::vector<float> importance;     ///< (frames) from attention in the true motion, or empty.
};

/// The truth, every bundle with and without words, and what needs no network.
[[nodiscard]] std::vector<Variant> variantsOf(const std::vector<io::Bundle>& bundles);

/// What variants without a network are made from: the motions that networks may learn from.
class TrainingMotions {
public:
    /// Reads up to eight clips. The readers' errors; Cancelled.
    [[nodiscard]] static Result<TrainingMotions> read(const training::Corpus& corpus,
                                                      JobControl& control);

    /// The mean pose, held for `frames`.
    [[nodiscard]] Result<motion::Clip> meanPose(std::int64_t frames) const;
    /// Another recording of the speaker (of anyone, where there is none), from its begin, repeated.
    [[nodiscard]] Result<motion::Clip> other(std::int64_t speaker, std::int64_t frames) const;

private:
    TrainingMotions() = default;

    std::vector<std::int64_t> speakers_;
    std::vector<motion::Clip> clips_; ///< Never empty.
};

/// Makes a variant's motion for a clip. The engine's errors; Cancelled.
[[nodiscard]] Result<VariantMotion> makeVariant(const Variant& variant, const HeldOutClip& clip,
                                                const TrainingMotions& training,
                                                const inference::ComputeOptions& compute,
                                                inference::EngineClient& engine,
                                                JobControl& control);

} // namespace gesture::app
