// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/transport.h"

#include "core/base/log.h"

#include <algorithm>
#include <cstdlib>

namespace gesture::app {

namespace {

constexpr int kTickMs = 8;
constexpr int kFastestShuttle = 4;

} // namespace

Transport::Transport(Document& document, SoundOutputFactory openOutput, NowFunction now)
    : document_(document)
    , openOutput_(std::move(openOutput))
    , now_(std::move(now))
    , steadyClock_(now_) {
    timer_.setInterval(kTickMs);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &Transport::tick);
    connect(&document_, &Document::changed, this, &Transport::follow);
}

Transport::~Transport() = default;

Seconds Transport::livePosition() {
    return clock_ != nullptr ? clock_->read({0}).position : document_.playhead();
}

void Transport::play() {
    if (!document_.hasClip() || playing()) return;
    shuttle_ = 1;
    const FrameRange range = document_.playRange();
    const bool atEnd = document_.frame() >= FrameIndex{range.end.value - 1};
    const bool before = document_.loop() == Loop::Yes && document_.frame() < range.begin;
    start(atEnd || before ? document_.rate().timeOf(range.begin) : document_.playhead());
}

void Transport::pause() {
    if (!playing()) return;
    clock_->stop();
    clock_ = nullptr;
    shuttle_ = 1;
    timer_.stop();
    Q_EMIT playingChanged(false);
}

void Transport::shuttleTowards(int direction) {
    if (!document_.hasClip()) return;
    const bool same = playing() && (shuttle_ > 0) == (direction > 0);
    const int speed = same ? std::min(std::abs(shuttle_) * 2, kFastestShuttle) : 1;
    shuttle_ = direction > 0 ? speed : -speed;
    start(document_.playhead());
}

void Transport::stepFrames(std::int64_t frames) {
    pause();
    goToFrame(document_.frame() + frames);
}

void Transport::stepSeconds(double seconds) {
    const double rate = document_.rate().perSecond();
    goToFrame(document_.frame() + static_cast<std::int64_t>(seconds * rate));
}

void Transport::goToFrame(FrameIndex frame) { document_.goToFrame(frame); }

void Transport::devicesChanged() {
    if (clock_ == soundClock_.get()) clock_ = playing() ? &steadyClock_ : nullptr;
    soundClock_.reset();
    if (playing()) start(document_.playhead());
}

void Transport::tick() {
    if (!playing()) return;
    if (!clock_->healthy()) {
        logWarning("The sound device was lost; the steady clock takes over.");
        clock_ = &steadyClock_;
        soundClock_.reset();
        order_ = orderFrom(document_.playhead());
        steadyClock_.start(order_);
        setSoundState(SoundState::Lost);
    }
    const PlayReading reading = clock_->read(lead_);
    ticking_ = true;
    if (reading.ended || document_.rate().frameAt(reading.position) != document_.frame()) {
        document_.setPlayhead(reading.position);
    }
    ticking_ = false;
    if (reading.ended) pause();
}

void Transport::follow(DocumentChanges changes) {
    if (changes.testFlag(DocumentChange::Audio)) {
        const bool wasPlaying = playing();
        if (clock_ == soundClock_.get()) clock_ = wasPlaying ? &steadyClock_ : nullptr;
        soundClock_.reset();
        if (!document_.audio()) setSoundState(SoundState::Silent);
    }
    if (!document_.hasClip()) return pause();
    applyGain();
    if (!playing()) return;
    const bool loaded = changes & (DocumentChange::Motion | DocumentChange::Audio);
    const bool moved = changes.testFlag(DocumentChange::Playhead) && !ticking_;
    if (loaded || moved) {
        start(document_.playhead());
    } else if (orderChanged()) {
        start(livePosition());
    }
}

void Transport::start(Seconds from) {
    const bool wasPlaying = playing();
    if (wasPlaying) clock_->stop();
    clock_ = &chooseClock();
    order_ = orderFrom(from);
    clock_->start(order_);
    timer_.start();
    if (!wasPlaying) Q_EMIT playingChanged(true);
}

PlayOrder Transport::orderFrom(Seconds from) const {
    const FrameRange range = document_.playRange();
    PlayOrder order;
    order.begin = document_.rate().timeOf(range.begin);
    order.end = document_.rate().timeOf(range.end);
    order.from = {std::clamp(from.value, 0.0, order.end.value)};
    order.repeat = document_.loop() == Loop::Yes;
    order.rate = shuttle_ * document_.speedPercent() / 100.0;
    return order;
}

bool Transport::orderChanged() const {
    const PlayOrder now = orderFrom(order_.from);
    return now.begin != order_.begin || now.end != order_.end || now.repeat != order_.repeat ||
           now.rate != order_.rate;
}

PlaybackClock& Transport::chooseClock() {
    if (!document_.audio() || shuttle_ != 1) return steadyClock_;
    SoundClock* const sound = openSoundClock();
    return sound != nullptr ? static_cast<PlaybackClock&>(*sound) : steadyClock_;
}

SoundClock* Transport::openSoundClock() {
    if (soundClock_ && soundClock_->healthy()) return soundClock_.get();
    soundClock_.reset();
    auto output = openOutput_();
    if (!output) {
        setSoundState(SoundState::NoDevice);
        return nullptr;
    }
    auto reader = audio::AudioReader::open(document_.audio()->path);
    if (!reader) {
        logError(reader.error().message());
        setSoundState(SoundState::Lost);
        return nullptr;
    }
    soundClock_ = std::make_unique<SoundClock>(std::move(output), std::move(reader).value(), now_);
    applyGain();
    setSoundState(SoundState::Playing);
    return soundClock_.get();
}

void Transport::applyGain() {
    if (!soundClock_) return;
    const float volume = static_cast<float>(document_.volumePercent()) / 100.0F;
    soundClock_->setGain(document_.muted() ? 0.0F : volume * volume);
}

void Transport::setSoundState(SoundState state) {
    if (state == soundState_) return;
    soundState_ = state;
    Q_EMIT soundStateChanged(state);
}

} // namespace gesture::app
