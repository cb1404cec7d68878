// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/jaw_corrective.h"

#include "core/avatar/face_units.h"

#include <Eigen/LU>

namespace gesture::avatar {

Points64 jawCorrective(const JawCorrectiveInput& input) {
    constexpr double kNegligible = 1e-6; // metres: rounding, not shape
    const Eigen::Matrix3d turn = rotationAbout(Eigen::Vector3d::UnitX(), kJawOpenAngle);
    Points64 column(input.rest.rows(), 3);
    for (Eigen::Index v = 0; v < input.rest.rows(); ++v) {
        const double weight = input.weight[v];
        const Eigen::Matrix3d skinning =
            (1.0 - weight) * Eigen::Matrix3d::Identity() + weight * turn;
        const Eigen::Vector3d shift = weight * (input.joint - turn * input.joint);
        const Eigen::Vector3d rest = input.rest.row(v);
        const Eigen::Vector3d wanted = rest + input.jawOpen.row(v).transpose();
        const Eigen::Vector3d correction = skinning.inverse() * (wanted - shift) - rest;
        const bool matters = correction.cwiseAbs().sum() >= kNegligible;
        column.row(v) = matters ? correction.transpose() : Eigen::RowVector3d::Zero().eval();
    }
    return column / std::sin(kJawOpenAngle);
}

} // namespace gesture::avatar
