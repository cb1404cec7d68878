// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/hit_test.h"

#include <QPointF>
#include <Qt>

#include <memory>

namespace gesture::app {

class TimelineView;

struct DragPoint {
    QPointF place;
    Qt::KeyboardModifiers keys;
};

/// What happens between a press and a release of the mouse. Made by `startDrag`, owned by the
/// timeline, which outlives it. GUI thread.
class Drag {
public:
    Drag() = default;
    Drag(const Drag&) = delete;
    Drag& operator=(const Drag&) = delete;
    virtual ~Drag() = default;

    virtual void move(const DragPoint& point) = 0;
    virtual void finish() {}
    /// As if it had never begun.
    virtual void cancel() {}
};

/// What a press of the left or middle button begins; null: nothing to hold, a click may be done.
[[nodiscard]] std::unique_ptr<Drag> startDrag(TimelineView& view, const Hit& hit,
                                              const DragPoint& point, Qt::MouseButton button);

} // namespace gesture::app
