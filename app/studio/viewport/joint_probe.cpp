// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/joint_probe.h"

#include "core/motion/skeleton.h"

#include <array>
#include <cmath>

namespace gesture::app {

namespace {

constexpr double kReach = 14;
constexpr double kFingerReach = 6;

using Joints = std::array<std::array<float, 3>, motion::kJointCount>;

std::optional<Eigen::Vector3f> positionOf(const Stage& stage, FrameIndex frame, int joint) {
    Joints joints;
    stage.jointsAt(frame, joints);
    if (joint < 0 || static_cast<std::size_t>(joint) >= joints.size()) return std::nullopt;
    return Eigen::Vector3f(joints[static_cast<std::size_t>(joint)].data());
}

} // namespace

std::optional<JointReading> readJoint(const Stage& stage, FrameIndex frame, int joint) {
    const FrameIndex before{std::max<std::int64_t>(frame.value - 1, 0)};
    const auto last = positionOf(stage, before, joint);
    const auto now = positionOf(stage, frame, joint);
    if (!now || !last) return std::nullopt;
    const double rate = stage.clip() ? stage.clip()->rate().perSecond() : 0;
    return JointReading{*now, now->y() - stage.groundHeight(),
                        (*now - *last).norm() * static_cast<float>(rate)};
}

std::optional<int> jointAt(const Stage& stage, FrameIndex frame, const render::Camera& camera,
                           const QSize& view, const QPointF& place) {
    Joints joints;
    stage.jointsAt(frame, joints);
    std::optional<int> best;
    double nearest = kReach;
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const Eigen::Vector3f pixel =
            camera.project(Eigen::Vector3f(joints[i].data()), view.width(), view.height());
        if (!(pixel.z() > 0)) continue;
        const bool finger = static_cast<int>(i) >= motion::kFirstLeftHandJoint;
        const double distance = std::hypot(place.x() - static_cast<double>(pixel.x()),
                                           place.y() - static_cast<double>(pixel.y()));
        if (distance >= nearest || (finger && distance > kFingerReach)) continue;
        nearest = distance;
        best = static_cast<int>(i);
    }
    return best;
}

QString jointLabel(int joint) {
    const auto names = motion::jointNames();
    if (joint < 0 || static_cast<std::size_t>(joint) >= names.size()) return {};
    const std::string_view name = names[static_cast<std::size_t>(joint)];
    QString label = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    label.remove(QStringLiteral("_smplhf"));
    if (label.startsWith(QStringLiteral("left_"))) label.replace(0, 5, QStringLiteral("L "));
    if (label.startsWith(QStringLiteral("right_"))) label.replace(0, 6, QStringLiteral("R "));
    label.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!label.isEmpty()) label[0] = label[0].toUpper();
    return label;
}

} // namespace gesture::app
