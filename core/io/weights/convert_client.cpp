// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/convert_client.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/io/weights/safetensors.h"
#include "core/io/weights/vocabulary_file.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace gesture::io {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kSlice{50};
constexpr std::chrono::milliseconds kBaseTime{60'000};
constexpr std::uint64_t kBytesPerMillisecond = 10'000;
constexpr int kSignalled = 128;

/// An open file that closes itself.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags)
        : number_(::open(path.c_str(), flags | O_CLOEXEC)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// What one run of the converter is for.
struct Task {
    const char* mode; ///< The converter's first argument.
    const fs::path& source;
    const ConvertOptions& options;
    const JobControl& control;
};

Error cannotOpen(const fs::path& path) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io;
    return {code, fmt::format("Cannot open '{}': {}.", path.string(), std::strerror(errno))};
}

/// The sentence for a child that did not end by itself.
Error ended(const Task& task, int status) {
    const std::string file = task.source.string();
    const int signal = status - kSignalled;
    if (signal == SIGXCPU)
        return {ErrorCode::LimitExceeded,
                fmt::format("'{}' took more computing than a weight file needs and was not "
                            "converted.",
                            file)};
    if (signal == SIGXFSZ)
        return {ErrorCode::LimitExceeded,
                fmt::format("'{}' would become too large, or the disk is full; nothing was "
                            "written.",
                            file)};
    if (signal == SIGSYS)
        return {ErrorCode::InvalidInput,
                fmt::format("'{}' made the converter try what it may not do, and was not "
                            "converted. Do not use this file.",
                            file)};
    return {ErrorCode::Internal,
            fmt::format("The converter ended unexpectedly on '{}' (status {}); nothing was "
                        "written.",
                        file, status)};
}

std::chrono::milliseconds timeLimitFor(const Task& task, int input) {
    if (task.options.timeLimit.count() > 0) return task.options.timeLimit;
    struct stat status {};
    const auto size = ::fstat(input, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
    return kBaseTime + std::chrono::milliseconds(size / kBytesPerMillisecond);
}

/// Waits for the child; kills it when the user or the clock says so.
Result<int> waitFor(const Task& task, Process& child, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (true) {
        auto status = child.wait(kSlice);
        if (status) return status;
        const bool late = std::chrono::steady_clock::now() >= deadline;
        if (!late && !task.control.stopRequested()) continue;
        child.terminate(std::chrono::milliseconds(0));
        if (!late) return JobControl::cancelled("Converting");
        return Error{ErrorCode::Unavailable,
                     fmt::format("'{}' was not converted: it took longer than {} s.",
                                 task.source.string(), (limit.count() + 999) / 1000)};
    }
}

/// Runs the converter with the source as descriptor 3 and `output`, if any, as descriptor 4.
Result<ConvertReport> runConverter(const Task& task, int output) {
    const Descriptor input(task.source, O_RDONLY | O_NONBLOCK);
    if (input.number() < 0) return cannotOpen(task.source);
    const fs::path program = task.options.program.empty() ? programDirectory() / "gesture-convert"
                                                          : task.options.program;
    Process::Command command{program, {task.mode, task.source.string()}, {input.number()}};
    if (output >= 0) command.descriptors.push_back(output);
    auto child = Process::start(command);
    if (!child)
        return Error{ErrorCode::Unavailable,
                     fmt::format("{} Files of others are only read by it: install the program "
                                 "again.",
                                 child.error().message())};
    child->closeInput();
    auto status = waitFor(task, *child, timeLimitFor(task, input.number()));
    if (!status) return std::move(status).error();
    if (*status >= kSignalled) return ended(task, *status);
    auto report = parseConvertReport(child->output());
    if (report && *status != 0) return ended(task, *status);
    if (!report && report.error().code() == ErrorCode::Internal) return ended(task, *status);
    return report;
}

/// Reads the converter's result again, without trust.
Status checkTensors(const fs::path& file, const ConvertReport& report) {
    const auto reader = SafetensorsReader::open(file);
    if (!reader) return Error(reader.error());
    if (reader->tensors().size() != report.count)
        return Error{ErrorCode::Internal, "The converter wrote another number of tensors than it "
                                          "said."};
    return Status::success();
}

Status checkWords(const fs::path& file, const ConvertReport& report) {
    const auto words = readVocabularyJson(file);
    if (!words) return Error(words.error());
    if (words->size() != report.count)
        return Error{ErrorCode::Internal, "The converter wrote another number of words than it "
                                          "said."};
    return Status::success();
}

using Check = Status (*)(const fs::path& file, const ConvertReport& report);

Result<ConvertReport> convert(const Task& task, const fs::path& target, Check check) {
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    auto report = [&]() -> Result<ConvertReport> {
        const Descriptor output(file->temporaryPath(), O_WRONLY);
        if (output.number() < 0) return cannotOpen(file->temporaryPath());
        return runConverter(task, output.number());
    }();
    if (!report) return report;
    if (auto checked = check(file->temporaryPath(), *report); !checked)
        return std::move(checked).error().withContext(
            fmt::format("'{}' was not converted", task.source.string()));
    if (auto committed = file->commit(); !committed) return std::move(committed).error();
    return report;
}

} // namespace

Result<ConvertReport> convertWeights(const fs::path& source, const fs::path& target,
                                     const ConvertOptions& options, const JobControl& control) {
    return convert({"weights", source, options, control}, target, checkTensors);
}

Result<ConvertReport> inspectWeights(const fs::path& source, const ConvertOptions& options,
                                     const JobControl& control) {
    return runConverter({"inspect", source, options, control}, -1);
}

Result<ConvertReport> convertVocabulary(const fs::path& source, const fs::path& target,
                                        const ConvertOptions& options, const JobControl& control) {
    return convert({"vocabulary", source, options, control}, target, checkWords);
}

} // namespace gesture::io
