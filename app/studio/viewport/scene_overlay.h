// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/session/take_badge.h"
#include "app/studio/theme/theme.h"

#include <QColor>
#include <QPolygonF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace gesture::app {

/// The way of a joint over some frames, in px of the view.
struct TrailLine {
    QPolygonF points;            ///< A point a frame.
    std::vector<QColor> colours; ///< Of the stretch that begins at each point.
    int current = -1;            ///< Point of the frame that is shown; -1: it lies outside.
    int firstDot = 0;            ///< Every fifth point from this one has a dot.
};

/// Name of a take under its body.
struct TakeLabel {
    TakeBadge badge = TakeBadge::A;
    QString name;
    QString recipe;
    double centre = 0; ///< px from the left.
};

/// What is painted over the bodies. Value type, px of the view.
struct OverlayPicture {
    std::vector<TrailLine> trails;
    std::vector<QPolygonF> contacts; ///< Patches of the floor on which a foot stands.
    std::vector<TakeLabel> labels;
    bool divided = false; ///< A dashed line in the middle.
    QStringList words;    ///< Caption.
    int word = -1;        ///< Which of them is being said.

    [[nodiscard]] bool empty() const {
        return trails.empty() && contacts.empty() && labels.empty() && words.isEmpty();
    }
};

/// Paths, contacts, names and words over the 3D view; lets the mouse through. GUI thread.
class SceneOverlay final : public QWidget {
    Q_OBJECT

public:
    explicit SceneOverlay(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Hides itself when there is nothing to paint.
    void setPicture(OverlayPicture picture);
    /// Room at the foot that something else needs, logical px: captions stand above it.
    void setFoot(int height);
    [[nodiscard]] const OverlayPicture& picture() const { return picture_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintTrail(QPainter& painter, const TrailLine& trail) const;
    void paintContacts(QPainter& painter) const;
    void paintLabel(QPainter& painter, const TakeLabel& label) const;
    void paintCaption(QPainter& painter) const;

    const Theme* theme_;
    OverlayPicture picture_;
    int foot_ = 0;
};

} // namespace gesture::app
