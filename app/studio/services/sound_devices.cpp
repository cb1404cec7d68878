// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/sound_devices.h"

#include <QAudioDevice>
#include <QMediaDevices>

namespace gesture::app {

SoundDevices::SoundDevices() = default;
SoundDevices::~SoundDevices() = default;

void SoundDevices::watch() {
    if (devices_) return;
    devices_ = std::make_unique<QMediaDevices>();
    current_ = QMediaDevices::defaultAudioOutput().id();
    connect(devices_.get(), &QMediaDevices::audioOutputsChanged, this, &SoundDevices::compare);
}

void SoundDevices::compare() {
    const QByteArray now = QMediaDevices::defaultAudioOutput().id();
    if (now == current_) return;
    current_ = now;
    Q_EMIT changed();
}

} // namespace gesture::app
