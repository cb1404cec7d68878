// SPDX-License-Identifier: Apache-2.0
#include "app/cli/frame_drawing.h"

#include "app/cli/video_writer.h"

#include <utility>

namespace gesture::app {

Status drawFrames(RenderSession& session, FrameRange range, Console& console,
                  const KeepPicture& keep) {
    JobControl job = console.job();
    job.beginStage("Rendering", range.length());
    for (FrameIndex frame = range.begin; frame < range.end; frame = frame + 1) {
        if (job.stopRequested()) return JobControl::cancelled("Rendering");
        auto image = session.draw(frame);
        if (!image) return std::move(image).error();
        if (auto kept = keep(frame, **image); !kept) return kept;
        job.advanceTo(frame + 1 - range.begin);
    }
    return Status::success();
}

Status drawVideo(RenderSession& session, const RenderRequest& request,
                 const std::filesystem::path& output, FrameRange range, Console& console) {
    const FrameRate rate = session.clip().rate();
    auto video = VideoWriter::start(output, {.width = request.width,
                                             .height = request.height,
                                             .rate = rate,
                                             .audio = request.audio,
                                             .audioStart = rate.timeOf(range.begin),
                                             .frames = range.length()});
    if (!video) return std::move(video).error();
    auto drawn = drawFrames(session, range, console, [&](FrameIndex, const render::Image& picture) {
        return video->append(picture.bytes());
    });
    if (!drawn) return drawn;
    return video->finish();
}

} // namespace gesture::app
