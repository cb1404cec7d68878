// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/body_maker.h"

#include "core/gestures/arm_clearing.h"
#include "core/gestures/arm_score.h"
#include "core/gestures/pose_writer.h"

#include <utility>

namespace gesture::gestures {

Result<MadeMotion> makeBody(const BodyScore& score, JobControl& control) {
    const std::size_t frames = score.faces.size();
    if (frames == 0)
        return Error{ErrorCode::Usage, "A motion needs at least one frame: the speech is shorter "
                                       "than a thirtieth of a second."};
    const std::vector<StancePose> stances =
        scoreStance(score.sentences, score.style, score.random, frames);
    const std::vector<TrunkPose> trunk = scoreTrunk(score.events, score.style, frames);
    ArmControls arms = scoreArms(score.events, score.style, frames);

    PoseWriter writer(frames);
    writer.setLegs(solveLegs(stances, motion::averageRestJoints()));
    writer.setTrunk(trunk);
    writer.setFaces(score.faces);
    if (auto cleared = clearArms(arms, trunk, writer, control); !cleared) return cleared.error();

    auto clip = motion::Clip::create(std::move(writer).finish());
    if (!clip) return std::move(clip).error();
    MadeMotion made{std::move(*clip), {}};
    made.planted.reserve(frames);
    for (const StancePose& stance : stances)
        made.planted.push_back(stance.planted);
    return made;
}

} // namespace gesture::gestures
