// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/audio_track.h"
#include "core/base/time.h"
#include "core/motion/clip.h"

#include <QFlags>
#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace gesture::app {

/// What a change of the document touched; views repaint what they are told.
enum class DocumentChange {
    Motion = 1,
    Audio = 2,
    Range = 4,
    Playhead = 8,
    Playback = 16, ///< Loop and speed.
    Volume = 32,
};
Q_DECLARE_FLAGS(DocumentChanges, DocumentChange)
Q_DECLARE_OPERATORS_FOR_FLAGS(DocumentChanges)

enum class Loop { No, Yes };

/// What is open and where the playhead stands: values only. Large ones are immutable and shared, so
/// a job's snapshot is a copy of pointers. GUI thread; owned by Application.
class Document final : public QObject {
    Q_OBJECT

public:
    struct Motion {
        std::filesystem::path path;
        std::shared_ptr<const motion::Clip> clip;
    };

    static constexpr int kMinSpeedPercent = 25;
    static constexpr int kMaxSpeedPercent = 200;

    [[nodiscard]] const std::optional<Motion>& motion() const { return motion_; }
    [[nodiscard]] const std::shared_ptr<const AudioTrack>& audio() const { return audio_; }
    /// Something is loaded, so there is a time axis.
    [[nodiscard]] bool hasClip() const { return motion_.has_value() || audio_ != nullptr; }
    /// File name of the motion, else of the sound; empty when nothing is open.
    [[nodiscard]] QString name() const;

    /// Rate of the motion; 30 fps when there is none.
    [[nodiscard]] FrameRate rate() const;
    /// Frames of the time axis: the longer one of motion and sound; 0 when nothing is open.
    [[nodiscard]] std::int64_t frameCount() const;
    [[nodiscard]] FrameIndex lastFrame() const;
    [[nodiscard]] Seconds duration() const { return rate().timeOf({frameCount()}); }

    [[nodiscard]] Seconds playhead() const { return playhead_; }
    [[nodiscard]] FrameIndex frame() const { return rate().frameAt(playhead_); }
    [[nodiscard]] const std::optional<FrameRange>& range() const { return range_; }
    /// What plays: the in/out range when there is one and it loops, else everything.
    [[nodiscard]] FrameRange playRange() const;
    [[nodiscard]] Loop loop() const { return loop_; }
    [[nodiscard]] int speedPercent() const { return speedPercent_; }
    [[nodiscard]] int volumePercent() const { return volumePercent_; }
    [[nodiscard]] bool muted() const { return muted_; }

    void setMotion(std::filesystem::path path, std::shared_ptr<const motion::Clip> clip);
    void setAudio(std::shared_ptr<const AudioTrack> audio);
    void closeMotion();
    void closeAudio();

    /// Clamped to the clip.
    void setPlayhead(Seconds time);
    void goToFrame(FrameIndex frame) { setPlayhead(rate().timeOf(frame)); }
    /// First frame of the range; an out point before it moves to the end of the clip.
    void setIn(FrameIndex frame);
    /// Last frame of the range (inclusive); an in point after it moves to the start.
    void setOut(FrameIndex frame);
    void setRange(std::optional<FrameRange> range);
    void setLoop(Loop loop);
    void setSpeedPercent(int percent);
    void setVolumePercent(int percent);
    void setMuted(bool muted);

Q_SIGNALS:
    void changed(gesture::app::DocumentChanges changes);

private:
    void keepInside();

    std::optional<Motion> motion_;
    std::shared_ptr<const AudioTrack> audio_;
    Seconds playhead_;
    std::optional<FrameRange> range_;
    Loop loop_ = Loop::No;
    int speedPercent_ = 100;
    int volumePercent_ = 100;
    bool muted_ = false;
};

} // namespace gesture::app
