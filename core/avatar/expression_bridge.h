// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/face_units.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"
#include "core/motion/body_model.h"
#include "core/motion/skeleton.h"

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gesture::avatar {

using FaceUnits = std::array<float, kFaceUnitCount>;
using SmplxExpression = std::array<float, motion::kExpressionCount>;

/// How well a direction of one space can be shown in the other, over the face's vertices.
struct BridgeFit {
    float sizeMillimetres = 0.0F;  ///< RMS displacement of the direction itself, at 1.
    float errorMillimetres = 0.0F; ///< RMS of what the other space cannot show.
};

/// Linear maps between SMPL-X's expression space and the 52 face units, fitted on the user's own
/// licensed body. Immutable, any thread.
class ExpressionBridge {
public:
    struct Data {
        motion::RowMatrix unitsFromSmplx; ///< (52, 100)
        motion::RowMatrix smplxFromUnits; ///< (100, 52)
        motion::RowMatrix unitGram;       ///< (52, 52) inner products of the units' displacements.
        std::vector<BridgeFit> unitFits;  ///< (52) face units shown by SMPL-X.
        std::vector<BridgeFit> smplxFits; ///< (100) SMPL-X directions shown by face units.
        float surfaceDistanceMillimetres = 0.0F; ///< Mean between the faces after registration.
    };

    /// InvalidInput when a size is wrong or a number is not finite.
    [[nodiscard]] static Result<ExpressionBridge> create(Data data);

    [[nodiscard]] const Data& data() const { return data_; }

    /// Face units 0..1 whose displacement is closest to that of the SMPL-X coefficients.
    [[nodiscard]] FaceUnits
    unitsFromSmplx(std::span<const float, motion::kExpressionCount> expression) const;
    /// SMPL-X coefficients whose displacement is closest to that of the face units.
    [[nodiscard]] SmplxExpression
    smplxFromUnits(std::span<const float, kFaceUnitCount> units) const;

private:
    explicit ExpressionBridge(Data data)
        : data_(std::move(data)) {}
    Data data_;
};

/// Fits a bridge: lays the faces over each other and solves for both maps by ridge least squares.
/// `licensed` needs 100 SMPL-X expressions (fewer are filled with zeros), `free` the 52 face units.
/// InvalidInput when one of them has other expressions, or the faces do not meet; Cancelled.
[[nodiscard]] Result<ExpressionBridge>
fitExpressionBridge(const io::Avatar& licensed, const io::Avatar& free, JobControl& control);

} // namespace gesture::avatar
