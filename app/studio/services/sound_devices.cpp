// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_devices.h"

#include <QAudioDevice>
#include <QMediaDevices>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kLookAgainMs = 500;
constexpr int kLongestWaitMs = 60'000;

} // namespace

SoundDevices::SoundDevices() = default;
SoundDevices::~SoundDevices() = default;

void SoundDevices::watch(SoundState state) {
    if (state == SoundState::Lost) {
        current_.clear();
        timer_.start(std::min(2 * timer_.interval(), kLongestWaitMs));
    }
    if (devices_) return;
    devices_ = std::make_unique<QMediaDevices>();
    current_ = QMediaDevices::defaultAudioOutput().id();
    connect(&timer_, &QTimer::timeout, this, &SoundDevices::compare);
    timer_.start(kLookAgainMs);
    connect(devices_.get(), &QMediaDevices::audioOutputsChanged, this, &SoundDevices::compare);
}

void SoundDevices::compare() {
    const QByteArray now = QMediaDevices::defaultAudioOutput().id();
    if (now == current_) return;
    current_ = now;
    if (now.isEmpty()) timer_.start(kLookAgainMs);
    Q_EMIT changed();
}

} // namespace gesture::app
