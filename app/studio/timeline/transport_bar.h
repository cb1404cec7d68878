// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/document/document.h"
#include "app/studio/widgets/timecode_edit.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include <vector>

namespace gesture::app {

/// Time, playing, speed, volume and zoom, above the lanes. GUI thread.
class TransportBar final : public QFrame {
    Q_OBJECT

public:
    TransportBar(Document& document, const Actions& actions, QWidget* parent = nullptr);

    [[nodiscard]] TimecodeEdit& timecode() { return *timecode_; }
    void setCompact(bool compact);
    /// 0..1
    void showZoomLevel(double level);

Q_SIGNALS:
    void zoomLevelChosen(double level);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addLeft(QBoxLayout& row, const Actions& actions);
    [[nodiscard]] QWidget* addTools(const Actions& actions);
    void addMiddle(QBoxLayout& row, const Actions& actions);
    void addRight(QBoxLayout& row, const Actions& actions);
    [[nodiscard]] QToolButton* button(QAction& action, int icon = 16);
    void onChanged();
    void showLoop();

    Document& document_;
    TimecodeEdit* timecode_ = nullptr;
    QLabel* frame_ = nullptr;
    QLabel* loopText_ = nullptr;
    QComboBox* speed_ = nullptr;
    QSlider* volume_ = nullptr;
    QSlider* zoom_ = nullptr;
    std::vector<QToolButton*> tools_;
    bool compact_ = false;
};

} // namespace gesture::app
