// SPDX-License-Identifier: Apache-2.0
#include "core/io/analysis_tables.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gesture::io {

namespace {

/// An empty cell for what is unknown.
std::string cell(float value) { return std::isnan(value) ? "" : fmt::format("{:.6g}", value); }

std::string secondsAt(const AnalysisFiles& files, std::int64_t frame) {
    return fmt::format("{:.6f}", files.rate.timeOf(FrameIndex{frame}).value);
}

/// "1", "2", … or "mean", as people count.
nlohmann::ordered_json numbered(const std::vector<int>& numbers) {
    auto list = nlohmann::ordered_json::array();
    for (const int number : numbers)
        number < 0 ? list.push_back("mean") : list.push_back(number + 1);
    return list;
}

nlohmann::ordered_json array(std::vector<std::string> axes, const char* type, const char* meaning) {
    return {{"axes", std::move(axes)}, {"type", type}, {"meaning", meaning}};
}

} // namespace

std::string importanceCsv(const AnalysisFiles& files) {
    std::string text = "frame,seconds";
    for (const AnalysisColumn& column : files.importance)
        text += "," + column.name;
    text += "\n";
    const std::size_t rows = files.importance.empty() ? 0 : files.importance[0].values.size();
    for (std::size_t row = 0; row < rows; ++row) {
        text += fmt::format("{},{}", row, secondsAt(files, static_cast<std::int64_t>(row)));
        for (const AnalysisColumn& column : files.importance)
            text += "," + cell(column.values[row]);
        text += "\n";
    }
    return text;
}

std::string semanticCsv(const AnalysisFiles& files) {
    std::string text = "token,begin_seconds,end_seconds,first_frame,score,motion\n";
    for (std::size_t i = 0; i < files.semantic.size(); ++i) {
        const std::int64_t frame = static_cast<std::int64_t>(i) * files.framesPerToken;
        const int chosen = files.chosen.empty() ? -1 : files.chosen[i];
        text += fmt::format("{},{},{},{},{},{}\n", i, secondsAt(files, frame),
                            secondsAt(files, frame + files.framesPerToken), frame,
                            cell(files.semantic[i]),
                            chosen == 1   ? "semantic"
                            : chosen == 0 ? "base"
                                          : "");
    }
    return text;
}

std::string attentionJson(const AnalysisFiles& files) {
    nlohmann::ordered_json json;
    json["format"] = "gesture-attention";
    json["version"] = 1;
    json["frame_rate"] = {files.rate.numerator, files.rate.denominator};
    json["frames"] = files.frames;
    json["windows"] = files.attention.size();
    json["parts"] = files.parts;
    json["layers"] = numbered(files.layers);
    json["heads"] = numbered(files.heads);
    auto& arrays = json["arrays"];
    arrays["maps"] =
        array({"window", "part", "layer", "head", "speech_frame", "motion_frame"}, "float16",
              "Weight of a motion frame for a speech frame; adds up to 1 "
              "over motion_frame.");
    arrays["importance"] = array({"window", "part", "frame"}, "float32",
                                 "Importance of a frame; adds up to 1 over a window.");
    arrays["fused"] = array({"window", "frame"}, "float32", "Weighted mean over parts.");
    arrays["window_begin"] = array({"window"}, "int64", "First frame of the window in the clip.");
    arrays["window_frames"] =
        array({"window"}, "int64", "Frames of the window; what lies beyond is NaN.");
    json["words"] = nlohmann::ordered_json::array();
    for (const AnalysisWord& word : files.words)
        json["words"].push_back(
            {{"text", word.text}, {"begin", word.begin.value}, {"end", word.end.value}});
    json["provenance"] = nlohmann::ordered_json::object();
    for (const auto& [name, value] : files.provenance)
        json["provenance"][name] = value;
    return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace gesture::io
