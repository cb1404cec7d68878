// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/metrics/metric_info.h"
#include "core/metrics/metric_mode.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::metrics {

/// Why metrics whose input was not given cannot be computed, for people.
struct MissingInputs {
    std::string body = "there is no SMPL-X body (10,475 vertices)";
    std::string features = "there are no features of a motion_features network";
    std::string sound = "no sound was given";
    std::string meanSpeeds = "there are no mean joint speeds";
    std::string ceiling = "no motion of the tokenizer alone was given";
    std::string semantics = "no semantic score or no labels were given";
    std::string importance = "no importance or no strokes were given";
};

struct EvaluationSettings {
    MetricMode mode = MetricMode::Paper;
    /// Whose joints are measured; null: those of an average adult.
    std::shared_ptr<const motion::BodyModel> body;
    /// `body` is SMPL-X's own: references' betas apply, faces can be compared.
    bool smplxBody = false;
    std::vector<float> meanSpeeds; ///< (55) metres a second, what BC divides by; or empty.
    std::size_t featureWidth = 240;
    MissingInputs missing;
};

/// A generated clip and its reference, with what else is known of it. Nothing is owned.
struct EvaluatedClip {
    std::string name;
    const motion::Clip& generated;
    const motion::Clip& reference;
    /// At 16 kHz; in paper mode by way of 22,050 Hz. Null: none.
    const audio::Sound* speech = nullptr;
    std::span<const float> generatedFeatures = {}; ///< (rows, featureWidth), or empty.
    std::span<const float> referenceFeatures = {};
    const motion::Clip* ceiling = nullptr;      ///< The reference through the tokenizer alone.
    std::span<const float> semanticScores = {}; ///< (tokens) of the network, or empty.
    std::span<const std::uint8_t> semanticTruth = {}; ///< (tokens) 1: the gesture means something.
    std::span<const float> importance = {};           ///< (frames) from attention, or empty.
    std::span<const std::uint8_t> strokes = {};       ///< (frames) 1: a stroke.
};

/// A number, or why there is none.
struct Measure {
    std::optional<double> value;
    double weight = 0.0; ///< In the mean over clips.
    std::string reason;  ///< Without a value; in totals also what was left out.
};

/// All numbers of a clip, or of all of them.
struct ClipMeasures {
    std::string name;
    std::int64_t frames = 0; ///< That were compared.
    std::array<Measure, kMetricCount> measures;

    [[nodiscard]] Measure& operator[](Metric metric) {
        return measures[static_cast<std::size_t>(metric)];
    }
    [[nodiscard]] const Measure& operator[](Metric metric) const {
        return measures[static_cast<std::size_t>(metric)];
    }
};

/// Measures clips one after the other and all of them together: means with the weights of the
/// originals, the Fréchet distance and the semantic AUC over everything at once. One thread.
class Evaluation {
public:
    explicit Evaluation(EvaluationSettings settings);

    /// Measures a clip up to the shorter motion's end. What cannot be measured gets a reason.
    /// InvalidInput for motions that are not at 30 frames a second; Cancelled.
    [[nodiscard]] Status add(const EvaluatedClip& clip, JobControl& control);

    [[nodiscard]] const std::vector<ClipMeasures>& clips() const { return clips_; }
    /// Over all clips so far.
    [[nodiscard]] ClipMeasures total() const;

private:
    [[nodiscard]] Measure meanOf(Metric metric) const;
    [[nodiscard]] Measure frechet() const;
    [[nodiscard]] Measure pooledSemantics() const;

    EvaluationSettings settings_;
    std::vector<ClipMeasures> clips_;
    std::vector<float> generatedFeatures_; ///< (rows, width) of all clips.
    std::vector<float> referenceFeatures_;
    std::vector<float> semanticScores_;
    std::vector<std::uint8_t> semanticTruth_;
};

} // namespace gesture::metrics
