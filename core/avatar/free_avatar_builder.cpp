// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/free_avatar_builder.h"

#include "core/avatar/bake.h"
#include "core/avatar/face_units.h"
#include "core/avatar/free_avatar_layout.h"
#include "core/avatar/free_avatar_sources.h"
#include "core/avatar/free_avatar_triangles.h"
#include "core/avatar/jaw_corrective.h"
#include "core/avatar/joint_rig.h"
#include "core/avatar/kept_mesh.h"
#include "core/avatar/neutral_body.h"
#include "core/avatar/skin_tint.h"
#include "core/avatar/t_pose.h"
#include "core/motion/relaxed_hands.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gesture::avatar {

namespace {

using motion::BodyModelData;

const Eigen::RowVector3d kPelvis{0.0, -0.351, 0.0}; ///< Where the pelvis joint is put, metres.
constexpr double kSmallestWeight = 0.004;
constexpr std::string_view kLicence =
    "CC0 1.0 Universal. Derived from the MakeHuman base mesh, targets, rig and skin weights and "
    "from Face Units 01; contains no part of SMPL-X.";

/// Computes the arrays one after the other; the order of the calls in `build` is their dependence.
class FreeAvatarBuilder {
public:
    FreeAvatarBuilder(const FreeAvatarSources& sources, JobControl& control)
        : sources_(sources)
        , control_(control)
        , jointRig_(makeJointRig(sources.mesh, sources.rig))
        , body_(makeNeutralBody(sources))
        , bake_(sources.rig, jointRig_, tPoseRotations(sources.rig, jointRig_, body_.restMesh))
        , baked_(bake_(body_.restMesh))
        , kept_(selectKeptMesh(sources.mesh, baked_.vertices))
        , layout_(kept_, baked_.vertices) {}

    Result<io::Avatar> build() {
        control_.beginStage("Building the avatar", 62);
        placeTemplate();
        setWeights();
        setShapes();
        setFaceUnits();
        setJawCorrective();
        setSkeleton();
        if (control_.stopRequested()) return JobControl::cancelled("Building the avatar");
        return finish();
    }

private:
    void placeTemplate() {
        for (std::size_t eye = 0; eye < kEyeHelpers.size(); ++eye) {
            eyeRadius_[eye] = (eyeOffsets(eye, body_.restMesh)).rowwise().norm().mean();
        }
        const Eigen::RowVector3d shift = kPelvis - baked_.joints.row(0);
        template_ =
            layout_.assemble({baked_.vertices, baked_.joints, eyeRadius_, 1.0}).rowwise() + shift;
        joints_ = baked_.joints.rowwise() + shift;
        data_.templateVertices = template_.cast<float>();
    }

    /// Offsets of MakeHuman's eye vertices from the eye joint in a mesh (or a field of offsets).
    Points64 eyeOffsets(std::size_t eye, const Points64& mesh) const {
        const EyeHelper& helper = kEyeHelpers[eye];
        const auto& rule = jointRig_.joints[static_cast<std::size_t>(helper.joint)];
        return mesh.middleRows(helper.begin, helper.end - helper.begin).rowwise() -
               rule.centre.on(mesh).transpose();
    }

    double eyeRadiusChange(std::size_t eye, const Points64& offsets) const {
        const Points64 radial = eyeOffsets(eye, body_.restMesh).rowwise().normalized();
        return eyeOffsets(eye, offsets).cwiseProduct(radial).rowwise().sum().mean();
    }

    /// Column of a direction matrix, whose row 3v + c is axis c of vertex v.
    static Eigen::VectorXf flattened(const Points64& field) {
        return Eigen::Map<const Eigen::VectorXd>(field.data(), field.size()).cast<float>();
    }

    void setWeights() {
        const Eigen::Index rows = layout_.vertexCount();
        Eigen::MatrixXd all = Eigen::MatrixXd::Zero(sources_.mesh.vertices.rows(), //
                                                    motion::kJointCount);
        for (const Bone& bone : sources_.rig.bones) {
            const int joint = jointOfBone(bone.name);
            for (const SkinWeight& skin : bone.weights) {
                all(skin.vertex, joint) += skin.weight;
            }
        }
        weights_ = Eigen::MatrixXd::Zero(rows, motion::kJointCount);
        for (std::size_t i = 0; i < layout_.baseVertices().size(); ++i) {
            weights_.row(static_cast<Eigen::Index>(i)) = all.row(layout_.baseVertices()[i]);
        }
        for (std::size_t i = 0; i < layout_.hems().size(); ++i) {
            weights_.row(layout_.hemBegin() + static_cast<Eigen::Index>(i)) =
                all.row(layout_.hems()[i].source);
        }
        for (std::size_t eye = 0; eye < kEyeHelpers.size(); ++eye) {
            const Eigen::Index count = layout_.eyeball().directions.rows();
            weights_.col(kEyeHelpers[eye].joint).segment(layout_.eyeBegin(eye), count).setOnes();
        }
        weights_.bottomRows(motion::kJointCount).setIdentity();
        weights_ = (weights_.array() < kSmallestWeight).select(0.0, weights_);
        weights_.array().colwise() /= weights_.rowwise().sum().array().eval();
        data_.weights = weights_.cast<float>();
    }

