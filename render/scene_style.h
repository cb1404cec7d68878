// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace gesture::render {

/// sRGB, each channel in [0, 1].
using Rgb = std::array<float, 3>;

/// 0xRRGGBB as sRGB.
[[nodiscard]] constexpr Rgb rgbFromHex(std::uint32_t hex) {
    return {static_cast<float>((hex >> 16) & 0xFF) / 255.0F,
            static_cast<float>((hex >> 8) & 0xFF) / 255.0F,
            static_cast<float>(hex & 0xFF) / 255.0F};
}

enum class Shading {
    Shaded,   ///< The body alone.
    Skeleton, ///< Bones and joints alone.
    Both,     ///< The body as glass, the skeleton inside.
    Wire,     ///< The edges of the mesh.
};

/// High for stills and videos; Interactive keeps 30 pictures a second without a graphics card.
enum class RenderQuality { High, Interactive };

/// Whether the lights stand still in the world or turn with the camera, so that every view is lit
/// from the upper left.
enum class LightRig { WithCamera, FixedInWorld };

/// How a scene looks. Colours come from the caller's theme; the defaults suit dark pictures.
struct SceneStyle {
    Shading shading = Shading::Shaded;
    RenderQuality quality = RenderQuality::Interactive;
    LightRig lights = LightRig::WithCamera;
    Rgb backgroundCentre = rgbFromHex(0x2A2E35);
    Rgb backgroundEdge = rgbFromHex(0x14161A);
    Rgb gridColour = rgbFromHex(0x3A4049);
    bool transparentBackground = false; ///< no gradient; shadow and grid stay, with alpha
    bool showGrid = true;
    bool showGroundShadow = true;
    float groundHeight = 0.0F; ///< metres
    Rgb boneColour = rgbFromHex(0xB9C4D6);
    Rgb jointColour = rgbFromHex(0x8B9AFF);
    Rgb wireColour = rgbFromHex(0x8B9AFF);
    float outlinePixels = 1.2F; ///< thickness of outlines, pixels of the picture
};

} // namespace gesture::render
