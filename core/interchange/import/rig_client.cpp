// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/import/rig_client.h"

#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/base/utf8.h"
#include "core/interchange/import/scene_wire.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace gesture::interchange {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kSlice{50};
constexpr std::chrono::milliseconds kBaseTime{60'000};
constexpr std::uint64_t kBytesPerMillisecond = 1'000;
constexpr int kSignalled = 128;
constexpr std::size_t kMaxSceneBytes = std::size_t{8} << 30;
constexpr std::size_t kMaxMessageBytes = 400;
constexpr std::array kPassedCodes{ErrorCode::InvalidInput, ErrorCode::Io, ErrorCode::LimitExceeded,
                                  ErrorCode::Unavailable};

/// An open file that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] std::uint64_t size() const {
        struct stat status {};
        return ::fstat(number_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
    }

private:
    int number_;
};

std::string extensionOf(const fs::path& path) {
    std::string extension = path.extension().string();
    for (char& letter : extension)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
    return extension;
}

/// The sentence for a child that did not end by itself.
Error ended(int status) {
    const int signal = status - kSignalled;
    if (signal == SIGXCPU || signal == SIGXFSZ)
        return {ErrorCode::LimitExceeded, "It took more computing or memory than a character "
                                          "needs."};
    if (signal == SIGSYS)
        return {ErrorCode::InvalidInput, "It made the importer try what it may not do. Do not use "
                                         "this file."};
    return {ErrorCode::InvalidInput,
            fmt::format("The importer broke down on it (status {}): the file is damaged, or made "
                        "in a way that the importer does not know. Export it again, for example "
                        "as .glb.",
                        status)};
}

Result<int> waitFor(Process& child, std::chrono::milliseconds limit, const JobControl& control) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (true) {
        auto status = child.wait(kSlice);
        if (status) return status;
        const bool late = std::chrono::steady_clock::now() >= deadline;
        if (!late && !control.stopRequested()) continue;
        child.terminate(std::chrono::milliseconds(0));
        if (!late) return JobControl::cancelled("Reading the character");
        return Error{ErrorCode::Unavailable, fmt::format("It took longer than {} s to read.",
                                                         (limit.count() + 999) / 1000)};
    }
}

Result<Scene> readScene(const Descriptor& output) {
    const std::uint64_t size = output.size();
    if (size > kMaxSceneBytes)
        return Error{ErrorCode::LimitExceeded, "It is larger than this program accepts."};
    std::vector<std::byte> bytes(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t count = ::pread(output.number(), bytes.data() + filled, size - filled,
                                      static_cast<off_t>(filled));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return decodeScene(std::span(bytes).first(filled));
}

Result<Scene> import(const fs::path& path, const RigOptions& options, JobControl& control) {
    const Descriptor input(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (input.number() < 0)
        return Error{errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     fmt::format("It cannot be opened: {}.", std::strerror(errno))};
    const Descriptor output(::memfd_create("gesture-rig", MFD_CLOEXEC));
    if (output.number() < 0)
        return Error{ErrorCode::OutOfMemory, "There is no memory to read it into."};
    const fs::path program =
        options.program.empty() ? programDirectory() / "gesture-import-rig" : options.program;
    auto child = Process::start({program, {extensionOf(path)}, {input.number(), output.number()}});
    if (!child)
        return Error{ErrorCode::Unavailable,
                     fmt::format("{} Files of others are only read by it: install the program "
                                 "again.",
                                 child.error().message())};
    child->closeInput();
    const auto limit = options.timeLimit.count() > 0
                           ? options.timeLimit
                           : kBaseTime + std::chrono::milliseconds(
                                             std::min<std::uint64_t>(input.size(), kMaxRigBytes) /
                                             kBytesPerMillisecond);
    const auto status = waitFor(*child, limit, control);
    if (!status) return Error(status.error());
    if (*status >= kSignalled) return ended(*status);
    // Libraries may have said something before the last line.
    const std::string& said = child->output();
    if (*status != 0) return parseRigFailure(said.substr(said.rfind('\n') + 1));
    return readScene(output);
}

} // namespace

bool isRigName(const fs::path& path) {
    const std::string extension = extensionOf(path);
    return extension == ".fbx" || extension == ".glb" || extension == ".gltf" ||
           extension == ".dae";
}

Result<Scene> readRigFile(const fs::path& path, const RigOptions& options, JobControl& control) {
    if (!isRigName(path))
        return Error{
            ErrorCode::Usage,
            fmt::format("'{}': characters are read as .fbx, .glb, .gltf or .dae.", path.string())};
    control.beginStage("Reading the character", 0);
    auto scene = import(path, options, control);
    if (!scene) return std::move(scene).error().withContext("'" + path.string() + "'");
    scene->name = path.stem().string();
    control.advanceTo(1);
    return scene;
}

std::string rigFailureLine(const Error& error) {
    return fmt::format("{} {}", static_cast<int>(error.code()),
                       shownText(error.message(), kMaxMessageBytes));
}

Error parseRigFailure(std::string_view line) {
    int number = -1;
    const auto [end, failed] = std::from_chars(line.data(), line.data() + line.size(), number);
    const auto rest = line.substr(static_cast<std::size_t>(end - line.data()));
    if (failed == std::errc{} && rest.size() > 1 && rest.front() == ' ')
        for (const ErrorCode code : kPassedCodes)
            if (static_cast<int>(code) == number)
                return {code, shownText(rest.substr(1), kMaxMessageBytes)};
    return {ErrorCode::Internal, "The importer ended without saying why."};
}

} // namespace gesture::interchange
