// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stage/stage.h"
#include "core/base/time.h"
#include "render/camera.h"

#include <QPointF>
#include <QSize>
#include <QString>

#include <optional>

namespace gesture::app {

/// What the viewport says about one joint at one frame.
struct JointReading {
    Eigen::Vector3f position{0, 0, 0}; ///< World metres.
    float height = 0;                  ///< Metres above the ground.
    float speed = 0;                   ///< Metres a second, from the frame before.
};

/// Nothing when the stage has no such joint.
[[nodiscard]] std::optional<JointReading> readJoint(const Stage& stage, FrameIndex frame,
                                                    int joint);

/// Joint whose place in a view of this size is nearest to `place`, within 14 px; fingers count
/// only within 6 px.
[[nodiscard]] std::optional<int> jointAt(const Stage& stage, FrameIndex frame,
                                         const render::Camera& camera, const QSize& view,
                                         const QPointF& place);

/// "R wrist" for "right_wrist".
[[nodiscard]] QString jointLabel(int joint);

} // namespace gesture::app
