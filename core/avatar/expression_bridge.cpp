// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/expression_bridge.h"

#include "core/avatar/face_registration.h"
#include "core/avatar/face_surface.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>

namespace gesture::avatar {

namespace {

using Eigen::MatrixXd;
using motion::RowMatrix;

constexpr auto kUnits = static_cast<Eigen::Index>(kFaceUnitCount);
constexpr Eigen::Index kSmplx = motion::kExpressionCount;
constexpr double kRidge = 1e-3;       ///< Of the mean squared size of a direction.
constexpr float kMovedMetres = 2e-4F; ///< A vertex that no unit moves farther is not of the face.
constexpr int kMaxSweeps = 40;
constexpr double kSettled = 1e-5;

bool hasSize(const RowMatrix& matrix, Eigen::Index rows, Eigen::Index columns) {
    return matrix.rows() == rows && matrix.cols() == columns && matrix.allFinite();
}

/// Vertices of the free face that some unit moves.
std::vector<std::uint32_t> movedVertices(const io::Avatar& free) {
    const RowMatrix& directions = free.body->data().expressionDirections;
    const FaceSurface surface(free);
    std::vector<std::uint32_t> moved;
    for (const std::uint32_t vertex : surface.vertices()) {
        const auto block = directions.middleRows(3 * static_cast<Eigen::Index>(vertex), 3);
        if (block.colwise().norm().maxCoeff() > kMovedMetres) moved.push_back(vertex);
    }
    return moved;
}

/// Displacements of the paired face vertices, (3 pairs, directions), metres in the free avatar.
struct Displacements {
    MatrixXd units; ///< 52 columns
    MatrixXd smplx; ///< 100 columns
};

Displacements gather(const FaceRegistration& registration, const io::Avatar& licensed,
                     const io::Avatar& free) {
    const RowMatrix& unitDirections = free.body->data().expressionDirections;
    const RowMatrix& smplxDirections = licensed.body->data().expressionDirections;
    const Eigen::Index known = std::min<Eigen::Index>(smplxDirections.cols(), kSmplx);
    const Similarity& toLicensed = registration.targetFromSource;
    const Eigen::Matrix3d toFree = toLicensed.rotation.transpose() / toLicensed.scale;
    const auto rows = 3 * static_cast<Eigen::Index>(registration.pairs.size());
    Displacements result{MatrixXd(rows, kUnits), MatrixXd::Zero(rows, kSmplx)};
    Eigen::Index row = 0;
    for (const FacePair& pair : registration.pairs) {
        const Eigen::Index own = 3 * static_cast<Eigen::Index>(pair.vertex);
        result.units.middleRows(row, 3) = unitDirections.block(own, 0, 3, kUnits).cast<double>();
        result.smplx.block(row, 0, 3, known) =
            toFree * FaceSurface::displacementAt(pair.place, smplxDirections).leftCols(known);
        row += 3;
    }
    return result;
}

/// argmin |A X - B|² + ridge |X|².
MatrixXd ridgeSolve(const MatrixXd& a, const MatrixXd& b) {
    MatrixXd gram = a.transpose() * a;
    const double ridge = kRidge * gram.trace() / static_cast<double>(gram.rows());
    gram.diagonal().array() += std::max(ridge, 1e-12);
    return gram.ldlt().solve(a.transpose() * b);
}

std::vector<BridgeFit> fits(const MatrixXd& wanted, const MatrixXd& shown) {
    const double perVertex = 1000.0 / std::sqrt(static_cast<double>(wanted.rows()) / 3.0);
    std::vector<BridgeFit> result;
    for (Eigen::Index k = 0; k < wanted.cols(); ++k) {
        result.push_back({static_cast<float>(perVertex * wanted.col(k).norm()),
                          static_cast<float>(perVertex * (wanted.col(k) - shown.col(k)).norm())});
    }
    return result;
}

Status checkSpaces(const io::Avatar& licensed, const io::Avatar& free) {
    if (licensed.expressionSpace != motion::ExpressionSpace::Smplx ||
        licensed.body->expressionCount() == 0) {
        return Error(ErrorCode::InvalidInput,
                     "A bridge needs a body with SMPL-X expressions: give the licensed file "
                     "(SMPLX_NEUTRAL_2020.npz or the like).");
    }
    if (free.expressionSpace != motion::ExpressionSpace::Arkit52 ||
        free.body->expressionCount() != static_cast<int>(kFaceUnitCount)) {
        return Error(ErrorCode::InvalidInput,
                     fmt::format("A bridge needs an avatar with the {} ARKit face units on the "
                                 "other side; this one has {} expressions.",
                                 kFaceUnitCount, free.body->expressionCount()));
    }
    return Status::success();
}

} // namespace

Result<ExpressionBridge> ExpressionBridge::create(Data data) {
    if (!hasSize(data.unitsFromSmplx, kUnits, kSmplx) ||
        !hasSize(data.smplxFromUnits, kSmplx, kUnits) || !hasSize(data.unitGram, kUnits, kUnits) ||
        data.unitFits.size() != kFaceUnitCount ||
        data.smplxFits.size() != static_cast<std::size_t>(kSmplx)) {
        return Error(ErrorCode::InvalidInput,
                     "The bridge is damaged: make it again with `gesture avatar bridge`.");
    }
    return ExpressionBridge(std::move(data));
}

/// The unconstrained answer is projected onto 0..1 in the metric of the displacements, by
/// coordinate descent: a plain clamp would lose what the clamped units showed.
FaceUnits ExpressionBridge::unitsFromSmplx(
    std::span<const float, motion::kExpressionCount> expression) const {
    const Eigen::Map<const Eigen::VectorXf> coefficients(expression.data(), kSmplx);
    const Eigen::VectorXf wanted = data_.unitsFromSmplx * coefficients;
    const Eigen::VectorXf target = data_.unitGram * wanted;
    FaceUnits result{};
    Eigen::Map<Eigen::VectorXf> units(result.data(), kUnits);
    units = wanted.cwiseMax(0.0F).cwiseMin(1.0F);
    for (int sweep = 0; sweep < kMaxSweeps; ++sweep) {
        float change = 0.0F;
        for (Eigen::Index k = 0; k < kUnits; ++k) {
            const float own = data_.unitGram(k, k);
            if (!(own > 0.0F)) continue;
            const float pull = target[k] - data_.unitGram.row(k).dot(units);
            const float moved = std::clamp(units[k] + pull / own, 0.0F, 1.0F);
            change = std::max(change, std::abs(moved - units[k]));
            units[k] = moved;
        }
        if (change < static_cast<float>(kSettled)) break;
    }
    return result;
}

SmplxExpression
ExpressionBridge::smplxFromUnits(std::span<const float, kFaceUnitCount> units) const {
    const Eigen::Map<const Eigen::VectorXf> weights(units.data(), kUnits);
    SmplxExpression result{};
    Eigen::Map<Eigen::VectorXf>(result.data(), kSmplx) = data_.smplxFromUnits * weights;
    return result;
}

Result<ExpressionBridge> fitExpressionBridge(const io::Avatar& licensed, const io::Avatar& free,
                                             JobControl& control) {
    if (auto status = checkSpaces(licensed, free); !status) return status.error();
    const auto registration = registerFaces(free, movedVertices(free), licensed, control);
    if (!registration) return registration.error();
    const Displacements moved = gather(*registration, licensed, free);

    const MatrixXd unitsFromSmplx = ridgeSolve(moved.units, moved.smplx);
    const MatrixXd smplxFromUnits = ridgeSolve(moved.smplx, moved.units);
    ExpressionBridge::Data data;
    data.unitsFromSmplx = unitsFromSmplx.cast<float>();
    data.smplxFromUnits = smplxFromUnits.cast<float>();
    MatrixXd gram = moved.units.transpose() * moved.units;
    gram.diagonal().array() += kRidge * gram.trace() / static_cast<double>(kUnits);
    data.unitGram = gram.cast<float>();
    data.unitFits = fits(moved.units, moved.smplx * smplxFromUnits);
    data.smplxFits = fits(moved.smplx, moved.units * unitsFromSmplx);
    data.surfaceDistanceMillimetres = static_cast<float>(1000.0 * registration->meanDistance /
                                                         registration->targetFromSource.scale);
    return ExpressionBridge::create(std::move(data));
}

} // namespace gesture::avatar
