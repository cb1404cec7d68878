// SPDX-License-Identifier: Apache-2.0
#include "app/cli/project_info.h"

#include "app/cli/project_source.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace gesture::app {

using nlohmann::json;

namespace {

json takeInfo(const project::ProjectState& state, const project::Take& take) {
    json info{{"name", take.name},
              {"frames", take.frames},
              {"seconds", take.rate.timeOf({take.frames}).value},
              {"bundle", take.recipe.bundle},
              {"seed", take.recipe.options.seed},
              {"speaker", take.recipe.options.speaker},
              {"starred", take.starred},
              {"edits", take.edited.size()},
              {"chosen", state.choice.a == take.id},
              {"analysed", state.analyses.contains(take.id)}};
    if (const project::Take* parent = project::findTake(state, take.parent))
        info["parent"] = parent->name;
    const json record = json::parse(take.provenance, nullptr, /*allow_exceptions=*/false);
    if (record.is_object()) info["provenance"] = record;
    return info;
}

} // namespace

Result<json> projectInfo(const std::filesystem::path& path) {
    auto source = ProjectSource::open(path, ProjectSource::Access::Read);
    if (!source) return std::move(source).error();
    const project::ProjectState& state = source->project().state();
    const auto history = source->project().history();
    if (!history) return history.error();
    json takes = json::array();
    for (const project::Take& take : state.takes)
        if (!take.deleted) takes.push_back(takeInfo(state, take));
    std::int64_t masked = 0;
    for (const FrameRange& run : state.mask->runs())
        masked += run.length();
    std::error_code code;
    const project::AudioReference& audio = state.audio;
    return json{{"kind", "project"},
                {"name", state.name},
                {"audio", audio.path.string()},
                {"audioSeconds", audio.sampleRate > 0
                                     ? static_cast<double>(audio.sampleCount) / audio.sampleRate
                                     : 0.0},
                {"audioInside", !audio.embedded.empty()},
                {"words", state.transcript->words.size()},
                {"takes", takes},
                {"maskedFrames", masked},
                {"markers", state.markers.size()},
                {"segments", state.segments.size()},
                {"steps", history->size()},
                {"bytes", std::filesystem::file_size(path, code)}};
}

void printProject(const json& info, const Console& console) {
    console.line(fmt::format("{}: project '{}', {:.1f} MB, {} takes, {} words, {} steps of history",
                             info["file"].get<std::string>(), info["name"].get<std::string>(),
                             info["bytes"].get<double>() / 1e6, info["takes"].size(),
                             info["words"].get<long>(), info["steps"].get<long>()));
    const std::string audio = info["audio"];
    if (!audio.empty())
        console.line(fmt::format("  sound {} ({:.1f} s{})", audio,
                                 info["audioSeconds"].get<double>(),
                                 info["audioInside"].get<bool>() ? ", inside the project" : ""));
    for (const json& take : info["takes"])
        console.line(fmt::format("  take {:<8} {:>7} frames  {} seed {}{}{}",
                                 take["name"].get<std::string>(), take["frames"].get<long>(),
                                 take["bundle"].get<std::string>(), take["seed"].get<long>(),
                                 take["starred"].get<bool>() ? "  starred" : "",
                                 take["chosen"].get<bool>() ? "  (A)" : ""));
}

} // namespace gesture::app
