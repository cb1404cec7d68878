// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/frechet_distance.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <fmt/format.h>
#include <string_view>

namespace gesture::metrics {

namespace {

using Matrix = Eigen::MatrixXd;
using ComplexMatrix = Eigen::MatrixXcd;
using Features = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double kDiagonalOffset = 1e-6;
constexpr double kMostImaginary = 1e-3;

struct Gaussian {
    Eigen::VectorXd mean;
    Matrix covariance;
};

Result<Gaussian> gaussianOf(std::span<const float> features, std::size_t width,
                            std::string_view whose) {
    const std::size_t rows = width == 0 ? 0 : features.size() / width;
    if (width == 0 || rows * width != features.size() || rows < 2)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The Fréchet distance needs at least two rows of {} features; the "
                                 "{} motion has {} numbers.",
                                 width, whose, features.size())};
    if (!std::all_of(features.begin(), features.end(), [](float x) { return std::isfinite(x); }))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Features of the {} motion are not finite.", whose)};
    const Matrix values =
        Eigen::Map<const Features>(features.data(), static_cast<Eigen::Index>(rows),
                                   static_cast<Eigen::Index>(width))
            .cast<double>();
    Gaussian result;
    result.mean = values.colwise().mean();
    const Matrix centred = values.rowwise() - result.mean.transpose();
    result.covariance = centred.transpose() * centred / static_cast<double>(rows - 1);
    return result;
}

/// Square root of a triangular matrix (Björck and Hammarling), row after row from the diagonal on;
/// false where it has none that is finite.
bool rootOfTriangle(const ComplexMatrix& triangle, ComplexMatrix& root) {
    const Eigen::Index size = triangle.rows();
    root = ComplexMatrix::Zero(size, size);
    for (Eigen::Index column = 0; column < size; ++column) {
        root(column, column) = std::sqrt(triangle(column, column));
        for (Eigen::Index row = column - 1; row >= 0; --row) {
            std::complex<double> rest = triangle(row, column);
            for (Eigen::Index k = row + 1; k < column; ++k)
                rest -= root(row, k) * root(k, column);
            const std::complex<double> divisor = root(row, row) + root(column, column);
            if (divisor == 0.0 && rest != 0.0) return false;
            root(row, column) = divisor == 0.0 ? 0.0 : rest / divisor;
        }
    }
    return root.allFinite();
}

/// Diagonal of the square root of any matrix; empty where there is none.
Eigen::VectorXcd rootDiagonal(const Matrix& product) {
    const Eigen::ComplexSchur<Matrix> schur(product);
    ComplexMatrix root;
    if (schur.info() != Eigen::Success || !rootOfTriangle(schur.matrixT(), root)) return {};
    const ComplexMatrix left = schur.matrixU() * root;
    return (left.array() * schur.matrixU().conjugate().array()).rowwise().sum();
}

/// Trace of the root of the product as the originals' scripts take it.
double scriptTrace(const Gaussian& a, const Gaussian& b, MetricMode mode) {
    const Matrix offset =
        kDiagonalOffset * Matrix::Identity(a.covariance.rows(), a.covariance.cols());
    const bool always = mode == MetricMode::EvalTools;
    Eigen::VectorXcd diagonal;
    if (!always) diagonal = rootDiagonal(a.covariance * b.covariance);
    if (diagonal.size() == 0)
        diagonal = rootDiagonal((a.covariance + offset) * (b.covariance + offset));
    if (diagonal.size() == 0) return std::nan("");
    if (!always && diagonal.imag().cwiseAbs().maxCoeff() > kMostImaginary) return std::nan("");
    return diagonal.real().sum();
}

/// Root of a symmetric matrix; what rounding made negative counts as 0.
Matrix symmetricRoot(const Matrix& symmetric) {
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(symmetric);
    const Eigen::VectorXd roots = solver.eigenvalues().cwiseMax(0.0).cwiseSqrt();
    return solver.eigenvectors() * roots.asDiagonal() * solver.eigenvectors().transpose();
}

double symmetricTrace(const Gaussian& a, const Gaussian& b) {
    const Matrix root = symmetricRoot(a.covariance);
    const Matrix inner = root * b.covariance * root;
    const Matrix symmetric = 0.5 * (inner + inner.transpose());
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(symmetric, Eigen::EigenvaluesOnly);
    return solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().sum();
}

} // namespace

Result<double> frechetDistance(std::span<const float> generated, std::span<const float> reference,
                               std::size_t width, MetricMode mode) {
    const auto ours = gaussianOf(generated, width, "generated");
    if (!ours) return ours.error();
    const auto theirs = gaussianOf(reference, width, "reference");
    if (!theirs) return theirs.error();
    const bool standard = mode == MetricMode::Standard;
    const double trace =
        standard ? symmetricTrace(*ours, *theirs) : scriptTrace(*ours, *theirs, mode);
    if (std::isnan(trace)) return kFailedFrechetDistance;
    const double distance = (ours->mean - theirs->mean).squaredNorm() + ours->covariance.trace() +
                            theirs->covariance.trace() - 2.0 * trace;
    return standard ? std::max(0.0, distance) : distance;
}

} // namespace gesture::metrics
