// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"
#include "app/studio/theme/theme.h"
#include "app/studio/timeline/content_index.h"
#include "app/studio/timeline/lane_layout.h"
#include "app/studio/timeline/time_axis.h"
#include "app/studio/timeline/timeline_content.h"

#include <QPainter>
#include <QRect>

namespace gesture::app {

enum class RulerUnit { Clock, Seconds, Frames };

/// Time × lanes that the user picked; empty: nothing.
struct TimelineSelection {
    FrameRange range;
    LaneSet lanes;

    [[nodiscard]] bool empty() const { return range.empty(); }
    bool operator==(const TimelineSelection&) const = default;
};

/// A place that a drag snapped to.
struct SnapGuide {
    FrameIndex frame;
    QString name; ///< "word “whole”"; empty: no guide is drawn.

    bool operator==(const SnapGuide&) const = default;
};

/// What a drag shows of itself until it ends.
struct DragPicture {
    std::optional<inference::EditMask> mask; ///< Instead of the content's.
    std::optional<TimelineSelection> band;   ///< Rubber band of the range tool.
    std::optional<SnapGuide> guide;
    std::optional<double> threshold; ///< Instead of the content's, with a preview on the masks.
    std::optional<std::size_t> drop; ///< Row before which a header would come.
    std::optional<TimelineMarker> marker; ///< Where the held marker is.
    std::size_t markerIndex = 0;
    std::shared_ptr<const audio::Transcript> transcript; ///< Instead of the content's.
};

/// What the lanes are painted from; references must outlive the call.
struct LaneScene {
    const Theme& theme;
    const Document& document;
    const TimelineContent& content;
    const ContentIndex& index;
    const LaneLayout& layout;
    const TimeAxis& axis;
    RulerUnit unit = RulerUnit::Clock;
    TimelineSelection selection;
    std::optional<LaneId> currentLane; ///< Picked by keys or a click on its header.
    std::optional<std::size_t> chosenMarker;
    double ratio = 1; ///< Device pixels per logical px.
    QRect clip;       ///< Only this is painted; visible columns are taken from it.

    [[nodiscard]] const Density& density() const { return layout.density(); }
    [[nodiscard]] double xOf(FrameIndex frame) const {
        return axis.xOf(document.rate().timeOf(frame));
    }
    [[nodiscard]] FrameIndex frameAt(double x) const {
        return document.rate().frameAt(axis.timeAt(x));
    }
    [[nodiscard]] double pixelsPerFrame() const {
        return axis.pixelsPerSecond() / document.rate().perSecond();
    }
};

/// Frames of the clip that columns of the clip rectangle show, with some to spare.
[[nodiscard]] FrameRange visibleFrames(const LaneScene& scene);

} // namespace gesture::app
