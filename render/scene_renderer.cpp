// SPDX-License-Identifier: Apache-2.0
#include "render/scene_renderer.h"

#include "render/avatar_renderer.h"
#include "render/deformer.h"
#include "render/floor_renderer.h"
#include "render/frame_uniforms.h"
#include "render/gl_state.h"
#include "render/headless_context.h"
#include "render/mesh_check.h"
#include "render/shadow_renderer.h"
#include "render/skeleton_renderer.h"
#include "render/split_mesh.h"
#include "render/surfaces.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <epoxy/gl.h>
#include <fmt/format.h>
#include <optional>

namespace gesture::render {

namespace {

constexpr std::size_t kMaxFigures = 32;

/// The pose in which nothing moves.
AvatarPose restPose(const AvatarMesh& mesh) {
    AvatarPose pose;
    JointTransform identity = JointTransform::Zero();
    identity.leftCols<3>().setIdentity();
    pose.worldFromRest.assign(static_cast<std::size_t>(mesh.jointCount), identity);
    return pose;
}

Status checkSize(int width, int height) {
    if (width > 0 && height > 0 && width <= kMaxImageSide && height <= kMaxImageSide)
        return Status::success();
    return Error(ErrorCode::Usage,
                 fmt::format("A picture of {} x {} pixels cannot be drawn: sides must lie between "
                             "1 and {}.",
                             width, height, kMaxImageSide));
}

std::vector<std::array<float, 4>> linearColours(const Figure& figure) {
    std::vector<std::array<float, 4>> colours;
    for (const auto& [red, green, blue, share] : figure.jointColours)
        colours.push_back({linearFromSrgb(red), linearFromSrgb(green), linearFromSrgb(blue),
                           std::clamp(share, 0.0F, 1.0F)});
    return colours;
}

/// Pixels of the picture that figures in this box may touch; the whole picture when the camera is
/// close to it.
PixelRectangle coveredRectangle(const Eigen::Matrix4f& clipFromWorld, const Box& bounds, int width,
                                int height) {
    if (bounds.isEmpty()) return {};
    constexpr float kRoomMetres = 0.08F; // for blend shapes, and for bones outside the skin
    const Eigen::Vector3f room = Eigen::Vector3f::Constant(kRoomMetres);
    const Box box(bounds.min() - room, bounds.max() + room);
    const Eigen::Array2f size(static_cast<float>(width), static_cast<float>(height));
    Eigen::Array2f low = size;
    Eigen::Array2f high = Eigen::Array2f::Zero();
    for (int i = 0; i < 8; ++i) {
        const Eigen::Vector3f corner = box.corner(static_cast<Box::CornerType>(i));
        const Eigen::Vector4f clip = clipFromWorld * corner.homogeneous();
        if (clip.w() < 0.05F) return {0, 0, width, height};
        const Eigen::Array2f pixel = (0.5F + 0.5F * clip.head<2>().array() / clip.w()) * size;
        low = low.min(pixel);
        high = high.max(pixel);
    }
    const Eigen::Array2i first = low.max(0.0F).min(size).floor().cast<int>();
    const Eigen::Array2i last = high.max(0.0F).min(size).ceil().cast<int>();
    const Eigen::Array2i extent = (last - first).max(0);
    return {first.x(), first.y(), extent.x(), extent.y()};
}

/// Pixels that a metre covers at the nearest side of the box.
float pixelsPerMetre(const Camera& camera, const Box& bounds, int height) {
    const float distance = std::max(0.1F, bounds.exteriorDistance(camera.position()));
    return 0.5F * static_cast<float>(height) /
           (std::tan(0.5F * camera.verticalFieldOfView) * distance);
}

/// Straight alpha from premultiplied, and the top row first.
void finishPixels(const std::vector<std::uint8_t>& bottomUp, bool hasAlpha, Image& image) {
    const std::size_t row = 4 * static_cast<std::size_t>(image.width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y)
        std::memcpy(image.pixels.data() + y * row,
                    bottomUp.data() + (static_cast<std::size_t>(image.height) - 1 - y) * row, row);
    if (!hasAlpha) return;
    for (std::size_t i = 0; i < image.pixels.size(); i += 4) {
        const int alpha = image.pixels[i + 3];
        for (std::size_t c = 0; alpha > 0 && c < 3; ++c)
            image.pixels[i + c] = static_cast<std::uint8_t>(
                std::min(255, (255 * image.pixels[i + c] + alpha / 2) / alpha));
    }
}

} // namespace

/// Everything inside; the header shows none of it.
struct SceneRenderer::Parts {
    Parts(Deformer deform, ShadowRenderer shadow, FloorRenderer ground, AvatarRenderer body,
          SkeletonRenderer bones)
        : deformer(std::move(deform))
        , shadows(std::move(shadow))
        , floor(std::move(ground))
        , avatar(std::move(body))
        , skeleton(std::move(bones)) {}

