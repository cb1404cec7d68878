// SPDX-License-Identifier: Apache-2.0
#include "app/cli/evaluate_inputs.h"

#include "app/stage/avatar_choice.h"
#include "core/audio/resample.h"
#include "core/base/atomic_file.h"
#include "core/io/avatar_file.h"
#include "core/io/motion_file.h"
#include "core/io/npy.h"
#include "core/io/npz.h"
#include "core/io/semantic_labels.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTableBytes = std::size_t{64} << 20;
constexpr std::size_t kSmplxVertices = 10475;
constexpr int kSpeechRate = 16000;
constexpr std::size_t kFramesPerToken = 4;

bool isSmplxFile(const fs::path& path) {
    const auto file = io::NpzReader::open(path);
    if (!file || file->contains("shape_names")) return false;
    const auto* vertices = file->find("v_template");
    return vertices != nullptr && !vertices->shape.empty() &&
           vertices->shape.front() == kSmplxVertices;
}

/// Cells of a line of CSV without quotes.
std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    while (true) {
        const std::size_t comma = line.find(',');
        cells.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) return cells;
        line.remove_prefix(comma + 1);
    }
}

float numberIn(std::string_view cell) {
    const std::string text(cell);
    char* end = nullptr;
    const float value = std::strtof(text.c_str(), &end);
    return text.empty() || end != text.c_str() + text.size()
               ? std::numeric_limits<float>::quiet_NaN()
               : value;
}

/// A column of a table that `gesture analyse` wrote; empty when there is no such file or column.
/// InvalidInput with the line for cells that are not numbers.
Result<std::vector<float>> readColumn(const fs::path& path, std::string_view name) {
    std::error_code code;
    std::vector<float> values;
    if (!fs::exists(path, code)) return values;
    const auto text = readTextFile(path, kMaxTableBytes);
    if (!text) return text.error();
    std::string_view rest = *text;
    std::size_t column = 0;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const auto cells = cellsOf(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (number == 1) {
            column = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), name) -
                                              cells.begin());
            if (column == cells.size()) return values;
            continue;
        }
        const float value = column < cells.size() ? numberIn(cells[column]) : std::nanf("");
        if (!std::isfinite(value))
            return Error{ErrorCode::InvalidInput, fmt::format("'{}', line {}: '{}' is no number.",
                                                              path.string(), number, name)};
        values.push_back(value);
    }
    return values;
}

Error strokeError(const fs::path& path) {
    return {ErrorCode::InvalidInput,
            fmt::format("'{}' has no \"strokes\": [[begin, end], …] in seconds.", path.string())};
}

/// 1 in frames that lie in a stroke of a corpus's truth.
Result<std::vector<std::uint8_t>> readStrokes(const fs::path& path, std::int64_t frames) {
    const auto text = readTextFile(path, kMaxTableBytes);
    if (!text) return text.error();
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    const auto found = json.is_object() ? json.find("strokes") : json.end();
    if (!json.is_object() || found == json.end() || !found->is_array()) return strokeError(path);
    std::vector<std::uint8_t> strokes(static_cast<std::size_t>(frames));
    const auto last = static_cast<double>(frames);
    for (const auto& stroke : *found) {
        if (!stroke.is_array() || stroke.size() != 2 || !stroke[0].is_number() ||
            !stroke[1].is_number())
            return strokeError(path);
        const double begin = std::clamp(std::ceil(stroke[0].get<double>() * 30.0), 0.0, last);
        const double end = std::clamp(std::floor(stroke[1].get<double>() * 30.0) + 1.0, 0.0, last);
        for (auto frame = static_cast<std::size_t>(begin); static_cast<double>(frame) < end;
             ++frame)
            strokes[frame] = 1;
    }
    return strokes;
}

Result<std::vector<std::uint8_t>> readTruth(const fs::path& path, std::int64_t frames) {
    const auto labels = io::readSemanticLabels(path);
    if (!labels) return labels.error();
    const auto scores = io::semanticScoresOfTokens(
        io::semanticScores(*labels, frames, {30, 1}, io::WeakScores::Zero),
        static_cast<int>(kFramesPerToken));
    std::vector<std::uint8_t> truth(scores.size());
    std::transform(scores.begin(), scores.end(), truth.begin(),
                   [](float score) { return score > 0.0F ? std::uint8_t{1} : std::uint8_t{0}; });
    return truth;
}

