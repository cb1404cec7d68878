// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_colours.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

ColourTable makeTable(io::ColourMap map) {
    ColourTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const io::Colour colour =
            io::colourAt(map, (static_cast<double>(i) + 0.5) / static_cast<double>(table.size()));
        table[i] = qRgb(colour.red, colour.green, colour.blue);
    }
    return table;
}

QRgb blend(const QColor& from, const QColor& to, double share) {
    const auto channel = [&](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return qRgb(channel(from.red(), to.red()), channel(from.green(), to.green()),
                channel(from.blue(), to.blue()));
}

QImage emptyImage(const MapTable& table) {
    return {std::max(table.columns, 1), std::max(table.rows, 1), QImage::Format_RGB32};
}

} // namespace

const ColourTable& colourTable(io::ColourMap map) {
    static const std::array<ColourTable, 6> tables{
        makeTable(io::ColourMap::Inferno), makeTable(io::ColourMap::Viridis),
        makeTable(io::ColourMap::Magma),   makeTable(io::ColourMap::Cividis),
        makeTable(io::ColourMap::Greys),   makeTable(io::ColourMap::Difference)};
    return tables[static_cast<std::size_t>(map)];
}

ColourTable differenceTable(const Theme& theme) {
    ColourTable table{};
    constexpr double kMiddle = 127.5;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double place = (static_cast<double>(i) - kMiddle) / kMiddle;
        table[i] = blend(theme.bg2, place < 0 ? theme.takeB : theme.takeA, std::abs(place));
    }
    table[127] = table[128] = theme.bg2.rgb(); // no difference is the panel's colour, exactly
    return table;
}

double shareOnScale(double weight, double largest, MapScale scale) {
    if (!(weight > 0) || !(largest > 0)) return 0.0;
    const double linear = std::min(weight / largest, 1.0);
    switch (scale) {
    case MapScale::Linear:
        return linear;
    case MapScale::Gamma:
        return std::pow(linear, kMapGamma);
    case MapScale::Log:
        return std::max(0.0, 1.0 + std::log10(linear) / kLogDecades);
    }
    return linear;
}

double weightOnScale(double share, double largest, MapScale scale) {
    switch (scale) {
    case MapScale::Linear:
        return share * largest;
    case MapScale::Gamma:
        return std::pow(share, 1.0 / kMapGamma) * largest;
    case MapScale::Log:
        return std::pow(10.0, (share - 1.0) * kLogDecades) * largest;
    }
    return share * largest;
}

QImage paintTable(const MapTable& table, const MapLook& look, double largest, QRgb unknown) {
    QImage image = emptyImage(table);
    const ColourTable& colours = colourTable(look.colours);
    for (int row = 0; row < table.rows; ++row) {
        const auto weights = table.row(row);
        double top = look.fixedLargest.value_or(largest);
        if (look.normalise == MapNormalise::Row && !look.fixedLargest) {
            top = *std::max_element(weights.begin(), weights.end());
        }
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (std::size_t column = 0; column < weights.size(); ++column) {
            const float weight = weights[column];
            line[column] = std::isnan(weight)
                               ? unknown
                               : colours[colourIndex(shareOnScale(weight, top, look.scale))];
        }
    }
    return image;
}

QImage paintDifference(const MapTable& table, double largest, const ColourTable& colours,
                       QRgb unknown) {
    QImage image = emptyImage(table);
    for (int row = 0; row < table.rows; ++row) {
        const auto weights = table.row(row);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (std::size_t column = 0; column < weights.size(); ++column) {
            const double place = largest > 0 ? weights[column] / largest : 0.0;
            line[column] = std::isnan(place)
                               ? unknown
                               : colours[colourIndex(std::clamp((place + 1) / 2, 0.0, 1.0))];
        }
    }
    return image;
}

} // namespace gesture::app
