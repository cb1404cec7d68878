// SPDX-License-Identifier: Apache-2.0
// What a broken or hostile importer hands over; scenes that are accepted are used.
#include "core/interchange/import/scene_wire.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/retarget.h"
#include "core/motion/average_skeleton.h"

#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gesture;
    auto scene = interchange::decodeScene(std::as_bytes(std::span(data, size)));
    if (!scene) return 0;
    if (!interchange::checkScene(*scene).ok()) std::abort();
    const auto again = interchange::decodeScene(interchange::encodeScene(*scene));
    if (!again.ok()) std::abort();
    const auto map = interchange::guessBoneMap(scene->joints);
    if (!interchange::checkBoneMap(map, scene->joints).ok()) return 0;
    if (!interchange::standUpright(*scene, map).ok()) return 0;
    motion::Clip::Data still;
    still.poses.resize(motion::kPoseSize);
    still.translations.resize(3);
    const auto clip = motion::Clip::create(still);
    const interchange::BodySize body{motion::averageRestJoints(),
                                     static_cast<double>(motion::kAverageSoleHeight)};
    JobControl control;
    (void)interchange::retargetClip(*clip, body, *scene, map, {}, control).ok();
    return 0;
}
