// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <vector>

namespace gesture::app {

/// What a colour of the 3D view stands for: a line, a square, or a scale from dark to bright with
/// words at its ends.
struct LegendEntry {
    enum class Sign { Line, Square, Scale, Text };
    Sign sign = Sign::Text;
    QColor colour;
    QString text; ///< Of a scale: its name.
    QString low;
    QString high;

    bool operator==(const LegendEntry&) const = default;
};

/// Explains the colours of the 3D view, at its foot; lets the mouse through. GUI thread.
class ViewLegend final : public QWidget {
    Q_OBJECT

public:
    explicit ViewLegend(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// In as many rows as the width demands.
    void setEntries(std::vector<LegendEntry> entries, int mostWidth);
    [[nodiscard]] const std::vector<LegendEntry>& entries() const { return entries_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void arrange();

    const Theme* theme_;
    std::vector<LegendEntry> entries_;
    std::vector<QPoint> places_;
    int mostWidth_ = 400;
};

} // namespace gesture::app
