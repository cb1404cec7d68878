// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_process.h"

#include "core/base/atomic_file.h"
#include "training/protocol/run_files.h"
#include "training/protocol/training_event.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kProcessFile = "process.json";
constexpr const char* kControlFile = "control";
constexpr const char* kOutputFile = "output.txt";
constexpr const char* kExitFile = "exit";
constexpr std::size_t kSmallFile = std::size_t{64} << 10;
constexpr std::size_t kShownOutput = 4096;
constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kEverybodyReads = 0644;

/// Runs the rest of its arguments and notes the status that they end with.
constexpr const char* kShellScript =
    R"(cd "$0" || exit 126; "$@"; echo $? > exit.new; mv exit.new exit)";

std::string firstLineOf(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

/// Field 22 of /proc/PID/stat; empty when there is no such process, or only its remains.
std::string startOf(std::int64_t pid) {
    const std::string stat = firstLineOf(fmt::format("/proc/{}/stat", pid));
    // The name, in brackets, may hold anything.
    const std::size_t name = stat.rfind(')');
    if (name == std::string::npos || name + 2 >= stat.size() || stat[name + 2] == 'Z') return {};
    constexpr int kFieldsBetween = 19;
    std::size_t at = name + 2;
    for (int i = 0; i < kFieldsBetween && at != std::string::npos; ++i)
        at = stat.find(' ', at + 1);
    if (at == std::string::npos) return {};
    return stat.substr(at + 1, stat.find(' ', at + 1) - at - 1);
}

std::string bootOfComputer() { return firstLineOf("/proc/sys/kernel/random/boot_id"); }

Error cannot(const fs::path& folder, std::string_view what) {
    return {ErrorCode::Io, fmt::format("The run's folder '{}' cannot be used: {}: {}.",
                                       folder.string(), what, std::strerror(errno))};
}

Status makeControl(const fs::path& folder) {
    std::error_code ignored;
    fs::remove(folder / kExitFile, ignored);
    fs::remove(folder / kControlFile, ignored);
    if (::mkfifo((folder / kControlFile).c_str(), kOwnerOnly) != 0)
        return cannot(folder, "no pipe can be made there");
    return Status::success();
}

/// What the child does before it becomes the shell; freed in any case.
struct SpawnPlan {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    explicit SpawnPlan(const fs::path& folder) {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        // Open for both, so that it never sees an end of its input.
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, (folder / kControlFile).c_str(),
                                         O_RDWR, 0);
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (folder / kOutputFile).c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, kEverybodyReads);
        sigset_t usual;
        sigemptyset(&usual);
        posix_spawnattr_setsigmask(&attributes, &usual);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT})
            sigaddset(&usual, number);
        posix_spawnattr_setsigdefault(&attributes, &usual);
        posix_spawnattr_setflags(&attributes,
                                 static_cast<short>(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF));
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
};

Status recordProcess(const fs::path& folder, const RunProcess& process) {
    const json object{{"pid", process.pid}, {"started", process.started}, {"boot", process.boot}};
    return writeTextAtomically(folder / kProcessFile, object.dump() + "\n");
}

