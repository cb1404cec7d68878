// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/density.h"
#include "app/studio/timeline/lanes.h"

#include <QRect>
#include <QSize>

namespace gesture::app {

/// What people choose about lanes; kept in settings by whoever owns those.
struct LaneArrangement {
    std::vector<LaneId> order = firstLaneOrder(); ///< Every lane once.
    LaneSet collapsed;
    LaneSet hidden;

    bool operator==(const LaneArrangement&) const = default;
};

struct LaneRow {
    LaneId id = LaneId::Speech;
    QRect place; ///< With the header; may lie behind ruler or whole clip.
    bool collapsed = false;

    bool operator==(const LaneRow&) const = default;
};

/// Where the lanes are: ruler at the top, whole clip at the bottom, the others scroll between them.
/// Value type, logical px of the timeline.
class LaneLayout {
public:
    LaneLayout() { place(); }

    void setDensity(const Density& density);
    void setSize(const QSize& size);
    /// Without takes there is one lane that says so.
    void setTakes(std::size_t count);
    /// Whether the lane of the difference between two takes is shown.
    void setCompared(bool compared);
    void setArrangement(LaneArrangement arrangement);
    /// True when something moved.
    bool scrollTo(int y);
    bool scrollIntoView(LaneId lane);

    [[nodiscard]] const Density& density() const { return density_; }
    [[nodiscard]] const LaneArrangement& arrangement() const { return arrangement_; }
    [[nodiscard]] int scroll() const { return scroll_; }
    /// By how much the lanes are higher than the room for them.
    [[nodiscard]] int overflow() const { return overflow_; }
    /// Height at which every lane is as high as the density says.
    [[nodiscard]] int wantedHeight() const;

    [[nodiscard]] QRect ruler() const;
    [[nodiscard]] QRect wholeClip() const;
    /// Between the two; lanes are cut to it.
    [[nodiscard]] QRect lanesArea() const;
    /// Right of the header.
    [[nodiscard]] QRect contentOf(const QRect& row) const;
    [[nodiscard]] QRect headerOf(const QRect& row) const;

    /// From above, hidden ones left out.
    [[nodiscard]] const std::vector<LaneRow>& rows() const { return rows_; }
    [[nodiscard]] const LaneRow* find(LaneId lane) const;
    [[nodiscard]] const LaneRow* rowAt(int y) const;
    /// The row at `y`, else the nearest one; null without rows.
    [[nodiscard]] const LaneRow* nearestRow(int y) const;
    /// Every lane from one to the other, both included.
    [[nodiscard]] LaneSet between(LaneId first, LaneId last) const;
    /// The lane `steps` rows below (negative: above), as far as there are rows.
    [[nodiscard]] LaneId stepFrom(LaneId lane, int steps) const;
    [[nodiscard]] bool shows(LaneId lane) const;

    /// Which row a lane dropped at `y` would come before; rows().size() at the end.
    [[nodiscard]] std::size_t dropIndex(int y) const;
    /// The arrangement after a lane was moved before the row `index`.
    [[nodiscard]] LaneArrangement moved(LaneId lane, std::size_t index) const;

private:
    void place();
    [[nodiscard]] int heightOf(LaneId lane) const;

    Density density_;
    QSize size_{1200, 382};
    std::size_t takes_ = 0;
    bool compared_ = false;
    LaneArrangement arrangement_;
    std::vector<LaneRow> rows_;
    int scroll_ = 0;
    int overflow_ = 0;
};

} // namespace gesture::app
