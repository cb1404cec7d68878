// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/project_info.h"
#include "app/cli/project_source.h"
#include "core/audio/audio_file.h"
#include "core/audio/level_meter.h"
#include "core/io/avatar_file.h"
#include "core/io/bundle/bundle.h"
#include "core/io/bundle/identify.h"
#include "core/io/motion_file.h"
#include "core/io/npz.h"
#include "core/io/transcript/transcript_file.h"
#include "core/io/weights/convert_client.h"
#include "core/io/weights/safetensors.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gesture::app {

namespace {

using nlohmann::json;

std::string minutesAndSeconds(double seconds) {
    const auto minutes = static_cast<long>(seconds) / 60;
    return fmt::format("{}:{:05.2f}", minutes, seconds - 60.0 * static_cast<double>(minutes));
}

Result<json> motionInfo(const std::filesystem::path& path) {
    auto clip = io::readMotionFile(path);
    if (!clip) return std::move(clip).error();
    json info{{"kind", "motion"},
              {"frames", clip->frameCount()},
              {"fps", clip->rate().perSecond()},
              {"seconds", clip->duration().value},
              {"expressionSpace", std::string(nameOf(clip->expressionSpace()))},
              {"gender", clip->gender()},
              {"model", clip->model()},
              {"betas", clip->betas().size()}};
    const auto provenance = io::readMotionProvenance(path);
    if (provenance && !provenance->empty()) {
        json record = json::parse(*provenance, nullptr, /*allow_exceptions=*/false);
        if (record.is_object()) info["provenance"] = std::move(record);
    }
    return info;
}

Result<json> avatarInfo(const std::filesystem::path& path) {
    auto avatar = io::readAvatarFile(path);
    if (!avatar) return std::move(avatar).error();
    const motion::BodyModel& body = *avatar->body;
    return json{{"kind", "avatar"},
                {"vertices", body.vertexCount()},
                {"triangles", body.data().faces.size()},
                {"shapes", body.shapeCount()},
                {"expressions", body.expressionCount()},
                {"poseCorrectives", body.data().poseDirections.cols()},
                {"expressionSpace", std::string(nameOf(avatar->expressionSpace))},
                {"licence", avatar->licence}};
}

/// Decibels for JSON, which has no minus infinity: null for silence.
json decibelsOrNull(double amplitude) {
    return amplitude > 0 ? json(audio::decibels(amplitude)) : json(nullptr);
}

Result<json> audioInfo(const std::filesystem::path& path, JobControl control) {
    auto reader = audio::AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    const audio::AudioInfo info = reader->info();
    const auto levels = audio::measureLevels(*reader, control);
    if (!levels) return Error(levels.error());
    return json{
        {"kind", "audio"},
        {"format", info.format},
        {"sampleRate", info.sampleRate},
        {"channels", info.channels},
        {"samples", levels->sampleCount},
        {"seconds", static_cast<double>(levels->sampleCount) / info.sampleRate},
        {"bitsPerSample", info.bitsPerSample > 0 ? json(info.bitsPerSample) : json(nullptr)},
        {"peakDb", decibelsOrNull(levels->peak)},
        {"rmsDb", decibelsOrNull(levels->rms)},
        {"remarks", levels->remarks()}};
}

Result<json> transcriptInfo(const std::filesystem::path& path) {
    const auto loaded = io::loadTranscript(path);
    if (!loaded) return Error(loaded.error());
    const audio::Transcript& transcript = loaded->transcript;
    const auto pauses = std::count_if(transcript.words.begin(), transcript.words.end(),
                                      [](const auto& word) { return word.isPause(); });
    const Seconds end = transcript.words.empty() ? Seconds{} : transcript.words.back().end;
    return json{{"kind", "transcript"},
                {"format", std::string(nameOf(loaded->format))},
                {"words", static_cast<std::ptrdiff_t>(transcript.words.size()) - pauses},
                {"pauses", pauses},
                {"phones", transcript.phones.size()},
                {"seconds", std::max(transcript.duration, end).value},
                {"language", transcript.language}};
}

/// Arrays of an npz that is neither a motion nor an avatar.
json arraysInfo(const io::NpzReader& reader) {
    json arrays = json::array();
    for (const auto& entry : reader.entries())
        arrays.push_back({{"name", entry.name}, {"dtype", entry.dtype}, {"shape", entry.shape}});
    return {{"kind", "arrays"}, {"arrays", arrays}};
}

Result<json> bundleInfo(const std::filesystem::path& folder) {
    const auto bundle = io::openBundle(folder);
    if (!bundle) return bundle.error();
    const io::BundleManifest& manifest = bundle->manifest;
    std::uint64_t bytes = 0;
    for (const auto& [name, file] : manifest.files)
        bytes += file.bytes;
    json networks = json::object();
    for (const auto& [role, entry] : manifest.networks)
        networks[role] = entry.kind;
    return json{{"kind", "bundle"},
                {"name", manifest.name},
                {"architecture", io::nameOf(manifest.architecture)},
                {"licence", manifest.licence},
                {"source", manifest.source},
                {"speakers", manifest.speakerCount},
                {"networks", networks},
                {"bytes", bytes}};
}

bool isWeights(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".safetensors" || extension == ".bin" || extension == ".pt" ||
           extension == ".pth";
}

Result<json> weightsInfo(const std::filesystem::path& path, const JobControl& control) {
    std::vector<io::TensorInfo> tensors;
    std::uint64_t count = 0;
    if (path.extension() == ".safetensors") {
        const auto reader = io::SafetensorsReader::open(path);
        if (!reader) return reader.error();
        tensors = reader->tensors();
        count = tensors.size();
    } else {
        auto report = io::inspectWeights(path, {}, control);
        if (!report) return std::move(report).error();
        tensors = std::move(report->tensors);
        count = report->count;
    }
    const auto identity = io::identifyWeights(tensors);
    return json{{"kind", "weights"},
                {"tensors", count},
                {"network", identity ? json(identity->kind) : json()},
                {"role", identity ? json(identity->role) : json()}};
}

Result<json> describe(const std::filesystem::path& path, Console& console) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", path.string())};
    if (std::filesystem::is_directory(path, ignored)) return bundleInfo(path);
    if (isProjectName(path)) return projectInfo(path);
    if (isWeights(path)) return weightsInfo(path, console.job());
    // Before the sounds: UTF-16 text can be taken for MP3.
    if (io::transcriptFormatByExtension(path)) return transcriptInfo(path);
    const auto reader = io::NpzReader::open(path);
    if (reader) {
        if (reader->contains("poses")) return motionInfo(path);
        if (reader->contains("v_template")) return avatarInfo(path);
        return arraysInfo(*reader);
    }
    auto audio = audioInfo(path, console.job());
    if (audio || audio.error().code() != ErrorCode::InvalidInput) return audio;
    if (path.extension() == ".npz") return Error(reader.error());
    if (auto transcript = transcriptInfo(path)) return transcript;
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' is no motion, avatar, sound or transcript.", path.string())};
}

