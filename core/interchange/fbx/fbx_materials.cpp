// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/fbx/fbx_materials.h"

#include "core/interchange/file_names.h"

#include <algorithm>
#include <set>

namespace gesture::interchange {

namespace {

/// Phong's exponent for a roughness, as Blender and others turn it back.
double shininessOf(float roughness) {
    const double polish = 10.0 * (1.0 - static_cast<double>(roughness));
    return polish * polish;
}

FbxNode materialNode(FbxId id, const SceneMaterial& material) {
    FbxNode node("Material", id, fbxObjectName(fileName(material.name, "material"), "Material"),
                 "");
    node.child("Version", std::int32_t{102});
    node.child("ShadingModel", "phong");
    node.child("MultiLayer", std::int32_t{0});
    const auto& c = material.baseColour;
    FbxProperties properties;
    properties.colour("DiffuseColor", c[0], c[1], c[2])
        .animatedNumber("DiffuseFactor", 1.0)
        .animatedNumber("TransparencyFactor", 1.0 - static_cast<double>(c[3]))
        .animatedNumber("Opacity", c[3])
        .colour("SpecularColor", 1.0, 1.0, 1.0)
        .animatedNumber("SpecularFactor", 0.25)
        .animatedNumber("Shininess", shininessOf(material.roughness))
        .animatedNumber("ShininessExponent", shininessOf(material.roughness))
        .animatedNumber("ReflectionFactor", material.metallic);
    node.child(std::move(properties).node());
    return node;
}

Status writePicture(FbxDocument& document, const SceneMaterial& material, FbxId materialId) {
    const FbxId texture = document.newId();
    const FbxId video = document.newId();
    const std::string name = fileName(material.name, "material");
    const std::string file = name + ".png";
    FbxNode textureNode("Texture", texture, fbxObjectName(name, "Texture"), "");
    textureNode.child("Type", "TextureVideoClip");
    textureNode.child("Version", std::int32_t{202});
    textureNode.child("TextureName", fbxObjectName(name, "Texture"));
    textureNode.child("Media", fbxObjectName(name, "Video"));
    textureNode.child("FileName", file);
    textureNode.child("RelativeFilename", file);
    FbxNode videoNode("Video", video, fbxObjectName(name, "Video"), "Clip");
    videoNode.child("Type", "Clip");
    FbxProperties properties;
    properties.text("Path", file);
    videoNode.child(std::move(properties).node());
    videoNode.child("UseMipMap", std::int32_t{0});
    videoNode.child("Filename", file);
    videoNode.child("RelativeFilename", file);
    videoNode.child("Content").add(std::as_bytes(std::span(material.baseColourPng)));
    document.connect(texture, materialId, "DiffuseColor");
    document.connect(video, texture);
    if (Status written = document.file.write(textureNode); !written) return written;
    return document.file.write(videoNode);
}

} // namespace

Result<std::vector<FbxId>> writeFbxMaterials(FbxDocument& document) {
    std::vector<FbxId> ids;
    for (const SceneMaterial& material : document.scene.materials) {
        const FbxId id = document.newId();
        ids.push_back(id);
        if (Status written = document.file.write(materialNode(id, material)); !written)
            return std::move(written).error();
        if (material.baseColourPng.empty()) continue;
        if (Status written = writePicture(document, material, id); !written)
            return std::move(written).error();
    }
    return ids;
}

std::vector<std::uint32_t> usedMaterials(const SceneMesh& mesh, const Scene& scene) {
    if (scene.materials.empty()) return {};
    if (mesh.triangleMaterials.empty()) return {0};
    const std::set<std::uint32_t> used(mesh.triangleMaterials.begin(),
                                       mesh.triangleMaterials.end());
    return {used.begin(), used.end()};
}

std::int32_t materialSlot(const std::vector<std::uint32_t>& used, std::uint32_t material) {
    return static_cast<std::int32_t>(std::lower_bound(used.begin(), used.end(), material) -
                                     used.begin());
}

} // namespace gesture::interchange
