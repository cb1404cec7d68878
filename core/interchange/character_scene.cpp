// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/character_scene.h"

#include "core/interchange/character_mesh.h"
#include "core/interchange/clip_sampler.h"
#include "core/motion/ground.h"
#include "core/motion/root_drift.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::interchange {

namespace {

constexpr std::int64_t kFramesPerReport = 256;

/// A root bone lies a tenth of a millimetre behind the origin. Blender's importer joins a bone to
/// one that begins exactly above it, and joined bones do not move.
const Eigen::Vector3f kRootBonePlace(0.0F, 0.0F, -1e-4F);

Eigen::Vector3f restJoint(const motion::ShapedBody& body, int joint) {
    return body.restJoints().row(joint);
}

void addJoints(Scene& scene, const motion::ShapedBody& body, const CharacterOptions& options,
               float lift) {
    if (options.rootBone) scene.joints.push_back({"root", -1, kRootBonePlace});
    const Eigen::Vector3f origin =
        options.rootBone ? kRootBonePlace : Eigen::Vector3f(Eigen::Vector3f::Zero());
    const int first = options.rootBone ? 1 : 0;
    const auto names = jointNames(options.names);
    const auto parents = motion::jointParents();
    for (int j = 0; j < motion::kJointCount; ++j) {
        const int parent = parents[static_cast<std::size_t>(j)];
        SceneJoint joint;
        joint.name = std::string(names[static_cast<std::size_t>(j)]);
        joint.parent = parent < 0 ? first - 1 : first + parent;
        joint.restTranslation =
            parent < 0
                ? Eigen::Vector3f(restJoint(body, j) + lift * Eigen::Vector3f::UnitY() - origin)
                : Eigen::Vector3f(restJoint(body, j) - restJoint(body, parent));
        scene.joints.push_back(std::move(joint));
    }
}

/// The way along the ground that a root bone takes: what `removeRootDrift` would take out.
std::vector<Eigen::Vector3f> slowWay(const std::vector<Eigen::Vector3f>& pelvis, FrameRate rate) {
    std::vector<float> swaying;
    swaying.reserve(3 * pelvis.size());
    for (const Eigen::Vector3f& position : pelvis)
        swaying.insert(swaying.end(), position.data(), position.data() + 3);
    motion::removeRootDrift(swaying, rate);
    std::vector<Eigen::Vector3f> way;
    way.reserve(pelvis.size());
    for (std::size_t i = 0; i < pelvis.size(); ++i) {
        const Eigen::Vector3f rest = Eigen::Map<const Eigen::Vector3f>(&swaying[3 * i]);
        way.emplace_back((pelvis[i] - rest).cwiseProduct(Eigen::Vector3f(1, 0, 1)));
    }
    return way;
}

/// Translations of the moving joints: the pelvis alone, or root bone and pelvis.
void placePelvis(SceneAnimation& animation, std::vector<Eigen::Vector3f> pelvis,
                 const CharacterOptions& options, FrameRate rate) {
    if (!options.rootBone) {
        animation.movingJoints = {0};
        animation.translations = std::move(pelvis);
        return;
    }
    animation.movingJoints = {0, 1};
    const std::vector<Eigen::Vector3f> way = slowWay(pelvis, rate);
    for (std::size_t i = 0; i < pelvis.size(); ++i) {
        const Eigen::Vector3f root = way[i] + kRootBonePlace;
        animation.translations.push_back(root);
        animation.translations.emplace_back(pelvis[i] - root);
    }
}

Result<SceneAnimation> sample(ClipSampler& sampler, const Eigen::Vector3f& pelvisAtZero,
                              const CharacterOptions& options, FrameRate rate,
                              JobControl& control) {
    SceneAnimation animation;
    animation.name = options.name;
    animation.framesPerSecond = rate.perSecond();
    animation.frames = sampler.count();
    const auto frames = static_cast<std::size_t>(animation.frames);
    const std::size_t joints = motion::kJointCount + (options.rootBone ? 1U : 0U);
    animation.rotations.reserve(frames * joints);
    std::vector<Eigen::Vector3f> pelvis;
    pelvis.reserve(frames);
    const bool face = options.mesh && options.morphs;
    control.beginStage("Reading the motion", animation.frames);
    for (std::int64_t i = 0; i < animation.frames; ++i) {
        if (i % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Exporting");
            control.advanceTo(i);
        }
        const SampledPose& pose = sampler.at(i);
        if (options.rootBone) animation.rotations.push_back(Eigen::Quaternionf::Identity());
        animation.rotations.insert(animation.rotations.end(), pose.rotations.begin(),
                                   pose.rotations.end());
        pelvis.emplace_back(pelvisAtZero + pose.translation);
        if (face)
            animation.morphWeights.insert(animation.morphWeights.end(), pose.expression.begin(),
                                          pose.expression.end());
    }
    control.advanceTo(animation.frames);
    placePelvis(animation, std::move(pelvis), options, rate);
    return animation;
}

} // namespace

Status checkTiming(const motion::Clip& clip, FrameRange range, FrameRate rate) {
    if (range.empty() || range.begin.value < 0 || range.end.value > clip.frameCount())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has frames 0 to {}; {} to {} was asked for.",
                                 clip.frameCount() - 1, range.begin.value, range.end.value - 1)};
    const double perSecond = rate.denominator > 0 ? rate.perSecond() : 0.0;
    if (perSecond < kLowestRate || perSecond > kHighestRate)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Motion can be written at {} to {} frames a second, not at {}.",
                                 kLowestRate, kHighestRate, perSecond)};
    return Status::success();
}

std::shared_ptr<const motion::ShapedBody> shapedFor(const CharacterSource& source) {
    const bool ownShapes = !source.avatar.shapeNames.empty();
    return source.avatar.body->shaped(ownShapes ? std::span<const float>{} : source.clip->betas());
}

Result<Scene> characterScene(const CharacterSource& source, const CharacterOptions& options,
                             JobControl& control) {
    const motion::Clip& clip = *source.clip;
    const FrameRange range = options.range.value_or(FrameRange{{0}, {clip.frameCount()}});
    const FrameRate rate = options.rate.value_or(clip.rate());
    if (Status possible = checkTiming(clip, range, rate); !possible)
        return std::move(possible).error();
    const auto body = shapedFor(source);
    const float lift = options.onFloor ? -motion::lowestRestVertex(*body) : 0.0F;
    const float ground =
        options.onFloor ? motion::groundUnder(clip, source.avatar.body->data(), *body) : 0.0F;
    Scene scene;
    scene.name = options.name;
    addJoints(scene, *body, options, lift);
    if (options.mesh)
        addCharacterMesh(scene, source.avatar, *body,
                         {options.morphs, options.rootBone ? 1 : 0, lift});
    ClipSampler sampler(source.avatar, {source.clip, source.loudness, source.bridge}, range, rate);
    const Eigen::Vector3f pelvisAtZero =
        restJoint(*body, motion::kPelvis) - ground * Eigen::Vector3f::UnitY();
    auto animation = sample(sampler, pelvisAtZero, options, rate, control);
    if (!animation) return std::move(animation).error();
    if (options.mesh && options.morphs) animation->morphNames = expressionShapeNames(source.avatar);
    scene.animations.push_back(std::move(*animation));
    return scene;
}

} // namespace gesture::interchange
