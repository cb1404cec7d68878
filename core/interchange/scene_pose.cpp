// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/scene_pose.h"

#include <algorithm>

namespace gesture::interchange {

namespace {

Eigen::Affine3f parentFromJoint(const SceneJoint& joint, const Eigen::Vector3f& translation,
                                const Eigen::Quaternionf& rotation) {
    Eigen::Affine3f transform = Eigen::Affine3f::Identity();
    transform.linear() = rotation.normalized().toRotationMatrix() * joint.restScale;
    transform.translation() = translation;
    return transform;
}

std::vector<Eigen::Vector3f> shapedVertices(const SceneMesh& mesh, const SceneAnimation& animation,
                                            std::int64_t frame) {
    std::vector<Eigen::Vector3f> vertices = mesh.positions;
    const std::size_t count = animation.morphNames.size();
    for (std::size_t m = 0; m < count; ++m) {
        const float weight = animation.morphWeights[static_cast<std::size_t>(frame) * count + m];
        for (const SceneMorph& morph : mesh.morphs) {
            if (weight == 0 || morph.name != animation.morphNames[m]) continue;
            for (std::size_t i = 0; i < morph.vertices.size(); ++i)
                vertices[morph.vertices[i]] += weight * morph.offsets[i];
        }
    }
    return vertices;
}

} // namespace

JointFrames worldFromRestJoints(const Scene& scene) {
    JointFrames frames;
    frames.reserve(scene.joints.size());
    for (const SceneJoint& joint : scene.joints) {
        const Eigen::Affine3f local =
            parentFromJoint(joint, joint.restTranslation, joint.restRotation);
        frames.push_back(joint.parent < 0 ? local
                                          : frames[static_cast<std::size_t>(joint.parent)] * local);
    }
    return frames;
}

JointFrames worldFromJoints(const Scene& scene, const SceneAnimation& animation,
                            std::int64_t frame) {
    std::vector<Eigen::Vector3f> translations;
    for (const SceneJoint& joint : scene.joints)
        translations.push_back(joint.restTranslation);
    const auto row = static_cast<std::size_t>(frame);
    const std::size_t moving = animation.movingJoints.size();
    for (std::size_t i = 0; i < moving; ++i)
        translations[static_cast<std::size_t>(animation.movingJoints[i])] =
            animation.translations[row * moving + i];
    JointFrames frames;
    frames.reserve(scene.joints.size());
    for (std::size_t j = 0; j < scene.joints.size(); ++j) {
        const SceneJoint& joint = scene.joints[j];
        const Eigen::Affine3f local = parentFromJoint(
            joint, translations[j], animation.rotations[row * scene.joints.size() + j]);
        frames.push_back(joint.parent < 0 ? local
                                          : frames[static_cast<std::size_t>(joint.parent)] * local);
    }
    return frames;
}

std::vector<Eigen::Vector3f> posedVertices(const Scene& scene, const SceneMesh& mesh,
                                           const SceneAnimation& animation, std::int64_t frame) {
    std::vector<Eigen::Vector3f> vertices = shapedVertices(mesh, animation, frame);
    if (mesh.influences.empty()) return vertices;
    const JointFrames rest = worldFromRestJoints(scene);
    JointFrames worldFromRest = worldFromJoints(scene, animation, frame);
    for (std::size_t j = 0; j < rest.size(); ++j)
        worldFromRest[j] = worldFromRest[j] * rest[j].inverse();
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        Eigen::Vector3f posed = Eigen::Vector3f::Zero();
        float sum = 0;
        for (const SceneMesh::Influence& influence : mesh.influences[v]) {
            posed += influence.weight * (worldFromRest[influence.joint] * vertices[v]);
            sum += influence.weight;
        }
        if (sum > 0) vertices[v] = posed / sum;
    }
    return vertices;
}

} // namespace gesture::interchange
