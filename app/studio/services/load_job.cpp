// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/load_job.h"

#include "app/stage/avatar_choice.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

constexpr std::int64_t kSamplesPerColumn = 128;
constexpr std::int64_t kMostColumns = 1 << 20;
constexpr int kSteps = 3;

Result<std::shared_ptr<const AudioTrack>> readTrack(const std::filesystem::path& path,
                                                    FrameRate rate) {
    auto reader = audio::AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    AudioTrack track;
    track.path = path;
    track.info = reader->info();
    const std::int64_t columns =
        std::clamp<std::int64_t>(track.info.sampleCount / kSamplesPerColumn, 1, kMostColumns);
    auto overview = audio::waveformOverview(path, static_cast<int>(columns));
    if (!overview) return std::move(overview).error();
    track.waveform = WaveformLevels(*overview);
    auto loudness = audio::frameLoudness(path, rate);
    if (!loudness) return std::move(loudness).error();
    track.loudness = std::move(loudness).value();
    return std::shared_ptr<const AudioTrack>(std::make_shared<AudioTrack>(std::move(track)));
}

Result<std::shared_ptr<const motion::Clip>> readClip(const std::filesystem::path& path) {
    auto clip = io::readMotionFile(path);
    if (!clip) return std::move(clip).error();
    return std::shared_ptr<const motion::Clip>(
        std::make_shared<motion::Clip>(std::move(clip).value()));
}

void readAudio(const LoadRequest& request, LoadResult& result) {
    if (!request.audio) return;
    const FrameRate rate = result.clip ? result.clip->rate() : FrameRate{};
    auto track = readTrack(*request.audio, rate);
    if (track) {
        result.audio = std::move(track).value();
    } else if (request.audioIsPaired) {
        result.remarks.push_back(track.error().message());
    } else {
        result.failure = std::move(track).error();
    }
}

void buildStage(const LoadRequest& request, AvatarCache& avatars, LoadResult& result) {
    auto avatar = avatars.get(request.avatar);
    if (!avatar) {
        result.remarks.push_back(avatar.error().message());
        return;
    }
    result.stage = std::make_shared<Stage>(std::move(avatar).value());
    if (!result.clip) return;
    result.stage->setClip(result.clip,
                          result.audio ? result.audio->loudness : std::vector<float>());
}

} // namespace

Result<io::Avatar> AvatarCache::get(const std::filesystem::path& path) {
    if (!avatar_ || path_ != path) {
        auto avatar = loadAvatar(path);
        if (!avatar) return std::move(avatar).error();
        avatar_ = std::move(avatar).value();
        path_ = path;
    }
    return io::Avatar(*avatar_);
}

LoadResult runLoad(const LoadRequest& request, AvatarCache& avatars, const LoadSteps& steps) {
    LoadResult result;
    result.clip = request.openClip;
    result.audio = request.openAudio;
    if (request.motion) {
        steps(0, kSteps, "motion");
        auto clip = readClip(*request.motion);
        if (!clip) {
            result.failure = std::move(clip).error();
            return result;
        }
        result.clip = std::move(clip).value();
    }
    steps(1, kSteps, "sound");
    readAudio(request, result);
    if (result.failure) return result;
    steps(2, kSteps, "body");
    buildStage(request, avatars, result);
    return result;
}

} // namespace gesture::app
