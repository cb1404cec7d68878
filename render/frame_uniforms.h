// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/camera.h"
#include "render/scene_style.h"

#include <Eigen/Core>
#include <array>

namespace gesture::render {

/// What every pass of one picture shares; the std140 layout of shaders/frame.glsl, where each value
/// is explained.
struct FrameUniforms {
    using Vec4 = std::array<float, 4>;
    using Mat4 = std::array<float, 16>; ///< column after column
    Mat4 clipFromWorld{};
    Mat4 shadowFromWorld{};
    Mat4 topFromWorld{};
    Vec4 eye{};
    Vec4 keyDirection{};
    Vec4 keyColour{};
    Vec4 fillDirection{};
    Vec4 fillColour{};
    Vec4 rimDirection{};
    Vec4 rimColour{};
    Vec4 skyAmbient{};
    Vec4 floorAmbient{};
    Vec4 backgroundCentre{};
    Vec4 backgroundEdge{};
    Vec4 gridColour{};
    Vec4 floorRegion{};
    Vec4 floorMiddle{};
    Vec4 floorShade{};
    Vec4 shadowFilter{};
    Vec4 rayForward{};
    Vec4 rayRight{};
    Vec4 rayUp{};
    Vec4 viewport{};

    bool operator==(const FrameUniforms&) const = default;
};

/// Sizes that trade beauty for speed.
struct QualitySettings {
    int shadowSize;     ///< texels a side of the key light's map
    int topSize;        ///< of the map seen from above
    int floorLightSize; ///< of the light on the floor
};
[[nodiscard]] QualitySettings settingsFor(RenderQuality quality);

/// A rectangle of the floor, x and z in world metres.
using FloorBox = Eigen::AlignedBox2f;

/// The lights and cameras of one picture.
struct FrameSetup {
    FrameUniforms uniforms;
    Eigen::Matrix4f clipFromWorldKey; ///< of the key light's depth map
    Eigen::Matrix4f clipFromWorldTop; ///< of the depth map from above
    FloorBox shaded;                  ///< where figures take light from the floor
};

/// Height above the floor up to which a body shades it by contact, metres.
inline constexpr float kContactHeightMetres = 0.5F;

/// `bounds` is the box around all figures; it may be empty.
[[nodiscard]] FrameSetup frameSetup(const Camera& camera, const SceneStyle& style,
                                    const Box& bounds, int width, int height);

/// One channel of sRGB as linear light.
[[nodiscard]] float linearFromSrgb(float value);
[[nodiscard]] Rgb linearFromSrgb(const Rgb& colour);

} // namespace gesture::render
