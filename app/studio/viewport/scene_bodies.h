// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stage/stage.h"
#include "app/studio/theme/theme.h"
#include "app/studio/timeline/timeline_content.h"
#include "app/studio/viewport/view_overlays.h"
#include "render/scene_renderer.h"

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

namespace gesture::app {

/// One of the two takes.
enum class TakeSide { A, B };

/// World positions of the joints, metres.
using JointPlaces = std::array<std::array<float, 3>, motion::kJointCount>;

/// What decides how bodies are drawn; a change of any of it makes other figures.
struct SceneLook {
    ViewOverlays overlays;
    Eigen::Vector3f splitOffset{0, 0, 0}; ///< From the middle to take B, metres; A: the other way.
    const Theme* theme = nullptr;

    bool operator==(const SceneLook&) const = default;
};

/// A take that is seen, and where.
struct SeenTake {
    TakeSide side = TakeSide::A;
    Eigen::Vector3f offset{0, 0, 0}; ///< Metres in the world.
};

/// How far the joints of two takes are apart at a frame.
struct TakeDistance {
    float mean = 0; ///< Of all joints, metres.
    float most = 0; ///< Metres.
    int joint = 0;  ///< That is farthest apart.
};

/// Distance at which the colours of a difference end, metres.
inline constexpr float kMostDistance = 0.2F;

/// The bodies that the viewport shows: take A and take B, each on a stage of its own, with their
/// ghosts and colours. GUI thread; owned by ViewportPanel.
class SceneBodies final {
public:
    /// Another avatar; take B is put on it too.
    void setStage(std::shared_ptr<Stage> stage);
    /// Another motion of take A is on the stage.
    void forgetA();
    /// Take B, null: nothing is compared. Makes its stage when it is first needed, some
    /// milliseconds.
    void setCompared(std::shared_ptr<const motion::Clip> clip, std::vector<float> loudness);
    void setImportance(TakeSide side, std::shared_ptr<const ImportanceCurves> curves);
    void setMask(const inference::EditMask& mask) { mask_ = mask; }

    [[nodiscard]] Stage* stage() const { return a_.get(); }
    [[nodiscard]] Stage* stageOf(TakeSide side) const;
    /// There is a take B.
    [[nodiscard]] bool compares() const { return stageB_ != nullptr && clipB_ != nullptr; }
    [[nodiscard]] bool hasImportance(TakeSide side) const {
        return importance_[static_cast<std::size_t>(side)] != nullptr;
    }

    /// The view that is possible: take A alone without a take B.
    [[nodiscard]] TakeView viewOf(const ViewOverlays& overlays) const;
    /// Bodies from the left.
    [[nodiscard]] std::vector<SeenTake> seen(const SceneLook& look) const;
    /// Joints of a take at a frame, clamped to its clip; kept for frames that were asked for.
    [[nodiscard]] const JointPlaces& joints(TakeSide side, FrameIndex frame) const;
    /// Importance of a joint's part, 0..1 of the largest; NaN where none is known.
    [[nodiscard]] float importanceAt(TakeSide side, int joint, FrameIndex frame) const;
    [[nodiscard]] TakeDistance distance(FrameIndex frame) const;

    /// What the renderer draws. Moves the stages' poses.
    [[nodiscard]] std::vector<render::Figure> figures(FrameIndex frame, const SceneLook& look);

private:
    using Colours = std::vector<std::array<float, 4>>;
    void makeStageB();
    void addGhosts(const SeenTake& take, FrameIndex frame, const SceneLook& look,
                   std::vector<render::Figure>& figures) const;
    [[nodiscard]] Colours coloursOf(TakeSide side, FrameIndex frame, const SceneLook& look) const;
    [[nodiscard]] Colours importanceColours(TakeSide side, FrameIndex frame) const;
    [[nodiscard]] Colours maskColours(FrameIndex frame, const Theme& theme) const;
    [[nodiscard]] Colours distanceColours(FrameIndex frame) const;

    std::shared_ptr<Stage> a_;
    std::unique_ptr<Stage> stageB_;
    std::shared_ptr<const motion::Clip> clipB_;
    std::vector<float> loudnessB_;
    std::array<std::shared_ptr<const ImportanceCurves>, 2> importance_;
    std::array<float, 2> mostImportance_{1, 1};
    inference::EditMask mask_;
    mutable std::array<std::unordered_map<std::int64_t, JointPlaces>, 2> known_;
};

/// The curve of a part; null for the face, which has none.
[[nodiscard]] const std::vector<float>* curveOf(const ImportanceCurves& curves,
                                                motion::BodyPart part);

} // namespace gesture::app
