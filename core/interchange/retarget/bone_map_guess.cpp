// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/retarget/bone_map_guess.h"

#include "core/interchange/retarget/bone_names.h"
#include "core/interchange/retarget/finger_names.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr int kNone = BoneMap::kNone;
/// spine, spine.001 to .003, then the neck, and last the head.
constexpr int kFirstNeckOfRigify = 4;

/// Names of a part, the surest first. A name that fits several parts goes to the first of them that
/// has no surer one: "foot" is the ankle, unless there is an "ankle"; then it is the toes.
struct PartNames {
    int left;
    int right;
    std::vector<std::string_view> names;
};

const std::vector<PartNames>& limbNames() {
    static const std::vector<PartNames> table{
        {13, 14, {"clavicle", "collar", "collarbone", "shoulder", "shldr"}},
        {16,
         17,
         {"upperarm", "uparm", "shldrbend", "arm", "bicep", "humerus", "shldr", "shoulder"}},
        {18, 19, {"forearm", "lowerarm", "loarm", "forearmbend", "elbow", "lowarm"}},
        {20, 21, {"hand", "wrist"}},
        {1, 2, {"thigh", "upleg", "upperleg", "thighbend", "femur", "hip"}},
        {4, 5, {"calf", "shin", "lowerleg", "lowleg", "loleg", "knee", "leg", "tibia"}},
        {7, 8, {"ankle", "foot"}},
        {10, 11, {"toebase", "toe", "toes", "ball", "foot"}},
        {23, 24, {"eye", "eyesmplhf", "faceeye", "eyeball"}},
    };
    return table;
}

/// Which of several bones of one name to take: no control or helper, the lower number, the one
/// higher up.
struct Candidate {
    bool helper = false;
    int number = 0;
    int bone = 0;
    bool operator<(const Candidate& other) const {
        return std::tie(helper, number, bone) < std::tie(other.helper, other.number, other.bone);
    }
};

class MapGuess {
public:
    explicit MapGuess(const std::vector<SceneJoint>& joints)
        : joints_(joints) {
        for (const SceneJoint& joint : joints)
            names_.push_back(parseBoneName(joint.name));
    }

    BoneMap guess() {
        findLimbs();
        findFingers();
        set(motion::kHead, byName({"head"}, BodySide::Middle));
        set(motion::kJaw, byName({"jaw", "jawroot", "lowerjaw"}, BodySide::Middle));
        findPelvis();
        findSpineAndNeck();
        findRoot();
        return std::move(map_);
    }

private:
    void set(int joint, int bone) {
        if (bone == kNone) return;
        map_.bones[index(joint)] = bone;
        used_.push_back(bone);
    }

    [[nodiscard]] bool isUsed(int bone) const {
        return std::find(used_.begin(), used_.end(), bone) != used_.end();
    }

    /// The best bone with the first of the names that any bone has.
    [[nodiscard]] int byName(const std::vector<std::string_view>& names, BodySide side) const {
        for (const std::string_view name : names) {
            std::vector<Candidate> found;
            for (std::size_t i = 0; i < names_.size(); ++i) {
                const BoneName& one = names_[i];
                const auto bone = static_cast<int>(i);
                if (one.side == side && one.core == name && !one.helper && !isUsed(bone))
                    found.push_back({one.helper, one.number, bone});
            }
            if (!found.empty()) return std::min_element(found.begin(), found.end())->bone;
        }
        return kNone;
    }

    void findLimbs() {
        for (const PartNames& part : limbNames()) {
            set(part.left, byName(part.names, BodySide::Left));
            set(part.right, byName(part.names, BodySide::Right));
        }
        // Skeletons without collars call the upper arm a shoulder.
        for (const auto& [collar, arm] : {std::pair(13, 16), std::pair(14, 17)})
            if (map_.of(arm) == kNone) std::swap(map_.bones[index(collar)], map_.bones[index(arm)]);
    }

    void findFingers() {
        for (const BodySide side : {BodySide::Left, BodySide::Right}) {
            std::map<Finger, std::vector<std::pair<int, int>>> found; // order, bone
            for (std::size_t i = 0; i < names_.size(); ++i) {
                const auto bone = fingerBoneOf(names_[i]);
                if (names_[i].side == side && bone && bone->order >= 0)
                    found[bone->finger].emplace_back(bone->order, static_cast<int>(i));
            }
            const int first =
                side == BodySide::Left ? motion::kFirstLeftHandJoint : motion::kFirstRightHandJoint;
            for (auto& [finger, bones] : found) {
                std::sort(bones.begin(), bones.end());
                // Four bones from number 0 on begin in the palm.
                if (bones.size() == 4 && bones.front().first == 0 && finger != Finger::Thumb)
                    bones.erase(bones.begin());
                for (std::size_t k = 0; k < std::min<std::size_t>(bones.size(), 3); ++k)
                    set(first + 3 * static_cast<int>(finger) + static_cast<int>(k),
                        bones[k].second);
            }
        }
    }

    /// From a bone up to its root, itself included.
    [[nodiscard]] std::vector<int> pathUp(int bone) const {
        std::vector<int> path;
        for (; bone != kNone; bone = joints_[index(bone)].parent)
            path.push_back(bone);
        return path;
    }

