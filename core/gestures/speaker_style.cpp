// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/speaker_style.h"

#include <array>

namespace gesture::gestures {

namespace {

const Eigen::Vector3d kBesideTheBody{0.12, -0.92, 0.14};
const Eigen::Vector3d kInFront{-0.28, -0.74, 0.40};

// dominant hand, amplitude, home, rest, both hands above, nod, sway
const std::array<SpeakerStyle, 10> kStyles = {{
    {Side::Right, 1.00, {0.08, -0.62, 0.46}, kBesideTheBody, 0.6, 5.0, 1.0},
    {Side::Right, 0.80, {0.00, -0.68, 0.42}, kInFront, 1.0, 4.0, 0.7},
    {Side::Left, 1.10, {0.12, -0.56, 0.48}, kBesideTheBody, 0.4, 6.0, 1.2},
    {Side::Right, 0.90, {0.05, -0.60, 0.50}, kInFront, 0.7, 5.0, 0.8},
    {Side::Right, 1.20, {0.15, -0.55, 0.46}, kBesideTheBody, 0.3, 7.0, 1.3},
    {Side::Left, 0.85, {0.00, -0.64, 0.45}, kInFront, 0.9, 4.0, 0.8},
    {Side::Right, 1.00, {0.10, -0.60, 0.44}, kBesideTheBody, 0.6, 5.0, 1.0},
    {Side::Right, 0.95, {0.06, -0.58, 0.48}, kInFront, 0.5, 6.0, 1.0},
    {Side::Left, 1.00, {0.08, -0.62, 0.46}, kBesideTheBody, 0.6, 5.0, 1.0},
    {Side::Right, 1.05, {0.12, -0.60, 0.46}, kInFront, 0.6, 5.0, 1.1},
}};

} // namespace

std::span<const SpeakerStyle> speakerStyles() { return kStyles; }

} // namespace gesture::gestures
