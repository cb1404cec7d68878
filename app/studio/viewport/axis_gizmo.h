// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/viewport/view_controller.h"

#include <QWidget>

#include <array>

namespace gesture::app {

/// The three axes as the camera sees them: a click on an end looks from there, a drag orbits.
class AxisGizmo final : public QWidget {
    Q_OBJECT

public:
    AxisGizmo(ViewController& view, const Theme& theme, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct End {
        QPointF place;
        double depth = 0; ///< Larger is farther.
        int axis = 0;
        bool positive = true;
    };
    [[nodiscard]] std::array<End, 6> ends() const;
    void lookFrom(const End& end);

    ViewController& view_;
    const Theme* theme_;
    QPointF pressed_;
    QPointF last_;
    bool dragged_ = false;
};

} // namespace gesture::app