    Deformer deformer;
    ShadowRenderer shadows;
    FloorRenderer floor;
    AvatarRenderer avatar;
    SkeletonRenderer skeleton;
    MultisampleSurface figureSurface;
    PictureSurface pictureSurface; ///< of renderTo
    PictureSurface updatedSurface; ///< of updateImage
    PixelRectangle touched;        ///< where `updatedSurface` shows figures or their shade
    bool isUpdated = false;        ///< `updatedSurface` shows the background that `floor` keeps
    GlBuffer frameBlock;

    SceneStyle style;
    std::optional<GpuMesh> gpuMesh;
    AvatarMesh description; ///< what poses are checked against: counts, parents, rest positions
    std::vector<Box> restBoxes;
    std::vector<Figure> figures; ///< bodies before outlines
    std::vector<DeformedMesh> deformed;
    bool stale = false; ///< the deformed meshes do not show the figures yet
    std::vector<std::uint8_t> bottomUp;

    [[nodiscard]] Box bounds() const {
        Box box;
        for (const Figure& figure : figures)
            box.extend(posedBounds(restBoxes, figure.pose));
        return box;
    }

    /// Figures that cast shadows.
    [[nodiscard]] std::size_t bodyCount() const {
        return static_cast<std::size_t>(
            std::ranges::count(figures, FigureForm::Body, &Figure::form));
    }

    void deform();
    [[nodiscard]] std::vector<int> lowJoints(const AvatarPose& pose) const;
    FrameSetup prepare(const Camera& camera, int width, int height);
    /// `before`: what figures and shade touch in the picture that the target still holds; nothing:
    /// the target is drawn whole. Puts there what they touch now, and returns what changed.
    [[nodiscard]] Result<PixelRectangle> drawInto(const Camera& camera, const RenderTarget& target,
                                                  PixelRectangle* before = nullptr);
    void readBack(const PixelRectangle& part, Image& image);
    void drawFigures(const Eigen::Matrix4f& clipFromWorld, float pixels) const;
};

/// Brings the deformed meshes up to date.
void SceneRenderer::Parts::deform() {
    if (!gpuMesh || !stale) return;
    deformed.resize(std::min(deformed.size(), figures.size()));
    while (deformed.size() < figures.size())
        deformed.push_back(makeDeformedMesh(*gpuMesh));
    for (std::size_t i = 0; i < figures.size(); ++i)
        deformer.run(*gpuMesh, figures[i].pose, description.shapeCount, linearColours(figures[i]),
                     deformed[i]);
    stale = false;
}

std::vector<int> SceneRenderer::Parts::lowJoints(const AvatarPose& pose) const {
    std::vector<int> low;
    for (std::size_t j = 0; j < restBoxes.size(); ++j) {
        const Box box = posedBox(restBoxes[j], pose.worldFromRest[j]);
        if (box.min().y() < style.groundHeight + kContactHeightMetres)
            low.push_back(static_cast<int>(j));
    }
    return low;
}

/// Poses, shadows and the light on the floor; binds the Frame block.
FrameSetup SceneRenderer::Parts::prepare(const Camera& camera, int width, int height) {
    deform();
    FrameSetup setup = frameSetup(camera, style, bounds(), width, height);
    glBindBuffer(GL_UNIFORM_BUFFER, frameBlock.id());
    glBufferData(GL_UNIFORM_BUFFER, sizeof(FrameUniforms), &setup.uniforms, GL_STREAM_DRAW);
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, frameBlock.id());
    const QualitySettings quality = settingsFor(style.quality);
    for (std::size_t i = 0; gpuMesh && i < figures.size(); ++i)
        deformed[i].lowJoints = lowJoints(figures[i].pose);
    const std::span<const DeformedMesh> shown =
        gpuMesh ? std::span<const DeformedMesh>(deformed).first(bodyCount())
                : std::span<const DeformedMesh>();
    const GpuMesh none;
    shadows.draw(setup, quality, gpuMesh ? *gpuMesh : none, shown);
    floor.drawLight(setup, shadows, style.quality);
    return setup;
}

