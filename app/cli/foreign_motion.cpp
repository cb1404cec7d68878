// SPDX-License-Identifier: Apache-2.0
#include "app/cli/foreign_motion.h"

#include "app/cli/project_source.h"
#include "core/base/atomic_file.h"
#include "core/interchange/import/bvh_reader.h"
#include "core/interchange/retarget/bone_map_guess.h"
#include "core/interchange/retarget/motion_import.h"
#include "core/io/motion_file.h"
#include "core/motion/average_skeleton.h"

#include <fmt/format.h>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxMapBytes = std::size_t{1} << 20;

Result<motion::Clip> readBvh(const fs::path& path, const ForeignMotionOptions& options,
                             JobControl& control) {
    const auto motion = interchange::readBvhFile(path, options.metresPerUnit, control);
    if (!motion) return Error(motion.error());
    const auto map = readOrGuessBoneMap(options.map, motion->scene.joints);
    if (!map) return Error(map.error());
    const interchange::BodySize body{motion::averageRestJoints(),
                                     static_cast<double>(motion::kAverageSoleHeight)};
    auto clip = interchange::importMotion(motion->scene, *map, body, {options.restFrame}, control);
    if (!clip) return std::move(clip).error().withContext("'" + path.string() + "'");
    return clip;
}

Result<motion::Clip> readTake(const fs::path& path) {
    auto source = ProjectSource::open(path, ProjectSource::Access::Read);
    if (!source) return std::move(source).error();
    const auto take = source->take("");
    if (!take) return Error(take.error());
    const auto motion = source->motionOf(*take);
    if (!motion) return Error(motion.error());
    return *motion->clip;
}

} // namespace

Result<interchange::BoneMap>
readOrGuessBoneMap(const std::string& path, const std::vector<interchange::SceneJoint>& joints) {
    if (path.empty()) return interchange::guessBoneMap(joints);
    const auto text = readTextFile(path, kMaxMapBytes);
    if (!text) return Error(text.error());
    auto map = interchange::parseBoneMap(*text, joints);
    if (!map) return std::move(map).error().withContext("'" + path + "'");
    return map;
}

Result<motion::Clip> readAnyMotion(const fs::path& path, const ForeignMotionOptions& options,
                                   JobControl& control) {
    const std::string extension = path.extension().string();
    if (extension == ".npz") return io::readMotionFile(path);
    if (extension == ".bvh" || extension == ".BVH") return readBvh(path, options, control);
    if (isProjectName(path)) return readTake(path);
    return Error{ErrorCode::Usage,
                 fmt::format("'{}': motion is read as .npz, .bvh or .gesture.", path.string())};
}

} // namespace gesture::app
