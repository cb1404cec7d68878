// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/evaluation.h"

#include "core/metrics/clip_measures.h"
#include "core/metrics/curve_statistics.h"
#include "core/metrics/frechet_distance.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace gesture::metrics {

namespace {

constexpr std::string_view kNotForOneClip = "it is taken over all clips together";

void append(std::vector<float>& to, std::span<const float> more) {
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

Evaluation::Evaluation(EvaluationSettings settings)
    : settings_(std::move(settings)) {}

Status Evaluation::add(const EvaluatedClip& clip, JobControl& control) {
    const auto prepared = prepare(clip, settings_);
    if (!prepared) return prepared.error();
    ClipMeasures measures;
    measures.name = clip.name;
    measures.frames = prepared->frames;
    if (auto done = measureBeats(*prepared, measures, control); !done) return done;
    if (auto done = measureFace(*prepared, measures, control); !done) return done;
    if (auto done = measureBody(*prepared, measures, control); !done) return done;
    measureLips(*prepared, measures);
    measureUnderstanding(*prepared, measures);
    const bool features = !clip.generatedFeatures.empty() && !clip.referenceFeatures.empty();
    measures[Metric::Fgd].reason = features ? kNotForOneClip : settings_.missing.features;
    if (features) {
        append(generatedFeatures_, clip.generatedFeatures);
        append(referenceFeatures_, clip.referenceFeatures);
    }
    const std::size_t tokens = std::min(clip.semanticScores.size(), clip.semanticTruth.size());
    append(semanticScores_, clip.semanticScores.first(tokens));
    semanticTruth_.insert(semanticTruth_.end(), clip.semanticTruth.begin(),
                          clip.semanticTruth.begin() + static_cast<std::ptrdiff_t>(tokens));
    clips_.push_back(std::move(measures));
    return Status::success();
}

Measure Evaluation::meanOf(Metric metric) const {
    Measure mean;
    double sum = 0.0;
    std::size_t without = 0;
    for (const ClipMeasures& clip : clips_) {
        const Measure& measure = clip[metric];
        if (measure.value) {
            sum += *measure.value * measure.weight;
            mean.weight += measure.weight;
            continue;
        }
        ++without;
        if (mean.reason.empty()) mean.reason = measure.reason;
    }
    if (mean.weight > 0.0) mean.value = sum / mean.weight;
    if (mean.value && without > 0)
        mean.reason =
            fmt::format("{} of {} clips do not count: {}", without, clips_.size(), mean.reason);
    return mean;
}

Measure Evaluation::frechet() const {
    Measure measure;
    measure.reason = settings_.missing.features;
    if (generatedFeatures_.empty()) return measure;
    measure.reason.clear();
    const auto distance = frechetDistance(generatedFeatures_, referenceFeatures_,
                                          settings_.featureWidth, settings_.mode);
    if (!distance) {
        measure.reason = distance.error().message();
        return measure;
    }
    measure.value = *distance;
    measure.weight = static_cast<double>(generatedFeatures_.size() / settings_.featureWidth);
    if (measure.weight <= static_cast<double>(settings_.featureWidth))
        measure.reason = fmt::format("only {:.0f} features for {} dimensions: too few clips for a "
                                     "number that says much",
                                     measure.weight, settings_.featureWidth);
    return measure;
}

Measure Evaluation::pooledSemantics() const {
    Measure measure = meanOf(Metric::SemanticAuc);
    if (semanticScores_.empty()) return measure;
    measure.value = areaUnderRoc(semanticScores_, semanticTruth_);
    if (measure.value) measure.reason.clear();
    return measure;
}

ClipMeasures Evaluation::total() const {
    ClipMeasures total;
    total.name = "all";
    for (const ClipMeasures& clip : clips_)
        total.frames += clip.frames;
    for (const MetricInfo& info : metricInfos())
        total[info.metric] = meanOf(info.metric);
    total[Metric::Fgd] = frechet();
    total[Metric::SemanticAuc] = pooledSemantics();
    return total;
}

} // namespace gesture::metrics
