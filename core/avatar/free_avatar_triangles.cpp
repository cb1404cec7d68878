// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/free_avatar_triangles.h"

#include <limits>

namespace gesture::avatar {

namespace {

/// Numbers the used texture coordinates in ascending order.
class TextureNumbering {
public:
    TextureNumbering(const ObjMesh& mesh, const std::vector<Quad>& textureQuads)
        : newIndex_(mesh.textureCoordinates.size(), kUnused) {
        for (const Quad& quad : textureQuads) {
            for (const auto index : quad) {
                newIndex_[index] = 0;
            }
        }
        for (std::size_t i = 0; i < newIndex_.size(); ++i) {
            if (newIndex_[i] == kUnused) continue;
            newIndex_[i] = static_cast<std::uint32_t>(coordinates_.size());
            coordinates_.push_back(mesh.textureCoordinates[i]);
        }
    }

    std::uint32_t operator()(std::uint32_t index) const { return newIndex_[index]; }
    const std::vector<std::array<float, 2>>& coordinates() const { return coordinates_; }

private:
    static constexpr std::uint32_t kUnused = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> newIndex_;
    std::vector<std::array<float, 2>> coordinates_;
};

/// Corners of a quad's two triangles, cut along the shorter diagonal (a-c when equal).
std::array<std::array<std::size_t, 3>, 2> cut(const Quad& quad, const Points64& tPose) {
    const double ac = (tPose.row(quad[0]) - tPose.row(quad[2])).norm();
    const double bd = (tPose.row(quad[1]) - tPose.row(quad[3])).norm();
    using Cut = std::array<std::array<std::size_t, 3>, 2>;
    return ac <= bd ? Cut{{{0, 1, 2}, {0, 2, 3}}} : Cut{{{0, 1, 3}, {1, 2, 3}}};
}

} // namespace

FreeAvatarTriangles makeFreeAvatarTriangles(const ObjMesh& mesh, const KeptMesh& kept,
                                            const FreeAvatarLayout& layout, const Points64& tPose) {
    FreeAvatarTriangles result;
    const auto add = [&result](const Triangle& face, const Triangle& texture, Part part) {
        result.faces.push_back(face);
        result.textureFaces.push_back(texture);
        result.partIds.push_back(static_cast<std::uint8_t>(part));
    };
    const TextureNumbering textures(mesh, kept.quads.textureQuads);
    for (std::size_t q = 0; q < kept.quads.quads.size(); ++q) {
        const Quad& quad = kept.quads.quads[q];
        const Quad& texture = kept.quads.textureQuads[q];
        for (const auto& [a, b, c] : cut(quad, tPose)) {
            add({layout.indexOf(quad[a]), layout.indexOf(quad[b]), layout.indexOf(quad[c])},
                {textures(texture[a]), textures(texture[b]), textures(texture[c])},
                kept.quads.parts[q]);
        }
    }
    for (const Triangle& hem : layout.hemTriangles()) {
        add(hem, {0, 0, 0}, Part::SuitTop);
    }
    result.textureCoordinates = textures.coordinates();
    const auto eyeTexture = static_cast<std::uint32_t>(result.textureCoordinates.size());
    const Eyeball& eyeball = layout.eyeball();
    for (std::size_t eye = 0; eye < kEyeHelpers.size(); ++eye) {
        const auto first = static_cast<std::uint32_t>(layout.eyeBegin(eye));
        for (std::size_t t = 0; t < eyeball.triangles.size(); ++t) {
            const auto [a, b, c] = eyeball.triangles[t];
            add({first + a, first + b, first + c}, {eyeTexture + a, eyeTexture + b, eyeTexture + c},
                eyeball.parts[t]);
        }
    }
    result.textureCoordinates.insert(result.textureCoordinates.end(),
                                     eyeball.textureCoordinates.begin(),
                                     eyeball.textureCoordinates.end());
    return result;
}

} // namespace gesture::avatar
