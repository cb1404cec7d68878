// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/bone_map.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace gesture::interchange {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kFormat = "gesture-bone-map";
constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxNesting = 4;
constexpr std::array kNeeded{0, 1, 2, 4, 5, 7, 8, 16, 17, 18, 19};

bool isSpineOrNeck(int joint) {
    return joint == motion::kNeck ||
           std::find(kSpineJoints.begin(), kSpineJoints.end(), joint) != kSpineJoints.end();
}

std::string_view jointName(int joint) {
    return motion::jointNames()[static_cast<std::size_t>(joint)];
}

Error invalid(std::string what) {
    return {ErrorCode::InvalidInput, "The bone map cannot be used: " + std::move(what)};
}

ordered_json nameOrNull(int bone, const std::vector<SceneJoint>& joints) {
    if (bone == BoneMap::kNone) return nullptr;
    return joints[static_cast<std::size_t>(bone)].name;
}

Result<int> boneOf(const json& value, std::string_view part,
                   const std::vector<SceneJoint>& joints) {
    if (value.is_null()) return BoneMap::kNone;
    if (!value.is_string()) return invalid(fmt::format("'{}' is not the name of a bone.", part));
    const auto name = value.get<std::string>();
    const auto found = std::find_if(joints.begin(), joints.end(),
                                    [&](const SceneJoint& joint) { return joint.name == name; });
    if (found == joints.end())
        return invalid(fmt::format("'{}' is '{}', but the skeleton has no such bone.", part,
                                   shownText(name, 100)));
    return static_cast<int>(found - joints.begin());
}

Status readChain(const json& file, const char* part, const std::vector<SceneJoint>& joints,
                 std::vector<int>& chain) {
    if (!file.contains(part)) return Status::success();
    const json& names = file.at(part);
    if (!names.is_array()) return invalid(fmt::format("'{}' is not a list of bones.", part));
    for (const json& name : names) {
        const auto bone = boneOf(name, part, joints);
        if (!bone) return Error(bone.error());
        if (*bone != BoneMap::kNone) chain.push_back(*bone);
    }
    return Status::success();
}

Status readBones(const json& bones, const std::vector<SceneJoint>& joints, BoneMap& map) {
    if (!bones.is_object()) return invalid("'bones' is not an object.");
    for (const auto& [part, name] : bones.items()) {
        const auto joint = motion::findJoint(part);
        if (!joint || isSpineOrNeck(*joint))
            return invalid(fmt::format("there is no part '{}'.", shownText(part)));
        const auto bone = boneOf(name, part, joints);
        if (!bone) return Error(bone.error());
        map.bones[static_cast<std::size_t>(*joint)] = *bone;
    }
    return Status::success();
}

} // namespace

Status checkBoneMap(const BoneMap& map, const std::vector<SceneJoint>& joints) {
    std::string missing;
    for (const int joint : kNeeded) {
        if (map.of(joint) != BoneMap::kNone) continue;
        missing += (missing.empty() ? "" : ", ") + std::string(jointName(joint));
    }
    if (!missing.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The skeleton's bones are not known: there is none for {}. Name "
                                 "them in a bone map (--print-map shows one to start from).",
                                 missing)};
    std::set<int> seen;
    const auto twice = [&](int bone) {
        return bone != BoneMap::kNone && !seen.insert(bone).second;
    };
    std::vector<int> all(map.bones.begin(), map.bones.end());
    all.insert(all.end(), map.spine.begin(), map.spine.end());
    all.insert(all.end(), map.neck.begin(), map.neck.end());
    all.push_back(map.root);
    const auto again = std::find_if(all.begin(), all.end(), twice);
    if (again == all.end()) return Status::success();
    return invalid(fmt::format("bone '{}' stands there twice.",
                               joints[static_cast<std::size_t>(*again)].name));
}

std::string boneMapJson(const BoneMap& map, const std::vector<SceneJoint>& joints) {
    ordered_json file;
    file["format"] = kFormat;
    file["version"] = 1;
    file["root"] = nameOrNull(map.root, joints);
    for (const auto& [part, chain] :
         {std::pair("spine", &map.spine), std::pair("neck", &map.neck)}) {
        file[part] = ordered_json::array();
        for (const int bone : *chain)
            file[part].push_back(nameOrNull(bone, joints));
    }
    for (int joint = 0; joint < motion::kJointCount; ++joint)
        if (!isSpineOrNeck(joint))
            file["bones"][std::string(jointName(joint))] = nameOrNull(map.of(joint), joints);
    return file.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Result<BoneMap> parseBoneMap(std::string_view text, const std::vector<SceneJoint>& joints) {
    if (text.size() > kMaxBytes) return invalid("it is larger than 1 MiB.");
    const auto shallow = [](int depth, json::parse_event_t, json&) {
        return depth <= static_cast<int>(kMaxNesting);
    };
    const json file = json::parse(text, shallow, false);
    if (!file.is_object() || file.value("format", json()) != json(std::string(kFormat)))
        return invalid(fmt::format("it is no JSON object with \"format\": \"{}\".", kFormat));
    if (file.value("version", json()) != json(1)) return invalid("its version is not 1.");
    BoneMap map;
    if (file.contains("root")) {
        const auto root = boneOf(file.at("root"), "root", joints);
        if (!root) return Error(root.error());
        map.root = *root;
    }
    if (Status spine = readChain(file, "spine", joints, map.spine); !spine)
        return std::move(spine).error();
    if (Status neck = readChain(file, "neck", joints, map.neck); !neck)
        return std::move(neck).error();
    if (file.contains("bones"))
        if (Status bones = readBones(file.at("bones"), joints, map); !bones)
            return std::move(bones).error();
    if (Status fits = checkBoneMap(map, joints); !fits) return std::move(fits).error();
    return map;
}

} // namespace gesture::interchange
