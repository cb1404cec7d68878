// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/sound_output.h"

#include <memory>
#include <span>
#include <thread>
#include <vector>

namespace gesture::test {

/// A device whose time the test moves.
struct FakeDevice {
    bool present = true;
    bool healthy = true;
    bool started = false;
    int opened = 0;
    double heard = 0;
    app::SoundOutput::Fill fill;

    /// Plays `seconds`: takes samples, waiting for the decoder as long as it takes, and lets time
    /// pass. Returns what was heard.
    std::vector<float> play(double seconds) {
        std::vector<float> samples(static_cast<std::size_t>(seconds * kRate) * 2);
        for (std::size_t given = 0; given < samples.size();) {
            given += fill(std::span(samples).subspan(given));
            std::this_thread::yield();
        }
        heard += seconds;
        return samples;
    }

    static constexpr int kRate = 48000;
};

class FakeSoundOutput final : public app::SoundOutput {
public:
    explicit FakeSoundOutput(FakeDevice& device)
        : device_(device) {
        ++device_.opened;
    }
    [[nodiscard]] int sampleRate() const override { return FakeDevice::kRate; }
    void start(Fill fill) override {
        device_.fill = std::move(fill);
        device_.started = true;
        device_.heard = 0;
    }
    void stop() override {
        device_.fill = nullptr;
        device_.started = false;
    }
    [[nodiscard]] double secondsHeard() const override { return device_.heard; }
    [[nodiscard]] bool healthy() const override { return device_.healthy; }

private:
    FakeDevice& device_;
};

inline app::SoundOutputFactory factoryOf(FakeDevice& device) {
    return [&device]() -> std::unique_ptr<app::SoundOutput> {
        if (!device.present) return nullptr;
        return std::make_unique<FakeSoundOutput>(device);
    };
}

} // namespace gesture::test
