// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/colour_map.h"

#include "core/io/figures/colour_tables.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace gesture::io {

namespace {

constexpr int kColours = 256;

/// ColorBrewer's RdBu of 11 classes (Cynthia Brewer, Apache-2.0), from the blue end.
constexpr std::array<std::array<int, 3>, 11> kBlueToRed{{{5, 48, 97},
                                                         {33, 102, 172},
                                                         {67, 147, 195},
                                                         {146, 197, 222},
                                                         {209, 229, 240},
                                                         {247, 247, 247},
                                                         {253, 219, 199},
                                                         {244, 165, 130},
                                                         {214, 96, 77},
                                                         {178, 24, 43},
                                                         {103, 0, 31}}};

std::uint8_t hexByte(std::string_view digits) {
    const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
    return static_cast<std::uint8_t>(value(digits[0]) * 16 + value(digits[1]));
}

Colour fromTable(std::string_view table, double share) {
    const auto index = static_cast<std::size_t>(std::min(kColours - 1.0, share * kColours));
    return {hexByte(table.substr(index * 6)), hexByte(table.substr(index * 6 + 2)),
            hexByte(table.substr(index * 6 + 4))};
}

Colour fromBlueToRed(double share) {
    const double place = share * static_cast<double>(kBlueToRed.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), kBlueToRed.size() - 2);
    const double rest = place - static_cast<double>(below);
    const auto channel = [&](std::size_t i) {
        const int a = kBlueToRed[below][i];
        const int b = kBlueToRed[below + 1][i];
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * rest));
    };
    return {channel(0), channel(1), channel(2)};
}

} // namespace

std::optional<ColourMap> findColourMap(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, ColourMap>, 6> kNames{
        {{"inferno", ColourMap::Inferno},
         {"viridis", ColourMap::Viridis},
         {"magma", ColourMap::Magma},
         {"cividis", ColourMap::Cividis},
         {"greys", ColourMap::Greys},
         {"difference", ColourMap::Difference}}};
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    if (found == kNames.end()) return std::nullopt;
    return found->second;
}

Colour colourAt(ColourMap map, double share) {
    const double inside = std::isnan(share) ? 0.0 : std::clamp(share, 0.0, 1.0);
    switch (map) {
    case ColourMap::Inferno:
        return fromTable(kInfernoTable, inside);
    case ColourMap::Viridis:
        return fromTable(kViridisTable, inside);
    case ColourMap::Magma:
        return fromTable(kMagmaTable, inside);
    case ColourMap::Cividis:
        return fromTable(kCividisTable, inside);
    case ColourMap::Greys: {
        const auto grey = static_cast<std::uint8_t>(std::lround(255.0 * (1.0 - inside)));
        return {grey, grey, grey};
    }
    case ColourMap::Difference:
        return fromBlueToRed(inside);
    }
    return {};
}

} // namespace gesture::io
