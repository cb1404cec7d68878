// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/clip_measures.h"

#include "core/audio/features/beat_times.h"
#include "core/metrics/beat_consistency.h"
#include "core/metrics/curve_statistics.h"
#include "core/metrics/diversity.h"
#include "core/metrics/face_error.h"
#include "core/metrics/hand_strokes.h"
#include "core/metrics/joint_positions.h"
#include "core/metrics/motion_quality.h"
#include "core/motion/foot_contact.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::metrics {

namespace {

using motion::Clip;

constexpr FrameRate kRate{30, 1};
constexpr std::int64_t kWindow = 64;
constexpr std::int64_t kHop = 60;
constexpr std::string_view kConstant = "a curve does not move";

void put(Measure& measure, double value, double weight) {
    measure.value = value;
    measure.weight = weight;
}

/// A value, or `reason`.
void put(Measure& measure, std::optional<double> value, double weight, std::string_view reason) {
    if (value)
        put(measure, *value, weight);
    else
        measure.reason = reason;
}

/// What an error means for a metric: its reason; only a wish to stop goes on.
Status noted(Measure& measure, const Error& error) {
    if (error.code() == ErrorCode::Cancelled) return error;
    measure.reason = error.message();
    return Status::success();
}

Clip cut(const Clip& clip, std::int64_t frames) {
    const auto first = [frames](std::span<const float> values, std::int64_t width) {
        return std::vector<float>(values.begin(), values.begin() + frames * width);
    };
    Clip::Data data;
    data.poses = first(clip.poses(), motion::kPoseSize);
    data.translations = first(clip.translations(), 3);
    data.expressions = first(clip.expressions(), motion::kExpressionCount);
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.rate = clip.rate();
    data.expressionSpace = clip.expressionSpace();
    return Clip::create(std::move(data)).value();
}

/// World positions of a motion, and how its faster hand moves.
struct MovingBody {
    std::vector<float> positions;
    std::vector<float> handSpeed;
};

Result<MovingBody> movingBody(const PreparedClip& clip, const Clip& motion, JobControl& control) {
    const std::int64_t frames = std::min(clip.frames, motion.frameCount());
    auto positions = jointPositions(clip.body.get(), motion, frames, JointCall::World, control);
    if (!positions) return std::move(positions).error();
    MovingBody body{std::move(*positions), {}};
    body.handSpeed = handSpeed(body.positions, kRate);
    return body;
}

void measureHands(const MovingBody& ours, const MovingBody& truth, ClipMeasures& out) {
    const std::vector<float> control = shiftedByHalf(truth.handSpeed);
    put(out[Metric::HandCorrelation], correlation(ours.handSpeed, truth.handSpeed), 1.0, kConstant);
    put(out[Metric::HandControl], correlation(ours.handSpeed, control), 1.0, kConstant);
    const auto peaks = strokePeaks(ours.handSpeed);
    const StrokeMatch match = matchStrokes(peaks, strokePeaks(truth.handSpeed), kRate);
    put(out[Metric::StrokeF1], match.f1, 1.0);
    put(out[Metric::StrokeControl], matchStrokes(peaks, strokePeaks(control), kRate).f1, 1.0);
    put(out[Metric::StrokeTiming], match.medianSeconds, 1.0,
        "no stroke was found at one of the reference's");
}

Status measureStrokeScore(const PreparedClip& clip, const MovingBody& truth, ClipMeasures& out,
                          JobControl& control) {
    Measure& score = out[Metric::StrokeScore];
    if (clip.given.ceiling == nullptr) {
        score.reason = clip.settings.missing.ceiling;
        return Status::success();
    }
    const auto best = movingBody(clip, *clip.given.ceiling, control);
    if (!best) return noted(score, best.error());
    const double ceiling =
        matchStrokes(strokePeaks(best->handSpeed), strokePeaks(truth.handSpeed), kRate).f1;
    const double chance = *out[Metric::StrokeControl].value;
    put(score, strokeScore(*out[Metric::StrokeF1].value, chance, ceiling), ceiling - chance,
        "the tokenizer alone is no better than chance here");
    return Status::success();
}

void measureJitter(const MovingBody& ours, const MovingBody& truth, ClipMeasures& out) {
    const Jitter jitter = jitterOf(ours.positions, kRate);
    const Jitter calm = jitterOf(truth.positions, kRate);
    const auto frames = static_cast<double>(out.frames);
    const auto both = [&](Metric value, Metric ratio, double generated, double reference) {
        put(out[value], generated, frames);
        if (reference > 0.0)
            put(out[ratio], generated / reference, reference * frames);
        else
            out[ratio].reason = "the reference does not move";
    };
    both(Metric::WristAcceleration, Metric::WristAccelerationRatio, jitter.wristAcceleration,
         calm.wristAcceleration);
    both(Metric::WristJerk, Metric::WristJerkRatio, jitter.wristJerk, calm.wristJerk);
    both(Metric::HeadSpeed, Metric::HeadSpeedRatio, jitter.headSpeed, calm.headSpeed);
}

/// One number a frame: every `width`-th value from `column` on.
std::vector<float> columnOf(std::span<const float> values, std::size_t width, std::size_t column) {
    std::vector<float> picked;
    for (std::size_t i = column; i < values.size(); i += width)
        picked.push_back(values[i]);
    return picked;
}

/// Expressions that open and shape the mouth: of ARKit's units jawOpen, mouthFunnel and both
/// mouthLowerDown; of SMPL-X's the strongest four.
std::array<std::size_t, 4> mouthColumns(motion::ExpressionSpace space) {
    if (space == motion::ExpressionSpace::Arkit52) return {24, 31, 33, 34};
    return {0, 1, 2, 3};
}

} // namespace

