// SPDX-License-Identifier: Apache-2.0
// gesture-convert weights|inspect|vocabulary NAME: reads a file of others from descriptor 3, writes
// what this program opens (safetensors, a JSON table of words) to descriptor 4, and one line of
// JSON to standard output. Locks itself in before it reads the first byte. Started by
// core/io/weights/convert_client.h; NAME is for messages. Exit status 0, or 1 after a failure.
#include "core/base/sandbox.h"
#include "core/io/random_access_file.h"
#include "core/io/weights/convert_report.h"
#include "core/io/weights/safetensors.h"
#include "core/io/weights/torch_file.h"
#include "core/io/weights/vocabulary_file.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace gesture::app {
namespace {

constexpr int kInput = 3;
constexpr int kOutput = 4;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
/// Program, libraries and headers, beside the tensors.
constexpr std::uint64_t kBaseMemory = 256 * kMiB;
/// A storage and a tensor of it are in memory at a time; a buffer may grow to twice its need.
constexpr std::uint64_t kMemoryPerByte = 3;
/// TorchFile's own bound, and the header.
constexpr std::uint64_t kOutputPerByte = 16;
constexpr std::uint64_t kBytesPerSecond = 10'000'000;

Status writeAll(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return Error{ErrorCode::Io, fmt::format("Cannot write the converted file: {}. Nothing "
                                                    "was changed.",
                                                    std::strerror(errno))};
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return Status::success();
}

SandboxLimits limitsFor(std::uint64_t inputBytes) {
    constexpr std::chrono::seconds kBaseTime{60};
    return {kBaseMemory + kMemoryPerByte * inputBytes,
            kBaseTime + std::chrono::seconds(inputBytes / kBytesPerSecond),
            kOutputPerByte * inputBytes + 32 * kMiB};
}

io::ConvertReport reportOf(const io::TorchFile& file) {
    const bool zip = file.container() == io::TorchFile::Container::Zip;
    return {zip ? "zip" : "legacy", file.wrapper(), file.hadModulePrefix(),
            file.tensors().size(),  file.tensors(), file.skipped()};
}

Result<io::ConvertReport> weights(io::RandomAccessFile input, std::string_view name, bool write) {
    auto file = io::TorchFile::open(std::move(input), name);
    if (!file) return std::move(file).error();
    io::ConvertReport report = reportOf(*file);
    if (!write) return report;
    const io::SafetensorsContent content{
        file->tensors(), {{"format", "pt"}}, [&](const io::TensorInfo& info) {
            return file->read(info.name);
        }};
    const auto sink = [](std::span<const std::byte> bytes) { return writeAll(kOutput, bytes); };
    if (auto written = io::writeSafetensors(content, sink); !written)
        return std::move(written).error();
    return report;
}

Result<io::ConvertReport> vocabulary(const io::RandomAccessFile& input, std::string_view name) {
    auto words = io::readPickledVocabulary(input, name);
    if (!words) return std::move(words).error();
    const std::string json = io::vocabularyJson(*words);
    if (auto written = writeAll(kOutput, std::as_bytes(std::span(json))); !written)
        return std::move(written).error();
    return io::ConvertReport{"vocabulary", {}, false, words->size(), {}, {}};
}

Result<io::ConvertReport> convert(std::string_view mode, std::string_view name) {
    auto input = io::RandomAccessFile::open("/proc/self/fd/" + std::to_string(kInput));
    if (!input) return std::move(input).error().withContext(fmt::format("Cannot open '{}'", name));
    if (auto locked = enterSandbox(limitsFor(input->size())); !locked)
        return std::move(locked).error();
    if (mode == "vocabulary") return vocabulary(*input, name);
    return weights(std::move(*input), name, mode == "weights");
}

Result<io::ConvertReport> guarded(std::string_view mode, std::string_view name) {
    try {
        return convert(mode, name);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory to convert '{}'.", name)};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' cannot be converted: {}.", name, exception.what())};
    }
}

int run(std::string_view mode, std::string_view name) {
    const auto report = guarded(mode, name);
    const std::string line =
        report ? io::convertReportJson(*report) : io::convertFailureJson(report.error());
    const auto printed = writeAll(STDOUT_FILENO, std::as_bytes(std::span(line)));
    return report.ok() && printed.ok() ? 0 : exitStatus(ErrorCode::InvalidInput);
}

} // namespace
} // namespace gesture::app

int main(int count, char** arguments) {
    using namespace std::string_view_literals;
    const std::string_view mode = count == 3 ? arguments[1] : ""sv;
    if (mode != "weights" && mode != "inspect" && mode != "vocabulary") {
        constexpr auto kUsage = "gesture-convert is started by gesture and gesture-studio: see "
                                "\"gesture weights --help\".\n"sv;
        return ::write(STDERR_FILENO, kUsage.data(), kUsage.size()) > 0 ? 2 : 1;
    }
    const int status = gesture::app::run(mode, arguments[2]);
    // Destructors of libraries may do what the sandbox forbids.
    ::_exit(status);
}
