// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_content.h"
#include "app/studio/attention/map_table.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/figures/analysis_figures.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// Files that an export can write.
enum class FigureFormat : std::uint8_t { Svg, Pdf, Png, Csv, Npy };
inline constexpr int kFigureFormatCount = 5;

/// A figure to be written. Value type, complete in itself.
struct FigureRequest {
    std::filesystem::path folder; ///< Made when it is not there.
    std::string name;             ///< Of the files, without extension.
    std::vector<FigureFormat> formats;
    double widthMillimetres = 120.0;
    double pixelsPerInch = 300.0;
    io::ColourMap colours = io::ColourMap::Inferno;
    std::optional<double> largest; ///< Upper end of the scale; absent: of the map itself.
    std::string clip;
    std::string map; ///< "Hands, layer 3, head 2"
    MapTable table;
    std::optional<MapTable> other; ///< Compared with it: a figure of both and their difference.
    std::string tableName;         ///< Of both, when they are compared.
    std::string otherName;
    std::shared_ptr<const audio::Transcript> transcript;
    io::FigureProvenance provenance;
};

/// ".svg".
[[nodiscard]] std::string extensionOf(FigureFormat format);

/// Rows are frames of speech with their words, columns frames of motion; points are decimal,
/// unknown cells empty.
[[nodiscard]] std::string tableCsv(const MapTable& table, const audio::Transcript* transcript);

/// Speech and motion of the same frames as `Analysis::attention` gives them: over several windows.
/// LimitExceeded beyond 4,096 frames; Usage for an empty range.
[[nodiscard]] Result<MapTable> rangeTable(const inference::Analysis& analysis,
                                          std::span<const WeightedMap> maps, FrameRange range);

/// Writes the files one by one, each atomically, and returns their names. Blocks. Cancelled, Io,
/// LimitExceeded; Usage when no format, no name or no map is given.
[[nodiscard]] Result<std::vector<std::string>> writeFigures(const FigureRequest& request,
                                                            JobControl& control);

} // namespace gesture::app