Result<PreparedClip> prepare(const EvaluatedClip& clip, const EvaluationSettings& settings) {
    for (const Clip* motion : {&clip.generated, &clip.reference})
        if (!(motion->rate() == kRate))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' has {:.3f} frames a second: the metrics are defined at "
                                     "30, convert the motion first.",
                                     clip.name, motion->rate().perSecond())};
    const std::int64_t frames = std::min(clip.generated.frameCount(), clip.reference.frameCount());
    const bool rounded = settings.mode == MetricMode::Paper;
    const auto asMeasured = [&](const Clip& motion) -> Result<Clip> {
        return rounded ? throughRotation6d(motion, frames) : cut(motion, frames);
    };
    auto generated = asMeasured(clip.generated);
    if (!generated) return std::move(generated).error();
    auto reference = asMeasured(clip.reference);
    if (!reference) return std::move(reference).error();
    const auto betas = settings.smplxBody ? clip.reference.betas() : std::span<const float>{};
    return PreparedClip{clip,
                        settings,
                        std::move(*generated),
                        std::move(*reference),
                        settings.body ? settings.body->shaped(betas) : nullptr,
                        frames};
}

Status measureBeats(const PreparedClip& clip, ClipMeasures& out, JobControl& control) {
    const MetricMode mode = clip.settings.mode;
    const bool tools = mode == MetricMode::EvalTools;
    auto positions = jointPositions(clip.body.get(), clip.generated, clip.frames,
                                    tools ? JointCall::EvalTools : JointCall::Trainer, control);
    if (!positions) return std::move(positions).error();
    put(out[Metric::Div], diversity(*positions, motion::kPoseSize),
        static_cast<double>(clip.frames));
    Measure& beats = out[Metric::Bc];
    if (clip.given.speech == nullptr)
        return beats.reason = clip.settings.missing.sound, Status::success();
    if (clip.settings.meanSpeeds.empty())
        return beats.reason = clip.settings.missing.meanSpeeds, Status::success();
    const auto protocol =
        mode == MetricMode::Paper ? audio::BeatProtocol::Legacy : audio::BeatProtocol::EvalTools;
    const auto onsets = audio::audioBeatTimes(*clip.given.speech, clip.frames, protocol, control);
    if (!onsets) return noted(beats, onsets.error());
    if (mode == MetricMode::Paper) foldAroundMean(*positions, motion::kPoseSize);
    const auto score = beatConsistency(*positions, clip.settings.meanSpeeds, *onsets, mode);
    if (!score) return noted(beats, score.error());
    put(beats, score->score, static_cast<double>(score->frames));
    return Status::success();
}

