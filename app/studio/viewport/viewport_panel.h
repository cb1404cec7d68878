// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/actions.h"
#include "app/studio/document/document.h"
#include "app/studio/services/settings.h"
#include "app/studio/viewport/axis_gizmo.h"
#include "app/studio/viewport/hud.h"
#include "app/studio/viewport/joint_probe.h"
#include "app/studio/viewport/overlay_builder.h"
#include "app/studio/viewport/scene_bodies.h"
#include "app/studio/viewport/scene_overlay.h"
#include "app/studio/viewport/view_chips.h"
#include "app/studio/viewport/view_controller.h"
#include "app/studio/viewport/view_legend.h"
#include "app/studio/viewport/viewport_content.h"
#include "app/studio/viewport/viewport_widget.h"
#include "app/studio/widgets/message_card.h"

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
    /// Take B, names, importance, mask and words.
    void setContent(ViewportContent content);
    [[nodiscard]] const SceneBodies& bodies() const { return bodies_; }
    [[nodiscard]] const SceneOverlay& overlay() const { return *overlay_; }
    [[nodiscard]] const ViewLegend& legend() const { return *legend_; }
    [[nodiscard]] ViewChips& chips() { return *chips_; }
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
    void makeViewport();
    void onChanged(DocumentChanges changes);
    void showFrame();
    /// Another motion on the same body.
    void showClip();
    void readChosenJoint();
    void showFigures();
    /// Paths, contacts, names, words, legend: after another frame, camera or look.
    void showOverlay();
    [[nodiscard]] SceneLook look() const;
    /// Where the take stands that the HUD speaks of.
    [[nodiscard]] SeenTake firstSeen() const { return bodies_.seen(look()).front(); }
    /// The camera as a body sees it that stands beside the middle.
    [[nodiscard]] render::Camera cameraFor(const SeenTake& take) const;
    [[nodiscard]] FrameRange clipFrames() const;
    void markJoint();
    void chooseJoint(const QPointF& place);
    void placeOverlays();
    void showUnusable(const QString& details);

    Document& document_;
    ViewController& view_;
    const Theme* theme_;
    std::shared_ptr<Stage> stage_;
    SceneBodies bodies_;
    ViewportContent content_;
    ViewportWidget* viewport_ = nullptr; ///< Nothing where OpenGL does not work.
    SceneOverlay* overlay_;
    ViewLegend* legend_;
    ViewChips* chips_;
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