    /// The lowest bone that both hang from; kNone when there is none.
    [[nodiscard]] int commonAncestor(int a, int b) const {
        if (a == kNone || b == kNone) return kNone;
        std::vector<bool> above(joints_.size(), false);
        for (const int bone : pathUp(b))
            above[index(bone)] = true;
        for (const int bone : pathUp(a))
            if (above[index(bone)]) return bone;
        return kNone;
    }

    [[nodiscard]] int armOf(int collar, int arm) const {
        return map_.of(collar) != kNone ? map_.of(collar) : map_.of(arm);
    }

    /// Where the legs and what is above meet; by name where the hierarchy does not say it.
    void findPelvis() {
        chest_ =
            commonAncestor(armOf(13, motion::kLeftShoulder), armOf(14, motion::kRightShoulder));
        const int legs = commonAncestor(map_.of(1), map_.of(2));
        const int named = byName({"hips", "pelvis", "hip"}, BodySide::Middle);
        const int met = commonAncestor(legs, chest_);
        // Deforming bones of some rigs hang side by side from their controls.
        const bool joined = met != kNone && !names_[index(met)].helper &&
                            names_[index(met)].core != "root" &&
                            (joints_[index(met)].parent != kNone || named == kNone || met == named);
        int pelvis = joined ? met : named;
        if (pelvis == kNone) pelvis = firstOf("spine");
        if (pelvis == chest_ && named != kNone) pelvis = named;
        set(motion::kPelvis, pelvis);
    }

    [[nodiscard]] int firstOf(std::string_view core) const {
        const std::vector<int> all = numbered(core);
        return all.empty() ? kNone : all.front();
    }

    /// Bones of the middle with this name, by number.
    [[nodiscard]] std::vector<int> numbered(std::string_view core) const {
        std::vector<std::pair<int, int>> found;
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (names_[i].core == core && names_[i].side == BodySide::Middle && !names_[i].helper &&
                !isUsed(static_cast<int>(i)))
                found.emplace_back(names_[i].number, static_cast<int>(i));
        std::sort(found.begin(), found.end());
        std::vector<int> bones;
        for (const auto& [number, bone] : found)
            bones.push_back(bone);
        return bones;
    }

    void findSpineAndNeck() {
        const int head = map_.of(motion::kHead) != kNone ? map_.of(motion::kHead) : lastOfSpine();
        if (map_.of(motion::kHead) == kNone) set(motion::kHead, head);
        const int pelvis = map_.of(motion::kPelvis);
        std::vector<int> path = pathUp(head);
        const auto end = std::find(path.begin(), path.end(), pelvis);
        if (head == kNone || pelvis == kNone || end == path.end()) {
            spineByName();
            return;
        }
        path.erase(end, path.end());
        std::reverse(path.begin(), path.end());
        path.pop_back(); // the head
        const auto top = firstNeck(path);
        map_.spine.assign(path.begin(), top);
        map_.neck.assign(top, path.end());
    }

    /// Rigify calls the head, too, a bone of the spine: the last one, above the chest.
    [[nodiscard]] int lastOfSpine() const {
        const std::vector<int> all = numbered("spine");
        if (all.empty()) return kNone;
        const int last = all.back();
        const std::vector<int> path = pathUp(last);
        const bool above = chest_ != kNone && last != chest_ &&
                           std::find(path.begin(), path.end(), chest_) != path.end();
        return above || names_[index(last)].number > kFirstNeckOfRigify ? last : kNone;
    }

    /// What comes after the bone that the arms hang from, or goes by the name.
    [[nodiscard]] std::vector<int>::iterator firstNeck(std::vector<int>& path) const {
        const auto named = std::find_if(path.begin(), path.end(), [&](int bone) {
            const BoneName& name = names_[index(bone)];
            return name.core.rfind("neck", 0) == 0 ||
                   (name.core == "spine" && name.number >= kFirstNeckOfRigify &&
                    map_.of(motion::kHead) != kNone &&
                    names_[index(map_.of(motion::kHead))].core == "spine");
        });
        const auto chest = std::find(path.begin(), path.end(), chest_);
        return chest == path.end() ? named : std::min(named, chest + 1);
    }

    /// Bones that hang side by side.
    void spineByName() {
        for (const std::string_view name :
             {"abdomen", "abdomenlower", "waist", "spine", "abdomenupper", "chest", "chestlower",
              "upperchest", "chestupper"})
            for (const int bone : numbered(name))
                map_.spine.push_back(bone);
        map_.neck = numbered("neck");
        const auto neck = firstNeck(map_.spine);
        map_.neck.insert(map_.neck.begin(), neck, map_.spine.end());
        map_.spine.erase(neck, map_.spine.end());
    }

    void findRoot() {
        const std::vector<int> path = pathUp(map_.of(motion::kPelvis));
        if (path.size() > 1 && !names_[index(path.back())].helper) map_.root = path.back();
    }

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }

    const std::vector<SceneJoint>& joints_;
    std::vector<BoneName> names_;
    BoneMap map_;
    std::vector<int> used_;
    int chest_ = kNone;
};

} // namespace

BoneMap guessBoneMap(const std::vector<SceneJoint>& joints) { return MapGuess(joints).guess(); }

} // namespace gesture::interchange
