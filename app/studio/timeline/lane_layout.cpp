// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lane_layout.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

/// Lanes that take room that is left over, and how many times their height at most.
constexpr std::pair<LaneId, double> kGrowing[] = {
    {LaneId::Speech, 2.4}, {LaneId::Importance, 2.0}, {LaneId::Semantic, 2.0}};

} // namespace

void LaneLayout::setDensity(const Density& density) {
    density_ = density;
    place();
}

void LaneLayout::setSize(const QSize& size) {
    size_ = size;
    place();
}

void LaneLayout::setTakes(std::size_t count) {
    takes_ = std::min<std::size_t>(count, kMostTakes);
    place();
}

void LaneLayout::setCompared(bool compared) {
    compared_ = compared;
    place();
}

void LaneLayout::setArrangement(LaneArrangement arrangement) {
    arrangement_ = std::move(arrangement);
    place();
}

bool LaneLayout::scrollTo(int y) {
    const int wanted = std::clamp(y, 0, overflow_);
    if (wanted == scroll_) return false;
    scroll_ = wanted;
    place();
    return true;
}

bool LaneLayout::scrollIntoView(LaneId lane) {
    const LaneRow* const row = find(lane);
    if (row == nullptr) return false;
    const QRect area = lanesArea();
    if (row->place.top() < area.top()) return scrollTo(scroll_ + row->place.top() - area.top());
    const int below = row->place.bottom() - area.bottom();
    return below > 0 && scrollTo(scroll_ + below);
}

int LaneLayout::heightOf(LaneId lane) const {
    if (arrangement_.collapsed.has(lane)) return kCollapsedLane;
    switch (lane) {
    case LaneId::Speech:
        return density_.speech;
    case LaneId::Words:
        return density_.words;
    case LaneId::Semantic:
        return density_.semantic;
    case LaneId::Attention:
        return density_.attention;
    case LaneId::Importance:
    case LaneId::Difference:
        return density_.importance;
    case LaneId::Face:
    case LaneId::Upper:
    case LaneId::Hands:
    case LaneId::Lower:
        return density_.mask;
    case LaneId::Take1:
    case LaneId::Take2:
    case LaneId::Take3:
    case LaneId::Take4:
    case LaneId::Take5:
    case LaneId::Take6:
    case LaneId::Take7:
    case LaneId::Take8:
        break;
    }
    return density_.take;
}

bool LaneLayout::shows(LaneId lane) const {
    if (arrangement_.hidden.has(lane)) return false;
    if (lane == LaneId::Difference) return compared_;
    const auto take = takeOf(lane);
    return !take || *take < std::max<std::size_t>(takes_, 1);
}

int LaneLayout::wantedHeight() const {
    int height = density_.ruler + density_.wholeClip;
    for (const LaneId lane : arrangement_.order) {
        if (shows(lane)) height += heightOf(lane);
    }
    return height;
}

void LaneLayout::place() {
    const int room = std::max(size_.height() - density_.ruler - density_.wholeClip, 0);
    const int wanted = wantedHeight() - density_.ruler - density_.wholeClip;
    // A line or two that lack are the speech lane's, rather than to scroll for them.
    constexpr int kGive = 4;
    const int lacking = std::max(wanted - room, 0);
    const bool gives =
        lacking <= kGive && shows(LaneId::Speech) && !arrangement_.collapsed.has(LaneId::Speech);
    overflow_ = gives ? 0 : lacking;
    scroll_ = std::clamp(scroll_, 0, overflow_);
    int spare = std::max(room - wanted, 0);
    std::vector<std::pair<LaneId, int>> grown;
    if (gives) grown.emplace_back(LaneId::Speech, -lacking);
    for (const auto& [lane, most] : kGrowing) {
        if (!shows(lane) || arrangement_.collapsed.has(lane)) continue;
        const int more = std::min(spare, static_cast<int>(heightOf(lane) * (most - 1)));
        grown.emplace_back(lane, more);
        spare -= more;
    }
    rows_.clear();
    int y = density_.ruler - scroll_;
    for (const LaneId lane : arrangement_.order) {
        if (!shows(lane)) continue;
        int height = heightOf(lane);
        for (const auto& [growing, more] : grown) {
            if (growing == lane) height += more;
        }
        rows_.push_back(
            {lane, QRect(0, y, size_.width(), height), arrangement_.collapsed.has(lane)});
        y += height;
    }
}

QRect LaneLayout::ruler() const { return {0, 0, size_.width(), density_.ruler}; }

QRect LaneLayout::wholeClip() const {
    return {0, std::max(size_.height() - density_.wholeClip, density_.ruler), size_.width(),
            density_.wholeClip};
}

QRect LaneLayout::lanesArea() const {
    return {0, density_.ruler, size_.width(), wholeClip().top() - density_.ruler};
}

QRect LaneLayout::contentOf(const QRect& row) const {
    return row.adjusted(density_.header, 0, 0, 0);
}

QRect LaneLayout::headerOf(const QRect& row) const {
    return {row.left(), row.top(), density_.header - 1, row.height()};
}

const LaneRow* LaneLayout::find(LaneId lane) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](const LaneRow& row) { return row.id == lane; });
    return found != rows_.end() ? &*found : nullptr;
}

const LaneRow* LaneLayout::rowAt(int y) const {
    const QRect area = lanesArea();
    if (y < area.top() || y > area.bottom()) return nullptr;
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const LaneRow& row) {
        return y >= row.place.top() && y <= row.place.bottom();
    });
    return found != rows_.end() ? &*found : nullptr;
}

const LaneRow* LaneLayout::nearestRow(int y) const {
    if (rows_.empty()) return nullptr;
    const QRect area = lanesArea();
    const int inside = std::clamp(y, area.top(), std::max(area.top(), area.bottom()));
    const LaneRow* const row = rowAt(inside);
    return row != nullptr ? row : &rows_.back();
}

LaneSet LaneLayout::between(LaneId first, LaneId last) const {
    LaneSet lanes;
    bool inside = false;
    for (const LaneRow& row : rows_) {
        const bool end = row.id == first || row.id == last;
        if (inside || end) lanes.set(row.id);
        if (end && first != last) inside = !inside;
    }
    return lanes;
}

LaneId LaneLayout::stepFrom(LaneId lane, int steps) const {
    if (rows_.empty()) return lane;
    const LaneRow* const row = find(lane);
    const auto last = static_cast<std::ptrdiff_t>(rows_.size()) - 1;
    const std::ptrdiff_t from = row != nullptr ? row - rows_.data() : (steps > 0 ? -1 : last + 1);
    return rows_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(from + steps, 0, last))].id;
}

std::size_t LaneLayout::dropIndex(int y) const {
    std::size_t index = 0;
    while (index < rows_.size() && y > rows_[index].place.center().y()) {
        ++index;
    }
    return index;
}

LaneArrangement LaneLayout::moved(LaneId lane, std::size_t index) const {
    LaneArrangement made = arrangement_;
    const std::optional<LaneId> before =
        index < rows_.size() ? std::optional(rows_[index].id) : std::nullopt;
    if (before == lane) return made;
    made.order.erase(std::remove(made.order.begin(), made.order.end(), lane), made.order.end());
    const auto place =
        before ? std::find(made.order.begin(), made.order.end(), *before) : made.order.end();
    made.order.insert(place, lane);
    return made;
}

} // namespace gesture::app
