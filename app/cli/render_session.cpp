// SPDX-License-Identifier: Apache-2.0
#include "app/cli/render_session.h"

#include "app/stage/avatar_choice.h"
#include "core/audio/frame_loudness.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace gesture::app {

namespace {

/// Frames that are looked at to frame a whole range.
constexpr std::int64_t kFramingSamples = 120;
/// Share of the way to the subject that a following camera goes each frame.
constexpr float kFollowRate = 0.08F;

/// Loudness for the mouth; without readable sound the face goes on without it.
std::vector<float> loudnessOf(const RenderRequest& request, FrameRate rate,
                              const Console& console) {
    if (request.audio.empty()) return {};
    JobControl unwatched;
    auto loudness = audio::frameLoudness(request.audio, rate, unwatched);
    if (loudness) return std::move(loudness).value();
    console.note(
        fmt::format("The mouth does not follow the sound: {}", loudness.error().message()));
    return {};
}

} // namespace

Result<std::unique_ptr<RenderSession>> RenderSession::open(const RenderRequest& request,
                                                           const Console& console) {
    auto clip = io::readMotionFile(request.motion);
    if (!clip) return std::move(clip).error();
    return open(request, std::make_shared<const motion::Clip>(std::move(*clip)), console);
}

Result<std::unique_ptr<RenderSession>> RenderSession::open(const RenderRequest& request,
                                                           std::shared_ptr<const motion::Clip> clip,
                                                           const Console& console) {
    auto avatar = loadAvatar(request.avatar);
    if (!avatar) return std::move(avatar).error();
    auto context = render::HeadlessContext::create();
    if (!context) return std::move(context).error();
    auto scene = render::SceneRenderer::create();
    if (!scene) return std::move(scene).error();

    Stage stage(std::move(*avatar));
    const FrameRate rate = clip->rate();
    stage.setClip(std::move(clip), loudnessOf(request, rate, console), userExpressionBridge());
    if (const std::string note = stage.expressionNote(); !note.empty()) console.note(note);
    if (auto uploaded = (*scene)->setMesh(stage.mesh()); !uploaded)
        return std::move(uploaded).error();
    render::SceneStyle style = request.style;
    style.groundHeight = stage.groundHeight();
    (*scene)->setStyle(style);
    return std::unique_ptr<RenderSession>(
        new RenderSession(request, std::move(*context), std::move(stage), std::move(*scene)));
}

RenderSession::RenderSession(RenderRequest request,
                             std::unique_ptr<render::HeadlessContext> context, Stage stage,
                             std::unique_ptr<render::SceneRenderer> scene)
    : request_(std::move(request))
    , context_(std::move(context))
    , stage_(std::move(stage))
    , scene_(std::move(scene)) {}

void RenderSession::setQuality(render::RenderQuality quality) {
    render::SceneStyle style = scene_->style();
    style.quality = quality;
    scene_->setStyle(style);
}

render::CameraSubject RenderSession::subjectOf(FrameRange range) {
    const std::int64_t samples = std::min(range.length(), kFramingSamples);
    render::CameraSubject whole;
    Eigen::Vector2f facing = Eigen::Vector2f::Zero();
    for (std::int64_t i = 0; i < samples; ++i) {
        static_cast<void>(stage_.poseAt(range.begin + i * range.length() / samples));
        const render::CameraSubject subject = stage_.cameraSubject();
        facing += Eigen::Vector2f(std::sin(subject.facingYaw), std::cos(subject.facingYaw));
        if (i == 0)
            whole = subject;
        else
            whole.bounds.extend(subject.bounds);
    }
    whole.facingYaw = std::atan2(facing.x(), facing.y());
    return whole;
}

void RenderSession::frameCamera(FrameRange range) {
    const bool follows = request_.cameraMotion == CameraMotion::Follow;
    render::CameraSubject subject = subjectOf(range);
    if (follows) {
        static_cast<void>(stage_.poseAt(range.begin));
        subject.bounds = stage_.cameraSubject().bounds;
    }
    camera_ = render::presetCamera(request_.camera, subject,
                                   {.width = request_.width, .height = request_.height});
}

void RenderSession::followSubject() {
    const bool closeUp = request_.camera == render::CameraPreset::Face ||
                         request_.camera == render::CameraPreset::Hands;
    if (request_.cameraMotion == CameraMotion::Still && !closeUp) return;
    const render::Camera wanted =
        render::presetCamera(request_.camera, stage_.cameraSubject(),
                             {.width = request_.width, .height = request_.height});
    camera_.target += kFollowRate * (wanted.target - camera_.target);
}

Result<const render::Image*> RenderSession::draw(FrameIndex frame) {
    if (auto posed = scene_->setPose(stage_.poseAt(frame)); !posed) return std::move(posed).error();
    followSubject();
    if (auto drawn = scene_->renderTo(image_, camera_, request_.width, request_.height); !drawn)
        return std::move(drawn).error();
    return &image_;
}

} // namespace gesture::app
