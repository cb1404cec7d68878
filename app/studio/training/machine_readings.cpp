// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/machine_readings.h"

#include <charconv>
#include <string>

namespace gesture::app {

namespace {

constexpr double kKibi = 1024.0;
constexpr double kMebi = 1024.0 * 1024.0;

/// The whole numbers of a text, in order.
std::vector<std::uint64_t> numbersIn(std::string_view text) {
    std::vector<std::uint64_t> numbers;
    for (std::size_t at = 0; at < text.size();) {
        std::uint64_t number = 0;
        const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), number);
        if (parsed.ec == std::errc{}) numbers.push_back(number);
        at = parsed.ec == std::errc::invalid_argument
                 ? at + 1
                 : static_cast<std::size_t>(parsed.ptr - text.data());
    }
    return numbers;
}

std::string_view lineWith(std::string_view text, std::string_view begin) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (line.starts_with(begin)) return line.substr(begin.size());
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return {};
}

} // namespace

std::optional<ProcessorTicks> readProcessorTicks(std::string_view stat) {
    // user nice system idle iowait irq softirq steal (guest time is in user's already)
    const auto numbers = numbersIn(lineWith(stat, "cpu "));
    constexpr std::size_t kIdle = 3;
    constexpr std::size_t kWait = 4;
    constexpr std::size_t kCounted = 8;
    if (numbers.size() <= kWait) return std::nullopt;
    ProcessorTicks ticks;
    for (std::size_t i = 0; i < numbers.size() && i < kCounted; ++i) {
        ticks.total += numbers[i];
        if (i != kIdle && i != kWait) ticks.busy += numbers[i];
    }
    return ticks;
}

double loadBetween(const ProcessorTicks& before, const ProcessorTicks& after) {
    if (after.total <= before.total || after.busy < before.busy) return 0.0;
    return static_cast<double>(after.busy - before.busy) /
           static_cast<double>(after.total - before.total);
}

std::optional<MemoryReading> readMemory(std::string_view meminfo) {
    const auto total = numbersIn(lineWith(meminfo, "MemTotal:"));
    const auto free = numbersIn(lineWith(meminfo, "MemAvailable:"));
    if (total.empty() || free.empty() || free[0] > total[0]) return std::nullopt;
    return MemoryReading{static_cast<double>(total[0] - free[0]) * kKibi,
                         static_cast<double>(total[0]) * kKibi};
}

std::vector<CardReading> readCards(std::string_view table) {
    std::vector<CardReading> cards;
    while (!table.empty()) {
        const std::string_view line = table.substr(0, table.find('\n'));
        const auto numbers = numbersIn(line);
        if (numbers.size() >= 3)
            cards.push_back({static_cast<double>(numbers[0]) / 100.0,
                             {static_cast<double>(numbers[1]) * kMebi,
                              static_cast<double>(numbers[2]) * kMebi}});
        table.remove_prefix(std::min(table.size(), line.size() + 1));
    }
    return cards;
}

} // namespace gesture::app
