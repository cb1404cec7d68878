// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>

namespace gesture::render {

/// An axis-aligned box in world metres; empty when a minimum lies above its maximum.
using Box = Eigen::AlignedBox3f;

/// A perspective camera on an orbit around a target. Y is up; at yaw 0 it stands on +Z and looks
/// along -Z; positive yaw moves it towards +X (the left side of a body that faces +Z). Value type.
struct Camera {
    Eigen::Vector3f target = Eigen::Vector3f(0.0F, 0.9F, 0.0F);
    float yaw = 0.0F;                 ///< radians
    float pitch = 0.0F;               ///< radians, positive looks down from above
    float distance = 4.0F;            ///< metres from the target
    float verticalFieldOfView = 0.5F; ///< radians

    [[nodiscard]] Eigen::Vector3f position() const;
    /// Axes of the camera in the world, as rows: right, up, backwards (towards the viewer).
    [[nodiscard]] Eigen::Matrix3f viewRotation() const;
    [[nodiscard]] Eigen::Matrix4f viewFromWorld() const;
    /// OpenGL clip space; `aspect` is width / height.
    [[nodiscard]] Eigen::Matrix4f clipFromView(float aspect) const;
    /// Pixel of a world point, origin top left; the third value is > 0 in front of the camera.
    [[nodiscard]] Eigen::Vector3f project(const Eigen::Vector3f& world, int width,
                                          int height) const;
};

/// What happened with the pointer, in pixels of a view `viewHeight` pixels high.
[[nodiscard]] Camera orbited(Camera camera, float dxPixels, float dyPixels);
[[nodiscard]] Camera panned(Camera camera, float dxPixels, float dyPixels, int viewHeight);
/// Positive pixels come nearer. The distance stays between 0.15 and 60 m.
[[nodiscard]] Camera dollied(Camera camera, float pixels);
/// Moves the target by the root's way, so that the body stays where it is in the picture.
[[nodiscard]] Camera followed(Camera camera, const Eigen::Vector3f& rootBefore,
                              const Eigen::Vector3f& rootNow);

enum class CameraPreset { Front, ThreeQuarter, Side, Back, Hands, Face };

/// Where the body is; the caller knows the joints, the camera does not.
struct CameraSubject {
    Box bounds;                                         ///< of the whole body
    Eigen::Vector3f face = Eigen::Vector3f::Zero();     ///< between the eyes
    Eigen::Vector3f leftHand = Eigen::Vector3f::Zero(); ///< middle of each hand
    Eigen::Vector3f rightHand = Eigen::Vector3f::Zero();
    float facingYaw = 0.0F; ///< radians; 0 when the body faces +Z
};

/// The picture to fill.
struct PictureFrame {
    int width = 1280;
    int height = 720;
    int reservedTop = 0;  ///< pixels under tool bars, kept free
    float margin = 0.06F; ///< share of the free height kept empty on every side
};

/// Camera with the direction of `camera` that shows the whole box, centred in the free part of the
/// frame. An empty box gives `camera` back.
[[nodiscard]] Camera framed(Camera camera, const Box& box, const PictureFrame& frame);

[[nodiscard]] Camera presetCamera(CameraPreset preset, const CameraSubject& subject,
                                  const PictureFrame& frame);

/// Smooth way between two cameras: t in [0, 1], eased; the shorter way round; distances in equal
/// ratios. t = 0 gives `from`, t = 1 gives `to`.
[[nodiscard]] Camera interpolated(const Camera& from, const Camera& to, float t);

} // namespace gesture::render
