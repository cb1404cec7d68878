// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ablation.h"

#include "app/cli/ablation_variants.h"
#include "app/cli/evaluate_features.h"
#include "app/cli/evaluate_inputs.h"
#include "core/io/motion_file.h"
#include "core/io/transcript/transcript_file.h"
#include "core/metrics/joint_positions.h"
#include "core/metrics/metric_info.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace gesture::app {

namespace fs = std::filesystem;

namespace {

using metrics::Metric;

/// Columns of the table for people: those that say how good motion is.
constexpr std::array<std::pair<Metric, std::string_view>, 14> kColumns{
    {{Metric::HandCorrelation, "hand r"},
     {Metric::HandControl, "control"},
     {Metric::StrokeF1, "F1"},
     {Metric::StrokeControl, "control"},
     {Metric::StrokeTiming, "timing"},
     {Metric::SemanticAuc, "sem AUC"},
     {Metric::AttentionAuc, "att AUC"},
     {Metric::JawCorrelation, "jaw r"},
     {Metric::MouthCorrelation, "mouth r"},
     {Metric::WristAccelerationRatio, "wrist/t"},
     {Metric::HeadSpeedRatio, "head/t"},
     {Metric::FootSlide, "slide"},
     {Metric::Fgd, "FGD"},
     {Metric::Bc, "BC"}}};

/// A held-out clip with all that it is measured against.
struct MeasuredClip {
    HeldOutClip clip;
    LoadedClip known;
};

/// So many clips of a split, spread evenly over it.
std::vector<training::CorpusRecording> chosenClips(const training::Corpus& corpus,
                                                   const std::string& split, int wanted) {
    std::vector<training::CorpusRecording> all;
    std::copy_if(corpus.clips.begin(), corpus.clips.end(), std::back_inserter(all),
                 [&](const training::CorpusRecording& clip) { return clip.split == split; });
    const auto count = std::min(all.size(), static_cast<std::size_t>(std::max(wanted, 1)));
    std::vector<training::CorpusRecording> chosen;
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(all[i * all.size() / count]);
    return chosen;
}

Result<MeasuredClip> readClip(const training::CorpusRecording& files, JobControl& control) {
    auto known = loadClip(
        {files.id, files.motion, files.motion, files.sound, files.labels, files.truth, {}, {}},
        metrics::MetricMode::Standard, control);
    if (!known) return std::move(known).error();
    auto words = io::readTranscript(files.words);
    if (!words) return std::move(words).error();
    HeldOutClip clip{files, known->reference, std::move(*words)};
    return MeasuredClip{std::move(clip), std::move(*known)};
}

/// One split: its clips, and what they are measured with.
class Split {
public:
    Split(const AblationSettings& settings, const TrainingMotions& training, FeatureSource& source,
          std::string name)
        : settings_(settings)
        , training_(training)
        , source_(source)
        , name_(std::move(name)) {}

    Status open(const training::Corpus& corpus, JobControl& control) {
        metrics::MeanJointSpeeds mean;
        for (const auto& files : chosenClips(corpus, name_, settings_.clips)) {
            auto clip = readClip(files, control);
            if (!clip) return std::move(clip).error();
            const auto positions =
                metrics::jointPositions(nullptr, clip->clip.truth, clip->clip.truth.frameCount(),
                                        metrics::JointCall::World, control);
            if (!positions) return positions.error();
            mean.add(metrics::jointSpeeds(*positions, clip->clip.truth.rate()));
            clips_.push_back(std::move(*clip));
        }
        if (clips_.empty())
            return Error{ErrorCode::InvalidInput, fmt::format("'{}' has no clip in the split '{}'.",
                                                              settings_.corpus.string(), name_)};
        meanSpeeds_ = mean.result();
        return Status::success();
    }

    Result<AblationRow> measure(const Variant& variant, inference::EngineClient& engine,
                                Console& console) {
        metrics::EvaluationSettings how;
        how.mode = metrics::MetricMode::Standard;
        how.meanSpeeds = meanSpeeds_;
        metrics::Evaluation evaluation(std::move(how));
        AblationRow row{name_, variant.name, static_cast<int>(clips_.size()), 0, {}};
        for (const MeasuredClip& clip : clips_) {
            JobControl control = console.job();
            const auto begin = std::chrono::steady_clock::now();
            const auto made =
                makeVariant(variant, clip.clip, training_, settings_.compute, engine, control);
            if (!made) return Error(made.error()).withContext(clip.clip.files.id);
            row.seconds +=
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            if (auto kept = keep(variant, clip, made->motion); !kept)
                return std::move(kept).error();
            if (auto added = add(clip, *made, evaluation, control); !added)
                return std::move(added).error();
        }
        row.total = evaluation.total();
        return row;
    }

private:
    Status keep(const Variant& variant, const MeasuredClip& clip,
                const motion::Clip& motion) const {
        if (settings_.output.empty()) return Status::success();
        const fs::path folder = settings_.output / name_ / variant.name;
        std::error_code code;
        fs::create_directories(folder, code);
        if (code)
            return Error{ErrorCode::Io,
                         fmt::format("Cannot make '{}': {}.", folder.string(), code.message())};
        return io::writeMotionFile(folder / (clip.clip.files.id + ".npz"), motion);
    }

