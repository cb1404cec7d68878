// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/load_job.h"

#include "app/stage/avatar_choice.h"
#include "core/audio/frame_loudness.h"
#include "core/audio/mono_stream.h"
#include "core/audio/waveform_cache.h"
#include "core/base/job.h"
#include "core/base/paths.h"
#include "core/io/motion_file.h"

#include <utility>

namespace gesture::app {

namespace {

constexpr int kSteps = 3;

/// Reads the sound once for all that is drawn of it and that the mouth follows; a waveform that is
/// known by an earlier reading is taken from the cache.
Status analyse(audio::AudioReader& reader, FrameRate rate, JobControl& control, AudioTrack& track) {
    const audio::WaveformCache cache(userCacheDirectory() / "waveforms");
    const auto key = audio::WaveformCache::keyOf(track.path, control);
    if (!key) return key.error();
    auto kept = cache.find(*key);
    audio::WaveformBuilder waveform(track.info.sampleRate);
    audio::FrameLoudness loudness(track.info.sampleRate, rate);
    auto read =
        audio::readMonoBlocks(reader, control, "Reading sound", [&](std::span<const float> mono) {
            if (!kept) waveform.push(mono);
            return loudness.push(mono);
        });
    if (!read) return read;
    track.waveform = kept ? std::move(*kept) : waveform.finish();
    if (!kept) cache.store(*key, track.waveform);
    track.loudness = loudness.finish();
    return Status::success();
}

Result<std::shared_ptr<const AudioTrack>> readTrack(const std::filesystem::path& path,
                                                    FrameRate rate, JobControl& control) {
    auto reader = audio::AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    AudioTrack track;
    track.path = path;
    track.info = reader->info();
    if (auto done = analyse(*reader, rate, control, track); !done) return std::move(done).error();
    track.info.sampleCount = track.waveform.sampleCount();
    track.info.lengthIsExact = true;
    return std::shared_ptr<const AudioTrack>(std::make_shared<AudioTrack>(std::move(track)));
}

Result<std::shared_ptr<const motion::Clip>> readClip(const std::filesystem::path& path) {
    auto clip = io::readMotionFile(path);
    if (!clip) return std::move(clip).error();
    return std::shared_ptr<const motion::Clip>(
        std::make_shared<motion::Clip>(std::move(clip).value()));
}

void readAudio(const LoadRequest& request, JobControl& control, LoadResult& result) {
    if (!request.audio) return;
    const FrameRate rate = result.clip ? result.clip->rate() : FrameRate{};
    auto track = readTrack(*request.audio, rate, control);
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

LoadResult runLoad(const LoadRequest& request, AvatarCache& avatars, const LoadSteps& steps,
                   JobControl& control) {
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
    readAudio(request, control, result);
    if (result.failure) return result;
    steps(2, kSteps, "body");
    buildStage(request, avatars, result);
    return result;
}

} // namespace gesture::app
