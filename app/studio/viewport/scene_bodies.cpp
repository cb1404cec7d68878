// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/scene_bodies.h"

#include "app/studio/theme/part_colour.h"
#include "core/io/figures/colour_map.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace gesture::app {

namespace {

constexpr float kHeatShare = 0.85F; ///< The body's own shading stays to be seen.
constexpr float kMaskShare = 0.8F;
constexpr float kTintOfB = 0.3F;
constexpr std::size_t kMostKnown = 8192; ///< Frames: 5 MB a take.

std::array<float, 4> withShare(const QColor& colour, float share) {
    return {colour.redF(), colour.greenF(), colour.blueF(), share};
}

std::array<float, 4> heatColour(float share) {
    const io::Colour colour = io::colourAt(io::ColourMap::Inferno, share);
    return {static_cast<float>(colour.red) / 255.0F, static_cast<float>(colour.green) / 255.0F,
            static_cast<float>(colour.blue) / 255.0F, kHeatShare};
}

void move(render::AvatarPose& pose, const Eigen::Vector3f& offset) {
    for (render::JointTransform& transform : pose.worldFromRest)
        transform.col(3) += offset;
    for (auto& joint : pose.joints)
        for (int axis = 0; axis < 3; ++axis)
            joint[static_cast<std::size_t>(axis)] += offset[axis];
}

render::Rgb rgbOf(const QColor& colour) { return {colour.redF(), colour.greenF(), colour.blueF()}; }

std::size_t indexOf(TakeSide side) { return static_cast<std::size_t>(side); }

} // namespace

const std::vector<float>* curveOf(const ImportanceCurves& curves, motion::BodyPart part) {
    switch (part) {
    case motion::BodyPart::Upper:
        return &curves.upper;
    case motion::BodyPart::Hands:
        return &curves.hands;
    case motion::BodyPart::Lower:
        return &curves.lower;
    case motion::BodyPart::Face:
        break;
    }
    return nullptr;
}

void SceneBodies::setStage(std::shared_ptr<Stage> stage) {
    a_ = std::move(stage);
    stageB_ = nullptr;
    known_ = {};
    makeStageB();
}

void SceneBodies::forgetA() { known_[indexOf(TakeSide::A)].clear(); }

void SceneBodies::setCompared(std::shared_ptr<const motion::Clip> clip,
                              std::vector<float> loudness) {
    if (clip == clipB_) return;
    clipB_ = std::move(clip);
    loudnessB_ = std::move(loudness);
    known_[indexOf(TakeSide::B)].clear();
    makeStageB();
}

void SceneBodies::makeStageB() {
    if (!a_ || !clipB_) return;
    if (!stageB_) stageB_ = std::make_unique<Stage>(a_->avatar());
    stageB_->setClip(clipB_, loudnessB_);
}

void SceneBodies::setImportance(TakeSide side, std::shared_ptr<const ImportanceCurves> curves) {
    const std::size_t at = indexOf(side);
    if (importance_[at] == curves) return;
    importance_[at] = std::move(curves);
    mostImportance_[at] = 1;
    if (!importance_[at]) return;
    for (const std::vector<float>* curve :
         {&importance_[at]->upper, &importance_[at]->hands, &importance_[at]->lower})
        for (const float value : *curve)
            if (value > mostImportance_[at]) mostImportance_[at] = value;
}

Stage* SceneBodies::stageOf(TakeSide side) const {
    return side == TakeSide::A || !compares() ? a_.get() : stageB_.get();
}

TakeView SceneBodies::viewOf(const ViewOverlays& overlays) const {
    return compares() ? overlays.takes : TakeView::A;
}

std::vector<SeenTake> SceneBodies::seen(const SceneLook& look) const {
    const bool flipped = look.overlays.flipped && compares();
    const TakeSide first = flipped ? TakeSide::B : TakeSide::A;
    const TakeSide second = flipped ? TakeSide::A : TakeSide::B;
    switch (viewOf(look.overlays)) {
    case TakeView::A:
    case TakeView::Difference:
        return {{first, {0, 0, 0}}};
    case TakeView::B:
        return {{second, {0, 0, 0}}};
    case TakeView::Split:
        return {{first, -look.splitOffset}, {second, look.splitOffset}};
    case TakeView::Overlay:
        break;
    }
    return {{first, {0, 0, 0}}, {second, {0, 0, 0}}};
}

const JointPlaces& SceneBodies::joints(TakeSide side, FrameIndex frame) const {
    auto& known = known_[indexOf(side)];
    if (const auto found = known.find(frame.value); found != known.end()) return found->second;
    if (known.size() >= kMostKnown) known.clear();
    JointPlaces& places = known[frame.value];
    if (const Stage* const stage = stageOf(side)) stage->jointsAt(frame, places);
    return places;
}

