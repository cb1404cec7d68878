// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"
#include "app/studio/services/playback_clock.h"
#include "app/studio/services/sound_clock.h"
#include "app/studio/services/sound_output.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace gesture::app {

/// What is heard.
enum class SoundState {
    Silent,   ///< No sound is open.
    Playing,  ///< A device plays it.
    NoDevice, ///< The computer has no device; the steady clock leads.
    Lost,     ///< The device went away while playing.
};

/// Plays the document: moves its playhead by the sound device's clock when there is one, else by
/// the steady clock. GUI thread; owned by Application.
class Transport final : public QObject {
    Q_OBJECT

public:
    Transport(Document& document, SoundOutputFactory openOutput, NowFunction now = steadyNow);
    ~Transport() override;

    [[nodiscard]] bool playing() const { return clock_ != nullptr; }
    [[nodiscard]] SoundState soundState() const { return soundState_; }
    /// Speed steps of the keys J and L: -4 … -1, 1, 2, 4; 1 plays at the document's speed.
    [[nodiscard]] int shuttle() const { return shuttle_; }
    /// Where the clock is at this moment. The playhead when nothing plays.
    [[nodiscard]] Seconds livePosition();

    /// How long a picture takes to reach the screen, 0 or more: the playhead runs ahead of the
    /// clock by this, so that picture and sound meet.
    void setLead(Seconds lead) { lead_ = lead; }
    [[nodiscard]] Seconds lead() const { return lead_; }

    void play();
    void pause();
    void toggle() { playing() ? pause() : play(); }
    /// Plays on (direction 1) or back (-1); again in the same direction doubles, at most 4 times.
    void shuttleTowards(int direction);
    void stepFrames(std::int64_t frames);
    void stepSeconds(double seconds);
    void goToFrame(FrameIndex frame);

    /// The system's devices changed: opens the default one anew, also while playing.
    void devicesChanged();

public Q_SLOTS:
    /// Reads the clock and moves the playhead when another frame is due. Called by a timer while
    /// playing.
    void tick();

Q_SIGNALS:
    void playingChanged(bool playing);
    void soundStateChanged(gesture::app::SoundState state);

private:
    void follow(DocumentChanges changes);
    void start(Seconds from);
    [[nodiscard]] PlayOrder orderFrom(Seconds from) const;
    [[nodiscard]] bool orderChanged() const;
    [[nodiscard]] PlaybackClock& chooseClock();
    [[nodiscard]] SoundClock* openSoundClock();
    void applyGain();
    void setSoundState(SoundState state);

    Document& document_;
    SoundOutputFactory openOutput_;
    NowFunction now_;
    SteadyClock steadyClock_;
    std::unique_ptr<SoundClock> soundClock_;
    PlaybackClock* clock_ = nullptr; ///< The one that runs; nothing while paused.
    PlayOrder order_;                ///< What the clock was started with.
    SoundState soundState_ = SoundState::Silent;
    Seconds lead_;
    int shuttle_ = 1;
    bool ticking_ = false;
    QTimer timer_;
};

} // namespace gesture::app
