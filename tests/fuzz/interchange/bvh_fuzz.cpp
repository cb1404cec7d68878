// SPDX-License-Identifier: Apache-2.0
// BVH of others, as far as a motion of ours: tests/fuzz/CMakeLists.txt says how to run it.
#include "core/interchange/import/bvh_reader.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/motion_import.h"
#include "core/motion/average_skeleton.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gesture;
    JobControl control;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto motion = interchange::parseBvh(text, 0, control);
    if (!motion) return 0;
    if (!interchange::checkScene(motion->scene).ok()) std::abort();
    const interchange::BodySize body{motion::averageRestJoints(),
                                     static_cast<double>(motion::kAverageSoleHeight)};
    const auto map = interchange::guessBoneMap(motion->scene.joints);
    (void)interchange::importMotion(motion->scene, map, body, {}, control).ok();
    return 0;
}
