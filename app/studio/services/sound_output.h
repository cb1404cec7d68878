// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace gesture::app {

/// One opened sound device that plays stereo at its own rate. GUI thread, except where stated.
class SoundOutput {
public:
    /// Fills (frames, 2) interleaved samples and returns how many samples it had; the rest is
    /// silence that does not count as heard. Called on the device's thread: it must not lock,
    /// allocate or wait.
    using Fill = std::function<std::size_t(std::span<float>)>;

    SoundOutput() = default;
    SoundOutput(const SoundOutput&) = delete;
    SoundOutput& operator=(const SoundOutput&) = delete;
    virtual ~SoundOutput() = default;

    /// Hz
    [[nodiscard]] virtual int sampleRate() const = 0;
    virtual void start(Fill fill) = 0;
    /// Returns when `fill` is not called any more. No-op when not started.
    virtual void stop() = 0;
    /// Seconds of sound, as `fill` gave it, that have been heard since start.
    [[nodiscard]] virtual double secondsHeard() const = 0;
    /// False when the device was removed or failed.
    [[nodiscard]] virtual bool healthy() const = 0;
};

/// Opens the default device; nothing when there is none.
using SoundOutputFactory = std::function<std::unique_ptr<SoundOutput>()>;

} // namespace gesture::app