void SceneRenderer::Parts::drawFigures(const Eigen::Matrix4f& clipFromWorld, float pixels) const {
    for (std::size_t i = 0; i < deformed.size() && i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        if (figure.form == FigureForm::Outline) {
            avatar.drawOutline(*gpuMesh, deformed[i], {figure.tint, style.outlinePixels}, shadows,
                               clipFromWorld);
            continue;
        }
        const Rgb tint = linearFromSrgb(figure.tint);
        const AvatarRenderer::Look look{{tint[0], tint[1], tint[2], figure.tintAmount},
                                        style.wireColour,
                                        style.quality,
                                        pixels};
        if (style.shading == Shading::Skeleton || style.shading == Shading::Both)
            skeleton.draw(figure.pose.joints, description.jointParents, style);
        switch (style.shading) {
        case Shading::Shaded:
            avatar.drawSolid(*gpuMesh, deformed[i], look, shadows);
            break;
        case Shading::Both:
            avatar.drawGlass(*gpuMesh, deformed[i], look, shadows, clipFromWorld);
            break;
        case Shading::Wire:
            avatar.drawWire(*gpuMesh, deformed[i], look, shadows, clipFromWorld);
            break;
        case Shading::Skeleton:
            break;
        }
    }
}

/// Gradient and floor are drawn once a pixel; the figures, in the rectangle that they cover, with
/// several samples, and laid over.
Result<PixelRectangle> SceneRenderer::Parts::drawInto(const Camera& camera,
                                                      const RenderTarget& target,
                                                      PixelRectangle* before) {
    const FrameSetup setup = prepare(camera, target.width, target.height);
    const Eigen::Matrix4f clipFromWorld(setup.uniforms.clipFromWorld.data());
    const PixelRectangle covered =
        coveredRectangle(clipFromWorld, bounds(), target.width, target.height);
    const bool hasFigures = gpuMesh && !covered.empty();
    PixelRectangle changed{0, 0, target.width, target.height};
    if (before != nullptr) {
        PixelRectangle now = covered;
        if (style.showGroundShadow)
            now = united(now, FloorRenderer::shadedPart(setup, target.width, target.height));
        if (floor.showsStill(setup.uniforms)) changed = united(*before, now);
        *before = now;
    }
    if (hasFigures) {
        auto status = figureSurface.reserve(covered.width, covered.height);
        if (!status) return std::move(status).error();
        figureSurface.begin();
        glViewport(-covered.x, -covered.y, target.width, target.height);
        glEnable(GL_SCISSOR_TEST);
        glScissor(0, 0, covered.width, covered.height);
        drawFigures(clipFromWorld, pixelsPerMetre(camera, bounds(), target.height));
        glDisable(GL_SCISSOR_TEST);
    }
    if (auto status = floor.draw(setup, target, style, changed); !status)
        return std::move(status).error();
    if (hasFigures)
        floor.layOver(figureSurface,
                      {target.x + covered.x, target.y + covered.y, covered.width, covered.height});
    return changed;
}

