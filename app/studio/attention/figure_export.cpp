// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/figure_export.h"

#include "app/studio/attention/map_readings.h"
#include "core/base/atomic_file.h"
#include "core/io/figures/figure_writers.h"
#include "core/io/npy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <system_error>

namespace gesture::app {

namespace {

constexpr std::int64_t kMostFrames = 4096;

std::vector<io::FigureWord> figureWords(const audio::Transcript* transcript) {
    std::vector<io::FigureWord> words;
    if (transcript == nullptr) return words;
    for (const audio::TimedLabel& word : transcript->words) {
        if (!word.isPause()) words.push_back({word.text, word.begin, word.end});
    }
    return words;
}

io::FigureMap figureMap(const MapTable& table) {
    return {inference::kAnalysisRate, table.speechBegin, table.rows,
            table.motionBegin,        table.columns,     table.weights};
}

io::Figure drawnFigure(const FigureRequest& request) {
    const auto words = figureWords(request.transcript.get());
    if (request.other) {
        io::MapComparison comparison{request.clip,
                                     request.map,
                                     request.tableName,
                                     request.otherName,
                                     figureMap(request.table),
                                     figureMap(*request.other),
                                     words,
                                     request.provenance,
                                     request.widthMillimetres,
                                     request.colours};
        return io::drawMapComparison(comparison);
    }
    return io::drawAttention({request.clip, request.map, figureMap(request.table), words,
                              request.provenance, request.widthMillimetres, request.colours,
                              request.largest});
}

/// A field of a CSV line: quoted when it must be.
std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted += letter;
        if (letter == '"') quoted += '"';
    }
    return quoted + '"';
}

std::string npyText(const MapTable& table) {
    const auto array =
        io::NpyArray::from<float>(table.weights, {static_cast<std::size_t>(table.rows),
                                                  static_cast<std::size_t>(table.columns)});
    const auto bytes = io::serializeNpy(array);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<std::string> pictureText(const FigureRequest& request, FigureFormat format) {
    const io::Figure figure = drawnFigure(request);
    if (format == FigureFormat::Svg) return io::figureAsSvg(figure);
    if (format == FigureFormat::Pdf) return io::figuresAsPdf(std::span(&figure, 1));
    return io::figureAsPng(figure, request.pixelsPerInch);
}

using NamedText = std::pair<std::string, std::string>;

/// What one format writes: one file, or one for each of two maps.
Result<std::vector<NamedText>> filesOf(const FigureRequest& request, FigureFormat format) {
    const std::string extension = extensionOf(format);
    std::vector<NamedText> files;
    if (format != FigureFormat::Csv && format != FigureFormat::Npy) {
        auto text = pictureText(request, format);
        if (!text) return std::move(text).error();
        files.emplace_back(request.name + extension, std::move(*text));
        return files;
    }
    const auto add = [&](const MapTable& table, const std::string& name) {
        files.emplace_back(name + extension, format == FigureFormat::Npy
                                                 ? npyText(table)
                                                 : tableCsv(table, request.transcript.get()));
    };
    add(request.table, request.other ? request.name + "-a" : request.name);
    if (request.other) add(*request.other, request.name + "-b");
    return files;
}

Status check(const FigureRequest& request) {
    if (request.formats.empty())
        return Error{ErrorCode::Usage, "No format is chosen. Choose at least one."};
    const bool plain = !request.name.empty() && request.name.front() != '.' &&
                       request.name.find('/') == std::string::npos;
    if (!plain)
        return Error{ErrorCode::Usage,
                     "The file needs a name without '/' that does not begin with a point."};
    if (request.table.empty() || (request.other && request.other->empty()))
        return Error{ErrorCode::Usage, "There is no map to export. Compute it first."};
    return Status::success();
}

} // namespace

std::string extensionOf(FigureFormat format) {
    switch (format) {
    case FigureFormat::Svg:
        return ".svg";
    case FigureFormat::Pdf:
        return ".pdf";
    case FigureFormat::Png:
        return ".png";
    case FigureFormat::Csv:
        return ".csv";
    case FigureFormat::Npy:
        break;
    }
    return ".npy";
}

std::string tableCsv(const MapTable& table, const audio::Transcript* transcript) {
    std::string text = "speech_frame,word";
    for (int column = 0; column < table.columns; ++column) {
        text += fmt::format(",{}", table.motionBegin.value + column);
    }
    text += '\n';
    for (int row = 0; row < table.rows; ++row) {
        const FrameIndex frame = table.speechBegin + row;
        const auto word = wordAt(transcript, frame);
        text += fmt::format("{},{}", frame.value,
                            word ? csvField(word->text.toStdString()) : std::string());
        for (const float weight : table.row(row)) {
            text += std::isnan(weight) ? "," : fmt::format(",{:.7g}", weight);
        }
        text += '\n';
    }
    return text;
}

Result<MapTable> rangeTable(const inference::Analysis& analysis, std::span<const WeightedMap> maps,
                            FrameRange range) {
    range.begin.value = std::clamp<std::int64_t>(range.begin.value, 0, analysis.frames());
    range.end.value = std::clamp(range.end.value, range.begin.value, analysis.frames());
    if (range.empty() || maps.empty())
        return Error{ErrorCode::Usage, "The range has no frame with a map. Choose another."};
    if (range.length() > kMostFrames)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("A map of {} frames is too large for a figure. Choose at most {}.",
                                 range.length(), kMostFrames)};
    const auto side = static_cast<int>(range.length());
    MapTable table{range.begin, range.begin, side, side, {}};
    table.weights.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side),
                         std::numeric_limits<float>::quiet_NaN());
    for (const WeightedMap& map : maps) {
        const auto band = analysis.attention(map.choice, range);
        if (!band) return band.error();
        std::size_t place = 0;
        for (FrameIndex row = range.begin; row < range.end; row = row + 1) {
            for (FrameIndex column = range.begin; column < range.end; column = column + 1) {
                float& cell = table.weights[place++];
                const float weight = band->at(row, column);
                if (!std::isnan(weight)) {
                    cell = (std::isnan(cell) ? 0.0F : cell) + map.weight * weight;
                }
            }
        }
    }
    return table;
}

Result<std::vector<std::string>> writeFigures(const FigureRequest& request, JobControl& control) {
    if (auto checked = check(request); !checked) return std::move(checked).error();
    std::error_code failed;
    std::filesystem::create_directories(request.folder, failed);
    if (failed)
        return Error{ErrorCode::Io,
                     fmt::format("The folder '{}' cannot be made: {}. Choose another.",
                                 request.folder.string(), failed.message())};
    std::vector<std::string> names;
    control.beginStage("Writing figures", static_cast<std::int64_t>(request.formats.size()));
    std::int64_t done = 0;
    for (const FigureFormat format : request.formats) {
        if (control.stopRequested()) return JobControl::cancelled("Writing figures");
        auto files = filesOf(request, format);
        if (!files) return std::move(files).error();
        for (const auto& [name, text] : *files) {
            auto written = writeTextAtomically(request.folder / name, text);
            if (!written) return std::move(written).error().withContext(name);
            names.push_back(name);
        }
        control.advanceTo(++done);
    }
    return names;
}

} // namespace gesture::app
