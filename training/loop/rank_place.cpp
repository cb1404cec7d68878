// SPDX-License-Identifier: Apache-2.0
#include "training/loop/rank_place.h"

#include <charconv>
#include <cstdlib>
#include <fmt/format.h>

namespace gesture::training {

namespace {

constexpr int kMaxRanks = 4096;
constexpr int kMaxPort = 65'535;
/// Ports for jobs of Slurm: below those that systems give to outgoing connections.
constexpr std::int64_t kFirstSlurmPort = 15'000;
constexpr std::int64_t kSlurmPorts = 15'000;

/// Reads variables and keeps the first that makes no sense.
class Variables {
public:
    explicit Variables(const Environment& environment)
        : environment_(environment) {}

    [[nodiscard]] bool has(const char* name) const { return environment_(name).has_value(); }
    [[nodiscard]] std::string text(const char* name) {
        auto value = environment_(name);
        if (!value || value->empty()) fail(name, "is not set");
        return value.value_or("");
    }
    [[nodiscard]] std::int64_t number(const char* name, std::int64_t lowest, std::int64_t highest) {
        const std::string value = text(name);
        std::int64_t number = 0;
        const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
        if (parsed.ec == std::errc{} && parsed.ptr == value.data() + value.size() &&
            number >= lowest && number <= highest)
            return number;
        fail(name, fmt::format("must be a whole number from {} to {}", lowest, highest));
        return lowest;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    void fail(const char* name, std::string_view what) {
        if (error_) return;
        error_ = Error{ErrorCode::Usage,
                       fmt::format("The environment variable {} {}: start the ranks with torchrun "
                                   "or srun.",
                                   name, what)};
    }

    const Environment& environment_;
    std::optional<Error> error_;
};

RankPlace torchrunPlace(Variables& variables) {
    RankPlace place;
    place.ranks = static_cast<int>(variables.number("WORLD_SIZE", 1, kMaxRanks));
    place.rank = static_cast<int>(variables.number("RANK", 0, place.ranks - 1));
    place.localRank = variables.has("LOCAL_RANK")
                          ? static_cast<int>(variables.number("LOCAL_RANK", 0, kMaxRanks))
                          : place.rank;
    if (place.ranks == 1) return place;
    place.host = variables.text("MASTER_ADDR");
    place.port = static_cast<std::uint16_t>(variables.number("MASTER_PORT", 1, kMaxPort));
    place.storeIsServed = variables.has("TORCHELASTIC_USE_AGENT_STORE") &&
                          variables.text("TORCHELASTIC_USE_AGENT_STORE") == "True";
    if (variables.has("TORCHELASTIC_RESTART_COUNT"))
        place.session = variables.text("TORCHELASTIC_RESTART_COUNT");
    return place;
}

RankPlace slurmPlace(Variables& variables) {
    constexpr std::int64_t kAny = std::int64_t{1} << 40;
    RankPlace place;
    const char* size =
        variables.has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS";
    place.ranks = static_cast<int>(variables.number(size, 1, kMaxRanks));
    place.rank = static_cast<int>(variables.number("SLURM_PROCID", 0, place.ranks - 1));
    place.localRank = static_cast<int>(variables.number("SLURM_LOCALID", 0, kMaxRanks));
    if (place.ranks == 1) return place;
    const char* list =
        variables.has("SLURM_STEP_NODELIST") ? "SLURM_STEP_NODELIST" : "SLURM_JOB_NODELIST";
    place.host = variables.has("MASTER_ADDR") ? variables.text("MASTER_ADDR")
                                              : firstHost(variables.text(list));
    if (variables.has("MASTER_PORT")) {
        place.port = static_cast<std::uint16_t>(variables.number("MASTER_PORT", 1, kMaxPort));
    } else {
        const std::int64_t job = variables.number("SLURM_JOB_ID", 0, kAny);
        const std::int64_t step = variables.number("SLURM_STEP_ID", 0, kAny);
        place.port = static_cast<std::uint16_t>(kFirstSlurmPort + (job * 31 + step) % kSlurmPorts);
    }
    place.session = variables.text("SLURM_STEP_ID");
    return place;
}

} // namespace

std::string firstHost(std::string_view nodeList) {
    const std::size_t bracket = nodeList.find('[');
    const std::size_t comma = nodeList.find(',');
    if (comma < bracket || bracket == std::string_view::npos)
        return std::string(nodeList.substr(0, comma));
    const std::size_t end = nodeList.find_first_of("-,]", bracket + 1);
    const std::size_t close = nodeList.find(']', bracket);
    if (end == std::string_view::npos || close == std::string_view::npos) return {};
    const std::string_view rest = nodeList.substr(close + 1);
    return fmt::format("{}{}{}", nodeList.substr(0, bracket),
                       nodeList.substr(bracket + 1, end - bracket - 1),
                       rest.substr(0, rest.find(',')));
}

Result<RankPlace> rankPlaceFrom(const Environment& environment) {
    Variables variables(environment);
    RankPlace place;
    // A batch script has most of Slurm's variables but runs once: only srun's tasks have a step.
    if (variables.has("RANK") && variables.has("WORLD_SIZE"))
        place = torchrunPlace(variables);
    else if (variables.has("SLURM_STEP_ID") && variables.has("SLURM_PROCID"))
        place = slurmPlace(variables);
    if (variables.error()) return *variables.error();
    return place;
}

Result<RankPlace> rankPlaceOfThisProcess() {
    return rankPlaceFrom([](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        if (value == nullptr) return std::nullopt;
        return value;
    });
}

} // namespace gesture::training
