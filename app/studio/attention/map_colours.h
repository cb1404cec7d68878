// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_table.h"
#include "app/studio/theme/theme.h"
#include "core/io/figures/colour_map.h"

#include <QImage>

#include <array>
#include <optional>

namespace gesture::app {

enum class MapScale { Linear, Gamma, Log };
enum class MapNormalise { Row, Window, All };

/// How weights become colours. Value type.
struct MapLook {
    io::ColourMap colours = io::ColourMap::Inferno;
    MapScale scale = MapScale::Gamma;
    MapNormalise normalise = MapNormalise::Window;
    std::optional<double> fixedLargest; ///< Upper end of the scale instead of the largest weight.

    bool operator==(const MapLook&) const = default;
};

inline constexpr double kMapGamma = 0.7;
inline constexpr double kLogDecades = 3.0; ///< The log scale shows 1/1000 of the largest as 0.

using ColourTable = std::array<QRgb, 256>;

/// The 256 colours of a map; the same in both themes.
[[nodiscard]] const ColourTable& colourTable(io::ColourMap map);
/// From the colour of take B by the panel's (no difference) to that of take A.
[[nodiscard]] ColourTable differenceTable(const Theme& theme);

/// Place of a weight on the scale, 0..1; `largest` is its upper end.
[[nodiscard]] double shareOnScale(double weight, double largest, MapScale scale);
/// The weight at a place of the scale: what the colour bar writes.
[[nodiscard]] double weightOnScale(double share, double largest, MapScale scale);

/// Place of a colour in its table: equal 256ths of the scale.
[[nodiscard]] inline std::size_t colourIndex(double share) {
    return share >= 1.0 ? 255U : static_cast<std::size_t>(share * 256.0);
}

/// A pixel a cell, RGB32. `largest` is that of the window or of all windows, as `look` says; rows
/// are scaled one by one with MapNormalise::Row. Unknown cells get `unknown`.
[[nodiscard]] QImage paintTable(const MapTable& table, const MapLook& look, double largest,
                                QRgb unknown);
/// Differences from −largest to largest.
[[nodiscard]] QImage paintDifference(const MapTable& table, double largest,
                                     const ColourTable& colours, QRgb unknown);

} // namespace gesture::app
