// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/inference/results.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::inference {

/// Motion is analysed at this rate.
inline constexpr FrameRate kAnalysisRate{30, 1};

/// Which of a window's maps an Analysis keeps.
struct AttentionKeep {
    enum class Axis : std::uint8_t { Each, Mean };
    Axis layerAxis = Axis::Each;
    Axis headAxis = Axis::Each;
    std::vector<int> layers; ///< From 0; those that are kept or go into the mean. Empty: all.
    std::vector<int> heads;  ///< Likewise.

    bool operator==(const AttentionKeep&) const = default;
};

/// What a clip's maps are to be kept in.
struct AttentionSize {
    std::int64_t frames = 0; ///< Of the clip.
    int hop = 60;            ///< Frames between windows.
    int window = 64;
    int parts = 3;
    int layers = 8;
    int heads = 4;
};

/// All maps if they fit into `bytes`, else the mean of the heads, else that of the layers too. An
/// hour takes 15 MB a part, layer and head.
[[nodiscard]] AttentionKeep keepWithin(const AttentionSize& size, std::uint64_t bytes);

/// One map of an analysis; without a layer or head, the mean over those that were kept.
struct MapChoice {
    motion::BodyPart part = motion::BodyPart::Upper;
    std::optional<int> layer; ///< From 0.
    std::optional<int> head;  ///< From 0.
};

/// A stretch of the clip-long map: each frame of speech with the frames of motion around it.
struct AttentionBand {
    FrameIndex begin;                ///< First frame of speech.
    int width = 0;                   ///< Frames of motion to each frame of speech.
    std::vector<std::int64_t> first; ///< (frames): motion frame of a row's first column.
    /// (frames, width): NaN where no window shows both frames.
    std::vector<float> weights;

    [[nodiscard]] FrameRange range() const {
        return {begin, begin + static_cast<std::int64_t>(first.size())};
    }
    /// NaN outside of the band.
    [[nodiscard]] float at(FrameIndex speech, FrameIndex motion) const;
};

/// SemTalk's score over the clip, a value a token.
struct SemanticTrack {
    static constexpr std::uint8_t kUnknown = 255;

    int framesPerToken = 4;
    std::vector<float> score;         ///< (tokens) 0..1, NaN where nothing came.
    std::vector<std::uint8_t> chosen; ///< (tokens) 1: semantic motion, 0: base, kUnknown.

    bool operator==(const SemanticTrack&) const = default;
};

/// Codes of a part over the clip.
struct TokenTrack {
    int framesPerToken = 4;
    int layers = 0;
    std::vector<std::int32_t> codes; ///< (tokens, layers), -1 where nothing came.
    std::vector<float> confidence;   ///< (tokens), NaN where nothing came.
    std::vector<float> entropy;      ///< (tokens) bits, NaN where nothing came.

    bool operator==(const TokenTrack&) const = default;
};

/// What the networks said of a clip, joined from the chunks that they stream. Value type; one
/// thread at a time. Later chunks replace what earlier ones said of the same tokens or window.
///
/// Windows overlap, and each is normalised on its own (importance sums to 1 inside a window). So a
/// clip-long curve is, at each frame, the mean over the windows that hold it of
/// importance × frames of that window / its sum: 1 means "as important as the average of the
/// window". A clip-long map is, in each row, the mean over the windows that hold the frame of
/// speech, frames of motion outside of a window having no weight in it: rows still sum to 1.
class Analysis {
public:
    static constexpr std::int64_t kMaxFrames = 30LL * 60 * 60 * 24; ///< A day.

    Analysis() = default;
    explicit Analysis(AttentionKeep keep);

    /// InvalidInput when sizes contradict each other or earlier chunks, values are not finite, or
    /// a window lies past `kMaxFrames`; the analysis is as before then.
    [[nodiscard]] Status add(const AttentionWindow& window);
    [[nodiscard]] Status add(const SemanticChunk& chunk);
    [[nodiscard]] Status add(const TokenChunk& chunk);
    void add(const Note& note) { notes_.push_back(note); }

