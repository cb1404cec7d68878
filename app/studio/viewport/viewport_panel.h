// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/document/document.h"
#include "app/studio/services/settings.h"
#include "app/studio/viewport/axis_gizmo.h"
#include "app/studio/viewport/hud.h"
#include "app/studio/viewport/joint_probe.h"
#include "app/studio/viewport/view_controller.h"
#include "app/studio/viewport/viewport_widget.h"
#include "app/studio/widgets/message_card.h"

#include <QToolButton>
#include <QWidget>

#include <memory>
#include <optional>

namespace gesture::app {

/// The viewport with everything that floats over it. GUI thread.
class ViewportPanel final : public QWidget {
    Q_OBJECT

public:
    ViewportPanel(Document& document, ViewController& view, const Actions& actions,
                  const Theme& theme, QWidget* parent = nullptr);

    /// False when OpenGL does not work here; everything else does.
    [[nodiscard]] bool usable() const { return usable_; }
    /// Name of the OpenGL in use; empty without.
    [[nodiscard]] QString graphics() const;
    [[nodiscard]] bool viewHasFocus() const;
    void setMouseStyle(MouseStyle style);
    /// Throws the graphics context away, as a driver's reset does, and takes a new one.
    void loseContext();
    void setTheme(const Theme& theme);
    void setStage(std::shared_ptr<Stage> stage);
    /// While files are dragged over the window: what dropping them does; empty: they left.
    void showDrop(const QString& text);

Q_SIGNALS:
    void failed();
    /// A picture of this frame is complete.
    void painted(gesture::FrameIndex frame);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QToolButton* makeChip(const QString& icon, const QString& name);
    void makeViewport();
    void makeChips();
    void makeCameraChip(const Actions& actions);
    void makeShadingChip(const Actions& actions);
    void onChanged(DocumentChanges changes);
    void showFrame();
    /// Another motion on the same body.
    void showClip();
    void readChosenJoint();
    void showFigures();
    void markJoint();
    void chooseJoint(const QPointF& place);
    void updateChips();
    void placeOverlays();
    void showUnusable(const QString& details);

    Document& document_;
    ViewController& view_;
    const Actions& actions_;
    const Theme* theme_;
    std::shared_ptr<Stage> stage_;
    ViewportWidget* viewport_ = nullptr; ///< Nothing where OpenGL does not work.
    QToolButton* cameraChip_ = nullptr;
    QToolButton* shadingChip_ = nullptr;
    QToolButton* floorChip_ = nullptr;
    Hud* hud_;
    JointMark* mark_;
    AxisGizmo* gizmo_;
    MessageCard* empty_;
    MessageCard* unusable_;
    QLabel* drop_;
    QString details_;
    int joint_;
    std::optional<JointReading> reading_;
    FrameIndex shownFrame_{-1};
    bool jointChosen_ = false;
    bool usable_ = true;
};

} // namespace gesture::app
