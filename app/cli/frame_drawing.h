// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "app/cli/render_session.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <filesystem>
#include <functional>

namespace gesture::app {

using KeepPicture = std::function<Status(FrameIndex, const render::Image&)>;

/// Draws the frames one after the other and gives each to `keep`; stops at the first failure.
[[nodiscard]] Status drawFrames(RenderSession& session, FrameRange range, Console& console,
                                const KeepPicture& keep);

/// Draws the frames into a video (.mp4, .webm) with the request's sound.
[[nodiscard]] Status drawVideo(RenderSession& session, const RenderRequest& request,
                               const std::filesystem::path& output, FrameRange range,
                               Console& console);

} // namespace gesture::app
