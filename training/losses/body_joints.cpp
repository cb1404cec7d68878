// SPDX-License-Identifier: Apache-2.0
#include "training/losses/body_joints.h"

#include "core/base/rotation.h"

#include <ATen/ops/abs.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/einsum.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gesture::training {

namespace {

using motion::kJointCount;

constexpr int kHandJoints = 30;

at::Tensor copied(const float* values, std::vector<std::int64_t> shape) {
    return at::from_blob(const_cast<float*>(values), shape, at::kFloat).clone();
}

/// (rows, columns) of Eigen's as a tensor.
at::Tensor copied(const motion::RowMatrix& matrix) {
    return copied(matrix.data(), {matrix.rows(), matrix.cols()});
}

at::Tensor meanHands(const motion::BodyModelData& data) {
    std::array<float, kHandJoints * 9> values{};
    for (int joint = 0; joint < kHandJoints; ++joint) {
        const bool left = joint < kHandJoints / 2;
        const float* pose = (left ? data.leftHandMean : data.rightHandMean).data() +
                            static_cast<std::ptrdiff_t>(3 * (joint % (kHandJoints / 2)));
        const Eigen::Matrix3f rotation = rodriguesMatrix({pose[0], pose[1], pose[2]});
        for (int i = 0; i < 9; ++i)
            values[static_cast<std::size_t>(9 * joint + i)] = rotation(i / 3, i % 3);
    }
    return copied(values.data(), {kHandJoints, 3, 3});
}

} // namespace

BodyJoints::BodyJoints(std::span<const float, motion::kPoseSize> restJoints, at::Device device)
    : joints_(copied(restJoints.data(), {kJointCount, 3}).to(device))
    , restHands_(at::eye(3, joints_.options()).repeat({kHandJoints, 1, 1})) {
    buildLevels(device);
}

BodyJoints::BodyJoints(const motion::BodyModel& model, Vertices vertices, at::Device device) {
    const motion::BodyModelData& data = model.data();
    const std::int64_t count = model.vertexCount();
    const at::Tensor surface = copied(data.templateVertices.data(), {count, 3});
    const at::Tensor regressor = copied(data.jointRegressor);
    // (V x 3, shapes) to (shapes, V x 3)
    const at::Tensor shapes = copied(data.shapeDirections).t().contiguous();
    joints_ = at::matmul(regressor, surface).to(device);
    jointShapes_ = at::matmul(regressor, shapes.view({-1, count, 3})).flatten(1).to(device);
    restHands_ = meanHands(data).to(device);
    buildLevels(device);
    if (vertices == Vertices::No) return;
    template_ = surface.to(device);
    shapes_ = shapes.to(device);
    correctives_ = copied(data.poseDirections).t().contiguous().to(device);
    const std::vector<std::int64_t> index(data.poseDirectionIndex.begin(),
                                          data.poseDirectionIndex.end());
    correctiveOf_ = at::tensor(index).to(device);
    weights_ = copied(data.weights).to(device);
}

void BodyJoints::buildLevels(at::Device device) {
    const auto parents = motion::jointParents();
    std::vector<int> depth(kJointCount, 0);
    for (int joint = 1; joint < kJointCount; ++joint)
        depth[static_cast<std::size_t>(joint)] =
            depth[static_cast<std::size_t>(parents[static_cast<std::size_t>(joint)])] + 1;
    const int deepest = *std::max_element(depth.begin(), depth.end());
    for (int level = 1; level <= deepest; ++level) {
        Level made;
        std::vector<std::int64_t> joints;
        std::vector<std::int64_t> above;
        for (std::size_t joint = 0; joint < kJointCount; ++joint) {
            if (depth[joint] != level) continue;
            joints.push_back(static_cast<std::int64_t>(joint));
            above.push_back(parents[joint]);
            made.joints.push_back(joint);
            made.parents.push_back(static_cast<std::size_t>(parents[joint]));
        }
        made.jointIndex = at::tensor(joints).to(device);
        made.parentIndex = at::tensor(above).to(device);
        levels_.push_back(std::move(made));
    }
}

