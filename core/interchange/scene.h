// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// What leaves for other programs, and what comes from them: one rigged character and its motion.
/// Metres, y up, the character looks along +z; right-handed.
namespace gesture::interchange {

/// A bone. Parents come before their children.
struct SceneJoint {
    std::string name;
    int parent = -1;                                                  ///< -1 for a root.
    Eigen::Vector3f restTranslation = Eigen::Vector3f::Zero();        ///< In the parent's frame.
    Eigen::Quaternionf restRotation = Eigen::Quaternionf::Identity(); ///< In the parent's frame.
    float restScale = 1; ///< Of foreign rigs; 1 in ours.
};

/// A shape that is added to the mesh with a weight. Sparse: only the vertices that it moves.
struct SceneMorph {
    std::string name;
    std::vector<std::uint32_t> vertices;
    std::vector<Eigen::Vector3f> offsets; ///< As many as `vertices`, metres.
    std::vector<Eigen::Vector3f> normals; ///< Differences of normals; empty or as many.
};

struct SceneMaterial {
    std::string name;
    std::array<float, 4> baseColour{0.8F, 0.8F, 0.8F, 1}; ///< Linear, 0..1.
    float roughness = 0.7F;
    float metallic = 0;
    std::vector<std::uint8_t> baseColourPng; ///< A picture in PNG, or empty.
};

/// A skinned mesh in the rest pose. V vertices.
struct SceneMesh {
    std::string name;
    std::vector<Eigen::Vector3f> positions; ///< (V) metres, of the rest pose in the world.
    std::vector<Eigen::Vector3f> normals;   ///< (V), or empty.
    std::vector<Eigen::Vector2f> uvs;       ///< (V), or empty; v upwards.
    std::vector<std::array<std::uint32_t, 3>> triangles;
    std::vector<std::uint32_t> triangleMaterials; ///< Indices; empty: all have material 0.
    /// Joints that move a vertex, heaviest first, sum 1.
    struct Influence {
        std::uint32_t joint = 0;
        float weight = 0;
    };
    std::vector<std::vector<Influence>> influences; ///< (V), or empty: it does not move.
    std::vector<SceneMorph> morphs;
};

/// Motion at a constant rate. T frames, J joints of the scene, M morphs of the scene's meshes.
struct SceneAnimation {
    std::string name;
    double framesPerSecond = 30;
    std::int64_t frames = 0;
    std::vector<Eigen::Quaternionf> rotations; ///< (T, J), in the parent's frame (not from rest).
    /// Joints that also move, and where: (T, number of them), in the parent's frame, metres.
    std::vector<int> movingJoints;
    std::vector<Eigen::Vector3f> translations;
    std::vector<std::string> morphNames; ///< (M) every mesh morph of that name follows.
    std::vector<float> morphWeights;     ///< (T, M), 1 is the whole shape.
};

struct Scene {
    std::string name;
    std::vector<SceneJoint> joints;
    std::vector<SceneMaterial> materials;
    std::vector<SceneMesh> meshes;
    std::vector<SceneAnimation> animations;
};

/// Whether sizes and indices fit, parents come first, numbers are finite, quaternions have length
/// 1 (within 1e-3). InvalidInput with the first thing that does not.
[[nodiscard]] Status checkScene(const Scene& scene);

} // namespace gesture::interchange
