// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/session/take_badge.h"
#include "app/studio/timeline/lanes.h"
#include "core/audio/transcript.h"
#include "core/inference/analysis.h"
#include "core/inference/edit_mask.h"

#include <QFlags>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace gesture::app {

/// What the importance and attention lanes draw; curves are (frames), 1 = average of the window,
/// NaN where no window lies. Immutable once shared.
struct ImportanceCurves {
    std::vector<float> upper;
    std::vector<float> hands;
    std::vector<float> lower;
    std::vector<float> fused;
    std::vector<FrameIndex> borders; ///< Between windows, ascending: frames compare inside only.
    std::vector<FrameRange> editWindows; ///< Windows of edits, drawn as boxes.
};

/// How far the joints of takes A and B are apart: curves are (frames), centimetres, the mean of the
/// joints of a part and of all. Immutable once shared.
struct DifferenceCurves {
    std::vector<float> upper;
    std::vector<float> hands;
    std::vector<float> lower;
    std::vector<float> all;
};

/// A stretch of a take that was made anew.
struct TakeEdit {
    FrameRange range;
    QString text; ///< "Regenerated 14:06"

    bool operator==(const TakeEdit&) const = default;
};

/// A stretch of a take that is being made.
struct TakeProgress {
    FrameRange range;
    double done = 0; ///< 0..1
    QString text;    ///< "Regenerating 67 %"

    bool operator==(const TakeProgress&) const = default;
};

/// A lane of a take.
struct TakeRow {
    std::int64_t id = 0; ///< What the signals name it by.
    TakeBadge badge = TakeBadge::None;
    QString name;
    QString recipe; ///< "EchoMask · seed 7 · variation 0.60"
    std::int64_t frames = 0;
    std::vector<TakeEdit> edits;
    std::optional<TakeProgress> progress;
    QString outOfDate; ///< Sentence that lists what changed since; empty: up to date.
    bool starred = false;

    bool operator==(const TakeRow&) const = default;
};

struct TimelineMarker {
    FrameIndex frame;
    QString name;

    bool operator==(const TimelineMarker&) const = default;
};

struct TimelineSegment {
    FrameRange range;
    QString name;

    bool operator==(const TimelineSegment&) const = default;
};

/// Buttons in empty lanes; shown when they are offered.
enum class LaneOffer {
    AlignWords = 1,
    ImportWords = 2,
    ComputeScore = 4,
    ComputeAttention = 8,
};
Q_DECLARE_FLAGS(LaneOffers, LaneOffer)
Q_DECLARE_OPERATORS_FOR_FLAGS(LaneOffers)

/// Everything that the lanes show besides what the document says of motion, sound, range and
/// playhead. Plain values and shared immutable ones: a copy is cheap. Any thread.
struct TimelineContent {
    std::shared_ptr<const audio::Transcript> transcript;
    std::shared_ptr<const inference::SemanticTrack> semantic;
    double threshold = 0.5; ///< Of the score, 0..1.
    std::shared_ptr<const ImportanceCurves> importance;
    QString
        mapsOutOfDate; ///< Why score and importance belong to an older version; empty: they do not.
    bool compared = false;                              ///< There is a take B.
    std::shared_ptr<const DifferenceCurves> difference; ///< Null: not known yet.
    QString noAttention; ///< Why there is no map, when none can be computed.

    inference::EditMask mask;                   ///< Without frames: nothing is masked.
    std::optional<inference::EditMask> preview; ///< Dashed: what a mask would become.
    int framesPerToken = 4;                     ///< Masks run in cells of so many frames.
    int blendMargin = 6;                        ///< Frames beside a block that fade.

    LaneSet locked; ///< Mask lanes: not painted on. Words: boundaries stay.
    LaneSet solo;   ///< Of mask lanes: when there are any, only these are painted on.
    LaneSet eyesOff;

    std::vector<TakeRow> takes; ///< The first eight have lanes.
    std::vector<TimelineMarker> markers;
    std::vector<TimelineSegment> segments;
    LaneOffers offers;

    /// Whether a stroke may change the part's mask.
    [[nodiscard]] bool editable(motion::BodyPart part) const;
    /// Those of `parts` that a stroke may change.
    [[nodiscard]] inference::PartSet editable(inference::PartSet parts) const;
    /// The lane shows maps that belong to an older version.
    [[nodiscard]] bool isOld(LaneId lane) const {
        const bool maps =
            lane == LaneId::Semantic || lane == LaneId::Attention || lane == LaneId::Importance;
        return maps && !mapsOutOfDate.isEmpty();
    }
    [[nodiscard]] bool hasWords() const { return transcript && !transcript->words.empty(); }
    [[nodiscard]] bool hasScore() const { return semantic && !semantic->score.empty(); }
    [[nodiscard]] bool hasImportance() const { return importance && !importance->fused.empty(); }
};

/// What differs between two contents; curves that are other objects differ.
struct ContentDifference {
    bool layout = false; ///< The number of lanes.
    bool ruler = false;
    LaneSet lanes;                         ///< Repaint these altogether.
    std::optional<FrameRange> maskColumns; ///< Repaint these columns of the mask lanes.

    [[nodiscard]] bool nothing() const {
        return !layout && !ruler && lanes.empty() && !maskColumns;
    }
};
[[nodiscard]] ContentDifference differenceOf(const TimelineContent& before,
                                             const TimelineContent& after);

/// The mask with exactly `frames` frames: cut, or with kept frames at its end.
[[nodiscard]] inference::EditMask maskOfLength(const inference::EditMask& mask,
                                               std::int64_t frames);

} // namespace gesture::app