at::Tensor BodyJoints::shapedJoints(const at::Tensor& betas) const {
    if (!betas.defined() || !jointShapes_.defined()) return joints_.unsqueeze(0);
    const std::int64_t count = std::min(betas.size(1), jointShapes_.size(0));
    return joints_ + at::matmul(betas.narrow(1, 0, count), jointShapes_.narrow(0, 0, count))
                         .view({-1, kJointCount, 3});
}

at::Tensor BodyJoints::shapedVertices(const at::Tensor& betas) const {
    if (!betas.defined()) return template_.unsqueeze(0);
    const std::int64_t count = std::min(betas.size(1), shapes_.size(0));
    return template_ + at::matmul(betas.narrow(1, 0, count), shapes_.narrow(0, 0, count))
                           .view({-1, template_.size(0), 3});
}

BodyJoints::Chain BodyJoints::chain(const at::Tensor& rotations, const at::Tensor& rest) const {
    // Joint by joint in lists, so that nothing is written in place under the gradient.
    std::vector<at::Tensor> turned(kJointCount);
    std::vector<at::Tensor> places(kJointCount);
    turned[0] = rotations.select(1, 0);
    places[0] = rest.select(1, 0);
    for (const Level& level : levels_) {
        std::vector<at::Tensor> aboveTurned;
        std::vector<at::Tensor> abovePlaces;
        for (const std::size_t parent : level.parents) {
            aboveTurned.push_back(turned[parent]);
            abovePlaces.push_back(places[parent]);
        }
        const at::Tensor frame = at::stack(aboveTurned, 1);
        const at::Tensor offset =
            rest.index_select(1, level.jointIndex) - rest.index_select(1, level.parentIndex);
        const at::Tensor now = at::matmul(frame, rotations.index_select(1, level.jointIndex));
        const at::Tensor where =
            at::stack(abovePlaces, 1) + at::matmul(frame, offset.unsqueeze(-1)).squeeze(-1);
        for (std::size_t i = 0; i < level.joints.size(); ++i) {
            turned[level.joints[i]] = now.select(1, static_cast<std::int64_t>(i));
            places[level.joints[i]] = where.select(1, static_cast<std::int64_t>(i));
        }
    }
    return {at::stack(turned, 1), at::stack(places, 1)};
}

at::Tensor BodyJoints::skinned(const at::Tensor& rotations, const at::Tensor& rest,
                               const Chain& chain, const at::Tensor& betas) const {
    const at::Tensor shift =
        chain.places - at::matmul(chain.turned, rest.unsqueeze(-1)).squeeze(-1);
    const at::Tensor feature =
        (rotations.narrow(1, 1, kJointCount - 1) - at::eye(3, rotations.options())).flatten(1);
    const at::Tensor corrected =
        shapedVertices(betas) + at::matmul(feature.index_select(1, correctiveOf_), correctives_)
                                    .view({rotations.size(0), -1, 3});
    const at::Tensor blended = at::einsum("vj,fjab->fvab", {weights_, chain.turned});
    return at::matmul(blended, corrected.unsqueeze(-1)).squeeze(-1) + at::matmul(weights_, shift);
}

BodyJoints::Posed BodyJoints::pose(const at::Tensor& rotations, const at::Tensor& betas) const {
    const at::Tensor rest = shapedJoints(betas).expand({rotations.size(0), -1, -1});
    const Chain made = chain(rotations, rest);
    if (!hasVertices()) return {made.places, {}};
    return {made.places, skinned(rotations, rest, made, betas)};
}

at::Tensor footSlide(const at::Tensor& feet, const at::Tensor& contacts) {
    constexpr double kStands = 0.95;
    const at::Tensor moved =
        feet.narrow(1, 1, feet.size(1) - 1) - feet.narrow(1, 0, feet.size(1) - 1);
    const at::Tensor whole = at::cat({moved, at::zeros_like(feet.narrow(1, 0, 1))}, 1);
    const at::Tensor stands = (contacts > kStands).unsqueeze(-1).to(feet.scalar_type());
    return (whole * stands).abs().mean();
}

} // namespace gesture::training
