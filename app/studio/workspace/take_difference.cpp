// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/take_difference.h"

#include "core/metrics/joint_positions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace gesture::app {

namespace {

/// Centimetres between the two places of a joint at a frame; positions are (frames, 55, 3) metres.
float apart(const std::vector<float>& a, const std::vector<float>& b, std::size_t joint) {
    const float x = a[3 * joint] - b[3 * joint];
    const float y = a[3 * joint + 1] - b[3 * joint + 1];
    const float z = a[3 * joint + 2] - b[3 * joint + 2];
    constexpr float kCentimetres = 100;
    return kCentimetres * std::sqrt(x * x + y * y + z * z);
}

float meanOf(std::span<const float> apart, motion::BodyPart part) {
    const auto joints = motion::jointsOf(part);
    float sum = 0;
    for (const int joint : joints)
        sum += apart[static_cast<std::size_t>(joint)];
    return sum / static_cast<float>(joints.size());
}

} // namespace

Result<DifferenceCurves> differenceBetween(const motion::Clip& a, const motion::Clip& b,
                                           JobControl& control) {
    const std::int64_t frames = std::min(a.frameCount(), b.frameCount());
    const auto first =
        metrics::jointPositions(nullptr, a, frames, metrics::JointCall::World, control);
    if (!first) return first.error();
    const auto second =
        metrics::jointPositions(nullptr, b, frames, metrics::JointCall::World, control);
    if (!second) return second.error();
    DifferenceCurves curves;
    std::array<float, motion::kJointCount> joints{};
    for (std::int64_t f = 0; f < frames; ++f) {
        float sum = 0;
        for (std::size_t j = 0; j < joints.size(); ++j) {
            joints[j] = apart(*first, *second, static_cast<std::size_t>(f) * joints.size() + j);
            sum += joints[j];
        }
        curves.upper.push_back(meanOf(joints, motion::BodyPart::Upper));
        curves.hands.push_back(meanOf(joints, motion::BodyPart::Hands));
        curves.lower.push_back(meanOf(joints, motion::BodyPart::Lower));
        curves.all.push_back(sum / static_cast<float>(joints.size()));
    }
    return curves;
}

TakeDifference::TakeDifference(Executor& executor, QObject* parent)
    : QObject(parent)
    , executor_(executor) {}

TakeDifference::~TakeDifference() { stop_.request_stop(); }

void TakeDifference::compare(std::shared_ptr<const motion::Clip> a,
                             std::shared_ptr<const motion::Clip> b) {
    if (!a || !b) a = b = nullptr;
    if (a == a_ && b == b_) return;
    a_ = std::move(a);
    b_ = std::move(b);
    curves_ = nullptr;
    stop_.request_stop();
    stop_ = {};
    ++search_;
    if (!a_) return;
    executor_.post([this, address = post_.address(), first = a_, second = b_, search = search_,
                    stop = stop_.get_token()](const std::stop_token&) {
        JobControl control(stop, {});
        auto found = differenceBetween(*first, *second, control);
        if (!found) return;
        auto curves = std::make_shared<const DifferenceCurves>(std::move(*found));
        address.send([this, search, curves] {
            if (search != search_) return;
            curves_ = curves;
            Q_EMIT this->found();
        });
    });
}

} // namespace gesture::app
