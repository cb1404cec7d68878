// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/bridge_store.h"

#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/io/npz.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gesture::avatar {

namespace {

namespace fs = std::filesystem;
using motion::RowMatrix;

io::NpyArray arrayOf(const RowMatrix& matrix) {
    const std::span<const float> values(matrix.data(), static_cast<std::size_t>(matrix.size()));
    return io::NpyArray::from(
        values, {static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols())});
}

/// (n, 2): size and error of each direction.
RowMatrix matrixOf(const std::vector<BridgeFit>& fits) {
    RowMatrix matrix(static_cast<Eigen::Index>(fits.size()), 2);
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        const BridgeFit& fit = fits[static_cast<std::size_t>(i)];
        matrix.row(i) << fit.sizeMillimetres, fit.errorMillimetres;
    }
    return matrix;
}

std::vector<BridgeFit> fitsOf(const RowMatrix& matrix) {
    std::vector<BridgeFit> fits;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        fits.push_back({matrix(i, 0), matrix(i, 1)});
    }
    return fits;
}

Result<RowMatrix> readMatrix(const io::NpzReader& npz, std::string_view name, Eigen::Index rows,
                             Eigen::Index columns) {
    const auto array = npz.read(name);
    if (!array) return array.error();
    const std::vector<std::size_t> shape = {static_cast<std::size_t>(rows),
                                            static_cast<std::size_t>(columns)};
    if (array->shape() != shape) {
        return Error(ErrorCode::InvalidInput,
                     fmt::format("'{}' is {} where ({}, {}) belongs: make the bridge again.", name,
                                 array->describe(), rows, columns));
    }
    const auto numbers = array->numbers<float>();
    if (!numbers) return numbers.error();
    return RowMatrix(Eigen::Map<const RowMatrix>(numbers->data(), rows, columns));
}

} // namespace

fs::path bridgeDirectory() { return userDataDirectory() / "bridges"; }

Result<ExpressionBridge> readBridge(const fs::path& path) {
    constexpr auto kUnits = static_cast<Eigen::Index>(kFaceUnitCount);
    constexpr Eigen::Index kSmplx = motion::kExpressionCount;
    const auto npz = io::NpzReader::open(path);
    if (!npz) return npz.error();
    auto unitsFromSmplx = readMatrix(*npz, "units_from_smplx", kUnits, kSmplx);
    if (!unitsFromSmplx) return unitsFromSmplx.error();
    auto smplxFromUnits = readMatrix(*npz, "smplx_from_units", kSmplx, kUnits);
    if (!smplxFromUnits) return smplxFromUnits.error();
    auto gram = readMatrix(*npz, "unit_gram", kUnits, kUnits);
    if (!gram) return gram.error();
    const auto unitFits = readMatrix(*npz, "unit_fit_mm", kUnits, 2);
    if (!unitFits) return unitFits.error();
    const auto smplxFits = readMatrix(*npz, "smplx_fit_mm", kSmplx, 2);
    if (!smplxFits) return smplxFits.error();
    const auto distance = readMatrix(*npz, "surface_distance_mm", 1, 1);
    if (!distance) return distance.error();
    return ExpressionBridge::create({std::move(*unitsFromSmplx), std::move(*smplxFromUnits),
                                     std::move(*gram), fitsOf(*unitFits), fitsOf(*smplxFits),
                                     (*distance)(0, 0)});
}

Status writeBridge(const fs::path& path, const ExpressionBridge& bridge) {
    const ExpressionBridge::Data& data = bridge.data();
    const RowMatrix distance = RowMatrix::Constant(1, 1, data.surfaceDistanceMillimetres);
    std::vector<std::string> names;
    for (const auto unit : faceUnitNames()) {
        names.emplace_back(unit);
    }
    return io::writeNpz(path, {{"units_from_smplx", arrayOf(data.unitsFromSmplx)},
                               {"smplx_from_units", arrayOf(data.smplxFromUnits)},
                               {"unit_gram", arrayOf(data.unitGram)},
                               {"unit_fit_mm", arrayOf(matrixOf(data.unitFits))},
                               {"smplx_fit_mm", arrayOf(matrixOf(data.smplxFits))},
                               {"surface_distance_mm", arrayOf(distance)},
                               {"unit_names", io::NpyArray::fromStrings(names)}});
}

Result<StoredBridge> makeBridge(const fs::path& licensedFile, const io::Avatar& free,
                                JobControl& control) {
    const auto hash = sha256OfFile(licensedFile);
    if (!hash) return hash.error();
    const fs::path path = bridgeDirectory() / (*hash + ".npz");
    std::error_code failure;
    if (fs::exists(path, failure)) {
        if (auto known = readBridge(path)) {
            return StoredBridge{path, std::make_shared<const ExpressionBridge>(std::move(*known))};
        }
    }
    const auto licensed = io::readAvatarFile(licensedFile);
    if (!licensed) return licensed.error();
    auto bridge = fitExpressionBridge(*licensed, free, control);
    if (!bridge) return std::move(bridge).error().withContext(licensedFile.string());
    fs::create_directories(path.parent_path(), failure);
    if (failure) {
        return Error(ErrorCode::Io, fmt::format("The folder '{}' cannot be made: {}.",
                                                path.parent_path().string(), failure.message()));
    }
    if (auto status = writeBridge(path, *bridge); !status) return status.error();
    return StoredBridge{path, std::make_shared<const ExpressionBridge>(std::move(*bridge))};
}

Result<StoredBridge> latestBridge() {
    std::optional<fs::path> latest;
    fs::file_time_type latestTime;
    std::error_code failure;
    for (fs::directory_iterator entry(bridgeDirectory(), failure), end; !failure && entry != end;
         entry.increment(failure)) {
        std::error_code unknownTime;
        const auto time = entry->last_write_time(unknownTime);
        if (unknownTime || entry->path().extension() != ".npz") continue;
        if (latest && time <= latestTime) continue;
        latest = entry->path();
        latestTime = time;
    }
    if (!latest) {
        return Error(ErrorCode::NotFound,
                     "There is no bridge yet: make one from your licensed SMPL-X file with "
                     "`gesture avatar bridge FILE`.");
    }
    auto bridge = readBridge(*latest);
    if (!bridge) return std::move(bridge).error().withContext(latest->string());
    return StoredBridge{*latest, std::make_shared<const ExpressionBridge>(std::move(*bridge))};
}

} // namespace gesture::avatar