    Status add(const MeasuredClip& clip, const VariantMotion& made, metrics::Evaluation& evaluation,
               JobControl& control) {
        const std::int64_t frames =
            std::min(made.motion.frameCount(), clip.clip.truth.frameCount());
        metrics::EvaluatedClip given{clip.clip.files.id, made.motion, clip.clip.truth};
        const auto ours = source_.read(made.motion, frames, control);
        if (!ours) return ours.error();
        const auto theirs = source_.read(clip.clip.truth, frames, control);
        if (!theirs) return theirs.error();
        given.generatedFeatures = *ours;
        given.referenceFeatures = *theirs;
        if (clip.known.speech) given.speech = &*clip.known.speech;
        given.semanticScores = made.semanticScores;
        given.semanticTruth = clip.known.semanticTruth;
        given.importance = made.importance;
        given.strokes = clip.known.strokes;
        return evaluation.add(given, control);
    }

    const AblationSettings& settings_;
    const TrainingMotions& training_;
    FeatureSource& source_;
    std::string name_;
    std::vector<MeasuredClip> clips_;
    std::vector<float> meanSpeeds_;
};

Result<std::vector<io::Bundle>> openBundles(const AblationSettings& settings) {
    std::vector<io::Bundle> bundles;
    for (const std::string& name : settings.bundles) {
        const auto folder = io::findBundle(name);
        if (!folder) return folder.error();
        auto bundle = io::openBundle(*folder);
        if (!bundle) return std::move(bundle).error();
        bundles.push_back(std::move(*bundle));
    }
    return bundles;
}

} // namespace

Result<std::vector<AblationRow>> runAblation(const AblationSettings& settings, Console& console) {
    const auto bundles = openBundles(settings);
    if (!bundles) return bundles.error();
    std::error_code code;
    const auto corpus = training::openCorpus(fs::absolute(settings.corpus, code));
    if (!corpus) return corpus.error();
    JobControl control = console.job();
    const auto training = TrainingMotions::read(*corpus, control);
    if (!training) return training.error();
    EngineArguments features;
    features.compute = settings.compute;
    if (!settings.bundles.empty()) features.bundle = settings.bundles.front();
    auto source = FeatureSource::open(features);
    if (!source) return std::move(source).error();
    inference::EngineClient engine;
    std::vector<AblationRow> rows;
    for (const std::string& name : settings.splits) {
        Split split(settings, *training, *source, name);
        if (auto opened = split.open(*corpus, control); !opened) return std::move(opened).error();
        for (const Variant& variant : variantsOf(*bundles)) {
            auto row = split.measure(variant, engine, console);
            if (!row) return std::move(row).error();
            rows.push_back(std::move(*row));
        }
    }
    return rows;
}

std::string ablationTable(const std::vector<AblationRow>& rows) {
    std::string text;
    std::string split;
    for (const AblationRow& row : rows) {
        if (row.split != split) {
            split = row.split;
            text += fmt::format("{}{} ({} clips)\n{:<32}", text.empty() ? "" : "\n", split,
                                row.clips, "");
            for (const auto& [metric, title] : kColumns)
                text += fmt::format("{:>9}", title);
            text += '\n';
        }
        text += fmt::format("{:<32}", row.name);
        for (const auto& [metric, title] : kColumns) {
            const auto& value = row.total[metric].value;
            text += value ? fmt::format("{:>9.3f}", *value) : fmt::format("{:>9}", "-");
        }
        text += '\n';
    }
    if (!text.empty()) text.pop_back();
    return text;
}

std::string ablationCsv(const std::vector<AblationRow>& rows) {
    std::string text = "split,name,clips,seconds";
    for (const metrics::MetricInfo& info : metrics::metricInfos())
        text += fmt::format(",{}", info.key);
    text += '\n';
    for (const AblationRow& row : rows) {
        text += fmt::format("{},\"{}\",{},{:.3f}", row.split, row.name, row.clips, row.seconds);
        for (const metrics::Measure& measure : row.total.measures)
            text += measure.value ? fmt::format(",{:.6g}", *measure.value) : ",";
        text += '\n';
    }
    return text;
}

} // namespace gesture::app
