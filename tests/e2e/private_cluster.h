// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace gesture::test {

/// A cluster of one node with Slurm's own daemons, which serves one test and ends with it: keys,
/// sockets and states are in a folder of its own.
class PrivateCluster {
public:
    /// Why there can be none here; nothing: there can.
    static std::optional<std::string> obstacle() {
        if (::getuid() != 0) return "Slurm's daemons can only be started by root here";
        for (const char* program : {"slurmctld", "slurmd", "sbatch", "srun", "munged"})
            if (!programNamed(program))
                return fmt::format("'{}' is not installed (package slurm-wlm)", program);
        return std::nullopt;
    }

    /// False when the node did not come up.
    bool start() {
        ::chmod(folder_.path().c_str(), 0755);
        for (const char* below : {"state", "spool"})
            std::filesystem::create_directory(folder_ / below);
        writeKey();
        if (!writeTextAtomically(configFile(), config())) return false;
        ::setenv("SLURM_CONF", configFile().c_str(), 1);
        const auto in = [this](const char* name) { return (folder_ / name).string(); };
        run("munged", {"--force", "--foreground", "--key-file=" + in("key"),
                       "--socket=" + in("munge.sock"), "--pid-file=" + in("munge.pid"),
                       "--log-file=" + in("munge.log"), "--seed-file=" + in("seed")});
        if (!until([&] { return std::filesystem::exists(in("munge.sock")); })) return false;
        run("slurmctld", {"-D"});
        run("slurmd", {"-D"});
        return until([] {
            const auto nodes = ask("sinfo", {"--noheader", "--format=%T"});
            return nodes.find("idle") != std::string::npos;
        });
    }

    ~PrivateCluster() {
        if (daemons_.empty()) return;
        ask("scancel", {"--user=root"});
        // The node first: it ends its jobs.
        while (!daemons_.empty()) {
            daemons_.back().terminate(std::chrono::seconds(10));
            daemons_.pop_back();
        }
        ::unsetenv("SLURM_CONF");
    }

    /// What one of Slurm's programs prints; empty when it failed.
    static std::string ask(const char* program, const std::vector<std::string>& arguments) {
        const auto path = programNamed(program);
        if (!path) return {};
        const auto answer = runProgram({*path, arguments}, std::chrono::seconds(30));
        return answer && answer->exitStatus == 0 ? answer->text : std::string();
    }

    /// Asks again and again; false after a minute.
    static bool until(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            // Slurm tells nobody when a job changes: it has to be asked.
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return true;
    }

private:
    /// Daemons lie where only root looks.
    static std::optional<std::filesystem::path> programNamed(const std::string& name) {
        if (const auto found = findProgram(name)) return found;
        const std::filesystem::path there = "/usr/sbin/" + name;
        if (::access(there.c_str(), X_OK) == 0) return there;
        return std::nullopt;
    }

    [[nodiscard]] std::filesystem::path configFile() const { return folder_ / "slurm.conf"; }

    void writeKey() const {
        std::ofstream key(folder_ / "key", std::ios::binary);
        std::ifstream random("/dev/urandom", std::ios::binary);
        std::array<char, 128> bytes{};
        random.read(bytes.data(), bytes.size());
        key.write(bytes.data(), bytes.size());
        key.close();
        ::chmod((folder_ / "key").c_str(), 0600);
    }

    [[nodiscard]] std::string config() const {
        std::array<char, 256> host{};
        ::gethostname(host.data(), host.size() - 1);
        const std::string name =
            std::string(host.data()).substr(0, std::string(host.data()).find('.'));
        // Ports of their own, apart from a cluster that may run here.
        const int port = 20000 + static_cast<int>(::getpid() % 20000);
        return fmt::format(
            "ClusterName=test\nSlurmctldHost={0}\nSlurmctldPort={2}\nSlurmdPort={3}\n"
            "AuthType=auth/munge\nAuthInfo=socket={1}/munge.sock,cred_expire=2\n"
            "ProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nSlurmUser=root\n"
            "StateSaveLocation={1}/state\nSlurmdSpoolDir={1}/spool\n"
            "SlurmctldPidFile={1}/ctld.pid\nSlurmdPidFile={1}/d.pid\n"
            "SlurmctldLogFile={1}/ctld.log\nSlurmdLogFile={1}/d.log\nReturnToService=2\n"
            "SelectType=select/cons_tres\nJobAcctGatherType=jobacct_gather/none\n"
            "AccountingStorageType=accounting_storage/none\nMpiDefault=none\nKillWait=2\n"
            "SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=1\n"
            "NodeName={0} CPUs=4 State=UNKNOWN\n"
            "PartitionName=main Nodes=ALL Default=YES State=UP\n",
            name, folder_.path().string(), port, port + 1);
    }

    void run(const char* program, std::vector<std::string> arguments) {
        auto process = Process::start({*programNamed(program), std::move(arguments)});
        if (process) daemons_.push_back(std::move(*process));
    }

    TemporaryFolder folder_;
    std::vector<Process> daemons_;
};

} // namespace gesture::test
