// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/euler.h"
#include "core/interchange/fbx/fbx_objects.h"
#include "core/interchange/file_names.h"

namespace gesture::interchange {

namespace {

FbxNode limbModel(FbxId id, const SceneJoint& joint, const std::string& name) {
    FbxNode model("Model", id, fbxObjectName(name, "Model"), "LimbNode");
    model.child("Version", std::int32_t{232});
    const Eigen::Vector3d place = joint.restTranslation.cast<double>() * kFbxUnitsPerMetre;
    const Eigen::Vector3d angles = eulerDegrees(joint.restRotation.cast<double>().normalized(),
                                                EulerOrder::Xyz, Eigen::Vector3d::Zero());
    const double scale = joint.restScale;
    FbxProperties properties;
    properties.enumeration("RotationOrder", 0)
        .enumeration("InheritType", 1)
        .integer("DefaultAttributeIndex", 0)
        .placement("Lcl Translation", place.x(), place.y(), place.z())
        .placement("Lcl Rotation", angles.x(), angles.y(), angles.z())
        .placement("Lcl Scaling", scale, scale, scale);
    model.child(std::move(properties).node());
    model.child("Culling", "CullingOff");
    return model;
}

FbxNode limbAttribute(FbxId id, const std::string& name) {
    FbxNode attribute("NodeAttribute", id, fbxObjectName(name, "NodeAttribute"), "LimbNode");
    attribute.child("TypeFlags", "Skeleton");
    FbxProperties properties;
    properties.number("Size", 1.0);
    attribute.child(std::move(properties).node());
    return attribute;
}

} // namespace

void FbxDocument::connect(FbxId child, FbxId parent) {
    connections.emplace_back("C", "OO", child, parent);
}

void FbxDocument::connect(FbxId child, FbxId parent, std::string_view property) {
    connections.emplace_back("C", "OP", child, parent, property);
}

Status writeFbxSkeleton(FbxDocument& document) {
    const auto names = jointFileNames(document.scene);
    for (std::size_t j = 0; j < document.scene.joints.size(); ++j) {
        const SceneJoint& joint = document.scene.joints[j];
        const FbxId model = document.newId();
        const FbxId attribute = document.newId();
        document.jointModels.push_back(model);
        document.connect(model, joint.parent < 0
                                    ? FbxId{0}
                                    : document.jointModels[static_cast<std::size_t>(joint.parent)]);
        document.connect(attribute, model);
        if (Status written = document.file.write(limbAttribute(attribute, names[j])); !written)
            return written;
        if (Status written = document.file.write(limbModel(model, joint, names[j])); !written)
            return written;
    }
    return Status::success();
}

} // namespace gesture::interchange
