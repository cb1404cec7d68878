// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_materials.h"
#include "core/interchange/fbx/fbx_objects.h"
#include "core/interchange/file_names.h"
#include "core/interchange/influences.h"
#include "core/interchange/scene_pose.h"

#include <limits>

namespace gesture::interchange {

namespace {

constexpr double kWholeShape = 100.0; // percent

FbxArray vectorArray(const std::vector<Eigen::Vector3f>& vectors, double scale) {
    std::vector<double> values;
    values.reserve(3 * vectors.size());
    for (const Eigen::Vector3f& vector : vectors)
        for (Eigen::Index i = 0; i < 3; ++i)
            values.push_back(scale * static_cast<double>(vector[i]));
    return fbxArray(std::span<const double>(values));
}

/// A matrix as FBX has it: column after column, centimetres.
FbxArray matrixArray(const Eigen::Affine3f& transform) {
    Eigen::Matrix4d values = transform.matrix().cast<double>();
    values.topRightCorner<3, 1>() *= kFbxUnitsPerMetre;
    values.row(3) = Eigen::RowVector4d(0, 0, 0, 1);
    return fbxArray(std::span<const double>(values.data(), 16));
}

FbxNode layerElement(std::string_view kind, std::string_view mapping, std::string_view reference) {
    FbxNode layer(kind, std::int32_t{0});
    layer.child("Version", std::int32_t{101});
    layer.child("Name", "");
    layer.child("MappingInformationType", mapping);
    layer.child("ReferenceInformationType", reference);
    return layer;
}

std::vector<std::int32_t> corners(const SceneMesh& mesh) {
    std::vector<std::int32_t> indices;
    for (const auto& triangle : mesh.triangles)
        for (const std::uint32_t vertex : triangle)
            indices.push_back(static_cast<std::int32_t>(vertex));
    return indices;
}

FbxNode normalLayer(const SceneMesh& mesh) {
    FbxNode layer = layerElement("LayerElementNormal", "ByPolygonVertex", "Direct");
    std::vector<Eigen::Vector3f> normals;
    for (const auto& triangle : mesh.triangles)
        for (const std::uint32_t vertex : triangle)
            normals.push_back(mesh.normals[vertex]);
    layer.child("Normals", vectorArray(normals, 1.0));
    return layer;
}

FbxNode uvLayer(const SceneMesh& mesh) {
    FbxNode layer = layerElement("LayerElementUV", "ByPolygonVertex", "IndexToDirect");
    std::vector<double> values;
    for (const Eigen::Vector2f& uv : mesh.uvs) {
        values.push_back(static_cast<double>(uv.x()));
        values.push_back(static_cast<double>(uv.y()));
    }
    layer.child("UV", fbxArray(std::span<const double>(values)));
    const auto indices = corners(mesh);
    layer.child("UVIndex", fbxArray(std::span<const std::int32_t>(indices)));
    return layer;
}

/// One smoothing group: normals are smooth everywhere.
FbxNode smoothingLayer(const SceneMesh& mesh) {
    FbxNode layer = layerElement("LayerElementSmoothing", "ByPolygon", "Direct");
    const std::vector<std::int32_t> groups(mesh.triangles.size(), 1);
    layer.child("Smoothing", fbxArray(std::span<const std::int32_t>(groups)));
    return layer;
}

FbxNode materialLayer(const SceneMesh& mesh, const std::vector<std::uint32_t>& used) {
    const bool one = used.size() <= 1;
    FbxNode layer =
        layerElement("LayerElementMaterial", one ? "AllSame" : "ByPolygon", "IndexToDirect");
    std::vector<std::int32_t> slots;
    if (one) slots.push_back(0);
    for (std::size_t i = 0; !one && i < mesh.triangles.size(); ++i)
        slots.push_back(materialSlot(used, mesh.triangleMaterials[i]));
    layer.child("Materials", fbxArray(std::span<const std::int32_t>(slots)));
    return layer;
}

FbxNode geometryNode(FbxId id, const SceneMesh& mesh, const std::vector<std::uint32_t>& used) {
    FbxNode geometry("Geometry", id, fbxObjectName(fileName(mesh.name, "mesh"), "Geometry"),
                     "Mesh");
    geometry.child("GeometryVersion", std::int32_t{124});
    geometry.child("Vertices", vectorArray(mesh.positions, kFbxUnitsPerMetre));
    std::vector<std::int32_t> indices = corners(mesh);
    for (std::size_t i = 2; i < indices.size(); i += 3)
        indices[i] = ~indices[i]; // the last corner of a polygon
    geometry.child("PolygonVertexIndex", fbxArray(std::span<const std::int32_t>(indices)));
    FbxNode layers("Layer", std::int32_t{0});
    layers.child("Version", std::int32_t{100});
    const auto add = [&](FbxNode layer) {
        FbxNode& entry = layers.child("LayerElement");
        entry.child("Type", layer.name());
        entry.child("TypedIndex", std::int32_t{0});
        geometry.child(std::move(layer));
    };
    if (!mesh.normals.empty()) add(normalLayer(mesh));
    add(smoothingLayer(mesh));
    if (!mesh.uvs.empty()) add(uvLayer(mesh));
    if (!used.empty()) add(materialLayer(mesh, used));
    geometry.child(std::move(layers));
    return geometry;
}

FbxNode meshModel(FbxId id, const SceneMesh& mesh) {
    FbxNode model("Model", id, fbxObjectName(fileName(mesh.name, "mesh"), "Model"), "Mesh");
    model.child("Version", std::int32_t{232});
    FbxProperties properties;
    properties.enumeration("InheritType", 1)
        .integer("DefaultAttributeIndex", 0)
        .placement("Lcl Translation", 0, 0, 0)
        .placement("Lcl Rotation", 0, 0, 0)
        .placement("Lcl Scaling", 1, 1, 1);
    model.child(std::move(properties).node());
    model.child("Culling", "CullingOff");
    return model;
}

/// Vertices and weights of each joint.
struct JointWeights {
    std::vector<std::int32_t> vertices;
    std::vector<double> weights;
};

std::vector<JointWeights> weightsByJoint(const SceneMesh& mesh, std::size_t joints) {
    std::vector<JointWeights> result(joints);
    for (std::size_t v = 0; v < mesh.influences.size(); ++v)
        for (const auto& influence :
             heaviestInfluences(mesh.influences[v], std::numeric_limits<std::size_t>::max())) {
            result[influence.joint].vertices.push_back(static_cast<std::int32_t>(v));
            result[influence.joint].weights.push_back(static_cast<double>(influence.weight));
        }
    return result;
}

/// Every joint has a cluster, also without vertices: readers take the rest pose from them.
Status writeSkin(FbxDocument& document, const SceneMesh& mesh, FbxId geometry) {
    const FbxId skin = document.newId();
    FbxNode node("Deformer", skin, fbxObjectName(fileName(mesh.name, "mesh"), "Deformer"), "Skin");
    node.child("Version", std::int32_t{101});
    node.child("Link_DeformAcuracy", 50.0); // spelt so in the format
    document.connect(skin, geometry);
    if (Status written = document.file.write(node); !written) return written;
    const auto weights = weightsByJoint(mesh, document.scene.joints.size());
    const JointFrames rest = worldFromRestJoints(document.scene);
    const auto names = jointFileNames(document.scene);
    for (std::size_t j = 0; j < weights.size(); ++j) {
        const FbxId id = document.newId();
        FbxNode cluster("Deformer", id, fbxObjectName(names[j], "SubDeformer"), "Cluster");
        cluster.child("Version", std::int32_t{100});
        cluster.child("UserData", "", "");
        if (!weights[j].vertices.empty()) {
            cluster.child("Indexes", fbxArray(std::span<const std::int32_t>(weights[j].vertices)));
            cluster.child("Weights", fbxArray(std::span<const double>(weights[j].weights)));
        }
        // In files, unlike in Autodesk's library, this is relative to the joint.
        cluster.child("Transform", matrixArray(rest[j].inverse(Eigen::Affine)));
        cluster.child("TransformLink", matrixArray(rest[j]));
        document.connect(id, skin);
        document.connect(document.jointModels[j], id);
        if (Status written = document.file.write(cluster); !written) return written;
    }
    return Status::success();
}

FbxNode shapeNode(FbxId id, const SceneMorph& morph, const std::string& name) {
    FbxNode shape("Geometry", id, fbxObjectName(name, "Geometry"), "Shape");
    shape.child("Version", std::int32_t{100});
    std::vector<std::int32_t> vertices(morph.vertices.begin(), morph.vertices.end());
    std::vector<Eigen::Vector3f> offsets = morph.offsets;
    std::vector<Eigen::Vector3f> normals = morph.normals;
    if (vertices.empty()) { // readers expect one
        vertices.push_back(0);
        offsets.emplace_back(Eigen::Vector3f::Zero());
        normals.clear();
    }
    normals.resize(offsets.size(), Eigen::Vector3f::Zero());
    shape.child("Indexes", fbxArray(std::span<const std::int32_t>(vertices)));
    shape.child("Vertices", vectorArray(offsets, kFbxUnitsPerMetre));
    shape.child("Normals", vectorArray(normals, 1.0));
    return shape;
}

Status writeShapes(FbxDocument& document, const SceneMesh& mesh, FbxId geometry) {
    const FbxId blend = document.newId();
    FbxNode node("Deformer", blend, fbxObjectName(fileName(mesh.name, "mesh"), "Deformer"),
                 "BlendShape");
    node.child("Version", std::int32_t{100});
    document.connect(blend, geometry);
    if (Status written = document.file.write(node); !written) return written;
    for (const SceneMorph& morph : mesh.morphs) {
        const std::string name = fileName(morph.name, "shape");
        const FbxId channel = document.newId();
        const FbxId shape = document.newId();
        FbxNode channelNode("Deformer", channel, fbxObjectName(name, "SubDeformer"),
                            "BlendShapeChannel");
        channelNode.child("Version", std::int32_t{100});
        channelNode.child("DeformPercent", 0.0);
        channelNode.child("FullWeights", fbxArray(std::span<const double>(&kWholeShape, 1)));
        document.connect(channel, blend);
        document.connect(shape, channel);
        document.channels.push_back({morph.name, channel});
        if (Status written = document.file.write(channelNode); !written) return written;
        if (Status written = document.file.write(shapeNode(shape, morph, name)); !written)
            return written;
    }
    return Status::success();
}

Status writeMesh(FbxDocument& document, const SceneMesh& mesh, const std::vector<FbxId>& materials,
                 FbxId model) {
    const FbxId geometry = document.newId();
    const auto used = usedMaterials(mesh, document.scene);
    document.connect(model, 0);
    document.connect(geometry, model);
    for (const std::uint32_t material : used)
        document.connect(materials[material], model);
    if (Status written = document.file.write(geometryNode(geometry, mesh, used)); !written)
        return written;
    if (Status written = document.file.write(meshModel(model, mesh)); !written) return written;
    if (!mesh.influences.empty() && !document.scene.joints.empty())
        if (Status written = writeSkin(document, mesh, geometry); !written) return written;
    if (mesh.morphs.empty()) return Status::success();
    return writeShapes(document, mesh, geometry);
}

Status writeBindPose(FbxDocument& document, const std::vector<FbxId>& meshModels) {
    const auto count = document.jointModels.size() + meshModels.size();
    if (count == 0) return Status::success();
    FbxNode pose("Pose", document.newId(), fbxObjectName("BindPose", "Pose"), "BindPose");
    pose.child("Type", "BindPose");
    pose.child("Version", std::int32_t{100});
    pose.child("NbPoseNodes", static_cast<std::int32_t>(count));
    const auto add = [&](FbxId model, const Eigen::Affine3f& worldFromModel) {
        FbxNode& node = pose.child("PoseNode");
        node.child("Node", model);
        node.child("Matrix", matrixArray(worldFromModel));
    };
    for (const FbxId model : meshModels)
        add(model, Eigen::Affine3f::Identity());
    const JointFrames rest = worldFromRestJoints(document.scene);
    for (std::size_t j = 0; j < rest.size(); ++j)
        add(document.jointModels[j], rest[j]);
    return document.file.write(pose);
}

} // namespace

Status writeFbxMeshes(FbxDocument& document) {
    auto materials = writeFbxMaterials(document);
    if (!materials) return std::move(materials).error();
    std::vector<FbxId> models;
    for (const SceneMesh& mesh : document.scene.meshes) {
        models.push_back(document.newId());
        if (Status written = writeMesh(document, mesh, *materials, models.back()); !written)
            return written;
    }
    return writeBindPose(document, models);
}

} // namespace gesture::interchange
