// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/kept_mesh.h"

#include "core/avatar/index_set.h"
#include "core/avatar/suit.h"

#include <algorithm>
#include <utility>

namespace gesture::avatar {

namespace {

/// Skin that stays: everything beyond a plane 3 cm inside the collar or a cuff.
constexpr std::string_view kSkinVertices =
    "0-1354,1462-1465,1468-1470,1478-1479,1483-1501,1503-1505,1512,1898-3310,3549-3686,"
    "3688-3750,3771-3772,3806-3836,3854,3869-3870,3872-3873,3883-3886,3889-3890,"
    "3893-3894,3896-3897,3899-3922,4847-4898,5049-5770,6756-8046,8150-8153,8155-8157,"
    "8164-8165,8169-8185,8187-8189,8196,8566-9978,10217-10354,10356-10417,10438-10439,"
    "10472-10502,10519,10534-10535,10537-10538,10548-10551,10554-10555,10558-10559,"
    "10561-10562,10564-10587,11465-11516,11667-12367,13352-13379";

/// Inside of the mouth.
constexpr std::string_view kMouthVertices =
    "524-710,3709-3730,5347-5350,5355-5359,5365-5366,7269-7433,10377-10398,11949-11952,"
    "11957-11961,11967-11968";

constexpr std::array<PartStyle, 11> kStyles = {{{"skin", {203, 168, 146}},
                                                {"suit_top", {72, 92, 112}},
                                                {"suit_bottom", {50, 54, 63}},
                                                {"shoe", {33, 35, 40}},
                                                {"sole", {120, 122, 126}},
                                                {"sclera", {238, 236, 232}},
                                                {"iris", {92, 108, 116}},
                                                {"pupil", {16, 16, 18}},
                                                {"teeth", {232, 228, 216}},
                                                {"mouth", {120, 62, 60}},
                                                {"lash", {70, 54, 48}}}};

struct WholeGroup {
    std::string_view name;
    Part part;
};
constexpr std::array<WholeGroup, 5> kWholeGroups = {
    WholeGroup{"helper-upper-teeth", Part::Teeth}, WholeGroup{"helper-lower-teeth", Part::Teeth},
    WholeGroup{"helper-tongue", Part::Mouth}, WholeGroup{"helper-l-eyelashes-2", Part::Lash},
    WholeGroup{"helper-r-eyelashes-2", Part::Lash}};

bool allIn(const Quad& quad, const std::vector<bool>& set) {
    return std::all_of(quad.begin(), quad.end(), [&set](std::uint32_t v) { return set[v]; });
}

void addSkin(const QuadGroup& body, KeptMesh& kept) {
    const auto skin = indexSet(kSkinVertices, kept.skin.size());
    const auto mouth = indexSet(kMouthVertices, kept.skin.size());
    for (std::size_t q = 0; q < body.quads.size(); ++q) {
        const Quad& quad = body.quads[q];
        if (!allIn(quad, skin)) continue;
        kept.quads.quads.push_back(quad);
        kept.quads.textureQuads.push_back(body.textureQuads[q]);
        kept.quads.parts.push_back(allIn(quad, mouth) ? Part::Mouth : Part::Skin);
        for (const auto vertex : quad) {
            kept.skin[vertex] = true;
        }
    }
}

void append(const PartQuads& more, PartQuads& quads) {
    quads.quads.insert(quads.quads.end(), more.quads.begin(), more.quads.end());
    quads.textureQuads.insert(quads.textureQuads.end(), more.textureQuads.begin(),
                              more.textureQuads.end());
    quads.parts.insert(quads.parts.end(), more.parts.begin(), more.parts.end());
}

} // namespace

const std::array<PartStyle, 11>& partStyles() { return kStyles; }

KeptMesh selectKeptMesh(const ObjMesh& mesh, const Points64& tPose) {
    KeptMesh kept;
    kept.skin.assign(static_cast<std::size_t>(mesh.vertices.rows()), false);
    addSkin(mesh.group("body"), kept);
    Suit suit = makeSuit(mesh.group("helper-tights"), tPose);
    append(suit.quads, kept.quads);
    kept.openings = std::move(suit.openings);
    for (const WholeGroup& whole : kWholeGroups) {
        const QuadGroup& group = mesh.group(whole.name);
        append({group.quads, group.textureQuads, std::vector<Part>(group.quads.size(), whole.part)},
               kept.quads);
    }
    return kept;
}

} // namespace gesture::avatar