    void setShapes() {
        const auto shapes = makeShapeOffsets(sources_);
        data_.shapeDirections.resize(3 * layout_.vertexCount(),
                                     static_cast<Eigen::Index>(shapes.size()));
        for (std::size_t k = 0; k < shapes.size(); ++k) {
            const Points64 offsets = body_.metresPerUnit * shapes[k].offsets;
            const BakedMesh shaped = bake_(body_.restMesh + offsets);
            const Points64 base = shaped.vertices - baked_.vertices;
            const Points64 joints = shaped.joints - baked_.joints;
            const std::array<double, 2> radius = {eyeRadiusChange(0, offsets),
                                                  eyeRadiusChange(1, offsets)};
            const Points64 field =
                layout_.assemble({base, joints, radius, 0.0}).rowwise() - joints.row(0).eval();
            data_.shapeDirections.col(static_cast<Eigen::Index>(k)) = flattened(field);
            shapeNames_.emplace_back(shapes[k].name);
            control_.advanceTo(static_cast<std::int64_t>(k) + 1);
        }
    }

    void setFaceUnits() {
        const auto count = static_cast<Eigen::Index>(sources_.faceUnits.size());
        const auto baseCount = static_cast<Eigen::Index>(layout_.baseVertices().size());
        data_.expressionDirections.resize(3 * layout_.vertexCount(), count);
        for (Eigen::Index unit = 0; unit < count; ++unit) {
            Points64 offsets =
                body_.metresPerUnit * sources_.faceUnits[static_cast<std::size_t>(unit)];
            for (const EyeHelper& eye : kEyeHelpers) {
                offsets.middleRows(eye.begin, eye.end - eye.begin).setZero(); // eyes turn by joints
            }
            const Points64 rotated = bake_.rotateOffsets(offsets);
            Points64 field = Points64::Zero(layout_.vertexCount(), 3);
            for (Eigen::Index i = 0; i < baseCount; ++i) {
                field.row(i) = rotated.row(layout_.baseVertices()[static_cast<std::size_t>(i)]);
            }
            data_.expressionDirections.col(unit) = flattened(field);
            if (unit == static_cast<Eigen::Index>(kJawOpenUnit)) jawOpen_ = std::move(field);
            control_.advanceTo(10 + unit + 1);
        }
    }

    void setJawCorrective() {
        const Eigen::VectorXd weight = weights_.col(motion::kJaw);
        Points64 column =
            jawCorrective({template_, jawOpen_, weight, joints_.row(motion::kJaw).transpose()});
        column.bottomRows(motion::kJointCount).setZero();
        data_.poseDirections = flattened(column);
        data_.poseDirectionIndex = {kJawPitchFeature};
    }

    void setSkeleton() {
        data_.jointRegressor.setZero(motion::kJointCount, layout_.vertexCount());
        data_.jointRegressor.rightCols(motion::kJointCount).setIdentity();
        const auto parents = motion::jointParents();
        data_.parents.assign(parents.begin(), parents.end());
        const motion::HandMeans hands = motion::relaxedHands();
        data_.leftHandMean = hands.left;
        data_.rightHandMean = hands.right;
    }

    Result<io::Avatar> finish() {
        auto triangles = makeFreeAvatarTriangles(sources_.mesh, kept_, layout_, baked_.vertices);
        data_.faces = std::move(triangles.faces);
        io::Avatar avatar;
        avatar.appearance.textureFaces = std::move(triangles.textureFaces);
        avatar.appearance.textureCoordinates = std::move(triangles.textureCoordinates);
        avatar.appearance.partIds = std::move(triangles.partIds);
        for (const PartStyle& style : partStyles()) {
            avatar.appearance.partNames.emplace_back(style.name);
            avatar.appearance.partColours.push_back(style.rgb);
        }
        avatar.appearance.skinTint = makeSkinTint(layout_, kept_, template_, joints_);
        avatar.shapeNames = std::move(shapeNames_);
        for (const std::string_view unit : faceUnitNames()) {
            avatar.expressionNames.emplace_back(unit);
        }
        avatar.expressionSpace = motion::ExpressionSpace::Arkit52;
        avatar.licence = kLicence;
        auto body = motion::BodyModel::create(std::move(data_));
        if (!body) return body.error();
        avatar.body = std::move(*body);
        return avatar;
    }

    const FreeAvatarSources& sources_;
    JobControl& control_;
    JointRig jointRig_;
    NeutralBody body_;
    Bake bake_;
    BakedMesh baked_;
    KeptMesh kept_;
    FreeAvatarLayout layout_;
    std::array<double, 2> eyeRadius_{};
    Points64 template_;
    Points64 joints_;
    Points64 jawOpen_;
    Eigen::MatrixXd weights_;
    std::vector<std::string> shapeNames_;
    BodyModelData data_;
};

} // namespace

Result<io::Avatar> buildFreeAvatar(const std::filesystem::path& source, JobControl& control) {
    const auto archive = SourceArchive::open(source);
    if (!archive) return archive.error();
    const auto sources = readFreeAvatarSources(*archive, control);
    if (!sources) return sources.error();
    return FreeAvatarBuilder(*sources, control).build();
}

} // namespace gesture::avatar
