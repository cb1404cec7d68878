// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/face_error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace gesture::metrics {

namespace {

using motion::BodyPose;
using motion::Clip;
using motion::kJaw;
using motion::kPoseSize;
using motion::ShapedBody;

/// Frames that are posed at once: with SMPL-X's 10,475 vertices 8 MB for each clip.
constexpr std::int64_t kPiece = 64;
constexpr std::array<float, 3> kOrigin{};

/// Vertices of a range of frames with everything at rest but jaw and expression, again and again.
class FacePoser {
public:
    FacePoser(const ShapedBody& body, const Clip& clip)
        : body_(body)
        , clip_(clip)
        , poses_(static_cast<std::size_t>(kPiece) * kPoseSize)
        , vertices_(static_cast<std::size_t>(kPiece * body.model().vertexCount()) * 3) {}

    /// (count, V, 3); valid until the next call.
    std::span<const float> vertices(std::int64_t begin, std::int64_t count) {
        std::vector<BodyPose> bodies;
        for (std::int64_t i = 0; i < count; ++i) {
            const FrameIndex frame{begin + i};
            const auto jaw = clip_.pose(frame).subspan<3 * kJaw, 3>();
            const std::span<float, kPoseSize> pose(
                poses_.data() + static_cast<std::ptrdiff_t>(i * kPoseSize), kPoseSize);
            std::copy(jaw.begin(), jaw.end(), pose.begin() + 3 * kJaw);
            bodies.push_back({pose, kOrigin, clip_.expression(frame)});
        }
        const std::size_t size = static_cast<std::size_t>(count * body_.model().vertexCount()) * 3;
        const std::span<float> out(vertices_.data(), size);
        body_.poseMany(bodies, out, {});
        return out;
    }

private:
    const ShapedBody& body_;
    const Clip& clip_;
    std::vector<float> poses_; ///< (kPiece, 165): zero but for the jaw.
    std::vector<float> vertices_;
};

/// Sums of the two measures over frames that come in order.
class ErrorSums {
public:
    ErrorSums(std::size_t coordinates, MetricMode mode)
        : mode_(mode)
        , before_(coordinates) {}

    void add(std::span<const float> generated, std::span<const float> reference) {
        for (std::size_t i = 0; i < before_.size(); ++i) {
            const double apart =
                static_cast<double>(generated[i]) - static_cast<double>(reference[i]);
            squares_ += apart * apart;
            if (frames_ > 0)
                differences_ += std::abs(mode_ == MetricMode::Paper ? apart : apart - before_[i]);
            before_[i] = apart;
        }
        ++frames_;
    }

    [[nodiscard]] FaceError result() const {
        const auto coordinates = static_cast<double>(before_.size());
        const auto frames = static_cast<double>(frames_);
        const double steps = mode_ == MetricMode::EvalTools ? frames : frames - 1.0;
        return {squares_ / (frames * coordinates),
                steps > 0.0 ? differences_ / (steps * coordinates) : 0.0, frames_};
    }

private:
    MetricMode mode_;
    std::vector<double> before_; ///< Differences of the frame before.
    double squares_ = 0.0;
    double differences_ = 0.0;
    std::int64_t frames_ = 0;
};

Status checkComparable(const Clip& generated, const Clip& reference) {
    if (!(generated.rate() == reference.rate()))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motions have {:.3f} and {:.3f} frames a second: convert one "
                                 "to the rate of the other.",
                                 generated.rate().perSecond(), reference.rate().perSecond())};
    if (generated.expressionSpace() != reference.expressionSpace())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The faces cannot be compared: one has expressions of '{}', the "
                                 "other of '{}'.",
                                 nameOf(generated.expressionSpace()),
                                 nameOf(reference.expressionSpace()))};
    return Status::success();
}

} // namespace

Result<FaceError> faceError(const ShapedBody& body, const Clip& generated, const Clip& reference,
                            MetricMode mode, JobControl& control) {
    if (auto checked = checkComparable(generated, reference); !checked) return checked.error();
    const std::int64_t frames = std::min(generated.frameCount(), reference.frameCount());
    const auto coordinates = static_cast<std::size_t>(body.model().vertexCount()) * 3;
    FacePoser first(body, generated);
    FacePoser second(body, reference);
    ErrorSums sums(coordinates, mode);
    control.beginStage("Comparing faces", frames);
    for (std::int64_t begin = 0; begin < frames; begin += kPiece) {
        if (control.stopRequested()) return JobControl::cancelled("Comparing faces");
        const std::int64_t count = std::min(kPiece, frames - begin);
        const auto ours = first.vertices(begin, count);
        const auto theirs = second.vertices(begin, count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            sums.add(ours.subspan(i * coordinates, coordinates),
                     theirs.subspan(i * coordinates, coordinates));
        control.advanceTo(begin + count);
    }
    return sums.result();
}

FaceError meanFaceError(std::span<const FaceError> clips) {
    FaceError mean;
    for (const FaceError& clip : clips) {
        const auto weight = static_cast<double>(clip.frames);
        mean.meanSquare += weight * clip.meanSquare;
        mean.vertexDifference += weight * clip.vertexDifference;
        mean.frames += clip.frames;
    }
    if (mean.frames == 0) return {};
    mean.meanSquare /= static_cast<double>(mean.frames);
    mean.vertexDifference /= static_cast<double>(mean.frames);
    return mean;
}

} // namespace gesture::metrics
