// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/attention/segment_bar.h"
#include "app/studio/theme/theme.h"

#include <QObject>
#include <QToolButton>

#include <vector>

namespace gesture::app {

/// The controls over the viewport: camera and shading at the left, which take is seen in the
/// middle, what is shown besides at the right. All of them are actions. GUI thread; owned by
/// ViewportPanel, whose children the controls are.
class ViewChips final : public QObject {
    Q_OBJECT

public:
    ViewChips(const Actions& actions, const Theme& theme, QWidget* panel);

    void setTheme(const Theme& theme);
    /// There is a take B.
    void setComparing(bool comparing);
    /// Puts the controls at the top of the panel; leaves out what has no room.
    void place(bool usable, bool clip);
    [[nodiscard]] SegmentBar& takes() { return *takes_; }

private:
    QToolButton* makeMenuChip(const QString& icon, const QString& name,
                              const std::vector<ActionId>& ids);
    void makeTakes();
    void makeToggles();
    void showChoices();

    const Actions& actions_;
    QWidget* panel_;
    QToolButton* camera_;
    QToolButton* shading_;
    SegmentBar* takes_;
    std::vector<QToolButton*> toggles_;
};

} // namespace gesture::app