Status readUnderstanding(const ClipFiles& files, LoadedClip& clip) {
    const std::int64_t frames = clip.reference.frameCount();
    if (!files.analysis.empty()) {
        auto scores = readColumn(files.analysis / "semantic.csv", "score");
        if (!scores) return std::move(scores).error();
        clip.semanticScores = std::move(*scores);
        auto importance = readColumn(files.analysis / "importance.csv", "fused");
        if (!importance) return std::move(importance).error();
        clip.importance = std::move(*importance);
    }
    if (!files.labels.empty()) {
        auto truth = readTruth(files.labels, frames);
        if (!truth) return std::move(truth).error();
        clip.semanticTruth = std::move(*truth);
    }
    if (!files.strokes.empty()) {
        auto strokes = readStrokes(files.strokes, frames);
        if (!strokes) return std::move(strokes).error();
        clip.strokes = std::move(*strokes);
    }
    return Status::success();
}

Result<audio::Sound> readSpeechFor(const fs::path& path, metrics::MetricMode mode,
                                   JobControl& control) {
    if (mode != metrics::MetricMode::Paper) return audio::readMono(path, kSpeechRate, control);
    auto signals = audio::readSpeech(path, audio::SpeechPath::Reference, control);
    if (!signals) return std::move(signals).error();
    return std::move(signals->speech16k);
}

} // namespace

Result<EvaluationBody> evaluationBody(const fs::path& path) {
    fs::path chosen = path;
    if (chosen.empty())
        for (const fs::path& own : userAvatarPaths())
            if (chosen.empty() && isSmplxFile(own)) chosen = own;
    if (chosen.empty()) return EvaluationBody{};
    auto avatar = io::readAvatarFile(chosen);
    if (!avatar) return std::move(avatar).error();
    const bool smplx = avatar->shapeNames.empty() &&
                       avatar->expressionSpace == motion::ExpressionSpace::Smplx &&
                       avatar->body->vertexCount() == static_cast<int>(kSmplxVertices);
    return EvaluationBody{std::move(avatar->body), smplx};
}

Result<std::vector<float>> readMeanSpeeds(const fs::path& path) {
    const auto text = readTextFile(path, std::size_t{1} << 20);
    if (!text) return text.error();
    const auto array = io::parseNpy(std::as_bytes(std::span(*text)));
    if (!array) return Error(array.error()).withContext(path.string());
    auto speeds = array->numbers<float>();
    if (!speeds) return std::move(speeds).error().withContext(path.string());
    const bool good = speeds->size() == motion::kJointCount &&
                      std::all_of(speeds->begin(), speeds->end(),
                                  [](float speed) { return std::isfinite(speed) && speed > 0.0F; });
    if (good) return speeds;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' must hold 55 positive numbers, the mean speeds of joints; it "
                             "holds {}.",
                             path.string(), array->describe())};
}

Result<LoadedClip> loadClip(const ClipFiles& files, metrics::MetricMode mode, JobControl& control) {
    auto generated = io::readMotionFile(files.generated);
    if (!generated) return std::move(generated).error();
    auto reference = io::readMotionFile(files.reference);
    if (!reference) return std::move(reference).error();
    LoadedClip clip{std::move(*generated), std::move(*reference), {}, {}, {}, {}, {}, {}};
    if (!files.ceiling.empty()) {
        auto ceiling = io::readMotionFile(files.ceiling);
        if (!ceiling) return std::move(ceiling).error();
        clip.ceiling = std::move(*ceiling);
    }
    if (!files.audio.empty()) {
        auto speech = readSpeechFor(files.audio, mode, control);
        if (!speech) return std::move(speech).error();
        clip.speech = std::move(*speech);
    }
    if (auto read = readUnderstanding(files, clip); !read) return std::move(read).error();
    return clip;
}

} // namespace gesture::app