Status sendLine(const fs::path& folder, std::string_view line) {
    const int pipe = ::open((folder / kControlFile).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (pipe < 0)
        return Error{ErrorCode::NotFound,
                     fmt::format("Nothing reads commands in '{}'.", folder.string())};
    const std::string bytes = std::string(line) + "\n";
    const bool sent =
        ::write(pipe, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    ::close(pipe);
    return sent ? Status::success() : Status(cannot(folder, "the command was not taken"));
}

/// The process that has a file open; 0: none of this user's.
std::int64_t whoHasOpen(const fs::path& file) {
    std::error_code code;
    const fs::path wanted = fs::canonical(file, code);
    if (code) return 0;
    for (fs::directory_iterator process("/proc", code), end; !code && process != end;
         process.increment(code)) {
        const std::string name = process->path().filename().string();
        std::int64_t pid = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (parsed.ec != std::errc{} || parsed.ptr != name.data() + name.size()) continue;
        std::error_code hidden;
        for (fs::directory_iterator open(process->path() / "fd", hidden); !hidden && open != end;
             open.increment(hidden)) {
            std::error_code gone;
            if (fs::read_symlink(open->path(), gone) == wanted && pid != ::getpid()) return pid;
        }
    }
    return 0;
}

Error nothingTrains(const fs::path& folder) {
    return {ErrorCode::NotFound,
            fmt::format("Nothing trains in '{}' any more.", folder.filename().string())};
}

} // namespace

Result<RunProcess> startRunProcess(const RunCommand& command) {
    if (auto made = makeControl(command.folder); !made) return std::move(made).error();
    std::vector<std::string> words{"sh", "-c", kShellScript, command.folder.string(),
                                   command.trainer.string()};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const SpawnPlan plan(command.folder);
    pid_t pid = 0;
    const int failure =
        ::posix_spawn(&pid, "/bin/sh", &plan.files, &plan.attributes, pointers.data(), environ);
    if (failure != 0)
        return Error{ErrorCode::Unavailable,
                     fmt::format("'{}' cannot be started: {}.", command.trainer.string(),
                                 std::strerror(failure))};
    const RunProcess process{pid, startOf(pid), bootOfComputer()};
    if (auto recorded = recordProcess(command.folder, process); !recorded) {
        ::kill(-pid, SIGKILL); // nobody would find it again
        ::waitpid(pid, nullptr, 0);
        return std::move(recorded).error();
    }
    return process;
}

std::optional<RunProcess> recordedProcess(const fs::path& folder) {
    const auto text = readTextFile(folder / kProcessFile, kSmallFile);
    if (!text) return std::nullopt;
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object() || !object.contains("pid") || !object["pid"].is_number_integer())
        return std::nullopt;
    RunProcess process;
    process.pid = object["pid"].get<std::int64_t>();
    const auto textOf = [&](const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    };
    process.started = textOf("started");
    process.boot = textOf("boot");
    if (process.pid <= 1 || process.started.empty()) return std::nullopt;
    return process;
}

double recordedTime(const fs::path& folder) {
    struct stat facts {};
    if (::stat((folder / kProcessFile).c_str(), &facts) != 0) return 0.0;
    return static_cast<double>(facts.st_mtim.tv_sec) +
           static_cast<double>(facts.st_mtim.tv_nsec) * 1e-9;
}

bool isAlive(const RunProcess& process) {
    return process.boot == bootOfComputer() && startOf(process.pid) == process.started;
}

std::optional<int> recordedExit(const fs::path& folder) {
    const std::string line = firstLineOf(folder / kExitFile);
    int status = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), status);
    if (line.empty() || parsed.ec != std::errc{}) return std::nullopt;
    return status;
}

std::string recordedOutput(const fs::path& folder) {
    std::ifstream stream(folder / kOutputFile, std::ios::binary | std::ios::ate);
    if (!stream) return {};
    const auto size = static_cast<std::streamoff>(stream.tellg());
    const auto shown = std::min<std::streamoff>(size, kShownOutput);
    stream.seekg(size - shown);
    std::string text(static_cast<std::size_t>(shown), '\0');
    stream.read(text.data(), shown);
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Status askToStop(const fs::path& folder) {
    const auto process = recordedProcess(folder);
    if (process && isAlive(*process)) return sendLine(folder, training::kStopLine);
    const std::int64_t pid =
        training::isRunning(folder) ? whoHasOpen(folder / training::kRunLockFile) : 0;
    if (pid == 0) return nothingTrains(folder);
    if (::kill(static_cast<pid_t>(pid), SIGTERM) != 0)
        return cannot(folder, "its process takes no signal");
    return Status::success();
}

Status askForCheckpoint(const fs::path& folder) {
    const auto process = recordedProcess(folder);
    if (process && isAlive(*process)) return sendLine(folder, training::kCheckpointLine);
    if (!training::isRunning(folder)) return nothingTrains(folder);
    return Error{ErrorCode::Unavailable,
                 "This run was started elsewhere, and only its own program can ask it for a "
                 "checkpoint. It writes them by itself, too."};
}

Status endAtOnce(const fs::path& folder) {
    const auto process = recordedProcess(folder);
    if (process && isAlive(*process)) {
        if (::kill(static_cast<pid_t>(-process->pid), SIGKILL) != 0)
            return cannot(folder, "its process cannot be ended");
        return Status::success();
    }
    const std::int64_t pid =
        training::isRunning(folder) ? whoHasOpen(folder / training::kRunLockFile) : 0;
    if (pid == 0) return nothingTrains(folder);
    if (::kill(static_cast<pid_t>(pid), SIGKILL) != 0)
        return cannot(folder, "its process cannot be ended");
    return Status::success();
}

void forgetEnded(const RunProcess& process) {
    ::waitpid(static_cast<pid_t>(process.pid), nullptr, WNOHANG);
}

} // namespace gesture::app
