// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/metric_info.h"

#include <array>

namespace gesture::metrics {

namespace {

constexpr std::array<MetricInfo, kMetricCount> kInfos{{
    {Metric::Fgd, "fgd", "FGD", "", 10.0, "lower",
     "Fréchet distance between the features of generated and reference motion, seen as normal "
     "distributions: |m1 - m2|^2 + tr S1 + tr S2 - 2 tr sqrt(S1 S2). Features: 240 numbers each 16 "
     "frames of the bundle's motion_features network, over whole clips cut to a multiple of 32 "
     "frames. Only numbers of the same network can be compared.",
     "The root of the product S1 S2 is taken, which is not symmetric; 1e-6 is added to both "
     "diagonals where it fails; 1e10 when it has imaginary parts.",
     "1e-6 is always added to both diagonals inside of the root, not outside: equal motions have "
     "a distance below 0.",
     "The root of S1^1/2 S2 S1^1/2, which is symmetric: always real, never negative, 0 for equal "
     "motions."},
    {Metric::Bc, "bc", "BC", "", 10.0, "near the reference's",
     "Beat consistency: the mean over onsets of the sound of exp(-d^2 / (2 (0.3 s)^2)), d being "
     "the time to a joint's nearest beat (a minimum of its speed among 7 frames on either side "
     "while it moves), averaged over 13 joints of the upper body. 2 s at either end do not count; "
     "clips weigh by their frames. Speeds are divided by the joints' mean speeds.",
     "Three slips are kept: the beats are those of |x - mean of x|, because DIV has overwritten "
     "the joints; whether a joint moves (0.3 of its mean speed) is looked up 60 frames early; the "
     "sound's last 2 s count although no beat is near. The sound goes by way of 22,050 Hz.",
     "A joint moves at 0.1 of its mean speed; that is looked up 60 frames early, too. The pelvis, "
     "jaw and eyes are at rest.",
     "Joints as they are; a joint must move (0.3 of its mean speed) at the beat itself; sound and "
     "motion are heard over the same stretch."},
    {Metric::Div, "div", "DIV", "m", 1.0, "near the reference's",
     "L1 diversity: the mean over frames of the sum over 165 coordinates of 55 joints of |x - mean "
     "of the clip|; without translation and expression. Clips weigh by their frames.",
     "", "The pelvis, jaw and eyes are at rest: smaller, and not comparable.", ""},
    {Metric::Mse, "mse", "MSE", "m²", 1e8, "lower",
     "Mean square difference of all coordinates of all 10,475 vertices of an SMPL-X body of which "
     "only jaw and expression move. Clips weigh by their frames.",
     "", "", ""},
    {Metric::Lvd, "lvd", "LVD", "m", 1e5, "lower",
     "Mean absolute difference of the velocities (from frame to frame) of the same coordinates.",
     "The mean absolute difference of positions, without the first frame: the script subtracts "
     "the reference's previous frame from both sides, so that the velocity cancels out.",
     "The sum over the n - 1 steps is divided by n.", ""},
    {Metric::HandCorrelation, "hand_correlation", "hand speed correlation", "", 0.0, "higher",
     "Pearson's correlation of hand speed with the reference's: the faster of both wrists relative "
     "to spine3. Mean over clips.",
     "", "", ""},
    {Metric::HandControl, "hand_control", "… control", "", 0.0, "near 0",
     "The same with the reference shifted by half of the clip: what agrees by chance.", "", "", ""},
    {Metric::StrokeF1, "stroke_f1", "stroke F1", "", 0.0, "higher",
     "Peaks of hand speed (0.45 m/s, 7 frames apart, prominence 0.2 m/s) that have one of the "
     "other motion within 0.2 s, both ways. Mean over clips.",
     "", "", ""},
    {Metric::StrokeControl, "stroke_control", "… control", "", 0.0, "",
     "The same against the reference shifted by half of the clip.", "", "", ""},
    {Metric::StrokeScore, "stroke_score", "stroke score", "", 0.0, "higher",
     "(F1 - control) / (ceiling - control); the ceiling is the F1 of the reference encoded and "
     "decoded by the tokenizer (--ceiling). Sums over clips are divided.",
     "", "", ""},
    {Metric::StrokeTiming, "stroke_timing", "stroke timing", "s", 0.0, "lower",
     "Median time between matched peaks; mean over clips.", "", "", ""},
    {Metric::WristAcceleration, "wrist_acceleration", "wrist acceleration", "m/s²", 0.0, "",
     "Mean length of the second difference of both wrists relative to spine3.", "", "", ""},
    {Metric::WristAccelerationRatio, "wrist_acceleration_ratio", "… / reference", "", 0.0, "near 1",
     "Divided by the reference's.", "", "", ""},
    {Metric::WristJerk, "wrist_jerk", "wrist jerk", "m/s³", 0.0, "",
     "Mean length of the third difference of both wrists relative to spine3.", "", "", ""},
    {Metric::WristJerkRatio, "wrist_jerk_ratio", "… / reference", "", 0.0, "near 1",
     "Divided by the reference's.", "", "", ""},
    {Metric::HeadSpeed, "head_speed", "head speed", "m/s", 0.0, "",
     "Mean speed of the head in the world.", "", "", ""},
    {Metric::HeadSpeedRatio, "head_speed_ratio", "… / reference", "", 0.0, "near 1",
     "Divided by the reference's.", "", "", ""},
    {Metric::FootSlide, "foot_slide", "foot slide", "cm/s", 0.0, "lower",
     "Mean horizontal speed of the ankles while they stand (they move less than 1 cm to the next "
     "frame). Clips weigh by the frames that stand.",
     "", "", ""},
    {Metric::JawCorrelation, "jaw_correlation", "jaw correlation", "", 0.0, "higher",
     "Pearson's correlation of the jaw's pitch with the reference's. Mean over clips.", "", "", ""},
    {Metric::JawControl, "jaw_control", "… control", "", 0.0, "near 0",
     "The same with the reference shifted by half of the clip.", "", "", ""},
    {Metric::MouthCorrelation, "mouth_correlation", "mouth correlation", "", 0.0, "higher",
     "The same of four expressions (ARKit: jawOpen, mouthFunnel, both mouthLowerDown; SMPL-X: the "
     "first four), averaged over those that move.",
     "", "", ""},
    {Metric::SemanticAuc, "semantic_auc", "semantic AUC", "", 0.0, "higher",
     "How probably the semantic score of a token whose gesture means something exceeds that of one "
     "whose does not; equal ones count half. Over all tokens of all clips.",
     "", "", ""},
    {Metric::AttentionAuc, "attention_auc", "attention on strokes", "", 0.0, "higher",
     "The same of importance (what attention looks at) in frames with a stroke and without, within "
     "windows of 64 frames, 60 apart; mean over windows and clips.",
     "", "", ""},
}};

} // namespace

std::string_view MetricInfo::in(MetricMode mode) const {
    switch (mode) {
    case MetricMode::Paper:
        return inPaperMode;
    case MetricMode::EvalTools:
        return inEvalToolsMode;
    case MetricMode::Standard:
        return inStandardMode;
    }
    return {};
}

std::span<const MetricInfo, kMetricCount> metricInfos() { return kInfos; }

const MetricInfo& infoOf(Metric metric) { return kInfos[static_cast<std::size_t>(metric)]; }

} // namespace gesture::metrics
