// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/session/studio_session.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/workspace/importance_curves.h"
#include "app/studio/workspace/take_difference.h"
#include "core/base/executor.h"

#include <QObject>

#include <memory>

namespace gesture::app {

/// Fills the timeline's lanes from the session and makes commands of what the user does there.
/// Eyes, locks and solo are its own: they belong to the window, not to the project. GUI thread;
/// owned by the window.
class TimelineFeed final : public QObject {
    Q_OBJECT

public:
    TimelineFeed(StudioSession& session, TimelineView& timeline, QObject* parent);

    /// What applying a mask would give, dashed in the lanes; nothing: no preview.
    void showPreview(const std::optional<inference::EditMask>& mask);

Q_SIGNALS:
    /// A transcript is to be chosen.
    void wordsWanted();

private:
    void refresh();
    void connectMask();
    void connectWords();
    void connectMarkers();
    void connectTakes();
    void connectHeaders();
    /// The project's gesture for one of the timeline's.
    project::Gesture gestureFor(quint64 number);
    /// One step of a drag.
    void step(const project::Command& command, quint64 gesture, bool finished);
    [[nodiscard]] std::vector<TakeRow> rows() const;
    [[nodiscard]] LaneOffers offers(const TimelineContent& content) const;

    StudioSession& session_;
    TimelineView& timeline_;
    LaneSet locked_;
    LaneSet solo_;
    LaneSet eyesOff_;
    std::optional<inference::EditMask> preview_;
    quint64 gestureNumber_ = 0;
    project::Gesture gesture_;
    ImportanceCache curves_;
    ThreadPoolExecutor executor_{1};
    TakeDifference* difference_;
};

} // namespace gesture::app
