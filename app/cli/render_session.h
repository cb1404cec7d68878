// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "app/stage/stage.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "render/headless_context.h"
#include "render/image.h"
#include "render/scene_renderer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace gesture::app {

enum class CameraMotion {
    Still, ///< Frames the whole range once.
    Follow ///< Keeps the subject where it is in the picture, smoothly.
};

/// What `gesture render` was asked for, apart from where it goes.
struct RenderRequest {
    std::filesystem::path motion;
    std::filesystem::path audio;  ///< Empty: no sound.
    std::filesystem::path avatar; ///< Empty: the one that ships.
    render::CameraPreset camera = render::CameraPreset::ThreeQuarter;
    CameraMotion cameraMotion = CameraMotion::Still;
    render::SceneStyle style;
    int width = 1280;
    int height = 720;
};

/// A clip on an avatar in a headless OpenGL context. Single thread.
class RenderSession {
public:
    /// Reads the files, makes the context and uploads the avatar. Remarks for people go to
    /// `console` (where the face's movement comes from, sound that could not be read).
    [[nodiscard]] static Result<std::unique_ptr<RenderSession>> open(const RenderRequest& request,
                                                                     const Console& console);
    /// The same for a clip in memory, in place of the request's motion file.
    [[nodiscard]] static Result<std::unique_ptr<RenderSession>>
    open(const RenderRequest& request, std::shared_ptr<const motion::Clip> clip,
         const Console& console);

    [[nodiscard]] const motion::Clip& clip() const { return *stage_.clip(); }

    /// Places the camera for the frames that will be drawn, in order, from `range.begin` on.
    void frameCamera(FrameRange range);

    [[nodiscard]] bool drawsOnProcessor() const { return context_->isSoftware(); }
    void setQuality(render::RenderQuality quality);

    /// Draws a frame; the reference is overwritten by the next call.
    [[nodiscard]] Result<const render::Image*> draw(FrameIndex frame);

private:
    RenderSession(RenderRequest request, std::unique_ptr<render::HeadlessContext> context,
                  Stage stage, std::unique_ptr<render::SceneRenderer> scene);
    [[nodiscard]] render::CameraSubject subjectOf(FrameRange range);
    void followSubject();

    RenderRequest request_;
    std::unique_ptr<render::HeadlessContext> context_; // outlives what was made in it
    Stage stage_;
    std::unique_ptr<render::SceneRenderer> scene_;
    render::Camera camera_;
    render::Image image_;
};

} // namespace gesture::app
