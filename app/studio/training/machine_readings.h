// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gesture::app {

/// Time of all processors since the start of the computer, in ticks.
struct ProcessorTicks {
    std::uint64_t busy = 0;
    std::uint64_t total = 0;
};
/// Of the text of /proc/stat; nothing when it is not that.
[[nodiscard]] std::optional<ProcessorTicks> readProcessorTicks(std::string_view stat);
/// Share 0 to 1 of the time between two readings.
[[nodiscard]] double loadBetween(const ProcessorTicks& before, const ProcessorTicks& after);

struct MemoryReading {
    double used = 0.0; ///< Bytes.
    double total = 0.0;
};
/// Of the text of /proc/meminfo.
[[nodiscard]] std::optional<MemoryReading> readMemory(std::string_view meminfo);

struct CardReading {
    double load = 0.0; ///< Share 0 to 1.
    MemoryReading memory;
};
/// Of `nvidia-smi --query-gpu=utilization.gpu,memory.used,memory.total
/// --format=csv,noheader,nounits`: a line for each card.
[[nodiscard]] std::vector<CardReading> readCards(std::string_view table);

} // namespace gesture::app
