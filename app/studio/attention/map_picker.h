// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/heads_grid.h"
#include "app/studio/attention/map_controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

class QGridLayout;

namespace gesture::app {

/// Left side of the Analyse workspace: which take, window, part, head; what it is compared with;
/// which frames a share of the most important would be. GUI thread.
class MapPicker final : public QWidget {
    Q_OBJECT

public:
    MapPicker(AttentionModel& model, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Names of all takes with maps, which is shown, and which it is compared with (-1: none).
    void setSources(const QStringList& names, int shown, int compared);
    [[nodiscard]] HeadsGrid& heads() { return *heads_; }
    [[nodiscard]] QSpinBox& topShare() { return *topShare_; }

Q_SIGNALS:
    void sourceChosen(int index);
    /// -1: compare with nothing.
    void comparisonChosen(int index);
    void hinted(const QString& hint);

private:
    void addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* buddy);
    void buildWindow();
    void refresh();
    void refreshWeights();

    AttentionModel& model_;
    const Theme* theme_;
    QComboBox* source_;
    QWidget* window_;
    QToolButton* previous_;
    QLabel* windowName_;
    QToolButton* next_;
    PartPicker* part_;
    QCheckBox* follow_;
    QComboBox* compared_;
    SegmentBar* compare_;
    QSpinBox* topShare_;
    HeadsGrid* heads_;
    QLabel* weights_;
};

} // namespace gesture::app