float SceneBodies::importanceAt(TakeSide side, int joint, FrameIndex frame) const {
    constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
    const auto& curves = importance_[indexOf(side)];
    const auto part = motion::partOf(joint);
    const std::vector<float>* const curve = curves && part ? curveOf(*curves, *part) : nullptr;
    if (curve == nullptr || frame.value < 0 ||
        frame.value >= static_cast<std::int64_t>(curve->size()))
        return kNothing;
    return (*curve)[static_cast<std::size_t>(frame.value)] / mostImportance_[indexOf(side)];
}

TakeDistance SceneBodies::distance(FrameIndex frame) const {
    TakeDistance distance;
    if (!compares()) return distance;
    const JointPlaces a = joints(TakeSide::A, frame);
    const JointPlaces& b = joints(TakeSide::B, frame);
    for (std::size_t j = 0; j < a.size(); ++j) {
        const float apart = (Eigen::Vector3f(a[j].data()) - Eigen::Vector3f(b[j].data())).norm();
        distance.mean += apart / static_cast<float>(a.size());
        if (apart <= distance.most) continue;
        distance.most = apart;
        distance.joint = static_cast<int>(j);
    }
    return distance;
}

SceneBodies::Colours SceneBodies::importanceColours(TakeSide side, FrameIndex frame) const {
    if (!hasImportance(side)) return {};
    Colours colours(motion::kJointCount);
    for (int joint = 0; joint < motion::kJointCount; ++joint) {
        const float share = importanceAt(side, joint, frame);
        if (!std::isnan(share)) colours[static_cast<std::size_t>(joint)] = heatColour(share);
    }
    return colours;
}

SceneBodies::Colours SceneBodies::maskColours(FrameIndex frame, const Theme& theme) const {
    if (frame.value < 0 || frame.value >= mask_.frameCount()) return {};
    Colours colours(motion::kJointCount);
    for (int joint = 0; joint < motion::kJointCount; ++joint) {
        const auto part = motion::partOf(joint);
        if (part && mask_.at(frame, *part))
            colours[static_cast<std::size_t>(joint)] =
                withShare(partColour(theme, *part), kMaskShare);
    }
    return colours;
}

SceneBodies::Colours SceneBodies::distanceColours(FrameIndex frame) const {
    if (!compares()) return {};
    Colours colours;
    const JointPlaces a = joints(TakeSide::A, frame);
    const JointPlaces& b = joints(TakeSide::B, frame);
    for (std::size_t j = 0; j < a.size(); ++j) {
        const float apart = (Eigen::Vector3f(a[j].data()) - Eigen::Vector3f(b[j].data())).norm();
        colours.push_back(heatColour(std::min(apart / kMostDistance, 1.0F)));
    }
    return colours;
}

SceneBodies::Colours SceneBodies::coloursOf(TakeSide side, FrameIndex frame,
                                            const SceneLook& look) const {
    if (viewOf(look.overlays) == TakeView::Difference) return distanceColours(frame);
    switch (look.overlays.heat) {
    case BodyHeat::Importance:
        return importanceColours(side, frame);
    case BodyHeat::Mask:
        return maskColours(frame, *look.theme);
    case BodyHeat::Difference:
        return distanceColours(frame);
    case BodyHeat::Off:
        break;
    }
    return {};
}

void SceneBodies::addGhosts(const SeenTake& take, FrameIndex frame, const SceneLook& look,
                            std::vector<render::Figure>& figures) const {
    Stage* const stage = stageOf(take.side);
    if (stage == nullptr || !stage->clip()) return;
    const int count = look.overlays.ghostCount;
    for (int step = -count; step <= count; ++step) {
        const std::int64_t at = frame.value + std::int64_t{step} * look.overlays.ghostStep;
        if (step == 0 || at < 0 || at >= stage->clip()->frameCount()) continue;
        render::Figure ghost;
        ghost.pose = stage->poseAt({at});
        ghost.form = render::FigureForm::Outline;
        ghost.tint = rgbOf(step < 0 ? look.theme->acc : look.theme->takeB);
        move(ghost.pose, take.offset);
        figures.push_back(std::move(ghost));
    }
}

std::vector<render::Figure> SceneBodies::figures(FrameIndex frame, const SceneLook& look) {
    std::vector<render::Figure> figures;
    if (!a_) return figures;
    const std::vector<SeenTake> takes = seen(look);
    for (const SeenTake& take : takes) {
        render::Figure body;
        body.pose = stageOf(take.side)->poseAt(frame);
        if (take.side == TakeSide::B && compares()) {
            body.tint = rgbOf(look.theme->takeB);
            body.tintAmount = kTintOfB;
        }
        body.jointColours = coloursOf(take.side, frame, look);
        move(body.pose, take.offset);
        figures.push_back(std::move(body));
    }
    if (!look.overlays.ghosts) return figures;
    // Two bodies in one place have enough contours.
    const bool overlaid = viewOf(look.overlays) == TakeView::Overlay;
    for (std::size_t i = 0; i < takes.size() && (i == 0 || !overlaid); ++i)
        addGhosts(takes[i], frame, look, figures);
    return figures;
}

} // namespace gesture::app
