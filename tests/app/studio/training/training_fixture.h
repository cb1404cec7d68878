// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/training_service.h"
#include "tests/support/temporary_folder.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>

namespace gesture::test {

using namespace app;

/// gesture-train with a stage that learns in milliseconds.
inline std::filesystem::path tinyTrainer() {
    return std::filesystem::path(GESTURE_TEST_BINARIES) / "tiny_train";
}

/// A run that goes on for longer than any test, but for `steps`.
inline QString tinyConfig(int steps = 100'000'000) {
    return QStringLiteral("stage: tiny\ndevice: cpu\nthreads: 1\nsteps: %1\nlog: {every: 20}\n"
                          "evaluation: {every: 200}\ncheckpoints: {every: 100, minutes: 0, keep: "
                          "2}\ntiny: {width: 64}\n")
        .arg(steps);
}

/// Works through events until the condition holds; false after a minute.
inline bool untilTrue(const std::function<bool()>& condition) {
    constexpr std::chrono::seconds kPatience{60};
    const QDeadlineTimer deadline(kPatience);
    QTimer awake; // so that waiting for events comes to an end
    awake.start(std::chrono::milliseconds(100));
    while (!condition()) {
        if (deadline.hasExpired()) return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/// A service over a folder of its own. Runs that are left are ended.
class TrainingTest : public ::testing::Test {
protected:
    TrainingTest() { open(); }
    ~TrainingTest() override {
        for (const RunPointer& run : service->runs())
            if (isActive(run->state)) static_cast<void>(endAtOnce(run->folder));
        untilTrue([this] { return service->active() == nullptr; });
    }

    /// The studio begins, or begins again.
    void open() {
        service = std::make_unique<TrainingService>(folder / "runs", tinyTrainer());
        service->start();
    }
    /// The studio ends; what trains goes on.
    void close() { service.reset(); }

    std::filesystem::path create(const QString& name, const QString& yaml = tinyConfig()) {
        auto made = service->create(name, yaml, {});
        EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message());
        return made ? *made : std::filesystem::path();
    }
    std::filesystem::path started(const QString& name, const QString& yaml = tinyConfig()) {
        const auto run = create(name, yaml);
        const Status begun = service->startRun(run);
        EXPECT_TRUE(begun.ok()) << (begun.ok() ? "" : begun.error().message());
        return run;
    }
    bool reaches(const std::filesystem::path& run, RunState state) {
        return untilTrue([&] {
            const RunPointer now = service->find(run);
            return now && now->state == state;
        });
    }
    bool reachesStep(const std::filesystem::path& run, std::int64_t step) {
        return untilTrue([&] {
            const RunPointer now = service->find(run);
            return now && now->step >= step;
        });
    }

    TemporaryFolder folder;
    std::unique_ptr<TrainingService> service;
};

} // namespace gesture::test