/// Reads an opaque part of the bound picture into the same place of an image of its size.
void SceneRenderer::Parts::readBack(const PixelRectangle& part, Image& image) {
    if (part.empty()) return;
    const std::size_t row = 4 * static_cast<std::size_t>(part.width);
    bottomUp.resize(row * static_cast<std::size_t>(part.height));
    glReadPixels(part.x, part.y, part.width, part.height, GL_RGBA, GL_UNSIGNED_BYTE,
                 bottomUp.data());
    for (int y = 0; y < part.height; ++y) {
        const auto place = static_cast<std::size_t>(image.height - 1 - part.y - y) *
                               static_cast<std::size_t>(image.width) +
                           static_cast<std::size_t>(part.x);
        std::memcpy(image.pixels.data() + 4 * place,
                    bottomUp.data() + static_cast<std::size_t>(y) * row, row);
    }
}

SceneRenderer::SceneRenderer(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
SceneRenderer::~SceneRenderer() = default;

Result<std::unique_ptr<SceneRenderer>> SceneRenderer::create() {
    if (auto context = describeCurrentContext(); !context) return std::move(context).error();
    const GlStateGuard guard;
    auto deformer = Deformer::create();
    if (!deformer) return std::move(deformer).error();
    auto shadows = ShadowRenderer::create();
    if (!shadows) return std::move(shadows).error();
    auto floor = FloorRenderer::create();
    if (!floor) return std::move(floor).error();
    auto avatar = AvatarRenderer::create();
    if (!avatar) return std::move(avatar).error();
    auto skeleton = SkeletonRenderer::create();
    if (!skeleton) return std::move(skeleton).error();
    auto parts =
        std::make_unique<Parts>(std::move(*deformer), std::move(*shadows), std::move(*floor),
                                std::move(*avatar), std::move(*skeleton));
    parts->frameBlock = GlBuffer::make();
    return std::unique_ptr<SceneRenderer>(new SceneRenderer(std::move(parts)));
}

Status SceneRenderer::setMesh(const AvatarMesh& mesh) {
    if (auto status = checkMesh(mesh); !status) return status;
    const GlStateGuard guard;
    auto uploaded = uploadMesh(mesh);
    if (!uploaded) return std::move(uploaded).error();
    parts_->deformed.clear();
    parts_->gpuMesh = std::move(*uploaded);
    parts_->restBoxes = restBoxes(mesh);
    parts_->description = AvatarMesh{};
    parts_->description.jointCount = mesh.jointCount;
    parts_->description.shapeCount = mesh.shapeCount;
    parts_->description.jointParents = mesh.jointParents;
    parts_->description.positions = mesh.positions;
    parts_->figures.assign(1, Figure{});
    parts_->figures[0].pose = restPose(mesh);
    parts_->stale = true;
    return Status::success();
}

Status SceneRenderer::setPose(const AvatarPose& pose) {
    Figure figure;
    figure.pose = pose;
    return setFigures(std::span(&figure, 1));
}

Status SceneRenderer::setFigures(std::span<const Figure> figures) {
    if (!parts_->gpuMesh)
        return Error(ErrorCode::Usage, "A pose cannot be shown before an avatar is loaded.");
    if (figures.size() > kMaxFigures)
        return Error(ErrorCode::LimitExceeded,
                     fmt::format("{} bodies cannot be shown at once; at most {}.", figures.size(),
                                 kMaxFigures));
    const auto joints = static_cast<std::size_t>(parts_->description.jointCount);
    for (const Figure& figure : figures) {
        if (auto status = checkPose(parts_->description, figure.pose); !status) return status;
        if (!figure.jointColours.empty() && figure.jointColours.size() != joints)
            return Error(ErrorCode::InvalidInput,
                         fmt::format("{} joint colours do not fit an avatar of {} joints.",
                                     figure.jointColours.size(), joints));
    }
    parts_->figures.assign(figures.begin(), figures.end());
    std::ranges::stable_partition(parts_->figures, [](const Figure& figure) {
        return figure.form == FigureForm::Body; // outlines lie over bodies
    });
    parts_->stale = true;
    return Status::success();
}

void SceneRenderer::setStyle(const SceneStyle& style) { parts_->style = style; }

const SceneStyle& SceneRenderer::style() const { return parts_->style; }

Box SceneRenderer::bounds() const { return parts_->bounds(); }

Status SceneRenderer::draw(const Camera& camera, const RenderTarget& target) {
    if (auto status = checkSize(target.width, target.height); !status) return status;
    const GlStateGuard guard;
    parts_->isUpdated = false;
    if (auto drawn = parts_->drawInto(camera, target); !drawn) return std::move(drawn).error();
    return Status::success();
}

Status SceneRenderer::renderTo(Image& image, const Camera& camera, int width, int height) {
    if (auto status = checkSize(width, height); !status) return status;
    const GlStateGuard guard;
    Parts& parts = *parts_;
    if (auto status = parts.pictureSurface.resize(width, height); !status) return status;
    const RenderTarget target{parts.pictureSurface.framebuffer(), width, height};
    parts.isUpdated = false;
    if (auto drawn = parts.drawInto(camera, target); !drawn) return std::move(drawn).error();
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target.framebuffer);
    image.width = width;
    image.height = height;
    image.pixels.resize(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    parts.bottomUp.resize(image.pixels.size());
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, parts.bottomUp.data());
    finishPixels(parts.bottomUp, parts.style.transparentBackground, image);
    return Status::success();
}

