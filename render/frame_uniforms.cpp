// SPDX-License-Identifier: Apache-2.0
#include "render/frame_uniforms.h"

#include <algorithm>
#include <cmath>

namespace gesture::render {

namespace {

using Vector = Eigen::Vector3f;
using Vec4 = FrameUniforms::Vec4;

constexpr float kLightRadius = 0.075F; ///< tangent of the key light's angular radius
constexpr float kBodyBlurMetres = 0.011F;
constexpr float kContactReachMetres = 0.2F; ///< how far beside a body it shades the floor
constexpr float kShadowReachMetres = 6.0F;  ///< how far behind the body the key's map tells depth

Vec4 vec4(const Vector& v, float w = 0.0F) { return {v.x(), v.y(), v.z(), w}; }

Vec4 vec4(const Rgb& colour, float w = 0.0F) { return {colour[0], colour[1], colour[2], w}; }

Vec4 scaled(const Rgb& colour, float factor) {
    return {colour[0] * factor, colour[1] * factor, colour[2] * factor, 0.0F};
}

FrameUniforms::Mat4 columns(const Eigen::Matrix4f& matrix) {
    FrameUniforms::Mat4 values{};
    std::copy(matrix.data(), matrix.data() + 16, values.begin());
    return values;
}

/// Direction towards a light; azimuth from the camera's side of the body, positive to its right.
Vector towardsLight(float rigYaw, float azimuthDegrees, float elevationDegrees) {
    const float azimuth = rigYaw + azimuthDegrees * 0.0174533F;
    const float elevation = elevationDegrees * 0.0174533F;
    return {std::sin(azimuth) * std::cos(elevation), std::sin(elevation),
            std::cos(azimuth) * std::cos(elevation)};
}

float lumaOf(const Rgb& linear) {
    return 0.2126F * linear[0] + 0.7152F * linear[1] + 0.0722F * linear[2];
}

Rgb mixed(const Rgb& a, const Rgb& b, float share) {
    Rgb result{};
    for (std::size_t i = 0; i < 3; ++i)
        result[i] = a[i] + share * (b[i] - a[i]);
    return result;
}

/// Orthographic clip space with `towards` as the axis to the viewer.
Eigen::Matrix4f orthographic(const Eigen::Matrix3f& rotation, const Box& region) {
    Eigen::Matrix4f clip = Eigen::Matrix4f::Identity();
    for (int axis = 0; axis < 3; ++axis) {
        const float low = region.min()[axis];
        const float high = region.max()[axis];
        const float scale = 2.0F / (high - low);
        // Depth grows away from the viewer.
        const float sign = axis == 2 ? -1.0F : 1.0F;
        clip.block<1, 3>(axis, 0) = sign * scale * rotation.row(axis);
        clip(axis, 3) = -sign * scale * 0.5F * (low + high);
    }
    return clip;
}

Eigen::Matrix4f textureFromClip() {
    Eigen::Matrix4f matrix = Eigen::Matrix4f::Identity();
    matrix.topLeftCorner<3, 3>() *= 0.5F;
    matrix.topRightCorner<3, 1>().setConstant(0.5F);
    return matrix;
}

Eigen::Matrix3f axesTowards(const Vector& towards) {
    Eigen::Matrix3f rows;
    const Vector helper = std::abs(towards.y()) < 0.95F ? Vector::UnitY() : Vector::UnitZ();
    rows.row(2) = towards;
    rows.row(0) = helper.cross(towards).normalized();
    rows.row(1) = towards.cross(Vector(rows.row(0)));
    return rows;
}

/// Light-space box around the bounds: square, snapped to texels, so that edges do not crawl.
Box keyRegion(const Eigen::Matrix3f& rotation, const Box& bounds, int mapSize) {
    Box seen;
    for (int i = 0; i < 8; ++i)
        seen.extend(Vector(rotation * bounds.corner(static_cast<Box::CornerType>(i))));
    constexpr float kStep = 0.25F;
    const float side = kStep * std::ceil((seen.sizes().head<2>().maxCoeff() + 0.10F) / kStep);
    const float texel = side / static_cast<float>(mapSize);
    Vector centre = seen.center();
    centre.head<2>() = (centre.head<2>() / texel).array().round() * texel;
    const float half = 0.5F * side;
    return {Vector(centre.x() - half, centre.y() - half, seen.min().z() - kShadowReachMetres),
            Vector(centre.x() + half, centre.y() + half, seen.max().z() + 0.1F)};
}

void addLights(const Camera& camera, const SceneStyle& style, FrameUniforms& frame) {
    const float yaw = style.lights == LightRig::WithCamera ? camera.yaw : 0.0F;
    // A bright room sends more light back than a dark one.
    const Rgb room =
        mixed(linearFromSrgb(style.backgroundCentre), linearFromSrgb(style.backgroundEdge), 0.5F);
    const float bright = std::clamp(std::sqrt(lumaOf(room)), 0.0F, 1.0F);
    frame.keyDirection = vec4(towardsLight(yaw, -38.0F, 46.0F));
    frame.keyColour = {1.02F, 0.97F, 0.90F, kLightRadius};
    frame.fillDirection = vec4(towardsLight(camera.yaw, 55.0F, 12.0F));
    frame.fillColour = scaled({0.90F, 0.96F, 1.0F}, 0.13F + 0.07F * bright);
    frame.rimDirection = vec4(towardsLight(camera.yaw, 152.0F, 34.0F));
    frame.rimColour = scaled({0.93F, 0.97F, 1.0F}, 1.5F - 0.5F * bright);
    const float ambient = 0.20F + 0.24F * bright;
    frame.skyAmbient = scaled(mixed({0.92F, 0.97F, 1.06F}, room, 0.10F), ambient);
    frame.floorAmbient = scaled(mixed({1.02F, 0.98F, 0.94F}, room, 0.25F), 0.55F * ambient);
    frame.floorShade = {0.62F - 0.30F * bright, 0.72F - 0.30F * bright, 0.035F * (1.0F - bright),
                        kContactHeightMetres};
}

/// The region moves in whole steps, so that the shadow's edge does not crawl while the arms change
/// the bounds. The fading follows the camera's target, which stands still or follows the root.
void addFloor(const Camera& camera, const SceneStyle& style, const Box& bounds,
              FrameUniforms& frame) {
    constexpr float kStep = 0.25F;
    // Far enough for the shadow of a standing body, without losing texels on empty floor.
    const float tall = std::clamp(bounds.max().y() - style.groundHeight, 0.2F, 2.6F);
    const Vector centre = bounds.center();
    const Vector key(frame.keyDirection.data());
    const float half = 0.5F * bounds.sizes().maxCoeff() + 0.55F * tall;
    const auto stepped = [](float value) { return kStep * std::round(value / kStep); };
    frame.floorRegion = {
        stepped(centre.x() - 0.45F * tall * key.x()), stepped(centre.z() - 0.45F * tall * key.z()),
        std::max(kStep * std::ceil(half / kStep) + 0.5F * kStep, 0.8F), style.groundHeight};
    frame.floorMiddle = {camera.target.x(), camera.target.z(), 0.0F, 0.0F};
    if (!style.showGroundShadow) frame.floorShade = {0.0F, 0.0F, 0.0F, kContactHeightMetres};
}

void addRays(const Camera& camera, float aspect, FrameUniforms& frame) {
    const Eigen::Matrix3f axes = camera.viewRotation();
    const float slope = std::tan(0.5F * camera.verticalFieldOfView);
    frame.rayForward = vec4(-axes.row(2));
    frame.rayRight = vec4(slope * aspect * axes.row(0));
    frame.rayUp = vec4(slope * axes.row(1));
}

Eigen::Matrix4f topClip(const FrameUniforms& frame) {
    const auto& [x, z, half, height] = frame.floorRegion;
    const Eigen::Matrix3f rotation = axesTowards(Vector::UnitY());
    const Vector centre = rotation * Vector(x, height, z);
    // Depth 1 lies on the floor; a little below, so that the floor itself is no blocker.
    const Vector low(centre.x() - half, centre.y() - half, height);
    const Vector high(centre.x() + half, centre.y() + half, height + kContactHeightMetres);
    return orthographic(rotation, {low, high});
}

/// The shadow of the bounds, with its soft edge, and what lies close around them. Inside of the
/// region that light is computed for.
FloorBox shadedFloor(const FrameUniforms& frame, const Box& bounds) {
    const auto& [x, z, half, height] = frame.floorRegion;
    const Vector key(frame.keyDirection.data());
    const float tall = std::max(bounds.max().y() - height, 0.0F);
    // What lies at the top is farthest from its shadow, whose edge is softest there; the sampling
    // looks a little farther.
    const float toFloor = tall / std::max(key.y(), 0.1F);
    const float soft = 0.10F + 1.6F * kLightRadius * toFloor;
    FloorBox box;
    for (const float reach : {0.0F, toFloor}) {
        const Eigen::Vector2f shift(-reach * key.x(), -reach * key.z());
        box.extend(Eigen::Vector2f(bounds.min().x(), bounds.min().z()) + shift);
        box.extend(Eigen::Vector2f(bounds.max().x(), bounds.max().z()) + shift);
    }
    const float around = std::max(soft, kContactReachMetres);
    const Eigen::Vector2f grown = Eigen::Vector2f::Constant(around);
    const Eigen::Vector2f middle(x, z);
    const Eigen::Vector2f sides = Eigen::Vector2f::Constant(half);
    return FloorBox(box.min() - grown, box.max() + grown)
        .intersection(FloorBox(middle - sides, middle + sides));
}

} // namespace

float linearFromSrgb(float value) {
    return value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
}

Rgb linearFromSrgb(const Rgb& colour) {
    return {linearFromSrgb(colour[0]), linearFromSrgb(colour[1]), linearFromSrgb(colour[2])};
}

QualitySettings settingsFor(RenderQuality quality) {
    switch (quality) {
    case RenderQuality::High:
        return {2048, 1024, 768};
    case RenderQuality::Interactive:
        return {640, 256, 160};
    }
    return {};
}

FrameSetup frameSetup(const Camera& camera, const SceneStyle& style, const Box& bounds, int width,
                      int height) {
    const Box around =
        bounds.isEmpty() ? Box(Vector(-0.5F, 0.0F, -0.5F), Vector(0.5F, 1.8F, 0.5F)) : bounds;
    const QualitySettings quality = settingsFor(style.quality);
    FrameSetup setup;
    FrameUniforms& frame = setup.uniforms;
    const float aspect = static_cast<float>(width) / static_cast<float>(height);
    frame.clipFromWorld = columns(camera.clipFromView(aspect) * camera.viewFromWorld());
    frame.eye = vec4(camera.position());
    addLights(camera, style, frame);
    addFloor(camera, style, around, frame);
    const Vector key(frame.keyDirection.data());
    const Eigen::Matrix3f keyAxes = axesTowards(key);
    const Box region = keyRegion(keyAxes, around, quality.shadowSize);
    setup.clipFromWorldKey = orthographic(keyAxes, region);
    setup.clipFromWorldTop = topClip(frame);
    setup.shaded = shadedFloor(frame, around);
    frame.shadowFromWorld = columns(textureFromClip() * setup.clipFromWorldKey);
    frame.topFromWorld = columns(textureFromClip() * setup.clipFromWorldTop);
    frame.keyDirection[3] = region.sizes().z();
    frame.shadowFilter = {region.sizes().x() / static_cast<float>(quality.shadowSize),
                          kBodyBlurMetres / region.sizes().x(), 1.0F / region.sizes().x(), 0.0F};
    frame.backgroundCentre =
        vec4(style.backgroundCentre, style.transparentBackground ? 0.0F : 1.0F);
    frame.backgroundEdge = vec4(style.backgroundEdge);
    frame.gridColour = vec4(style.gridColour, style.showGrid ? 0.9F : 0.0F);
    addRays(camera, aspect, frame);
    frame.viewport = {static_cast<float>(width), static_cast<float>(height), 0.0F, 0.0F};
    return setup;
}

} // namespace gesture::render
