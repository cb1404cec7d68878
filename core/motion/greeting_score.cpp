// SPDX-License-Identifier: Apache-2.0
#include "core/motion/greeting_score.h"

#include "core/motion/keyframes.h"

#include <array>
#include <cmath>
#include <numbers>

namespace gesture::motion {

namespace {

using Eigen::Vector2f;
using Eigen::Vector3f;

constexpr float kTurn = 2.0F * std::numbers::pi_v<float>;

// The wave: three swings of half a second each.
constexpr float kWaveBegin = 1.65F;
constexpr float kWaveEnd = 3.10F;
constexpr float kWaveSwings = 3.0F;

/// Fades in and out around the wave, so that it starts and ends with rest.
float waveShare(float seconds) {
    constexpr float kFade = 0.2F;
    return minimumJerk((seconds - kWaveBegin) / kFade) *
           (1.0F - minimumJerk((seconds - kWaveEnd + kFade) / kFade));
}

float waveSwing(float seconds, float delay) {
    const float phase = (seconds - delay - kWaveBegin) / (kWaveEnd - kWaveBegin);
    return waveShare(seconds) * std::sin(kTurn * kWaveSwings * phase);
}

ArmPose atRest() { return {{0.13F, -0.955F, 0.10F}, {-1.0F, -0.1F, -0.25F}, 0.0F, 0.0F}; }
ArmPose beforeWelcome() { return {{-0.08F, -0.50F, 0.46F}, {-1.0F, 0.2F, -0.15F}, 0.0F, 0.2F}; }
ArmPose welcoming() { return {{0.40F, -0.46F, 0.46F}, {-0.25F, 0.9F, 0.3F}, 0.0F, 0.75F}; }
/// The end of the gesture sinks a little before the hands fall.
ArmPose welcomeHeld() { return {{0.41F, -0.50F, 0.44F}, {-0.25F, 0.9F, 0.3F}, 0.0F, 0.6F}; }

/// `lift` raises a passage between two keys in a bow instead of a straight line.
ArmPose bowed(ArmPose pose, const Vector3f& lift, float seconds, float begin, float end) {
    const float u = minimumJerk((seconds - begin) / (end - begin));
    pose.wrist += lift * std::sin(0.5F * kTurn * u);
    return pose;
}

ArmPose rightArm(float seconds) {
    const ArmPose raised{{0.38F, 0.25F, 0.41F}, {-0.1F, 0.0F, 1.0F}, 0.0F, 0.8F};
    const std::array<Key<ArmPose>, 9> keys = {{{0.78F, atRest()},
                                               {1.70F, raised},
                                               {3.00F, raised},
                                               {3.81F, beforeWelcome()},
                                               {3.84F, beforeWelcome()},
                                               {4.40F, welcoming()},
                                               {4.95F, welcomeHeld()},
                                               {5.00F, welcomeHeld()},
                                               {5.85F, atRest()}}};
    ArmPose pose = valueAt<ArmPose>(keys, seconds);
    pose = bowed(pose, {0.05F, 0.0F, 0.16F}, seconds, 0.78F, 1.70F);
    pose = bowed(pose, {0.10F, 0.0F, 0.06F}, seconds, 3.00F, 3.81F);
    pose = bowed(pose, {0.0F, 0.10F, 0.06F}, seconds, 3.84F, 4.40F);
    pose.wrist.x() += 0.15F * waveSwing(seconds, 0.0F);
    pose.wrist.y() -= 0.025F * std::abs(waveSwing(seconds, 0.0F));
    pose.handSide += 14.0F * waveSwing(seconds, 0.07F);
    return pose;
}

ArmPose leftArm(float seconds) {
    const std::array<Key<ArmPose>, 7> keys = {{{3.10F, atRest()},
                                               {3.78F, beforeWelcome()},
                                               {3.84F, beforeWelcome()},
                                               {4.40F, welcoming()},
                                               {4.95F, welcomeHeld()},
                                               {5.05F, welcomeHeld()},
                                               {5.95F, atRest()}}};
    ArmPose pose = valueAt<ArmPose>(keys, seconds);
    pose = bowed(pose, {0.06F, 0.0F, 0.08F}, seconds, 3.10F, 3.78F);
    return bowed(pose, {0.0F, 0.10F, 0.06F}, seconds, 3.84F, 4.40F);
}

/// Slow drift that no one stands without; whole periods fit the clip.
Vector3f drift(float seconds) {
    const float phase = kTurn * seconds / kGreetingSeconds;
    return {0.5F * std::sin(phase + 1.0F), 0.9F * std::sin(phase + 3.0F),
            0.4F * std::sin(2.0F * phase)};
}

Vector3f headAt(float seconds) {
    const std::array<Key<Vector3f>, 8> keys = {{{0.35F, {12.0F, 3.0F, 0.0F}},
                                                {0.95F, {-3.0F, 0.0F, 0.0F}},
                                                {1.20F, {-3.0F, 0.0F, 0.0F}},
                                                {1.80F, {-1.0F, -4.0F, 5.0F}},
                                                {3.10F, {-1.0F, -4.0F, 5.0F}},
                                                {3.80F, {0.0F, 2.0F, -2.0F}},
                                                {5.40F, {0.0F, 0.0F, 0.0F}},
                                                {6.30F, {12.0F, 3.0F, 0.0F}}}};
    Vector3f head = valueAt<Vector3f>(keys, seconds) + drift(seconds);
    head.x() +=
        7.0F * pulse(seconds, 1.45F, 0.25F, 0.35F) + 9.0F * pulse(seconds, 4.40F, 0.30F, 0.45F);
    head.z() += 1.5F * waveSwing(seconds, 0.1F);
    return head;
}

Vector3f torsoAt(float seconds) {
    const std::array<Key<Vector3f>, 6> keys = {{{0.80F, {2.5F, 0.0F, 0.0F}},
                                                {1.60F, {1.0F, 3.0F, -2.0F}},
                                                {3.10F, {1.0F, 3.0F, -2.0F}},
                                                {4.30F, {5.0F, 0.0F, 0.0F}},
                                                {5.00F, {5.0F, 0.0F, 0.0F}},
                                                {6.00F, {2.5F, 0.0F, 0.0F}}}};
    Vector3f torso = valueAt<Vector3f>(keys, seconds) - 0.7F * drift(seconds + 0.4F);
    torso.z() += 0.8F * waveSwing(seconds, 0.05F);
    return torso;
}

Vector2f shiftAt(float seconds) {
    const std::array<Key<Vector2f>, 6> keys = {{{0.70F, {0.010F, 0.0F}},
                                                {1.70F, {0.024F, -0.004F}},
                                                {3.10F, {0.024F, -0.004F}},
                                                {4.35F, {-0.004F, 0.014F}},
                                                {5.05F, {-0.004F, 0.014F}},
                                                {6.25F, {0.010F, 0.0F}}}};
    return valueAt<Vector2f>(keys, seconds);
}

/// A standing pelvis tilts over the leg that carries the weight.
Vector3f pelvisAt(float seconds) {
    constexpr float kRollPerMetre = -60.0F;
    constexpr float kYawPerMetre = 70.0F;
    const float side = shiftAt(seconds).x();
    const Vector3f sway = drift(seconds);
    return {0.4F * sway.x(), kYawPerMetre * side + 0.4F * sway.y(), kRollPerMetre * side};
}

float smileAt(float seconds) {
    const std::array<Key<float>, 5> keys = {
        {{0.70F, 0.15F}, {1.50F, 0.65F}, {3.60F, 0.55F}, {4.90F, 0.60F}, {6.20F, 0.15F}}};
    return valueAt<float>(keys, seconds);
}

float blinkAt(float seconds) {
    constexpr float kClose = 0.09F;
    constexpr float kOpen = 0.16F;
    float blink = 0.0F;
    for (const float peak : {17.0F / 30.0F, 71.0F / 30.0F, 104.0F / 30.0F, 170.0F / 30.0F}) {
        blink += pulse(seconds, peak, kClose, kOpen);
    }
    return blink;
}

/// The eyes lead the head up and hold the viewer while the head moves.
float eyesDownAt(float seconds, float headPitch) {
    constexpr float kHold = 0.8F;
    const std::array<Key<float>, 4> keys = {
        {{0.30F, 1.0F}, {0.50F, 0.0F}, {5.55F, 0.0F}, {5.80F, 1.0F}}};
    const float lowered = valueAt<float>(keys, seconds);
    return lowered * 6.0F - (1.0F - lowered) * kHold * headPitch;
}

} // namespace

GreetingMoment greetingAt(float seconds) {
    GreetingMoment moment;
    moment.left = leftArm(seconds);
    moment.right = rightArm(seconds);
    moment.head = headAt(seconds);
    moment.torso = torsoAt(seconds);
    moment.pelvis = pelvisAt(seconds);
    moment.shift = shiftAt(seconds);
    moment.breath = std::sin(2.0F * kTurn * seconds / kGreetingSeconds);
    moment.eyesDown = eyesDownAt(seconds, moment.head.x());
    moment.smile = smileAt(seconds);
    moment.brows =
        0.55F * pulse(seconds, 0.95F, 0.35F, 0.60F) + 0.45F * pulse(seconds, 4.25F, 0.30F, 0.60F);
    moment.blink = blinkAt(seconds);
    return moment;
}

} // namespace gesture::motion