Result<Image> SceneRenderer::renderToImage(const Camera& camera, int width, int height) {
    Image image;
    if (auto status = renderTo(image, camera, width, height); !status)
        return std::move(status).error();
    return image;
}

Result<PixelRectangle> SceneRenderer::updateImage(Image& image, const Camera& camera, int width,
                                                  int height) {
    if (parts_->style.transparentBackground) {
        if (auto status = renderTo(image, camera, width, height); !status)
            return std::move(status).error();
        return PixelRectangle{0, 0, width, height};
    }
    if (auto status = checkSize(width, height); !status) return std::move(status).error();
    const GlStateGuard guard;
    Parts& parts = *parts_;
    const bool keeps = parts.isUpdated && image.width == width && image.height == height;
    parts.isUpdated = false;
    if (auto status = parts.updatedSurface.resize(width, height); !status)
        return std::move(status).error();
    if (!keeps) parts.touched = {0, 0, width, height};
    image.width = width;
    image.height = height;
    image.pixels.resize(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    auto changed =
        parts.drawInto(camera, {parts.updatedSurface.framebuffer(), width, height}, &parts.touched);
    if (!changed) return changed;
    glBindFramebuffer(GL_READ_FRAMEBUFFER, parts.updatedSurface.framebuffer());
    parts.readBack(*changed, image);
    parts.isUpdated = true;
    return changed;
}

std::vector<std::array<float, 3>> SceneRenderer::readSkinnedVertices() {
    if (!parts_->gpuMesh || parts_->figures.empty()) return {};
    const GlStateGuard guard;
    parts_->deform();
    std::vector<std::array<float, 4>> values(
        static_cast<std::size_t>(parts_->gpuMesh->vertexCount));
    glBindBuffer(GL_ARRAY_BUFFER, parts_->deformed[0].positions.id());
    glGetBufferSubData(GL_ARRAY_BUFFER, 0,
                       static_cast<GLsizeiptr>(values.size() * sizeof(values[0])), values.data());
    std::vector<std::array<float, 3>> positions;
    positions.reserve(values.size());
    for (const auto& value : values)
        positions.push_back({value[0], value[1], value[2]});
    return positions;
}

} // namespace gesture::render
