// SPDX-License-Identifier: Apache-2.0
#include "tests/training/loop/tiny_run.h"

#include "core/base/atomic_file.h"
#include "training/loop/checkpoint.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>

namespace gesture::training::test {

namespace {

constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(100);

Process startTiny(const std::vector<std::string>& arguments,
                  const std::vector<std::string>& environment) {
    Process::Command command{"/usr/bin/env", environment};
    command.arguments.insert(command.arguments.begin(), "OMP_NUM_THREADS=1");
    command.arguments.emplace_back(GESTURE_TEST_BINARIES "/tiny_train");
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    auto process = Process::start(command, Process::Output::Streamed);
    EXPECT_TRUE(process.ok()) << (process.ok() ? "" : process.error().message());
    return std::move(process).value();
}

} // namespace

TinyTrainer::TinyTrainer(const std::vector<std::string>& arguments,
                         const std::vector<std::string>& environment)
    : process_(startTiny(arguments, environment)) {}

bool TinyTrainer::readUntil(const std::function<bool(const TrainingEvent&)>& condition) {
    std::array<std::byte, 4096> block{};
    while (true) {
        while (!pending_.empty()) {
            const auto event = parseTrainingEvent(pending_.front());
            EXPECT_TRUE(event.ok()) << pending_.front();
            pending_.erase(pending_.begin());
            if (!event) continue;
            events_.push_back(*event);
            if (condition(*event)) return true;
        }
        const auto count = process_.read(block, kPatience);
        EXPECT_TRUE(count.ok());
        if (!count || *count == 0) return false;
        pending_ = lines_.take({reinterpret_cast<const char*>(block.data()), *count});
    }
}

void TinyTrainer::send(std::string_view line) {
    const std::string text = std::string(line) + "\n";
    EXPECT_TRUE(process_.write(std::as_bytes(std::span(text))).ok());
}

void TinyTrainer::signal(int number) const { ::kill(process_.id(), number); }

TrainerEnd TinyTrainer::finish() {
    readUntil([](const TrainingEvent&) { return false; });
    const auto status = process_.wait(kPatience);
    EXPECT_TRUE(status.ok());
    return {status ? *status : -1, std::move(events_), process_.output()};
}

std::filesystem::path writeTinyConfig(const gesture::test::TemporaryFolder& folder,
                                      const std::string& rest) {
    const auto path = folder / "train.yaml";
    const std::string log = rest.find("log:") == std::string::npos ? "log: {every: 1}\n" : "";
    EXPECT_TRUE(writeTextAtomically(path, "stage: tiny\ndevice: cpu\n" + log + rest).ok());
    return path;
}

TrainerEnd trainTiny(const std::filesystem::path& config, const std::filesystem::path& run,
                     std::vector<std::string> more, const std::vector<std::string>& environment) {
    more.insert(more.begin(), {"run", config.string(), "-o", run.string(), "--events"});
    return TinyTrainer(more, environment).finish();
}

std::map<std::string, std::vector<std::byte>> weightsOf(const std::filesystem::path& run) {
    std::map<std::string, std::vector<std::byte>> weights;
    const auto checkpoint = findCheckpoint(run);
    EXPECT_TRUE(checkpoint.ok()) << (checkpoint.ok() ? "" : checkpoint.error().message());
    if (!checkpoint) return weights;
    for (const io::TensorInfo& info : checkpoint->file.tensors()) {
        const auto data = checkpoint->file.read(info.name);
        EXPECT_TRUE(data.ok());
        if (data) weights[info.name] = data->bytes;
    }
    return weights;
}

std::function<bool(const TrainingEvent&)> reached(std::int64_t step) {
    return [step](const TrainingEvent& event) {
        return std::holds_alternative<StepsDone>(event.what) && event.step() >= step;
    };
}

} // namespace gesture::training::test
