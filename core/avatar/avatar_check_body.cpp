// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/avatar_check_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace gesture::avatar {

namespace {

constexpr double kLowest = 0.4; ///< Metres: heights outside are not a person's.
constexpr double kTallest = 3.0;
constexpr double kCentimetres = 40.0; ///< Heights above are centimetres or millimetres.
constexpr double kWeightSum = 1e-3;
constexpr double kNegativeWeight = -1e-6;

void add(AvatarReport& report, Severity severity, std::string text) {
    report.findings.push_back({severity, std::move(text)});
}

void checkFaces(const BodyArrays& body, AvatarReport& report) {
    const auto vertices = static_cast<double>(report.summary.vertices);
    if (vertices == 0.0) return;
    const auto bad = std::find_if(body.faces.begin(), body.faces.end(), [vertices](double index) {
        return index < 0.0 || index >= vertices || index != std::floor(index);
    });
    if (bad != body.faces.end()) {
        add(report, Severity::Error,
            fmt::format("Triangle {} names vertex {}, but there are only {} vertices.",
                        (bad - body.faces.begin()) / 3, *bad, report.summary.vertices));
        return;
    }
    std::int64_t collapsed = 0;
    for (std::size_t i = 0; i + 2 < body.faces.size(); i += 3) {
        const double a = body.faces[i];
        const double b = body.faces[i + 1];
        const double c = body.faces[i + 2];
        if (a == b || b == c || a == c) ++collapsed;
    }
    if (collapsed > 0) {
        add(report, Severity::Warning,
            fmt::format("{} triangles use a vertex twice and cannot be seen.", collapsed));
    }
}

void checkWeights(const BodyArrays& body, AvatarReport& report) {
    if (body.weights.rows() == 0) return;
    Eigen::Index row = 0;
    Eigen::Index column = 0;
    if (body.weights.minCoeff(&row, &column) < kNegativeWeight) {
        add(report, Severity::Error,
            fmt::format("The weight of vertex {} on joint '{}' is negative.", row,
                        motion::jointNames()[static_cast<std::size_t>(column)]));
    }
    const Eigen::VectorXd error = (body.weights.rowwise().sum().array() - 1.0).abs();
    if (error.maxCoeff(&row) > kWeightSum) {
        add(report, Severity::Error,
            fmt::format("The weights of {} vertices do not sum to 1 (vertex {} has {:.3f}).",
                        (error.array() > kWeightSum).count(), row, body.weights.row(row).sum()));
    }
}

/// The axis along which the body is longest from the feet to the head, by its joints.
int upAxis(const Points64& joints) {
    const Eigen::RowVector3d feet =
        0.5 * (joints.row(motion::kLeftFoot) + joints.row(motion::kRightFoot));
    Eigen::Index axis = 0;
    (joints.row(motion::kHead) - feet).cwiseAbs().maxCoeff(&axis);
    return static_cast<int>(axis);
}

void checkHeight(const BodyArrays& body, AvatarReport& report) {
    const double height = report.summary.heightMetres;
    if (height > kCentimetres) {
        add(report, Severity::Error,
            fmt::format("The body is {:.0f} units tall: the file seems to be in {}; metres are "
                        "needed.",
                        height, height > 10.0 * kCentimetres ? "millimetres" : "centimetres"));
    } else if (height < kLowest || height > kTallest) {
        add(report, Severity::Warning,
            fmt::format("The body is {:.2f} m tall, which is unusual for a person.", height));
    }
    if (body.joints.rows() == 0) return;
    const int up = upAxis(body.joints);
    if (up != 1) {
        add(report, Severity::Error,
            fmt::format("The body stands along {}: the y axis must point up.",
                        up == 2 ? "z" : "x"));
    } else if (body.joints(motion::kHead, 1) < body.joints(motion::kPelvis, 1)) {
        add(report, Severity::Error, "The body stands on its head: the y axis must point up.");
    }
}

void checkJoints(const BodyArrays& body, AvatarReport& report) {
    if (body.joints.rows() == 0) return;
    const Eigen::RowVector3d low = body.vertices.colwise().minCoeff();
    const Eigen::RowVector3d high = body.vertices.colwise().maxCoeff();
    const double slack = 0.02 * (high - low).maxCoeff();
    for (int j = 0; j < motion::kJointCount; ++j) {
        const Eigen::RowVector3d joint = body.joints.row(j);
        const bool inside =
            ((joint - low).array() > -slack).all() && ((high - joint).array() > -slack).all();
        if (inside) continue;
        add(report, Severity::Error,
            fmt::format("Joint '{}' lies outside the body, at ({:.2f}, {:.2f}, {:.2f}): "
                        "'J_regressor' does not fit the mesh.",
                        motion::jointNames()[static_cast<std::size_t>(j)], joint.x(), joint.y(),
                        joint.z()));
        return;
    }
    if (body.joints(motion::kLeftWrist, 0) <= body.joints(motion::kRightWrist, 0)) {
        add(report, Severity::Error,
            "The left hand lies at smaller x than the right one: the body must face +z, with its "
            "left side towards +x.");
    }
}

} // namespace

void checkBody(const BodyArrays& body, AvatarReport& report) {
    checkFaces(body, report);
    checkWeights(body, report);
    if (body.vertices.rows() == 0) return;
    const Eigen::RowVector3d extent =
        body.vertices.colwise().maxCoeff() - body.vertices.colwise().minCoeff();
    const int up = body.joints.rows() > 0 ? upAxis(body.joints) : 1;
    report.summary.heightMetres = extent[up];
    checkHeight(body, report);
    checkJoints(body, report);
}

} // namespace gesture::avatar
