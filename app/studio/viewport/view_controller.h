// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/view_overlays.h"
#include "render/avatar_mesh.h"
#include "render/camera.h"
#include "render/scene_style.h"

#include <QObject>
#include <QPointF>
#include <QSizeF>

namespace gesture::app {

enum class ViewPreset { Front, ThreeQuarter, Side, Back, Top, Free, Face, Hands };
enum class FollowBody { No, Yes };

/// Places on the body that cameras look at, world metres.
struct BodyAnchors {
    Eigen::Vector3f root{0, 0.9F, 0};
    Eigen::Vector3f face{0, 1.6F, 0};
    Eigen::Vector3f leftHand{0.5F, 1.1F, 0.1F};
    Eigen::Vector3f rightHand{-0.5F, 1.1F, 0.1F};
    float ground = 0;
};

/// Anchors of a pose in SMPL-X's joint order; the defaults when it has no joints.
[[nodiscard]] BodyAnchors anchorsOf(const render::AvatarPose& pose, float ground);

/// How the body is looked at. GUI thread; owned by Application.
class ViewController final : public QObject {
    Q_OBJECT

public:
    /// Logical px that the bars over the view need.
    static constexpr int kReservedTop = 46;

    [[nodiscard]] const render::Camera& camera() const { return camera_; }
    [[nodiscard]] ViewPreset preset() const { return preset_; }
    [[nodiscard]] render::Shading shading() const { return shading_; }
    [[nodiscard]] bool floor() const { return floor_; }
    [[nodiscard]] FollowBody follow() const { return follow_; }
    [[nodiscard]] const ViewOverlays& overlays() const { return overlays_; }
    /// From the middle to the right one of two bodies beside each other, metres; zero when one
    /// place is seen.
    [[nodiscard]] Eigen::Vector3f splitOffset() const;

    /// Size of the view in logical px; presets fit the body into it.
    void setView(const QSize& view);
    /// The body moved: a camera that follows goes along.
    void setAnchors(const BodyAnchors& anchors);
    /// Another body, or the start of another clip: the preset is taken anew.
    void resetAnchors(const BodyAnchors& anchors);

    void choosePreset(ViewPreset preset);
    /// The body as a whole, from where the camera stands.
    void frameAll();
    void setShading(render::Shading shading);
    void setFloor(bool floor);
    void setFollow(FollowBody follow);
    void setOverlays(const ViewOverlays& overlays);
    /// There is a take B, so that two bodies may be seen.
    void setComparing(bool comparing);
    void orbit(const QPointF& pixels);
    void pan(const QPointF& pixels);
    /// Positive pixels come nearer.
    void dolly(double pixels);
    /// Looks along the directions given in radians, at the whole body.
    void lookFrom(float yaw, float pitch);

Q_SIGNALS:
    void changed();
    void presetChanged(gesture::app::ViewPreset preset);

private:
    [[nodiscard]] render::Box bodyBox() const;
    [[nodiscard]] render::PictureFrame frame() const;
    void applyPreset();
    void becomeFree();
    [[nodiscard]] bool split() const { return comparing_ && overlays_.takes == TakeView::Split; }
    /// After another number of bodies is seen.
    void fitBodies();

    render::Camera camera_;
    BodyAnchors anchors_;
    QSize view_{1280, 720};
    ViewPreset preset_ = ViewPreset::Front;
    render::Shading shading_ = render::Shading::Shaded;
    FollowBody follow_ = FollowBody::Yes;
    bool floor_ = true;
    bool comparing_ = false;
    ViewOverlays overlays_;
    bool untouched_ = true; ///< The camera still stands as its preset put it.
};

} // namespace gesture::app
