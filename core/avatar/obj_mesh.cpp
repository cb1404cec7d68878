// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/obj_mesh.h"

#include "core/avatar/text_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace gesture::avatar {

namespace {

/// Collects the numbers of the file; indices are checked once everything is known.
class ObjParser {
public:
    Result<ObjMesh> parse(std::string_view text) {
        for (int line = 1; !text.empty(); ++line) {
            splitFields(takeLine(text), fields_);
            if (!fields_.empty() && !parseLine()) {
                return Error(ErrorCode::InvalidInput,
                             fmt::format("Line {} of the obj mesh is damaged.", line));
            }
        }
        if (!facesInRange()) {
            return Error(ErrorCode::InvalidInput,
                         "The obj mesh has a face that names a vertex which does not exist.");
        }
        mesh_.vertices = Eigen::Map<const Points64>(
            coordinates_.data(), static_cast<Eigen::Index>(coordinates_.size() / 3), 3);
        return std::move(mesh_);
    }

private:
    bool parseLine() {
        const std::string_view kind = fields_[0];
        if (kind == "v") return parseVertex();
        if (kind == "vt") return parseTextureCoordinate();
        if (kind == "f") return parseFace();
        if (kind == "g") {
            if (fields_.size() != 2) return false;
            group_ = &mesh_.groups[std::string(fields_[1])];
        }
        return true;
    }

    bool parseVertex() {
        if (fields_.size() != 4) return false;
        for (std::size_t i = 1; i < 4; ++i) {
            const auto number = numberFrom<double>(fields_[i]);
            if (!number) return false;
            coordinates_.push_back(*number);
        }
        return true;
    }

    bool parseTextureCoordinate() {
        if (fields_.size() < 3) return false;
        const auto u = numberFrom<float>(fields_[1]);
        const auto v = numberFrom<float>(fields_[2]);
        if (!u || !v) return false;
        mesh_.textureCoordinates.push_back({*u, *v});
        return true;
    }

    bool parseFace() {
        if (fields_.size() != 5 || group_ == nullptr) return false;
        Quad corners{};
        Quad textures{};
        for (std::size_t i = 0; i < 4; ++i) {
            const std::string_view field = fields_[i + 1];
            const std::size_t slash = field.find('/');
            if (slash == std::string_view::npos) return false;
            const auto corner = numberFrom<std::uint32_t>(field.substr(0, slash));
            const auto texture = numberFrom<std::uint32_t>(field.substr(slash + 1));
            if (!corner || !texture || *corner == 0 || *texture == 0) return false;
            corners[i] = *corner - 1;
            textures[i] = *texture - 1;
        }
        group_->quads.push_back(corners);
        group_->textureQuads.push_back(textures);
        return true;
    }

    bool facesInRange() const {
        const auto below = [](const std::vector<Quad>& quads, std::size_t limit) {
            return std::all_of(quads.begin(), quads.end(), [limit](const Quad& quad) {
                return *std::max_element(quad.begin(), quad.end()) < limit;
            });
        };
        return std::all_of(mesh_.groups.begin(), mesh_.groups.end(), [&](const auto& entry) {
            return below(entry.second.quads, coordinates_.size() / 3) &&
                   below(entry.second.textureQuads, mesh_.textureCoordinates.size());
        });
    }

    ObjMesh mesh_;
    std::vector<double> coordinates_;
    QuadGroup* group_ = nullptr;
    std::vector<std::string_view> fields_;
};

} // namespace

const QuadGroup& ObjMesh::group(std::string_view name) const {
    const auto found = groups.find(name);
    GESTURE_ASSERT(found != groups.end());
    return found->second;
}

std::vector<std::uint32_t> ObjMesh::groupVertices(std::string_view name) const {
    std::vector<std::uint32_t> corners;
    for (const Quad& quad : group(name).quads) {
        corners.insert(corners.end(), quad.begin(), quad.end());
    }
    std::sort(corners.begin(), corners.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    return corners;
}

Result<ObjMesh> parseObjMesh(std::string_view text) { return ObjParser().parse(text); }

} // namespace gesture::avatar
