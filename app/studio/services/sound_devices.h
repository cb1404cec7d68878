// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QObject>

#include <memory>

class QMediaDevices;

namespace gesture::app {

/// Says when the default sound device of the system changes. It looks only from the first sound on,
/// because looking costs time and memory. GUI thread.
class SoundDevices final : public QObject {
    Q_OBJECT

public:
    SoundDevices();
    ~SoundDevices() override;

public Q_SLOTS:
    /// Begins to look; again: no effect.
    void watch();

Q_SIGNALS:
    void changed();

private:
    void compare();

    std::unique_ptr<QMediaDevices> devices_;
    QByteArray current_;
};

} // namespace gesture::app
