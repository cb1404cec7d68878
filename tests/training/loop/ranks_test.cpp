// SPDX-License-Identifier: Apache-2.0
// Several processes that train together.
#include "tests/training/loop/tiny_run.h"
#include "training/loop/checkpoint.h"

#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <cmath>
#include <csignal>
#include <cstring>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace gesture::training::test {
namespace {

using gesture::test::TemporaryFolder;
using ::testing::AnyOf;
using ::testing::HasSubstr;

/// A port that nobody listens on.
int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket, any, size), 0);
    EXPECT_EQ(::getsockname(socket, any, &size), 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

std::vector<std::unique_ptr<TinyTrainer>> startRanks(const std::filesystem::path& config,
                                                     const std::filesystem::path& run,
                                                     std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"run", config.string(), "-o", run.string(), "--events"});
    const std::string port = "MASTER_PORT=" + std::to_string(freePort());
    std::vector<std::unique_ptr<TinyTrainer>> ranks;
    for (const char* rank : {"0", "1"})
        ranks.push_back(std::make_unique<TinyTrainer>(
            more, std::vector<std::string>{std::string("RANK=") + rank, "WORLD_SIZE=2",
                                           std::string("LOCAL_RANK=") + rank,
                                           "MASTER_ADDR=127.0.0.1", port}));
    return ranks;
}

std::vector<TrainerEnd> endsOf(const std::vector<std::unique_ptr<TinyTrainer>>& ranks) {
    std::vector<TrainerEnd> ends;
    for (const auto& rank : ranks)
        ends.push_back(rank->finish());
    return ends;
}

std::vector<float> floatsOf(const std::vector<std::byte>& bytes) {
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

double largestDifference(const std::filesystem::path& a, const std::filesystem::path& b) {
    const auto first = weightsOf(a);
    const auto second = weightsOf(b);
    double largest = 0.0;
    for (const auto& [name, bytes] : first) {
        if (!name.starts_with("parameters/")) continue;
        const std::vector<float> x = floatsOf(bytes);
        const std::vector<float> y = floatsOf(second.at(name));
        for (std::size_t i = 0; i < x.size(); ++i)
            largest = std::max(largest, double{std::abs(x[i] - y[i])});
    }
    return largest;
}

TEST(Ranks, TwoWithHalfABatchEachAreOneWithAWholeOne) {
    const TemporaryFolder folder;
    // Without dropout and without the running mean's influence on gradients of different halves:
    // the mean is a buffer of rank 0, so a single step is compared first, then several.
    const auto config = writeTinyConfig(folder, "steps: 1\noptimiser: {rate: 0.01, clip: 1.0}\n"
                                                "tiny: {dropout: 0.0}\n");
    ASSERT_EQ(trainTiny(config, folder / "one").status, 0);
    const auto ends = endsOf(startRanks(config, folder / "two"));
    EXPECT_EQ(ends[0].status, 0) << ends[0].errors;
    EXPECT_EQ(ends[1].status, 0) << ends[1].errors;
    EXPECT_LT(largestDifference(folder / "one", folder / "two"), 1e-5);
    EXPECT_TRUE(ends[1].events.empty());
}

TEST(Ranks, AKilledRankEndsTheOtherAndTheRunGoesOnToTheSameBytes) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 40\ncheckpoints: {every: 5, minutes: 0}\n");
    for (const TrainerEnd& end : endsOf(startRanks(config, folder / "whole")))
        ASSERT_EQ(end.status, 0) << end.errors;
    for (const std::size_t victim : {1U, 0U}) {
        const auto ranks = startRanks(config, folder / "run");
        ASSERT_TRUE(ranks[0]->readUntil(reached(victim == 1 ? 12 : 23)));
        ranks[victim]->signal(SIGKILL);
        const auto ends = endsOf(ranks);
        EXPECT_THAT(ends[1 - victim].status, AnyOf(1, 4)) << ends[1 - victim].errors;
        EXPECT_THAT(ends[1 - victim].errors, HasSubstr("goes on from the last checkpoint"));
    }
    for (const TrainerEnd& end : endsOf(startRanks(config, folder / "run")))
        ASSERT_EQ(end.status, 0) << end.errors;
    EXPECT_EQ(weightsOf(folder / "run"), weightsOf(folder / "whole"));
}

TEST(Ranks, ARankThatFallsSilentEndsTheOther) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 1000000\n");
    for (const std::size_t victim : {1U, 0U}) {
        const auto ranks = startRanks(config, folder / "run", {"--patience", "1"});
        ASSERT_TRUE(ranks[0]->readUntil(reached(3)));
        ranks[victim]->signal(SIGSTOP);
        const TrainerEnd other = ranks[1 - victim]->finish();
        EXPECT_THAT(other.status, AnyOf(1, 4));
        EXPECT_THAT(other.errors, HasSubstr("goes on from the last checkpoint"));
        ranks[victim]->signal(SIGKILL);
        EXPECT_EQ(ranks[victim]->finish().status, 128 + SIGKILL);
        std::filesystem::remove_all(folder / "run");
    }
}

TEST(Ranks, AStopOfOneStopsAll) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 1000000\n");
    const auto ranks = startRanks(config, folder / "run");
    ASSERT_TRUE(ranks[0]->readUntil(reached(3)));
    ranks[1]->signal(SIGTERM);
    for (const TrainerEnd& end : endsOf(ranks))
        EXPECT_EQ(end.status, 3) << end.errors;
    EXPECT_TRUE(findCheckpoint(folder / "run").ok());
}

TEST(Ranks, BadNumbersOfOneStopAllWithTheirName) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 20\ntiny: {bad_step: 6}\n");
    for (const TrainerEnd& end : endsOf(startRanks(config, folder / "run"))) {
        EXPECT_EQ(end.status, 1);
        EXPECT_THAT(end.errors, HasSubstr("'second.bias'"));
    }
}

} // namespace
} // namespace gesture::training::test
