// SPDX-License-Identifier: Apache-2.0
#include "app/cli/motion_output.h"

#include "app/cli/frame_drawing.h"
#include "core/inference/clip_frames.h"
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

} // namespace

Status checkMotionOutput(const fs::path& path) {
    const std::string extension = path.extension().string();
    if (extension == ".npz" || extension == ".mp4" || extension == ".webm")
        return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}': motion is written as .npz, .mp4 or .webm.", path.string())};
}

Status writeMotionOutput(const MotionOutput& motion, const fs::path& path, Console& console) {
    const auto clip = inference::clipOf(motion.frames, motion.like);
    if (!clip) return clip.error();
    if (path.extension() == ".npz") return io::writeMotionFile(path, *clip, motion.provenance);
    return writeFilm(*clip, motion, path, console);
}

} // namespace gesture::app
