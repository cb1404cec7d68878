// SPDX-License-Identifier: Apache-2.0
#include "app/cli/motion_output.h"

#include "app/cli/frame_drawing.h"
#include "app/stage/avatar_choice.h"
#include "core/audio/frame_loudness.h"
#include "core/inference/clip_frames.h"
#include "core/interchange/export_plan.h"
#include "core/io/motion_file.h"

#include <fmt/format.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

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

/// As `gesture export` writes it without options, on the avatar that ships.
Status writeForOthers(const motion::Clip& clip, const MotionOutput& motion, const fs::path& path,
                      Console& console) {
    auto avatar = loadAvatar({});
    if (!avatar) return std::move(avatar).error();
    interchange::ExportRequest request;
    request.outputs = {path};
    request.name = path.stem().string();
    auto plan = interchange::planExport(clip, *avatar, request);
    if (!plan) return std::move(plan).error();
    JobControl control = console.job();
    std::vector<float> loudness;
    if (!motion.audio.empty())
        if (auto heard = audio::frameLoudness(motion.audio, clip.rate(), control))
            loudness = std::move(*heard);
    const interchange::ExportSource source{{*avatar, std::make_shared<const motion::Clip>(clip),
                                            std::move(loudness), userExpressionBridge()},
                                           nullptr,
                                           motion.provenance};
    auto remarks = interchange::runExport(*plan, source, control);
    if (!remarks) return std::move(remarks).error();
    for (const std::string& remark : *remarks)
        console.note(remark);
    return Status::success();
}

bool isFilm(const fs::path& path) {
    return path.extension() == ".mp4" || path.extension() == ".webm";
}

} // namespace

Status checkMotionOutput(const fs::path& path) {
    if (isFilm(path) || interchange::exportFormatOf(path)) return Status::success();
    return Error{ErrorCode::Usage, fmt::format("'{}': motion is written as {}, .mp4 or .webm.",
                                               path.string(), interchange::exportEndingList())};
}

Status writeMotionOutput(const MotionOutput& motion, const fs::path& path, Console& console) {
    const auto clip = inference::clipOf(motion.frames, motion.like);
    if (!clip) return clip.error();
    if (path.extension() == ".npz") return io::writeMotionFile(path, *clip, motion.provenance);
    if (isFilm(path)) return writeFilm(*clip, motion, path, console);
    return writeForOthers(*clip, motion, path, console);
}

} // namespace gesture::app
