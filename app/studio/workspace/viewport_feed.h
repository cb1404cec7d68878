// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/session/studio_session.h"
#include "app/studio/timeline/timeline_view.h"
#include "app/studio/viewport/viewport_panel.h"
#include "app/studio/workspace/importance_curves.h"

#include <array>

namespace gesture::app {

/// Fills the viewport from the session: the take that is compared, names, importance, mask, words,
/// the selected time. GUI thread; owned by the window.
class ViewportFeed final : public QObject {
    Q_OBJECT

public:
    ViewportFeed(StudioSession& session, const TimelineView& timeline, ViewportPanel& viewport,
                 QObject* parent);

private:
    void refresh();

    StudioSession& session_;
    const TimelineView& timeline_;
    ViewportPanel& viewport_;
    std::array<ImportanceCache, 2> curves_;
};

} // namespace gesture::app
