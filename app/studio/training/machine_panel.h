// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/panel_frame.h"
#include "app/studio/training/machine_readings.h"
#include "app/studio/training/run_record.h"
#include "app/studio/training/trainer_tool.h"

#include <QTimer>

#include <deque>
#include <memory>
#include <vector>

namespace gesture::app {

/// What the computer has to do: processor, memory, graphics cards, waiting for data, disk, over the
/// last two minutes. Measures once a second while it is shown. GUI thread.
class MachinePanel final : public PanelFrame {
    Q_OBJECT

public:
    /// `folder`: where runs are kept; its disk is shown.
    MachinePanel(std::filesystem::path folder, const Theme& theme, QWidget* parent = nullptr);
    ~MachinePanel() override;

    void setTheme(const Theme& theme) override;
    /// The run that trains; nullptr: none.
    void setActive(const std::shared_ptr<const RunRecord>& run);
    void setCheckpoints(int count, double bytes);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    class Meter;
    Meter* addMeter(const QString& name, QColor Theme::*colour);
    QLabel* addFact(const QString& name);
    void measure();
    void takeCards(const std::vector<CardReading>& cards);

    std::filesystem::path folder_;
    QTimer timer_;
    TrainerTool* cardTool_ = nullptr; ///< nvidia-smi, where it is.
    std::optional<ProcessorTicks> ticks_;
    std::shared_ptr<const RunRecord> active_;
    std::vector<Meter*> meters_;
    Meter* processor_;
    Meter* memory_;
    Meter* wait_;
    std::vector<std::pair<Meter*, Meter*>> cards_; ///< Load and memory.
    QLabel* disk_;
    QLabel* checkpoints_;
};

} // namespace gesture::app
