// SPDX-License-Identifier: Apache-2.0
#include "app/cli/motion_output.h"

#include "app/cli/frame_drawing.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/io/motion_file.h"
#include "core/io/transcript/transcript_json.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace gesture::app {

namespace {

using inference::MotionFrames;
namespace fs = std::filesystem;

constexpr FrameRate kEngineRate{30, 1};
constexpr int kSeedFrames = 4;
constexpr const char* kMadeByGenerating = "generate";

Result<motion::Clip> clipOf(const MotionOutput& motion) {
    motion::Clip::Data data;
    data.poses = motion.frames.poses;
    data.translations = motion.frames.translations;
    data.expressions = motion.frames.expressions;
    data.rate = kEngineRate;
    if (motion.like != nullptr) {
        data.betas.assign(motion.like->betas().begin(), motion.like->betas().end());
        data.expressionSpace = motion.like->expressionSpace();
        data.gender = motion.like->gender();
        data.model = motion.like->model();
    }
    return motion::Clip::create(std::move(data));
}

/// A motion file beside the target for as long as it is drawn.
class DrawnMotion {
public:
    explicit DrawnMotion(const fs::path& target)
        : path_(target.parent_path() / fmt::format(".{}.{}.npz", target.filename().string(),
                                                   static_cast<long>(::getpid()))) {}
    DrawnMotion(const DrawnMotion&) = delete;
    DrawnMotion& operator=(const DrawnMotion&) = delete;
    ~DrawnMotion() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Status writeFilm(const motion::Clip& clip, const MotionOutput& motion, const fs::path& path,
                 Console& console) {
    const DrawnMotion drawn(path);
    if (auto written = io::writeMotionFile(drawn.path(), clip); !written) return written;
    RenderRequest request;
    request.motion = drawn.path();
    request.audio = motion.audio;
    auto session = RenderSession::open(request, console);
    if (!session) return std::move(session).error();
    const FrameRange all{{0}, {clip.frameCount()}};
    (*session)->frameCamera(all);
    (*session)->setQuality((*session)->drawsOnProcessor() ? render::RenderQuality::Interactive
                                                          : render::RenderQuality::High);
    return drawVideo(**session, request, path, all, console);
}

std::string_view nameOf(inference::RootMotion root) {
    switch (root) {
    case inference::RootMotion::Full:
        return "full";
    case inference::RootMotion::InPlace:
        return "in-place";
    case inference::RootMotion::FeetLocked:
        return "feet-locked";
    case inference::RootMotion::None:
        return "none";
    }
    return "full";
}

std::string hashOf(const MotionFrames& frames) {
    Sha256 hash;
    for (const auto* values : {&frames.poses, &frames.translations, &frames.expressions})
        hash.update(std::as_bytes(std::span(*values)));
    return hash.finish();
}

/// What every record says of a request: what was asked for, without names of files and devices.
nlohmann::json commonRecord(const inference::SpeechSource& speech,
                            const inference::GenerateOptions& options, const SourceHashes& hashes) {
    const inference::Sampling& sampling = options.sampling.values.front();
    nlohmann::json record{{"program", "gesture-studio " GESTURE_VERSION},
                          {"bundleSha256", hashes.bundle},
                          {"audioSha256", hashes.speech},
                          {"words", speech.transcript.words.size()},
                          {"speaker", options.speaker},
                          {"seed", options.seed},
                          {"temperature", sampling.temperature},
                          {"topP", sampling.topP},
                          {"semanticThreshold", options.semanticThreshold}};
    if (!speech.transcript.words.empty())
        record["wordsSha256"] = sha256Of(io::formatTranscriptJson(speech.transcript));
    return record;
}

/// The same of a request for a motion.
nlohmann::json generateRecord(const inference::GenerateRequest& request,
                              const SourceHashes& hashes) {
    nlohmann::json record = commonRecord(request.speech, request.options, hashes);
    record["made"] = kMadeByGenerating;
    record["root"] = nameOf(request.options.root);
    record["smooth"] = request.options.smooth;
    const bool reference = request.options.rules == inference::WindowRules::Reference;
    record["rules"] = reference ? "reference" : "product";
    if (request.compute.precision == inference::Precision::Half) record["precision"] = "half";
    if (request.startPose.count() > 0) record["startPoseSha256"] = hashOf(request.startPose);
    return record;
}

/// The record as one line, with the names of files and where the motion was computed.
template <typename Request>
std::string lineOf(nlohmann::json record, const Request& request,
                   const inference::RequestSummary& summary) {
    record["bundle"] = request.bundle.filename().string();
    record["audio"] = request.speech.audio.filename().string();
    record["device"] = summary.device;
    record["threads"] = summary.threads;
    return record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Status checkMotionOutput(const fs::path& path) {
    const std::string extension = path.extension().string();
    if (extension == ".npz" || extension == ".mp4" || extension == ".webm")
        return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}': motion is written as .npz, .mp4 or .webm.", path.string())};
}

Status writeMotionOutput(const MotionOutput& motion, const fs::path& path, Console& console) {
    const auto clip = clipOf(motion);
    if (!clip) return clip.error();
    if (path.extension() == ".npz") return io::writeMotionFile(path, *clip, motion.provenance);
    return writeFilm(*clip, motion, path, console);
}

Result<MotionFrames> motionFrames(const motion::Clip& clip) {
    if (!(clip.rate() == kEngineRate))
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has {:.3f} frames a second; the networks work at 30.",
                                 clip.rate().perSecond())};
    MotionFrames frames;
    frames.poses.assign(clip.poses().begin(), clip.poses().end());
    frames.translations.assign(clip.translations().begin(), clip.translations().end());
    frames.expressions.assign(clip.expressions().begin(), clip.expressions().end());
    return frames;
}

