// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/widgets/focus_ring.h"
#include "core/metrics/curve_statistics.h"

#include <QWidget>

#include <span>
#include <vector>

namespace gesture::app {

/// How the tokens' scores 0..1 are distributed, with the threshold as a line that can be dragged;
/// arrow keys move it by 0.01. GUI thread.
class ScoreHistogram final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kBins = 40;

    ScoreHistogram(const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme);
    void setScores(std::span<const float> scores);
    void setThreshold(double threshold);
    [[nodiscard]] double threshold() const { return threshold_; }
    [[nodiscard]] const std::vector<int>& counts() const { return counts_; }
    [[nodiscard]] double xOf(double score) const;

    [[nodiscard]] QSize sizeHint() const override { return {340, 92}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 72}; }

Q_SIGNALS:
    /// `finished`: the pointer let go, one undo step.
    void thresholdChanged(double threshold, bool finished);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect plot() const;
    void moveTo(double threshold, bool finished);

    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    std::vector<int> counts_ = std::vector<int>(kBins, 0);
    double threshold_ = 0.5;
    bool held_ = false;
};

/// A small ROC curve with its area. GUI thread.
class RocView final : public QWidget {
    Q_OBJECT

public:
    RocView(const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme);
    void setCurve(metrics::RocCurve curve);

    [[nodiscard]] QSize sizeHint() const override { return {96, 96}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {96, 96}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* theme_;
    metrics::RocCurve curve_;
};

} // namespace gesture::app
