// SPDX-License-Identifier: Apache-2.0
#include "core/motion/body_model.h"

#include "core/base/assert.h"
#include "core/base/rotation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gesture::motion {

namespace {

constexpr int kRotationEntries = 9 * (kJointCount - 1);

Error invalid(std::string message) { return {ErrorCode::InvalidInput, std::move(message)}; }

Eigen::Map<const Eigen::VectorXf> flat(const Points& points) {
    return {points.data(), points.size()};
}

} // namespace

BodyModel::BodyModel(BodyModelData data)
    : data_(std::move(data)) {}
BodyModel::~BodyModel() = default;

Result<std::shared_ptr<const BodyModel>> BodyModel::create(BodyModelData data) {
    const Eigen::Index v = data.templateVertices.rows();
    if (v == 0 || data.shapeDirections.rows() != 3 * v ||
        data.expressionDirections.rows() != 3 * v || data.poseDirections.rows() != 3 * v ||
        data.weights.rows() != v || data.weights.cols() != kJointCount ||
        data.jointRegressor.cols() != v || data.jointRegressor.rows() != kJointCount ||
        data.poseDirections.cols() != static_cast<Eigen::Index>(data.poseDirectionIndex.size())) {
        return invalid(fmt::format("The arrays of the body model do not fit {} vertices.", v));
    }
    for (const int index : data.poseDirectionIndex) {
        if (index < 0 || index >= kRotationEntries) return invalid("posedirs index out of range.");
    }
    if (!std::ranges::equal(data.parents, jointParents())) {
        return invalid("The joint hierarchy is not that of SMPL-X.");
    }
    return std::shared_ptr<const BodyModel>(new BodyModel(std::move(data)));
}

std::shared_ptr<const ShapedBody> BodyModel::shaped(std::span<const float> betas) const {
    return std::make_shared<const ShapedBody>(shared_from_this(), betas);
}

ShapedBody::ShapedBody(std::shared_ptr<const BodyModel> model, std::span<const float> betas)
    : model_(std::move(model))
    , restVertices_(model_->data_.templateVertices) {
    const auto count = std::min<Eigen::Index>(static_cast<Eigen::Index>(betas.size()),
                                              model_->data_.shapeDirections.cols());
    const Eigen::Map<const Eigen::VectorXf> used(betas.data(), count);
    Eigen::Map<Eigen::VectorXf>(restVertices_.data(), restVertices_.size()) +=
        model_->data_.shapeDirections.leftCols(count) * used;
    restJoints_ = model_->data_.jointRegressor * restVertices_;
}

void ShapedBody::poseJoints(const BodyPose& pose, PosedBody& out) const {
    const BodyModelData& data = model_->data_;
    const auto count = std::min<Eigen::Index>(static_cast<Eigen::Index>(pose.expression.size()),
                                              data.expressionDirections.cols());
    Points shaped = restVertices_;
    Eigen::Map<Eigen::VectorXf>(shaped.data(), shaped.size()) +=
        data.expressionDirections.leftCols(count) *
        Eigen::Map<const Eigen::VectorXf>(pose.expression.data(), count);
    const Points rest = data.jointRegressor * shaped;
    std::array<Eigen::Matrix3f, kJointCount> rotations;
    std::array<Eigen::Matrix3f, kJointCount> worldFromJoint;
    const Eigen::Vector3f translation(pose.translation[0], pose.translation[1],
                                      pose.translation[2]);
    out.joints.resize(kJointCount, 3);
    for (int j = 0; j < kJointCount; ++j) {
        const auto slot = static_cast<std::size_t>(j);
        AxisAngle rotation(pose.axisAngles[3 * slot], pose.axisAngles[3 * slot + 1],
                           pose.axisAngles[3 * slot + 2]);
        if (j >= kFirstLeftHandJoint) {
            const bool left = j < kFirstRightHandJoint;
            const auto first = 3 * static_cast<std::size_t>(
                                       j - (left ? kFirstLeftHandJoint : kFirstRightHandJoint));
            const auto& mean = left ? data.leftHandMean : data.rightHandMean;
            rotation += AxisAngle(mean[first], mean[first + 1], mean[first + 2]);
        }
        rotations[slot] = rodriguesMatrix(rotation);
        const Eigen::Vector3f own = rest.row(j).transpose();
        Eigen::Vector3f position = own + translation;
        worldFromJoint[slot] = rotations[slot];
        if (j > 0) {
            const int parent = data.parents[slot];
            const auto p = static_cast<std::size_t>(parent);
            const Eigen::Vector3f offset = own - rest.row(parent).transpose();
            position = out.joints.row(parent).transpose() + worldFromJoint[p] * offset;
            worldFromJoint[slot] = worldFromJoint[p] * rotations[slot];
        }
        out.joints.row(j) = position.transpose();
        out.worldFromRest[slot].leftCols<3>() = worldFromJoint[slot];
        out.worldFromRest[slot].col(3) = position - worldFromJoint[slot] * own;
    }
    out.poseFeature.resize(static_cast<Eigen::Index>(data.poseDirectionIndex.size()));
    for (Eigen::Index p = 0; p < out.poseFeature.size(); ++p) {
        const int entry = data.poseDirectionIndex[static_cast<std::size_t>(p)];
        const int row = entry % 9 / 3;
        const int column = entry % 3;
        out.poseFeature[p] = rotations[static_cast<std::size_t>(1 + entry / 9)](row, column) -
                             (row == column ? 1.0F : 0.0F);
    }
}

void ShapedBody::pose(const BodyPose& pose, PosedBody& out) const {
    poseJoints(pose, out);
    const BodyModelData& data = model_->data_;
    const auto count = std::min<Eigen::Index>(static_cast<Eigen::Index>(pose.expression.size()),
                                              data.expressionDirections.cols());
    Points shaped = restVertices_;
    Eigen::Map<Eigen::VectorXf>(shaped.data(), shaped.size()) +=
        data.expressionDirections.leftCols(count) *
            Eigen::Map<const Eigen::VectorXf>(pose.expression.data(), count) +
        data.poseDirections * out.poseFeature;
    out.vertices.resize(shaped.rows(), 3);
    for (Eigen::Index v = 0; v < shaped.rows(); ++v) {
        Transform blend = Transform::Zero();
        for (int j = 0; j < kJointCount; ++j) {
            blend += data.weights(v, j) * out.worldFromRest[static_cast<std::size_t>(j)];
        }
        out.vertices.row(v) = (blend * shaped.row(v).transpose().homogeneous()).transpose();
    }
}

void ShapedBody::poseMany(std::span<const BodyPose> poses, std::span<float> vertices,
                          std::span<float> joints) const {
    PosedBody out;
    for (std::size_t i = 0; i < poses.size(); ++i) {
        if (vertices.empty()) {
            poseJoints(poses[i], out);
        } else {
            pose(poses[i], out);
            std::ranges::copy(flat(out.vertices),
                              vertices.begin() +
                                  static_cast<std::ptrdiff_t>(i) * out.vertices.size());
        }
        if (joints.empty()) continue;
        std::ranges::copy(flat(out.joints),
                          joints.begin() + static_cast<std::ptrdiff_t>(i) * out.joints.size());
    }
}

} // namespace gesture::motion