    /// Throws all chunks away; what is to be kept and the length stay.
    void clear();

    /// Fixes the clip's length: curves end there. Without it they end where the last chunk does.
    void setFrames(std::int64_t frames) { frames_ = frames; }
    [[nodiscard]] std::int64_t frames() const;

    /// As kept: `layers` and `heads` are those of `layers()` and `heads()`. Ordered by begin.
    [[nodiscard]] std::span<const AttentionWindow> windows() const { return windows_; }
    [[nodiscard]] const std::vector<motion::BodyPart>& parts() const { return parts_; }
    /// Number (from 0) of each kept layer and head; -1 is the mean.
    [[nodiscard]] const std::vector<int>& layers() const { return layers_; }
    [[nodiscard]] const std::vector<int>& heads() const { return heads_; }

    /// (frames), 1 = average, NaN where no window lies. NotFound for a part without maps.
    [[nodiscard]] Result<std::vector<float>> importance(motion::BodyPart part) const;
    [[nodiscard]] std::vector<float> fusedImportance() const;

    /// The rows of `range` that lie inside the clip. Takes time and memory for these alone.
    /// NotFound, with what there is, when the part, layer or head was not kept.
    [[nodiscard]] Result<AttentionBand> attention(const MapChoice& choice, FrameRange range) const;

    [[nodiscard]] const SemanticTrack& semantic() const { return semantic_; }
    /// The score of the token that a frame belongs to, (frames).
    [[nodiscard]] std::vector<float> semanticPerFrame() const;
    /// How little the networks expected the motion, (frames): cross-entropy in nats of the first
    /// layer's codes, mean over the parts that are known; NaN where none is.
    [[nodiscard]] std::vector<float> lossPerFrame() const;
    /// Nothing came: a track without layers.
    [[nodiscard]] const TokenTrack& tokens(motion::BodyPart part) const { return tokens_[part]; }
    [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }

    /// Bytes that the maps take.
    [[nodiscard]] std::uint64_t mapBytes() const;

private:
    [[nodiscard]] Status check(const AttentionWindow& window) const;
    void adopt(const AttentionWindow& window);
    [[nodiscard]] std::vector<std::uint16_t> keptMaps(const AttentionWindow& window) const;
    [[nodiscard]] std::vector<float> curve(const std::vector<float> AttentionWindow::*values,
                                           std::size_t part) const;

    AttentionKeep keep_;
    std::int64_t frames_ = 0;
    std::vector<motion::BodyPart> parts_;
    int layerCount_ = 0; ///< Before the choice.
    int headCount_ = 0;
    std::vector<int> layers_;
    std::vector<int> heads_;
    std::vector<AttentionWindow> windows_;
    SemanticTrack semantic_;
    PerPart<TokenTrack> tokens_;
    std::vector<Note> notes_;
};

/// Joins what a request streams into an Analysis; motion is passed over. The first chunk that does
/// not fit stops it: see `status`.
class AnalysisSink final : public ResultSink {
public:
    /// `analysis` must outlive the sink.
    explicit AnalysisSink(Analysis& analysis)
        : analysis_(analysis) {}

    void motion(const MotionChunk& chunk) override;
    void tokens(const TokenChunk& chunk) override { take(chunk); }
    void semantic(const SemanticChunk& chunk) override { take(chunk); }
    void attention(const AttentionWindow& window) override { take(window); }
    void note(const Note& note) override { analysis_.add(note); }
    void restarted() override;

    [[nodiscard]] const Status& status() const { return status_; }

private:
    template <typename Chunk>
    void take(const Chunk& chunk) {
        if (status_.ok()) status_ = analysis_.add(chunk);
    }

    Analysis& analysis_;
    Status status_ = Status::success();
};

} // namespace gesture::inference
