// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/motion/forward_kinematics.h"
#include "core/motion/skeleton.h"
#include "core/motion/skinning_kernel.h"

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gesture::motion {

/// (n, 3) float32, row-major: what files, spans and vertex buffers hold.
using Points = Eigen::Matrix<float, Eigen::Dynamic, 3, Eigen::RowMajor>;
using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
/// Affine transform: worldFromRest etc., upper three rows.
using Transform = Eigen::Matrix<float, 3, 4, Eigen::RowMajor>;

/// The numbers of an SMPL-X-layout body, as its file holds them. V vertices, 55 joints.
struct BodyModelData {
    Points templateVertices;                         ///< (V, 3) metres, T-pose.
    std::vector<std::array<std::uint32_t, 3>> faces; ///< Triangles.
    RowMatrix shapeDirections;            ///< (3V, shapes): row 3v+c is axis c of vertex v.
    RowMatrix expressionDirections;       ///< (3V, expressions).
    RowMatrix poseDirections;             ///< (3V, P) columns of the pose correctives.
    std::vector<int> poseDirectionIndex;  ///< (P) which of the 486 entries of R(1..54) - I.
    RowMatrix jointRegressor;             ///< (55, V).
    RowMatrix weights;                    ///< (V, 55), rows sum to 1.
    std::vector<int> parents;             ///< (55), -1 for the root.
    std::array<float, 45> leftHandMean{}; ///< Added to the hand poses, radians.
    std::array<float, 45> rightHandMean{};
};

/// One pose of the body. Spans must outlive the call.
struct BodyPose {
    std::span<const float, kPoseSize> axisAngles; ///< (55, 3) without the mean hand pose.
    std::span<const float, 3> translation;        ///< metres
    std::span<const float> expression;            ///< up to expressionCount(); missing ones are 0.
};

class ShapedBody;
struct SkinningTables;

/// Shape, expression, pose correctives and linear blend skinning of the SMPL-X formulation (paper
/// section 3.1; package smplx 0.1.28, `lbs`), for any number of vertices and directions.
/// Immutable after `create`, any thread.
class BodyModel : public std::enable_shared_from_this<BodyModel> {
public:
    /// Takes the data over. InvalidInput with the array's name when sizes do not fit each other,
    /// an index is out of range, the parents are not SMPL-X's, weights do not sum to 1, or a
    /// number is not finite.
    [[nodiscard]] static Result<std::shared_ptr<const BodyModel>> create(BodyModelData data);
    BodyModel(const BodyModel&) = delete;
    BodyModel& operator=(const BodyModel&) = delete;
    ~BodyModel();

    [[nodiscard]] const BodyModelData& data() const { return data_; }
    [[nodiscard]] int vertexCount() const {
        return static_cast<int>(data_.templateVertices.rows());
    }
    [[nodiscard]] int shapeCount() const { return static_cast<int>(data_.shapeDirections.cols()); }
    [[nodiscard]] int expressionCount() const {
        return static_cast<int>(data_.expressionDirections.cols());
    }

    /// The body with `betas` applied (missing ones are 0, extra ones are ignored). It keeps the
    /// model alive.
    [[nodiscard]] std::shared_ptr<const ShapedBody> shaped(std::span<const float> betas) const;

private:
    friend class ShapedBody;
    explicit BodyModel(BodyModelData data);

    BodyModelData data_;
    std::unique_ptr<const SkinningTables> tables_;
};

/// Reusable buffers for `ShapedBody::pose`; one per thread.
struct PosedBody {
    Points vertices;                                  ///< (V, 3) metres, world.
    Points joints;                                    ///< (55, 3) metres, world.
    std::array<Transform, kJointCount> worldFromRest; ///< Skinning transforms, with translation.
    Eigen::VectorXf poseFeature;                      ///< (P) entries of R - I: corrective weights.

    /// Working memory of `pose`, kept so that it is allocated once.
    struct Scratch {
        std::vector<JointColumns> transforms;
        std::vector<std::int32_t> active;
        std::vector<float> weights;
    } scratch;
};

/// A body of fixed shape: template plus betas, with everything precomputed that does not change
/// over a clip. Made by `BodyModel::shaped`, keeps its model alive. Immutable, any thread.
class ShapedBody {
public:
    ShapedBody(std::shared_ptr<const BodyModel> model, std::span<const float> betas);

    [[nodiscard]] const BodyModel& model() const { return *model_; }
    /// (V, 3) rest vertices of this shape, without expression; (55, 3) rest joints.
    [[nodiscard]] const Points& restVertices() const { return restVertices_; }
    [[nodiscard]] const Points& restJoints() const { return restJoints_; }

    /// Joint transforms only: fills joints, worldFromRest and poseFeature.
    void poseJoints(const BodyPose& pose, PosedBody& out) const;
    /// The whole body: also fills vertices. On one thread it allocates nothing when `out` was used
    /// before; `threads` more than 1 pays for bodies with all correctives, 0 takes what there is.
    void pose(const BodyPose& pose, PosedBody& out, int threads = 1) const;
    /// Many poses at once (faster per frame: one matrix product for the correctives).
    /// `vertices` is (poses, V, 3), `joints` (poses, 55, 3); either may be empty. About 0.2 ms a
    /// pose: callers that must stay cancellable ask for a few hundred at a time. `threads` 0 takes
    /// what the machine has.
    void poseMany(std::span<const BodyPose> poses, std::span<float> vertices,
                  std::span<float> joints, int threads = 0) const;

private:
    void poseBatch(std::span<const BodyPose> poses, std::span<PosedBody> posed, float* vertices,
                   std::size_t threads) const;
    [[nodiscard]] SkinningJob emptyJob() const;

    std::shared_ptr<const BodyModel> model_;
    Points restVertices_;
    Points restJoints_;
    std::vector<Panel> restPanels_;
};

} // namespace gesture::motion
