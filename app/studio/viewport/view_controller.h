// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/viewport/orbit_camera.h"

#include <QObject>
#include <QSizeF>

namespace gesture::app {

enum class CameraPreset { Front, ThreeQuarter, Side, Back, Top, Free, Face, Hands };
enum class Shading { Shaded, Skeleton, Both, Wire };
enum class FollowBody { No, Yes };

/// Places on the body that cameras look at, metres.
struct BodyAnchors {
    Eigen::Vector3f root{0, 0.9F, 0};
    Eigen::Vector3f head{0, 1.6F, 0};
    Eigen::Vector3f chest{0, 1.3F, 0};
    float ground = 0;
};

/// How the body is looked at. GUI thread; owned by Application.
class ViewController final : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] const OrbitCamera& camera() const { return camera_; }
    [[nodiscard]] CameraPreset preset() const { return preset_; }
    [[nodiscard]] Shading shading() const { return shading_; }
    [[nodiscard]] bool floor() const { return floor_; }
    [[nodiscard]] FollowBody follow() const { return follow_; }

    /// Size of the view in logical px; presets fit the body into it, below the bars at the top.
    void setView(const QSizeF& view);
    /// The body moved: a camera that follows goes along.
    void setAnchors(const BodyAnchors& anchors);

    void choosePreset(CameraPreset preset);
    /// The body as a whole, from where the camera stands.
    void frameAll();
    void setShading(Shading shading);
    void setFloor(bool floor);
    void setFollow(FollowBody follow);
    void orbit(const QPointF& pixels);
    void pan(const QPointF& pixels);
    void dolly(double factor);

Q_SIGNALS:
    void changed();
    void presetChanged(gesture::app::CameraPreset preset);

private:
    [[nodiscard]] Eigen::Vector3f anchorOf(CameraPreset preset) const;
    /// Fits `height` metres, whose middle lies at `centre`, into the free part of the view.
    void fit(const Eigen::Vector3f& centre, float height, float width);
    void fitPreset();
    void becomeFree();

    OrbitCamera camera_;
    BodyAnchors anchors_;
    QSizeF view_{1280, 720};
    CameraPreset preset_ = CameraPreset::Front;
    Shading shading_ = Shading::Shaded;
    FollowBody follow_ = FollowBody::Yes;
    bool floor_ = true;
    bool fitted_ = true; ///< The camera still stands as its preset put it.
};

} // namespace gesture::app