Status measureFace(const PreparedClip& clip, ClipMeasures& out, JobControl& control) {
    Measure& squares = out[Metric::Mse];
    Measure& velocity = out[Metric::Lvd];
    if (!clip.settings.smplxBody || !clip.body)
        return squares.reason = velocity.reason = clip.settings.missing.body, Status::success();
    const bool smplx = clip.generated.expressionSpace() == motion::ExpressionSpace::Smplx;
    if (!smplx)
        return squares.reason = velocity.reason = "the face has units of ARKit, not SMPL-X's",
               Status::success();
    const auto error =
        faceError(*clip.body, clip.generated, clip.reference, clip.settings.mode, control);
    if (!error) {
        velocity.reason = error.error().message();
        return noted(squares, error.error());
    }
    put(squares, error->meanSquare, static_cast<double>(error->frames));
    put(velocity, error->vertexDifference, static_cast<double>(error->frames));
    return Status::success();
}

Status measureBody(const PreparedClip& clip, ClipMeasures& out, JobControl& control) {
    const auto ours = movingBody(clip, clip.generated, control);
    if (!ours) return ours.error();
    const auto truth = movingBody(clip, clip.reference, control);
    if (!truth) return truth.error();
    measureHands(*ours, *truth, out);
    measureJitter(*ours, *truth, out);
    const FootSlide slide =
        footSlide(ours->positions, motion::footContacts(ours->positions), kRate);
    if (slide.standing > 0)
        put(out[Metric::FootSlide], slide.centimetresPerSecond,
            static_cast<double>(slide.standing));
    else
        out[Metric::FootSlide].reason = "no foot ever stands";
    return measureStrokeScore(clip, *truth, out, control);
}

void measureLips(const PreparedClip& clip, ClipMeasures& out) {
    constexpr std::size_t kJawPitch = 3 * motion::kJaw;
    const auto ours = columnOf(clip.generated.poses(), motion::kPoseSize, kJawPitch);
    const auto truth = columnOf(clip.reference.poses(), motion::kPoseSize, kJawPitch);
    put(out[Metric::JawCorrelation], correlation(ours, truth), 1.0, kConstant);
    put(out[Metric::JawControl], correlation(ours, shiftedByHalf(truth)), 1.0, kConstant);
    Measure& mouth = out[Metric::MouthCorrelation];
    if (clip.generated.expressionSpace() != clip.reference.expressionSpace()) {
        mouth.reason = "the faces have expressions of different spaces";
        return;
    }
    double sum = 0.0;
    int moving = 0;
    for (const std::size_t column : mouthColumns(clip.reference.expressionSpace())) {
        const auto one = columnOf(clip.generated.expressions(), motion::kExpressionCount, column);
        const auto other = columnOf(clip.reference.expressions(), motion::kExpressionCount, column);
        const auto together = correlation(one, other);
        if (together) sum += *together;
        if (together) ++moving;
    }
    put(mouth, moving > 0 ? std::optional(sum / moving) : std::nullopt, 1.0, kConstant);
}

void measureUnderstanding(const PreparedClip& clip, ClipMeasures& out) {
    const EvaluatedClip& given = clip.given;
    constexpr std::string_view kOneKind = "all labels are of one kind";
    Measure& semantics = out[Metric::SemanticAuc];
    const std::size_t tokens = std::min(given.semanticScores.size(), given.semanticTruth.size());
    if (tokens == 0)
        semantics.reason = clip.settings.missing.semantics;
    else
        put(semantics,
            areaUnderRoc(given.semanticScores.first(tokens), given.semanticTruth.first(tokens)),
            1.0, kOneKind);
    Measure& attention = out[Metric::AttentionAuc];
    const std::size_t frames = std::min(given.importance.size(), given.strokes.size());
    if (frames == 0)
        attention.reason = clip.settings.missing.importance;
    else
        put(attention,
            windowedAreaUnderRoc(given.importance.first(frames), given.strokes.first(frames),
                                 kWindow, kHop),
            1.0, kOneKind);
}

} // namespace gesture::metrics
