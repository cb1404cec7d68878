// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/fbx/fbx_file.h"
#include "core/interchange/scene.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gesture::interchange {

/// FBX counts in centimetres.
inline constexpr double kFbxUnitsPerMetre = 100.0;

/// Identity of an object of a document; 0 is the scene itself.
using FbxId = std::int64_t;

/// What objects a document has and how they hang together, while it is written.
struct FbxDocument {
    FbxFile& file;
    const Scene& scene;
    FbxId lastId = 1'000'000;
    std::vector<FbxNode> connections = {};
    std::vector<FbxId> jointModels = {};
    /// Channels of the shapes with a name: the curves of that name move them.
    struct Channel {
        std::string name;
        FbxId id = 0;
    };
    std::vector<Channel> channels = {};

    [[nodiscard]] FbxId newId() { return ++lastId; }
    /// `child` belongs to `parent`.
    void connect(FbxId child, FbxId parent);
    /// `child` drives a property of `parent`.
    void connect(FbxId child, FbxId parent, std::string_view property);
};

/// Writes the limb nodes of the joints.
[[nodiscard]] Status writeFbxSkeleton(FbxDocument& document);
/// Writes meshes with skins and shapes, materials, pictures, and the bind pose.
[[nodiscard]] Status writeFbxMeshes(FbxDocument& document);
/// Writes motion number `animation`.
[[nodiscard]] Status writeFbxAnimation(FbxDocument& document, const SceneAnimation& animation,
                                       JobControl& control);

/// Time of a frame in ticks; frame 0 is 0.
[[nodiscard]] std::int64_t fbxTicks(const SceneAnimation& animation, std::int64_t frame);

} // namespace gesture::interchange
