// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/weights/vocabulary_file.h"
#include "core/motion/body_model.h"
#include "training/data/clip_motion.h"
#include "training/data/corpus.h"
#include "training/data/speech_streams.h"
#include "training/data/store_format.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gesture::training {

/// Whose shape foot contacts are found on.
enum class BodyShape : std::uint8_t {
    OfClip,  ///< The clip's betas: the body model is the one that they belong to.
    Average, ///< The body model as it is.
};

/// What clips are made into. Shared by threads, read-only.
struct StreamRecipe {
    std::vector<StoreStream> streams; ///< In the order of `streamKinds`.
    WindowRule windows;
    io::Vocabulary vocabulary;                       ///< For words.
    std::map<std::string, int, std::less<>> lexicon; ///< For lexicon.
    std::shared_ptr<const motion::BodyModel> body;
    BodyShape shape = BodyShape::Average;
    std::optional<HandComponents> hands;                    ///< For SHOW.
    std::optional<motion::ExpressionSpace> expressionSpace; ///< Clips of another are refused.
    const SpeechStreams* speech = nullptr;                  ///< For speech, speech_low, sentence.

    [[nodiscard]] bool wants(std::string_view name) const;
};

/// A clip ready for the store.
struct ClipStreams {
    std::int64_t frames = 0;
    StreamsByName streams; ///< Those of the recipe, with the rows of their rules.
};

/// Reads a clip's files and makes its streams, with the reference's rules: the clip is as many
/// whole seconds long as the shortest of motion, beat and speech. InvalidInput when that is less
/// than a window, a file is damaged or missing, or a number is not finite; else the readers'
/// errors; Cancelled. Holds the clip as a whole. Any thread.
[[nodiscard]] Result<ClipStreams> makeClipStreams(const CorpusRecording& clip,
                                                  const StreamRecipe& recipe, JobControl& control);

} // namespace gesture::training
