// SPDX-License-Identifier: Apache-2.0
#include "app/rig_import/rig_materials.h"

#include <algorithm>
#include <array>
#include <assimp/material.h>
#include <assimp/scene.h>
#include <assimp/texture.h>
#include <cmath>

namespace gesture::app {

namespace {

using interchange::SceneMaterial;

constexpr std::array<std::uint8_t, 8> kPngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

float unit(float value, float otherwise) {
    return std::isfinite(value) ? std::clamp(value, 0.0F, 1.0F) : otherwise;
}

std::vector<std::uint8_t> pngOf(const aiScene& scene, const aiMaterial& material) {
    for (const aiTextureType type : {aiTextureType_BASE_COLOR, aiTextureType_DIFFUSE}) {
        aiString path;
        if (material.GetTexture(type, 0, &path) != aiReturn_SUCCESS) continue;
        const aiTexture* texture = scene.GetEmbeddedTexture(path.C_Str());
        if (texture == nullptr || texture->mHeight != 0) continue; // absent, or no file format
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(texture->pcData);
        if (texture->mWidth > kPngSignature.size() &&
            std::equal(kPngSignature.begin(), kPngSignature.end(), bytes))
            return {bytes, bytes + texture->mWidth};
    }
    return {};
}

SceneMaterial convert(const aiScene& scene, const aiMaterial& source) {
    SceneMaterial material;
    aiString name;
    if (source.Get(AI_MATKEY_NAME, name) == aiReturn_SUCCESS) material.name = name.C_Str();
    aiColor4D colour;
    if (source.Get(AI_MATKEY_BASE_COLOR, colour) == aiReturn_SUCCESS ||
        source.Get(AI_MATKEY_COLOR_DIFFUSE, colour) == aiReturn_SUCCESS)
        material.baseColour = {unit(colour.r, 0.8F), unit(colour.g, 0.8F), unit(colour.b, 0.8F),
                               unit(colour.a, 1)};
    float value = 0;
    if (source.Get(AI_MATKEY_ROUGHNESS_FACTOR, value) == aiReturn_SUCCESS)
        material.roughness = unit(value, material.roughness);
    if (source.Get(AI_MATKEY_METALLIC_FACTOR, value) == aiReturn_SUCCESS)
        material.metallic = unit(value, material.metallic);
    material.baseColourPng = pngOf(scene, source);
    return material;
}

} // namespace

std::vector<SceneMaterial> convertMaterials(const aiScene& scene) {
    std::vector<SceneMaterial> materials;
    for (unsigned i = 0; i < scene.mNumMaterials; ++i)
        materials.push_back(convert(scene, *scene.mMaterials[i]));
    if (materials.empty()) materials.emplace_back();
    return materials;
}

} // namespace gesture::app