std::string levelText(const json& decibels) {
    return decibels.is_null() ? "none" : fmt::format("{:.1f} dBFS", decibels.get<double>());
}

void printSound(const json& info, const Console& console) {
    const int channels = info["channels"];
    const std::string bits = info["bitsPerSample"].is_null()
                                 ? ""
                                 : fmt::format(", {} bits", info["bitsPerSample"].get<int>());
    console.line(fmt::format(
        "{}: sound, {}, {} Hz{}, {} {}, {} min, peak {}, RMS {}", info["file"].get<std::string>(),
        info["format"].get<std::string>(), info["sampleRate"].get<int>(), bits, channels,
        channels == 1 ? "channel" : "channels", minutesAndSeconds(info["seconds"]),
        levelText(info["peakDb"]), levelText(info["rmsDb"])));
    for (const json& remark : info["remarks"])
        console.line("  " + remark.get<std::string>());
}

void printNetworks(const json& info, const Console& console) {
    const std::string file = info["file"];
    if (info["kind"] == "bundle") {
        const std::string licence = info["licence"];
        console.line(fmt::format("{}: bundle, {} ({}), {} networks, {} speakers, {:.0f} MB, "
                                 "licence: {}",
                                 file, info["name"].get<std::string>(),
                                 info["architecture"].get<std::string>(), info["networks"].size(),
                                 info["speakers"].get<long>(), info["bytes"].get<double>() / 1e6,
                                 licence.empty() ? "unknown" : licence));
        return;
    }
    console.line(fmt::format("{}: weights, {} tensors, network: {}", file,
                             info["tensors"].get<long>(),
                             info["network"].is_null() ? "none that this program knows"
                                                       : info["network"].get<std::string>()));
}

