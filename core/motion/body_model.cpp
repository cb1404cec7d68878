// SPDX-License-Identifier: Apache-2.0
#include "core/motion/body_model.h"

#include "core/base/assert.h"
#include "core/motion/body_model_check.h"
#include "core/motion/parallel_for.h"
#include "core/motion/skinning_tables.h"

#include <algorithm>

namespace gesture::motion {

namespace {

/// Poses that share one pass over the directions: enough to hide the reading of memory, few enough
/// for their weights and transforms to stay in the second-level cache.
constexpr std::size_t kBatchPoses = 128;
constexpr std::size_t kPanelsPerPiece = 16;
constexpr std::size_t kPosesPerPiece = 8;

using VectorMap = Eigen::Map<Eigen::VectorXf>;
using ConstVectorMap = Eigen::Map<const Eigen::VectorXf>;

Eigen::Vector3f translationOf(const BodyPose& pose) {
    return {pose.translation[0], pose.translation[1], pose.translation[2]};
}

/// The coefficients of a pose that the model has directions for.
std::span<const float> usedCoefficients(std::span<const float> coefficients, Eigen::Index count) {
    return coefficients.first(std::min(coefficients.size(), static_cast<std::size_t>(count)));
}

SkinningFunction fastestKernel() {
    std::size_t count = 0;
    return skinningKernels(count)->run;
}

std::array<float, kPoseSize> withHandMeans(std::span<const float, kPoseSize> axisAngles,
                                           const BodyModelData& data) {
    std::array<float, kPoseSize> full{};
    std::ranges::copy(axisAngles, full.begin());
    for (std::size_t i = 0; i < data.leftHandMean.size(); ++i) {
        full[3 * kFirstLeftHandJoint + i] += data.leftHandMean[i];
        full[3 * kFirstRightHandJoint + i] += data.rightHandMean[i];
    }
    return full;
}

/// Entry of R - I that a corrective is driven by, numbered row by row from joint 1 on.
float rotationEntry(const JointRotations& local, int entry) {
    const int row = entry % 9 / 3;
    const int column = entry % 3;
    const int joint = 1 + entry / 9;
    const float value = local[static_cast<std::size_t>(joint)](row, column);
    return row == column ? value - 1.0F : value;
}

void packTransforms(const BodyPose& pose, const PosedBody& posed, JointColumns* columns) {
    for (std::size_t j = 0; j < kJointCount; ++j) {
        Eigen::Map<Eigen::Matrix<float, 4, 4>> packed(columns[j].values);
        packed.topRows<3>() = posed.worldFromRest[j];
        packed.col(3).head<3>() -= translationOf(pose);
        packed.row(3).setZero();
    }
}

/// Weight of feature `k` in a pose: expressions first, then correctives.
float featureWeight(const BodyPose& pose, const PosedBody& posed, std::size_t k,
                    std::size_t expressions) {
    if (k >= expressions) return posed.poseFeature[static_cast<Eigen::Index>(k - expressions)];
    return k < pose.expression.size() ? pose.expression[k] : 0.0F;
}

/// Fills `scratch` for all `poses`: features that are 0 in all of them are left out, which is
/// exact. The weights of `group` poses lie side by side; a last group is padded with zeros.
void packPoses(std::span<const BodyPose> poses, std::span<const PosedBody> posed,
               std::size_t expressions, std::size_t group, PosedBody::Scratch& scratch) {
    const std::size_t features =
        expressions + static_cast<std::size_t>(posed.front().poseFeature.size());
    const std::size_t groups = (poses.size() + group - 1) / group;
    scratch.active.clear();
    scratch.active.reserve(features);
    for (std::size_t k = 0; k < features; ++k) {
        for (std::size_t f = 0; f < poses.size(); ++f) {
            if (featureWeight(poses[f], posed[f], k, expressions) == 0.0F) continue;
            scratch.active.push_back(static_cast<std::int32_t>(k));
            break;
        }
    }
    const std::size_t active = scratch.active.size();
    scratch.weights.reserve(groups * features * group);
    scratch.weights.assign(groups * active * group, 0.0F);
    scratch.transforms.resize(poses.size() * kJointCount);
    for (std::size_t f = 0; f < poses.size(); ++f) {
        float* const weights = scratch.weights.data() + f / group * active * group + f % group;
        for (std::size_t a = 0; a < active; ++a) {
            const auto k = static_cast<std::size_t>(scratch.active[a]);
            weights[a * group] = featureWeight(poses[f], posed[f], k, expressions);
        }
        packTransforms(poses[f], posed[f], &scratch.transforms[f * kJointCount]);
    }
}

void useScratch(const PosedBody::Scratch& scratch, SkinningJob& job) {
    job.active = scratch.active.data();
    job.activeCount = scratch.active.size();
    job.featureWeights = scratch.weights.data();
    job.transforms = scratch.transforms.data();
}

} // namespace

BodyModel::BodyModel(BodyModelData data)
    : data_(std::move(data))
    , tables_(std::make_unique<const SkinningTables>(makeSkinningTables(data_))) {}

BodyModel::~BodyModel() = default;

Result<std::shared_ptr<const BodyModel>> BodyModel::create(BodyModelData data) {
    if (Status status = checkBodyModel(data); !status) return std::move(status).error();
    return std::shared_ptr<const BodyModel>(new BodyModel(std::move(data)));
}

std::shared_ptr<const ShapedBody> BodyModel::shaped(std::span<const float> betas) const {
    return std::make_shared<const ShapedBody>(shared_from_this(), betas);
}

ShapedBody::ShapedBody(std::shared_ptr<const BodyModel> model, std::span<const float> betas)
    : model_(std::move(model))
    , restVertices_(model_->data_.templateVertices)
    , restJoints_(kJointCount, 3) {
    const RowMatrix& directions = model_->data_.shapeDirections;
    const std::span<const float> used = usedCoefficients(betas, directions.cols());
    VectorMap vertices(restVertices_.data(), restVertices_.size());
    if (!used.empty()) {
        const auto count = static_cast<Eigen::Index>(used.size());
        vertices += directions.leftCols(count) * ConstVectorMap(used.data(), count);
    }
    VectorMap(restJoints_.data(), kPoseSize) =
        regressJoints(model_->data_.jointRegressor, RowMatrix(vertices)).col(0);
    restPanels_ = packPoints(restVertices_);
}

void ShapedBody::poseJoints(const BodyPose& pose, PosedBody& out) const {
    const BodyModelData& data = model_->data_;
    const RowMatrix& expressions = model_->tables_->jointExpressions;
    std::array<float, kPoseSize> rest{};
    std::ranges::copy(std::span(restJoints_.data(), kPoseSize), rest.begin());
    const std::span<const float> used = usedCoefficients(pose.expression, expressions.cols());
    const auto count = static_cast<Eigen::Index>(used.size());
    VectorMap(rest.data(), kPoseSize).noalias() +=
        expressions.leftCols(count) * ConstVectorMap(used.data(), count);

    const JointRotations local = localRotations(withHandMeans(pose.axisAngles, data));
    const SkeletonPose placed = forwardKinematics(local, rest, Eigen::Vector3f::Zero());
    const Eigen::Vector3f translation = translationOf(pose);
    out.joints.resize(kJointCount, 3);
    for (std::size_t j = 0; j < kJointCount; ++j) {
        const Eigen::Map<const Eigen::Vector3f> own(&rest[3 * j]);
        const Eigen::Vector3f offset = placed.positions[j] - placed.worldFromJoint[j] * own;
        out.joints.row(static_cast<Eigen::Index>(j)) = placed.positions[j] + translation;
        out.worldFromRest[j].leftCols<3>() = placed.worldFromJoint[j];
        out.worldFromRest[j].col(3) = offset + translation;
    }
    out.poseFeature.resize(static_cast<Eigen::Index>(data.poseDirectionIndex.size()));
    for (std::size_t p = 0; p < data.poseDirectionIndex.size(); ++p) {
        out.poseFeature[static_cast<Eigen::Index>(p)] =
            rotationEntry(local, data.poseDirectionIndex[p]);
    }
}

SkinningJob ShapedBody::emptyJob() const {
    const SkinningTables& tables = *model_->tables_;
    SkinningJob job{};
    job.rest = restPanels_.data();
    job.directions = tables.directions.data();
    job.features = tables.features;
    job.influenceStart = tables.influenceStart.data();
    job.influenceJoints = tables.influenceJoints.data();
    job.influenceWeights = tables.influenceWeights.data();
    job.vertexCount = static_cast<std::size_t>(model_->vertexCount());
    return job;
}

void ShapedBody::pose(const BodyPose& pose, PosedBody& out, int threads) const {
    poseJoints(pose, out);
    packPoses({&pose, 1}, {&out, 1}, static_cast<std::size_t>(model_->expressionCount()), 1,
              out.scratch);
    out.vertices.resize(model_->vertexCount(), 3);
    SkinningJob job = emptyJob();
    useScratch(out.scratch, job);
    job.frames = 1;
    job.translations = pose.translation.data();
    job.vertices = out.vertices.data();
    const SkinningFunction run = fastestKernel();
    const std::size_t used = threadCount(threads);
    if (used == 1) return run(job, 0, restPanels_.size());
    parallelFor(used, restPanels_.size(), kPanelsPerPiece,
                [&](std::size_t begin, std::size_t end) { run(job, begin, end); });
}

void ShapedBody::poseBatch(std::span<const BodyPose> poses, std::span<PosedBody> posed,
                           float* vertices, std::size_t threads) const {
    parallelFor(threads, poses.size(), kPosesPerPiece, [&](std::size_t begin, std::size_t end) {
        for (std::size_t f = begin; f < end; ++f) {
            poseJoints(poses[f], posed[f]);
        }
    });
    if (vertices == nullptr) return;
    const std::size_t group = poses.size() == 1 ? 1 : kFrameGroup;
    PosedBody::Scratch& scratch = posed.front().scratch;
    packPoses(poses, posed, static_cast<std::size_t>(model_->expressionCount()), group, scratch);
    std::vector<float> translations;
    translations.reserve(3 * poses.size());
    for (const BodyPose& pose : poses) {
        translations.insert(translations.end(), pose.translation.begin(), pose.translation.end());
    }
    SkinningJob job = emptyJob();
    useScratch(scratch, job);
    job.frames = poses.size();
    job.translations = translations.data();
    job.vertices = vertices;
    const SkinningFunction run = fastestKernel();
    parallelFor(threads, restPanels_.size(), kPanelsPerPiece,
                [&](std::size_t begin, std::size_t end) { run(job, begin, end); });
}

void ShapedBody::poseMany(std::span<const BodyPose> poses, std::span<float> vertices,
                          std::span<float> joints, int threads) const {
    const std::size_t vertexFloats = 3 * static_cast<std::size_t>(model_->vertexCount());
    GESTURE_ASSERT(vertices.empty() || vertices.size() == poses.size() * vertexFloats);
    GESTURE_ASSERT(joints.empty() || joints.size() == poses.size() * kPoseSize);
    std::vector<PosedBody> posed(std::min(poses.size(), kBatchPoses));
    for (std::size_t first = 0; first < poses.size(); first += posed.size()) {
        const std::size_t count = std::min(posed.size(), poses.size() - first);
        float* const out = vertices.empty() ? nullptr : &vertices[first * vertexFloats];
        poseBatch(poses.subspan(first, count), std::span(posed).first(count), out,
                  threadCount(threads));
        for (std::size_t f = 0; f < count && !joints.empty(); ++f) {
            std::ranges::copy(std::span(posed[f].joints.data(), kPoseSize),
                              joints.subspan((first + f) * kPoseSize, kPoseSize).begin());
        }
    }
}

} // namespace gesture::motion
