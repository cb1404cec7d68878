// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/figure_panel.h"

#include <QDialog>

namespace gesture::app {

/// "Export figure": the map that is shown as SVG, PDF, PNG, CSV or NPY; the difference of two takes
/// while these are compared. Not modal: the map may be changed meanwhile. GUI thread.
class FigureDialog final : public QDialog {
    Q_OBJECT

public:
    /// `model` and `executor` must outlive it.
    FigureDialog(AttentionModel& model, Executor& executor, const Theme& theme,
                 QWidget* parent = nullptr);

    [[nodiscard]] FigurePanel& panel() { return *panel_; }

private:
    FigurePanel* panel_;
};

} // namespace gesture::app
