// SPDX-License-Identifier: Apache-2.0
#include "core/project/writer_lock.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unistd.h>

namespace gesture::project {

namespace {

std::string textOf(const std::string& path) {
    std::ifstream stream(path);
    std::string text;
    std::getline(stream, text);
    return text;
}

/// When a process began, in ticks since the host's start; empty: unknown.
std::string startOf(std::int64_t pid) {
    constexpr int kStartField = 22;
    const std::string text = textOf(fmt::format("/proc/{}/stat", pid));
    // The second field is the program's name in brackets, which may hold anything.
    const std::size_t name = text.rfind(')');
    if (name == text.npos) return {};
    std::istringstream fields(text.substr(name + 1));
    std::string field;
    for (int number = 3; number <= kStartField && fields >> field; ++number) {
    }
    return field;
}

std::string hostName() {
    constexpr std::size_t kLongest = 256;
    std::array<char, kLongest> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

Result<Writer> readWriter(Database& database) {
    auto rows = database.prepare("SELECT pid, started, host, boot, program FROM writer");
    if (!rows) return std::move(rows).error();
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return Writer{};
    return Writer{rows->integer(0), rows->text(1), rows->text(2), rows->text(3), rows->text(4)};
}

} // namespace

Writer thisWriter() {
    const auto pid = static_cast<std::int64_t>(::getpid());
    return {pid, startOf(pid), hostName(), textOf("/proc/sys/kernel/random/boot_id"),
            "gesture-studio " GESTURE_VERSION};
}

bool mayBeAlive(const Writer& writer) {
    const Writer here = thisWriter();
    if (writer.pid <= 0) return false;
    if (writer.host != here.host) return true;
    if (!writer.boot.empty() && !here.boot.empty() && writer.boot != here.boot) return false;
    if (::kill(static_cast<pid_t>(writer.pid), 0) != 0 && errno == ESRCH) return false;
    const std::string started = startOf(writer.pid);
    return started.empty() || writer.started.empty() || started == writer.started;
}

Result<LockResult> takeWriterLock(Database& database, TakeOver takeOver) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    const auto holder = readWriter(database);
    if (!holder) return holder.error();
    LockResult result;
    if (takeOver == TakeOver::No && mayBeAlive(*holder)) {
        result.holder = holder->host == thisWriter().host
                            ? fmt::format("{} (process {})", holder->program, holder->pid)
                            : fmt::format("{} on the computer '{}'", holder->program, holder->host);
        return result;
    }
    result.taken = true;
    result.wasStale = holder->pid != 0;
    const Writer self = thisWriter();
    auto insert = database.prepare("INSERT OR REPLACE INTO writer (id, pid, started, host, boot, "
                                   "program) VALUES (1, ?1, ?2, ?3, ?4, ?5)");
    if (!insert) return std::move(insert).error();
    insert->bind(1, self.pid)
        .bind(2, std::string_view(self.started))
        .bind(3, std::string_view(self.host))
        .bind(4, std::string_view(self.boot))
        .bind(5, std::string_view(self.program));
    if (Status done = insert->run(); !done) return std::move(done).error();
    if (Status done = transaction->commit(); !done) return std::move(done).error();
    return result;
}

Status releaseWriterLock(Database& database) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    const auto holder = readWriter(database);
    if (!holder) return holder.error();
    if (!(*holder == thisWriter())) return Status::success();
    if (Status done = database.execute("DELETE FROM writer"); !done) return done;
    return transaction->commit();
}

} // namespace gesture::project