MotionFrames seedFrames(const motion::Clip& clip, int count) {
    MotionFrames frames;
    const auto add = [](std::vector<float>& values, auto more) {
        values.insert(values.end(), more.begin(), more.end());
    };
    for (int i = 0; i < count; ++i) {
        const FrameIndex frame{std::min<std::int64_t>(i, clip.frameCount() - 1)};
        add(frames.poses, clip.pose(frame));
        add(frames.translations, clip.translation(frame));
        add(frames.expressions, clip.expression(frame));
    }
    return frames;
}

Result<MotionFrames> startPoseFor(const io::Bundle& bundle, const fs::path& name) {
    if (name.empty() && bundle.manifest.tables.contains("start_pose")) return MotionFrames{};
    const auto clip =
        io::readMotionFile(name.empty() ? resourceDirectory() / "demo" / "greeting.npz" : name);
    if (!clip) return clip.error();
    return seedFrames(*clip, kSeedFrames);
}

std::string provenanceOf(const inference::GenerateRequest& request,
                         const inference::RequestSummary& summary) {
    return lineOf(generateRecord(request, {summary.bundleHash, summary.speechHash}), request,
                  summary);
}

std::string provenanceOf(const inference::EditRequest& request,
                         const inference::RequestSummary& summary, const std::string& mask) {
    nlohmann::json record =
        commonRecord(request.speech, request.options, {summary.bundleHash, summary.speechHash});
    record["made"] = "edit";
    record["mask"] = mask;
    record["margin"] = request.margin;
    for (const inference::PinnedPose& pin : request.pins)
        record["pins"].push_back({{"frame", pin.frame.value}, {"joints", pin.joints}});
    for (const inference::HandTarget& target : request.targets)
        record["hands"].push_back({{"frame", target.frame.value},
                                   {"wrist", target.wrist},
                                   {"position", target.position}});
    return lineOf(std::move(record), request, summary);
}

bool isGenerated(const std::string& provenance) {
    const auto record = nlohmann::json::parse(provenance, nullptr, false);
    return record.is_object() && record.value("made", nlohmann::json{}) == kMadeByGenerating;
}

bool answersRequest(const std::string& provenance, const inference::GenerateRequest& request,
                    const SourceHashes& hashes) {
    auto record = nlohmann::json::parse(provenance, nullptr, false);
    if (!record.is_object()) return false;
    for (const char* key : {"bundle", "audio", "device", "threads", "film"})
        record.erase(key);
    return record == generateRecord(request, hashes);
}

} // namespace gesture::app
