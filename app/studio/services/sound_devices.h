// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/transport.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <memory>

class QMediaDevices;

namespace gesture::app {

/// Says when the default sound device of the system changes. It looks only from the first sound on,
/// because looking costs time and memory; then twice a second, because Qt 6.4 with PulseAudio keeps
/// the list right but does not say so. GUI thread.
class SoundDevices final : public QObject {
    Q_OBJECT

public:
    SoundDevices();
    ~SoundDevices() override;

public Q_SLOTS:
    /// Begins to look at the first sound. A device that was lost counts as gone until it is found
    /// again, which is tried after 1, 2, 4 … s, at most a minute: it may come back under its name.
    void watch(gesture::app::SoundState state);

Q_SIGNALS:
    void changed();

private:
    void compare();

    std::unique_ptr<QMediaDevices> devices_;
    QByteArray current_;
    QTimer timer_;
};

} // namespace gesture::app
