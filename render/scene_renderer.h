// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "render/avatar_mesh.h"
#include "render/camera.h"
#include "render/image.h"
#include "render/pixel_rectangle.h"
#include "render/render_target.h"
#include "render/scene_style.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace gesture::render {

/// How a figure is drawn: as the style's shading says, or as its contour alone (a ghost), which
/// hides nothing and casts no shadow.
enum class FigureForm { Body, Outline };

/// One body in the scene. Several may be shown at once (take A and B overlaid).
struct Figure {
    AvatarPose pose;
    FigureForm form = FigureForm::Body; ///< Outlines have the colour of `tint`.
    Rgb tint{1.0F, 1.0F, 1.0F};         ///< sRGB, mixed into every part's colour
    float tintAmount = 0.0F;            ///< [0, 1]
    /// Colour and share [0, 1] per joint, spread by the skin weights (heat maps): sRGB + share.
    /// (joints), or empty.
    std::vector<std::array<float, 4>> jointColours;
};

/// Draws an avatar on a floor: the one entry to the renderer. Owns all of its OpenGL objects and
/// works in any current OpenGL 4.1 core context, a foreign one too: every call leaves the state as
/// it found it (see GlStateGuard). One thread: the context's. Destroy it while the context is
/// current.
class SceneRenderer {
public:
    /// Compiles the shaders. Unavailable without a fitting context.
    [[nodiscard]] static Result<std::unique_ptr<SceneRenderer>> create();
    ~SceneRenderer();
    SceneRenderer(const SceneRenderer&) = delete;
    SceneRenderer& operator=(const SceneRenderer&) = delete;

    /// Uploads a mesh and puts one figure in the rest pose on it. InvalidInput for a mesh that
    /// contradicts itself, LimitExceeded for one too large; the old mesh then stays.
    [[nodiscard]] Status setMesh(const AvatarMesh& mesh);

    /// Shows one figure in this pose. Usage without a mesh; InvalidInput when sizes do not fit the
    /// mesh or a value is not finite; the old pose then stays. Empty `blendWeights` mean zeros,
    /// empty `joints` no skeleton.
    [[nodiscard]] Status setPose(const AvatarPose& pose);
    /// Shows several figures at once, at most 32; errors as above.
    [[nodiscard]] Status setFigures(std::span<const Figure> figures);

    void setStyle(const SceneStyle& style);
    [[nodiscard]] const SceneStyle& style() const;

    /// Box around all figures in world metres, slightly generous; empty without a mesh.
    [[nodiscard]] Box bounds() const;

    /// Draws into the target, whatever its number of samples; figures have 4 samples a pixel of
    /// their own. The target needs no depth; its alpha is premultiplied. Usage for sizes that make
    /// no sense; OutOfMemory when the device has no room for the picture.
    [[nodiscard]] Status draw(const Camera& camera, const RenderTarget& target);

    /// Draws into memory. `image` is resized and overwritten; reuse it for videos.
    [[nodiscard]] Status renderTo(Image& image, const Camera& camera, int width, int height);
    [[nodiscard]] Result<Image> renderToImage(const Camera& camera, int width, int height);

    /// As renderTo, for one picture after another into the same `image`: draws and reads back only
    /// what changed since the last call, and says where that is. The first picture, and every one
    /// of another size, camera or background, is drawn whole.
    [[nodiscard]] Result<PixelRectangle> updateImage(Image& image, const Camera& camera, int width,
                                                     int height);

    /// Skinned positions of the first figure as the GPU computed them, (V) world metres. Slow:
    /// waits for the device. Empty without a mesh.
    [[nodiscard]] std::vector<std::array<float, 3>> readSkinnedVertices();

private:
    struct Parts;
    explicit SceneRenderer(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

} // namespace gesture::render
