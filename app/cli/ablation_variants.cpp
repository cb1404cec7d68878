// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ablation_variants.h"

#include "core/analysis/rule_take.h"
#include "core/analysis/start_pose.h"
#include "core/inference/analysis.h"
#include "core/inference/clip_frames.h"
#include "core/inference/take.h"
#include "core/io/motion_file.h"

#include <Eigen/Geometry>
#include <Eigen/SVD>
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace gesture::app {

namespace {

constexpr std::size_t kTrainingClips = 8;
constexpr std::string_view kHeldOutVoice = "test-voice";
constexpr int kSpeakerOfHeldOutVoices = 4;

int speakerFor(const HeldOutClip& clip, const Variant& variant) {
    const int wanted = clip.files.split == kHeldOutVoice ? kSpeakerOfHeldOutVoices
                                                         : static_cast<int>(clip.files.speaker);
    return std::min(wanted, variant.speakers - 1);
}

/// The rotation that is nearest to the mean of a joint's rotation matrices.
Eigen::Vector3f meanRotation(const std::vector<motion::Clip>& clips, int joint) {
    Eigen::Matrix3f sum = Eigen::Matrix3f::Zero();
    for (const motion::Clip& clip : clips)
        for (std::int64_t f = 0; f < clip.frameCount(); ++f) {
            const Eigen::Map<const Eigen::Vector3f> turn(clip.pose({f}).data() + 3 * joint);
            const float angle = turn.norm();
            if (angle > 0.0F)
                sum += Eigen::AngleAxisf(angle, turn / angle).toRotationMatrix();
            else
                sum += Eigen::Matrix3f::Identity();
        }
    const Eigen::JacobiSVD<Eigen::Matrix3f> svd(sum, Eigen::ComputeFullU | Eigen::ComputeFullV);
    Eigen::Matrix3f signs = Eigen::Matrix3f::Identity();
    signs(2, 2) = (svd.matrixU() * svd.matrixV().transpose()).determinant() < 0 ? -1.0F : 1.0F;
    const Eigen::AngleAxisf mean(
        Eigen::Matrix3f(svd.matrixU() * signs * svd.matrixV().transpose()));
    return mean.angle() * mean.axis();
}

/// Rows of `values` over and over until there are `rows`.
std::vector<float> repeated(std::span<const float> values, std::size_t width, std::size_t rows) {
    std::vector<float> out;
    out.reserve(rows * width);
    while (out.size() < rows * width) {
        const std::size_t more = std::min(values.size(), rows * width - out.size());
        out.insert(out.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(more));
    }
    return out;
}

Result<VariantMotion> byNetwork(const Variant& variant, const HeldOutClip& clip,
                                const inference::ComputeOptions& compute,
                                inference::EngineClient& engine, JobControl& control) {
    inference::GenerateRequest request;
    request.bundle = variant.bundle;
    request.speech.audio = clip.files.sound;
    if (variant.words) request.speech.transcript = clip.words;
    request.compute = compute;
    request.options.speaker = speakerFor(clip, variant);
    request.options.idle = false;
    inference::TakeCollector collector;
    const auto summary = engine.generate(request, collector, control);
    if (!summary) return summary.error();
    if (!collector.status()) return collector.status().error();
    auto made = inference::clipOf(collector.take().motion);
    if (!made) return std::move(made).error();
    VariantMotion result{std::move(*made), collector.take().analysis.semantic().score, {}};
    if (variant.architecture != io::Architecture::EchoMask) return result;
    auto frames = inference::framesOf(clip.truth);
    if (!frames) return std::move(frames).error();
    inference::AnalyseRequest look{request.bundle, request.speech, compute, std::move(*frames),
                                   request.options.speaker};
    inference::Analysis analysis;
    analysis.setFrames(look.motion.count());
    inference::AnalysisSink sink(analysis);
    const auto looked = engine.analyse(look, sink, control);
    if (!looked) return looked.error();
    result.importance = analysis.fusedImportance();
    return result;
}

Result<VariantMotion> byRules(const HeldOutClip& clip, JobControl& control) {
    inference::GenerateRequest request;
    request.speech.audio = clip.files.sound;
    request.options.speaker = static_cast<int>(clip.files.speaker);
    request.options.idle = false;
    inference::TakeCollector collector;
    const auto summary = analysis::generateByRules(request, collector, control);
    if (!summary) return summary.error();
    auto made = inference::clipOf(collector.take().motion);
    if (!made) return std::move(made).error();
    return VariantMotion{std::move(*made), {}, {}};
}

Result<VariantMotion> withMotion(Result<motion::Clip> clip) {
    if (!clip) return std::move(clip).error();
    return VariantMotion{std::move(*clip), {}, {}};
}

} // namespace

std::vector<Variant> variantsOf(const std::vector<io::Bundle>& bundles) {
    std::vector<Variant> variants;
    const auto plain = [&](const char* name, VariantKind kind) {
        variants.push_back({name, kind, {}, io::Architecture::SemTalk, false, 1});
    };
    plain("truth", VariantKind::Truth);
    for (const io::Bundle& bundle : bundles)
        for (const bool words : {true, false})
            variants.push_back({fmt::format("{}{}", bundle.folder.filename().string(),
                                            words ? "" : ", sound alone"),
                                VariantKind::Network, bundle.folder, bundle.manifest.architecture,
                                words, static_cast<int>(bundle.manifest.speakerCount)});
    plain("rules, sound alone", VariantKind::Rules);
    plain("another recording", VariantKind::OtherRecording);
    plain("mean pose", VariantKind::MeanPose);
    return variants;
}

Result<TrainingMotions> TrainingMotions::read(const training::Corpus& corpus, JobControl& control) {
    TrainingMotions motions;
    std::set<std::int64_t> seen;
    for (const training::CorpusRecording& clip : corpus.clips) {
        if (clip.split != "train" || motions.clips_.size() == kTrainingClips) continue;
        if (!seen.insert(clip.speaker).second) continue;
        if (control.stopRequested()) return JobControl::cancelled("The benchmark");
        auto read = io::readMotionFile(clip.motion);
        if (!read) return std::move(read).error();
        motions.speakers_.push_back(clip.speaker);
        motions.clips_.push_back(std::move(*read));
    }
    if (motions.clips_.empty())
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' has no clip in the split 'train'.", corpus.root.string())};
    return motions;
}

Result<motion::Clip> TrainingMotions::meanPose(std::int64_t frames) const {
    std::vector<float> pose(motion::kPoseSize);
    for (int joint = 0; joint < motion::kJointCount; ++joint)
        Eigen::Map<Eigen::Vector3f>(pose.data() + 3 * joint) = meanRotation(clips_, joint);
    const motion::Clip& like = clips_.front();
    const auto rows = static_cast<std::size_t>(frames);
    motion::Clip::Data data;
    data.poses = repeated(pose, pose.size(), rows);
    data.translations = repeated(like.translation({0}), 3, rows);
    data.rate = like.rate();
    data.expressionSpace = like.expressionSpace();
    return motion::Clip::create(std::move(data));
}

Result<motion::Clip> TrainingMotions::other(std::int64_t speaker, std::int64_t frames) const {
    const auto found = std::find(speakers_.begin(), speakers_.end(), speaker);
    const auto at = found == speakers_.end() ? 0 : found - speakers_.begin();
    const motion::Clip& clip = clips_[static_cast<std::size_t>(at)];
    const auto rows = static_cast<std::size_t>(frames);
    motion::Clip::Data data;
    data.poses = repeated(clip.poses(), motion::kPoseSize, rows);
    data.translations = repeated(clip.translations(), 3, rows);
    data.expressions = repeated(clip.expressions(), motion::kExpressionCount, rows);
    data.rate = clip.rate();
    data.expressionSpace = clip.expressionSpace();
    return motion::Clip::create(std::move(data));
}

Result<VariantMotion> makeVariant(const Variant& variant, const HeldOutClip& clip,
                                  const TrainingMotions& training,
                                  const inference::ComputeOptions& compute,
                                  inference::EngineClient& engine, JobControl& control) {
    switch (variant.kind) {
    case VariantKind::Network:
        return byNetwork(variant, clip, compute, engine, control);
    case VariantKind::Rules:
        return byRules(clip, control);
    case VariantKind::MeanPose:
        return withMotion(training.meanPose(clip.truth.frameCount()));
    case VariantKind::OtherRecording:
        return withMotion(training.other(clip.files.speaker, clip.truth.frameCount()));
    case VariantKind::Truth:
        break;
    }
    return VariantMotion{clip.truth, {}, {}};
}

} // namespace gesture::app
