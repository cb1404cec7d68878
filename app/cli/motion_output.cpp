// SPDX-License-Identifier: Apache-2.0
#include "app/cli/motion_output.h"

#include "app/cli/frame_drawing.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace gesture::app {

namespace {

using inference::MotionFrames;
namespace fs = std::filesystem;

constexpr FrameRate kEngineRate{30, 1};

Result<motion::Clip> clipOf(const MotionFrames& frames) {
    motion::Clip::Data data;
    data.poses = frames.poses;
    data.translations = frames.translations;
    data.expressions = frames.expressions;
    data.rate = kEngineRate;
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

} // namespace

Status checkMotionOutput(const fs::path& path) {
    const std::string extension = path.extension().string();
    if (extension == ".npz" || extension == ".mp4" || extension == ".webm")
        return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}': motion is written as .npz, .mp4 or .webm.", path.string())};
}

Status writeMotionOutput(const MotionOutput& motion, const fs::path& path, Console& console) {
    const auto clip = clipOf(motion.frames);
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

std::string provenanceOf(const inference::GenerateRequest& request,
                         const inference::RequestSummary& summary) {
    const inference::GenerateOptions& options = request.options;
    const nlohmann::json record{
        {"program", "gesture-studio " GESTURE_VERSION},
        {"made", "generate"},
        {"bundle", request.bundle.filename().string()},
        {"bundleSha256", summary.bundleHash},
        {"audio", request.speech.audio.filename().string()},
        {"audioSha256", summary.speechHash},
        {"words", request.speech.transcript.words.size()},
        {"speaker", options.speaker},
        {"seed", options.seed},
        {"temperature", options.sampling.values.front().temperature},
        {"topP", options.sampling.values.front().topP},
        {"semanticThreshold", options.semanticThreshold},
        {"root", nameOf(options.root)},
        {"smooth", options.smooth},
        {"rules", options.rules == inference::WindowRules::Reference ? "reference" : "product"},
        {"device", summary.device},
        {"threads", summary.threads}};
    return record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace gesture::app
