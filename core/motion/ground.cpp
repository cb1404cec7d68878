// SPDX-License-Identifier: Apache-2.0
#include "core/motion/ground.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace gesture::motion {

namespace {

constexpr std::int64_t kMaxSamples = 600;
constexpr double kQuantile = 0.05;
constexpr std::array<int, 4> kFootJoints{kLeftAnkle, kRightAnkle, kLeftFoot, kRightFoot};

/// A vertex that follows the feet, with its weights on the four foot joints (renormalised).
struct FootVertex {
    Eigen::Vector3f rest;
    std::array<float, kFootJoints.size()> weights{};
};

std::vector<FootVertex> footVertices(const BodyModelData& model, const ShapedBody& body) {
    std::vector<bool> drawn(static_cast<std::size_t>(model.templateVertices.rows()));
    for (const auto& face : model.faces)
        for (const std::uint32_t vertex : face)
            drawn[vertex] = true;
    std::vector<FootVertex> vertices;
    for (Eigen::Index v = 0; v < model.weights.rows(); ++v) {
        FootVertex vertex{body.restVertices().row(v).transpose(), {}};
        float sum = 0.0F;
        for (std::size_t i = 0; i < kFootJoints.size(); ++i)
            sum += vertex.weights[i] = model.weights(v, kFootJoints[i]);
        if (sum <= 0.5F || !drawn[static_cast<std::size_t>(v)]) continue;
        for (float& weight : vertex.weights)
            weight /= sum;
        vertices.push_back(vertex);
    }
    return vertices;
}

float lowestPoint(const std::vector<FootVertex>& vertices, const PosedBody& posed) {
    float lowest = std::numeric_limits<float>::max();
    for (const FootVertex& vertex : vertices) {
        float height = 0.0F;
        for (std::size_t i = 0; i < kFootJoints.size(); ++i) {
            const auto& transform = posed.worldFromRest[static_cast<std::size_t>(kFootJoints[i])];
            height +=
                vertex.weights[i] * (transform.row(1).head<3>().dot(vertex.rest) + transform(1, 3));
        }
        lowest = std::min(lowest, height);
    }
    return lowest;
}

} // namespace

float groundUnder(const Clip& clip, const BodyModelData& model, const ShapedBody& body) {
    const auto vertices = footVertices(model, body);
    if (vertices.empty()) return 0.0F;
    const std::int64_t samples = std::min(clip.frameCount(), kMaxSamples);
    std::vector<float> lowest;
    PosedBody posed;
    for (std::int64_t i = 0; i < samples; ++i) {
        const FrameIndex frame{i * clip.frameCount() / samples};
        body.poseJoints({clip.pose(frame), clip.translation(frame), {}}, posed);
        lowest.push_back(lowestPoint(vertices, posed));
    }
    const auto at = static_cast<std::ptrdiff_t>(kQuantile * static_cast<double>(lowest.size() - 1));
    std::nth_element(lowest.begin(), lowest.begin() + at, lowest.end());
    return lowest[static_cast<std::size_t>(at)];
}

float lowestRestVertex(const ShapedBody& body) { return body.restVertices().col(1).minCoeff(); }

} // namespace gesture::motion
