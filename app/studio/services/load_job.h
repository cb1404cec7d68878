// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stage/stage.h"
#include "app/studio/document/audio_track.h"
#include "core/base/result.h"
#include "core/io/avatar_file.h"
#include "core/motion/clip.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace gesture {
class JobControl;
}

namespace gesture::app {

/// What to read. Value, made on the GUI thread.
struct LoadRequest {
    std::filesystem::path avatar; ///< Empty: the one that ships.
    std::optional<std::filesystem::path> motion;
    std::optional<std::filesystem::path> audio;
    /// Sound beside a motion was found, not asked for: its failure is a remark only.
    bool audioIsPaired = false;
    /// Clip that stays when no motion is read; its loudness drives the mouth.
    std::shared_ptr<const motion::Clip> openClip;
    /// Sound that stays when no sound is read.
    std::shared_ptr<const AudioTrack> openAudio;
};

/// What came of it; immutable once it is handed over, except the stage, which has one owner.
struct LoadResult {
    std::shared_ptr<const motion::Clip> clip;
    std::shared_ptr<const AudioTrack> audio;
    std::shared_ptr<Stage> stage; ///< Nothing when there is no avatar; then `remarks` says why.
    std::optional<Error> failure; ///< What was asked for could not be read; nothing changes.
    std::vector<std::string> remarks;
};

/// Told before each step: how many of how many are done, and what comes now.
using LoadSteps = std::function<void(int done, int total, const std::string& what)>;

/// Reads the avatar once and keeps it. Used by one thread at a time.
class AvatarCache {
public:
    [[nodiscard]] Result<io::Avatar> get(const std::filesystem::path& path);

private:
    std::filesystem::path path_;
    std::optional<io::Avatar> avatar_;
};

/// Reads, and puts the clip on the avatar. Blocks; for a worker thread. A stop ends the reading of
/// a sound; the failure is then Cancelled.
[[nodiscard]] LoadResult runLoad(const LoadRequest& request, AvatarCache& avatars,
                                 const LoadSteps& steps, JobControl& control);

} // namespace gesture::app
