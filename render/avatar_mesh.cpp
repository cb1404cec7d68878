// SPDX-License-Identifier: Apache-2.0
#include "render/avatar_mesh.h"

#include <utility>

namespace gesture::render {

PartMaterial materialForPartName(std::string_view name) {
    static constexpr std::pair<std::string_view, PartMaterial> kNames[] = {
        {"skin", PartMaterial::Skin},    {"shoe", PartMaterial::Leather},
        {"sole", PartMaterial::Leather}, {"sclera", PartMaterial::Eye},
        {"iris", PartMaterial::Eye},     {"pupil", PartMaterial::Eye},
        {"teeth", PartMaterial::Teeth},  {"mouth", PartMaterial::Mouth},
        {"tongue", PartMaterial::Mouth}, {"lash", PartMaterial::Hair},
        {"hair", PartMaterial::Hair},    {"clay", PartMaterial::Clay},
        {"body", PartMaterial::Clay},
    };
    for (const auto& [known, material] : kNames)
        if (name == known) return material;
    return PartMaterial::Cloth;
}

} // namespace gesture::render