void printForPeople(const json& info, const Console& console) {
    const std::string kind = info["kind"];
    const std::string file = info["file"];
    if (kind == "motion")
        console.line(
            fmt::format("{}: motion, {} frames at {:g} fps = {} min, expressions: {}, {} body "
                        "coefficients, model {} {}",
                        file, info["frames"].get<long>(), info["fps"].get<double>(),
                        minutesAndSeconds(info["seconds"]),
                        info["expressionSpace"].get<std::string>(), info["betas"].get<long>(),
                        info["model"].get<std::string>(), info["gender"].get<std::string>()));
    else if (kind == "avatar")
        console.line(fmt::format("{}: avatar, {} vertices, {} triangles, {} body shapes, {} "
                                 "expressions ({}), {} pose correctives. Licence: {}",
                                 file, info["vertices"].get<long>(), info["triangles"].get<long>(),
                                 info["shapes"].get<long>(), info["expressions"].get<long>(),
                                 info["expressionSpace"].get<std::string>(),
                                 info["poseCorrectives"].get<long>(),
                                 info["licence"].get<std::string>()));
    else if (kind == "audio")
        printSound(info, console);
    else if (kind == "project")
        printProject(info, console);
    else if (kind == "bundle" || kind == "weights")
        printNetworks(info, console);
    else if (kind == "transcript")
        console.line(fmt::format("{}: transcript, {}, {} words, {} named pauses, {} phones, {} min",
                                 file, info["format"].get<std::string>(), info["words"].get<long>(),
                                 info["pauses"].get<long>(), info["phones"].get<long>(),
                                 minutesAndSeconds(info["seconds"])));
    else {
        console.line(fmt::format("{}: {} arrays", file, info["arrays"].size()));
        for (const json& array : info["arrays"])
            console.line(fmt::format("  {:<24} {:<6} {}", array["name"].get<std::string>(),
                                     array["dtype"].get<std::string>(), array["shape"].dump()));
    }
}

Status runInfo(const std::vector<std::string>& files, Console& console) {
    std::optional<Error> failure;
    for (const std::string& file : files) {
        auto info = describe(file, console);
        if (!info) {
            // The other files are still worth showing; the last failure decides the exit code.
            if (failure) console.error(*failure);
            failure = std::move(info).error();
            continue;
        }
        (*info)["file"] = file;
        console.object(*info);
        printForPeople(*info, console);
    }
    if (failure) return *failure;
    return Status::success();
}

} // namespace

void addInfoCommand(CLI::App& app, const ChooseCommand& choose) {
    CLI::App* command = app.add_subcommand("info", "Say what a file is and holds");
    auto files = std::make_shared<std::vector<std::string>>();
    command
        ->add_option("FILE", *files,
                     "Projects, motion, avatar, sound, transcript or weight files, or bundles")
        ->required();
    command->callback([=] { choose([=](Console& console) { return runInfo(*files, console); }); });
}

} // namespace gesture::app
