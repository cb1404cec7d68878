// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/document.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

QString Document::name() const {
    const std::filesystem::path path = motion_ && !motion_->path.empty() ? motion_->path
                                       : audio_ ? audio_->path
                                                : std::filesystem::path();
    return QString::fromStdString(path.filename().string());
}

FrameRate Document::rate() const { return motion_ ? motion_->clip->rate() : FrameRate{}; }

std::int64_t Document::frameCount() const {
    std::int64_t frames = motion_ ? motion_->clip->frameCount() : 0;
    if (audio_) {
        const double ofAudio = audio_->info.duration().value * rate().perSecond();
        frames = std::max(frames, static_cast<std::int64_t>(std::ceil(ofAudio - 1e-6)));
        frames = std::max<std::int64_t>(frames, 1);
    }
    return frames;
}

FrameIndex Document::lastFrame() const { return {std::max<std::int64_t>(frameCount() - 1, 0)}; }

FrameRange Document::playRange() const {
    if (range_ && loop_ == Loop::Yes) return *range_;
    return {{0}, {frameCount()}};
}

void Document::setMotion(std::filesystem::path path, std::shared_ptr<const motion::Clip> clip) {
    motion_ = Motion{std::move(path), std::move(clip)};
    keepInside();
    Q_EMIT changed(DocumentChange::Motion | DocumentChange::Range | DocumentChange::Playhead);
}

void Document::setAudio(std::shared_ptr<const AudioTrack> audio) {
    audio_ = std::move(audio);
    keepInside();
    Q_EMIT changed(DocumentChange::Audio | DocumentChange::Range | DocumentChange::Playhead);
}

void Document::closeMotion() {
    motion_.reset();
    keepInside();
    Q_EMIT changed(DocumentChange::Motion | DocumentChange::Range | DocumentChange::Playhead);
}

void Document::closeAudio() { setAudio(nullptr); }

void Document::setPlayhead(Seconds time) {
    const double last = rate().timeOf(lastFrame()).value;
    const Seconds inside{std::isfinite(time.value) ? std::clamp(time.value, 0.0, last) : 0.0};
    if (inside == playhead_) return;
    playhead_ = inside;
    Q_EMIT changed(DocumentChange::Playhead);
}

void Document::setIn(FrameIndex frame) {
    const FrameIndex begin{std::clamp<std::int64_t>(frame.value, 0, lastFrame().value)};
    FrameIndex end = range_ ? range_->end : FrameIndex{frameCount()};
    if (end <= begin) end = FrameIndex{frameCount()};
    setRange(FrameRange{begin, end});
}

void Document::setOut(FrameIndex frame) {
    const FrameIndex end{std::clamp<std::int64_t>(frame.value, 0, lastFrame().value) + 1};
    FrameIndex begin = range_ ? range_->begin : FrameIndex{0};
    if (end <= begin) begin = FrameIndex{0};
    setRange(FrameRange{begin, end});
}

void Document::setRange(std::optional<FrameRange> range) {
    if (range) {
        range->begin.value = std::clamp<std::int64_t>(range->begin.value, 0, frameCount());
        range->end.value = std::clamp<std::int64_t>(range->end.value, 0, frameCount());
        if (range->empty()) range.reset();
    }
    if (range == range_) return;
    range_ = range;
    Q_EMIT changed(DocumentChange::Range);
}

void Document::setLoop(Loop loop) {
    if (loop == loop_) return;
    loop_ = loop;
    Q_EMIT changed(DocumentChange::Playback | DocumentChange::Range);
}

void Document::setSpeedPercent(int percent) {
    percent = std::clamp(percent, kMinSpeedPercent, kMaxSpeedPercent);
    if (percent == speedPercent_) return;
    speedPercent_ = percent;
    Q_EMIT changed(DocumentChange::Playback);
}

void Document::setVolumePercent(int percent) {
    percent = std::clamp(percent, 0, 100);
    if (percent == volumePercent_) return;
    volumePercent_ = percent;
    Q_EMIT changed(DocumentChange::Volume);
}

void Document::setMuted(bool muted) {
    if (muted == muted_) return;
    muted_ = muted;
    Q_EMIT changed(DocumentChange::Volume);
}

void Document::keepInside() {
    playhead_.value = std::clamp(playhead_.value, 0.0, rate().timeOf(lastFrame()).value);
    if (!range_) return;
    range_->end.value = std::min(range_->end.value, frameCount());
    if (range_->empty()) range_.reset();
}

} // namespace gesture::app
