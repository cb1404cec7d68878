// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/qt_sound_output.h"

#include "app/studio/services/playback_clock.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

namespace gesture::app {

namespace {

constexpr int kChannels = 2;
constexpr int kDeviceBufferMs = 60;
constexpr int kPublishMs = 5;
constexpr std::size_t kLargestFill = 1 << 16; ///< Samples that one call may ask for.

/// Where QAudioSink pulls its bytes from. Device's thread; counts what it gave.
class PullDevice final : public QIODevice {
public:
    PullDevice(SoundOutput::Fill fill, QAudioFormat::SampleFormat format)
        : fill_(std::move(fill))
        , format_(format)
        , samples_(kLargestFill) {}

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override {
        return static_cast<qint64>(kLargestFill) + QIODevice::bytesAvailable();
    }
    /// Silent frames that were put in because the ring was empty.
    [[nodiscard]] std::int64_t paddedFrames() const { return padded_; }

protected:
    qint64 readData(char* data, qint64 size) override {
        const std::size_t width = format_ == QAudioFormat::Float ? sizeof(float) : sizeof(qint16);
        const std::size_t frame = width * kChannels;
        std::size_t count = static_cast<std::size_t>(std::max<qint64>(size, 0)) / frame * kChannels;
        count = std::min(count, samples_.size());
        const std::span<float> out(samples_.data(), count);
        const std::size_t given = fill_(out);
        padded_ += static_cast<std::int64_t>((count - given) / kChannels);
        if (format_ == QAudioFormat::Float) {
            std::memcpy(data, samples_.data(), count * width);
        } else {
            for (std::size_t i = 0; i < count; ++i) {
                const auto value =
                    static_cast<qint16>(std::clamp(samples_[i], -1.0F, 1.0F) * 32767.0F);
                std::memcpy(data + i * width, &value, width);
            }
        }
        return static_cast<qint64>(count * width);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    SoundOutput::Fill fill_;
    QAudioFormat::SampleFormat format_;
    std::vector<float> samples_;
    std::int64_t padded_ = 0;
};

/// Plays on `thread_`; publishes what has been heard, and when that was measured.
class QtSoundOutput final : public SoundOutput {
public:
    QtSoundOutput(QAudioDevice device, QAudioFormat format)
        : device_(std::move(device))
        , format_(std::move(format)) {
        home_.moveToThread(&thread_);
        thread_.setObjectName(QStringLiteral("sound"));
        thread_.start(QThread::TimeCriticalPriority);
    }
    ~QtSoundOutput() override {
        QtSoundOutput::stop();
        thread_.quit();
        thread_.wait();
    }

    [[nodiscard]] int sampleRate() const override { return format_.sampleRate(); }
    void start(Fill fill) override {
        stop();
        heard_.store(0);
        onThread([this, &fill] { open(std::move(fill)); });
    }
    void stop() override {
        onThread([this] { close(); });
    }
    [[nodiscard]] double secondsHeard() const override {
        const double heard = heard_.load(std::memory_order_acquire);
        if (heard <= 0) return 0;
        const double since = steadyNow() - measured_.load(std::memory_order_acquire);
        return heard + std::clamp(since, 0.0, 4.0 * kPublishMs / 1000.0);
    }
    [[nodiscard]] bool healthy() const override { return !failed_.load(); }

private:
    template <typename Work>
    void onThread(Work work) {
        QMetaObject::invokeMethod(&home_, work, Qt::BlockingQueuedConnection);
    }

    void open(Fill fill) {
        pull_ = std::make_unique<PullDevice>(std::move(fill), format_.sampleFormat());
        pull_->open(QIODevice::ReadOnly);
        sink_ = std::make_unique<QAudioSink>(device_, format_);
        sink_->setBufferSize(format_.bytesForDuration(kDeviceBufferMs * 1000));
        QObject::connect(sink_.get(), &QAudioSink::stateChanged, &home_, [this] { watch(); });
        sink_->start(pull_.get());
        timer_ = std::make_unique<QTimer>();
        timer_->setTimerType(Qt::PreciseTimer);
        QObject::connect(timer_.get(), &QTimer::timeout, &home_, [this] { publish(); });
        timer_->start(kPublishMs);
        watch();
    }
    void close() {
        timer_.reset();
        if (sink_) {
            sink_->disconnect(&home_);
            sink_->stop();
        }
        sink_.reset();
        pull_.reset();
    }
    void watch() {
        const QAudio::Error error = sink_->error();
        if (error == QAudio::OpenError || error == QAudio::IOError || error == QAudio::FatalError) {
            failed_.store(true);
        }
    }
    void publish() {
        // PulseAudio's stream that was killed says so in no other way.
        if (sink_->bytesFree() < 0) return failed_.store(true);
        const qint64 buffered = std::max<qint64>(sink_->bufferSize() - sink_->bytesFree(), 0);
        const double padded = static_cast<double>(pull_->paddedFrames()) / format_.sampleRate();
        const double processed = static_cast<double>(sink_->processedUSecs()) / 1e6;
        const double waiting =
            static_cast<double>(format_.durationForBytes(qint32(buffered))) / 1e6;
        heard_.store(std::max(processed - waiting - padded, 0.0), std::memory_order_release);
        measured_.store(steadyNow(), std::memory_order_release);
    }

    QAudioDevice device_;
    QAudioFormat format_;
    QThread thread_;
    QObject home_; ///< Lives on the thread; its slots run there.
    std::unique_ptr<PullDevice> pull_;
    std::unique_ptr<QAudioSink> sink_;
    std::unique_ptr<QTimer> timer_;
    std::atomic<double> heard_{0};
    std::atomic<double> measured_{0};
    std::atomic<bool> failed_{false};
};

} // namespace

std::unique_ptr<SoundOutput> openDefaultSoundOutput() {
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) return nullptr;
    QAudioFormat format = device.preferredFormat();
    format.setChannelCount(kChannels);
    for (const auto sample : {QAudioFormat::Float, QAudioFormat::Int16}) {
        format.setSampleFormat(sample);
        if (device.isFormatSupported(format)) {
            return std::make_unique<QtSoundOutput>(device, format);
        }
    }
    return nullptr;
}

} // namespace gesture::app
