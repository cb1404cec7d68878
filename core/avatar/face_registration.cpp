// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/face_registration.h"

#include <algorithm>
#include <array>

namespace gesture::avatar {

namespace {

constexpr int kMaxRounds = 60;
constexpr double kSettled = 1e-7;   ///< Metres of change of the mean distance.
constexpr double kKeptShare = 0.8;  ///< Of the pairs, by distance.
constexpr double kEyeShare = 0.05;  ///< Weight of each eye, as a share of the pairs.
constexpr double kFarthest = 0.015; ///< Metres: a pair beyond this is none.
constexpr std::size_t kFewestPairs = 100;

constexpr std::array<int, 4> kLandmarks = {motion::kHead, motion::kJaw, motion::kLeftEye,
                                           motion::kRightEye};

Points64 restJoints(const io::Avatar& avatar) {
    const motion::BodyModelData& data = avatar.body->data();
    return (data.jointRegressor * data.templateVertices).cast<double>();
}

/// Least-squares similarity between corresponding points, (n, 3) each (Umeyama 1991).
Similarity fitSimilarity(const Points64& from, const Points64& to) {
    const Eigen::Matrix4d fitted = Eigen::umeyama(from.transpose(), to.transpose(), true);
    Similarity similarity;
    similarity.scale = fitted.block<3, 1>(0, 0).norm();
    similarity.rotation = fitted.topLeftCorner<3, 3>() / similarity.scale;
    similarity.translation = fitted.topRightCorner<3, 1>();
    return similarity;
}

class Registrar {
public:
    Registrar(const io::Avatar& source, const std::vector<std::uint32_t>& vertices,
              const io::Avatar& target)
        : sourceSurface_(source)
        , targetSurface_(target)
        , vertices_(vertices)
        , sourceJoints_(restJoints(source))
        , targetJoints_(restJoints(target)) {}

    Result<FaceRegistration> run(JobControl& control) {
        control.beginStage("Laying the faces over each other", kMaxRounds);
        FaceRegistration result;
        result.targetFromSource = fitLandmarks();
        double previous = 1.0;
        for (int round = 0; round < kMaxRounds; ++round) {
            if (control.stopRequested()) return JobControl::cancelled("Making the bridge");
            if (!pair(result)) return apart();
            control.advanceTo(round + 1);
            if (std::abs(previous - result.meanDistance) < kSettled) break;
            previous = result.meanDistance;
            result.targetFromSource = refine(result);
        }
        return result;
    }

private:
    static Error apart() {
        return {ErrorCode::InvalidInput,
                "The two faces do not lie over each other: the file's head, jaw and eye joints do "
                "not fit its mesh. `gesture avatar check` says what is wrong with it."};
    }

    Similarity fitLandmarks() const {
        Points64 from(kLandmarks.size(), 3);
        Points64 to(kLandmarks.size(), 3);
        for (std::size_t i = 0; i < kLandmarks.size(); ++i) {
            from.row(static_cast<Eigen::Index>(i)) = sourceJoints_.row(kLandmarks[i]);
            to.row(static_cast<Eigen::Index>(i)) = targetJoints_.row(kLandmarks[i]);
        }
        return fitSimilarity(from, to);
    }

    /// Finds the places of all vertices; false when too few have one.
    bool pair(FaceRegistration& result) const {
        const Similarity& toTarget = result.targetFromSource;
        result.pairs.clear();
        result.meanDistance = 0.0;
        for (const auto vertex : vertices_) {
            const auto place =
                targetSurface_.closest(toTarget(sourceSurface_.position(vertex)),
                                       toTarget.rotation * sourceSurface_.normal(vertex));
            if (!place || place->distance > kFarthest) continue;
            result.meanDistance += place->distance;
            result.pairs.push_back({vertex, *place});
        }
        result.meanDistance /= static_cast<double>(std::max<std::size_t>(result.pairs.size(), 1));
        return result.pairs.size() >= kFewestPairs;
    }

    Similarity refine(const FaceRegistration& result) const {
        auto pairs = result.pairs;
        const auto kept = static_cast<std::size_t>(kKeptShare * static_cast<double>(pairs.size()));
        std::nth_element(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept),
                         pairs.end(), [](const FacePair& a, const FacePair& b) {
                             return a.place.distance < b.place.distance;
                         });
        const auto anchors = static_cast<std::size_t>(kEyeShare * static_cast<double>(kept)) + 1;
        Points64 from(static_cast<Eigen::Index>(kept + 2 * anchors), 3);
        Points64 to(from.rows(), 3);
        for (std::size_t i = 0; i < kept; ++i) {
            from.row(static_cast<Eigen::Index>(i)) = sourceSurface_.position(pairs[i].vertex);
            to.row(static_cast<Eigen::Index>(i)) = pairs[i].place.position;
        }
        auto row = static_cast<Eigen::Index>(kept);
        for (const int eye : {motion::kLeftEye, motion::kRightEye}) {
            const auto count = static_cast<Eigen::Index>(anchors);
            from.middleRows(row, count).rowwise() = sourceJoints_.row(eye);
            to.middleRows(row, count).rowwise() = targetJoints_.row(eye);
            row += count;
        }
        return fitSimilarity(from, to);
    }

    FaceSurface sourceSurface_;
    FaceSurface targetSurface_;
    const std::vector<std::uint32_t>& vertices_;
    Points64 sourceJoints_;
    Points64 targetJoints_;
};

} // namespace

Result<FaceRegistration> registerFaces(const io::Avatar& source,
                                       const std::vector<std::uint32_t>& sourceVertices,
                                       const io::Avatar& target, JobControl& control) {
    return Registrar(source, sourceVertices, target).run(control);
}

} // namespace gesture::avatar
