// SPDX-License-Identifier: Apache-2.0
#include "training/loop/checkpoint.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "training/loop/tensor_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kCheckpointFormat = 1;
constexpr std::size_t kMaxNoteBytes = std::size_t{64} << 10;
constexpr const char* kStateKey = "gesture_training";

Error badCheckpoint(const fs::path& path, std::string_view why) {
    return {ErrorCode::InvalidInput,
            fmt::format("Checkpoint '{}' cannot be used: {}.", path.string(), why)};
}

json numberOrNull(const std::optional<double>& value) {
    return value ? json(*value) : json(nullptr);
}

std::string stateText(const TrainingState& state) {
    return json{{"format", kCheckpointFormat},
                {"step", state.step},
                {"seconds", state.seconds},
                {"seed", state.seed},
                {"loss_scale", state.lossScale.scale},
                {"good_steps", state.lossScale.goodSteps},
                {"best", numberOrNull(state.best)},
                {"stage", state.stage},
                {"data_key", state.dataKey},
                {"config", state.config},
                {"config_folder", state.configFolder}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<double> numberFrom(const json& value) {
    if (value.is_null()) return std::nullopt;
    return value.get<double>();
}

/// nlohmann's exceptions say what is wrong.
TrainingState stateFrom(const std::string& text) {
    const json object = json::parse(text);
    TrainingState state;
    object.at("step").get_to(state.step);
    object.at("seconds").get_to(state.seconds);
    object.at("seed").get_to(state.seed);
    object.at("loss_scale").get_to(state.lossScale.scale);
    object.at("good_steps").get_to(state.lossScale.goodSteps);
    state.best = numberFrom(object.at("best"));
    object.at("stage").get_to(state.stage);
    object.at("data_key").get_to(state.dataKey);
    object.at("config").get_to(state.config);
    object.at("config_folder").get_to(state.configFolder);
    return state;
}

std::string noteText(const CheckpointEntry& entry) {
    return json{{"format", kCheckpointFormat},
                {"step", entry.step},
                {"best", entry.best},
                {"figure", numberOrNull(entry.figure)},
                {"file", entry.tensors.filename().string()},
                {"sha256", entry.sha256},
                {"bytes", entry.bytes}}
               .dump(2) +
           "\n";
}

Result<CheckpointEntry> readNote(const fs::path& path) {
    auto text = readTextFile(path, kMaxNoteBytes);
    if (!text) return std::move(text).error();
    try {
        const json object = json::parse(*text);
        if (object.at("format").get<int>() != kCheckpointFormat)
            return badCheckpoint(path, "it was written by another version of the program");
        CheckpointEntry entry;
        object.at("step").get_to(entry.step);
        object.at("best").get_to(entry.best);
        entry.figure = numberFrom(object.at("figure"));
        object.at("sha256").get_to(entry.sha256);
        object.at("bytes").get_to(entry.bytes);
        entry.note = path;
        // The name follows from the note's own, so that a note cannot lead elsewhere.
        entry.tensors = fs::path(path).replace_extension(".safetensors");
        return entry;
    } catch (const json::exception&) {
        return badCheckpoint(path, "its note is damaged");
    }
}

bool isStepFile(const fs::path& path, std::string_view extension) {
    return path.extension() == extension && path.filename().string().starts_with("step-");
}

Status streamTensors(AtomicFile& file, const io::SafetensorsContent& content,
                     CheckpointEntry& entry) {
    Sha256 hash;
    const auto written =
        io::writeSafetensors(content, [&](std::span<const std::byte> bytes) -> Status {
            hash.update(bytes);
            entry.bytes += bytes.size();
            return file.write(bytes);
        });
    if (!written) return written;
    entry.sha256 = hash.finish();
    return file.commit();
}

Status writeTensors(const TrainingState& state, std::span<const NamedTensor> tensors,
                    CheckpointEntry& entry) {
    std::map<std::string, at::Tensor, std::less<>> byName;
    io::SafetensorsContent content;
    for (const NamedTensor& named : tensors) {
        byName.emplace(named.name, named.tensor);
        content.tensors.push_back(describeTensor(named.name, named.tensor));
    }
    content.metadata[kStateKey] = stateText(state);
    content.read = [&](const io::TensorInfo& info) -> Result<io::TensorData> {
        return contentsOf(byName.find(info.name)->second);
    };
    auto file = AtomicFile::create(entry.tensors);
    if (!file) return std::move(file).error();
    return streamTensors(*file, content, entry);
}

/// Whether the file holds what its note says.
Status verifyCheckpoint(const CheckpointEntry& entry) {
    std::error_code code;
    const auto size = fs::file_size(entry.tensors, code);
    if (code) return badCheckpoint(entry.tensors, "the file is not there");
    if (size != entry.bytes) return badCheckpoint(entry.tensors, "it is cut off");
    const auto hash = sha256OfFile(entry.tensors);
    if (!hash) return hash.error();
    if (*hash != entry.sha256)
        return badCheckpoint(entry.tensors, "it is damaged (its SHA-256 is another)");
    return Status::success();
}

Result<OpenCheckpoint> openEntry(const CheckpointEntry& entry) {
    if (auto whole = verifyCheckpoint(entry); !whole) return std::move(whole).error();
    auto file = io::SafetensorsReader::open(entry.tensors);
    if (!file) return std::move(file).error();
    const auto state = file->metadata().find(kStateKey);
    if (state == file->metadata().end())
        return badCheckpoint(entry.tensors, "it holds no state of training");
    try {
        return OpenCheckpoint{entry, stateFrom(state->second), std::move(*file)};
    } catch (const json::exception&) {
        return badCheckpoint(entry.tensors, "its state of training is damaged");
    }
}

void removeQuietly(const fs::path& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

} // namespace

CheckpointFolder::CheckpointFolder(fs::path folder)
    : folder_(std::move(folder)) {}

std::vector<CheckpointEntry> CheckpointFolder::entries() const {
    std::vector<CheckpointEntry> found;
    std::error_code code;
    for (fs::directory_iterator file(folder_, code), end; !code && file != end;
         file.increment(code)) {
        if (!isStepFile(file->path(), ".json")) continue;
        if (auto entry = readNote(file->path())) found.push_back(std::move(*entry));
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.step > b.step; });
    return found;
}

std::optional<OpenCheckpoint> CheckpointFolder::newest(std::vector<std::string>& passedOver) const {
    for (const CheckpointEntry& entry : entries()) {
        auto opened = openEntry(entry);
        if (opened) return std::move(*opened);
        passedOver.push_back(opened.error().message());
    }
    return std::nullopt;
}

Result<CheckpointEntry> CheckpointFolder::write(const TrainingState& state,
                                                std::span<const NamedTensor> tensors, Mark mark) {
    std::error_code code;
    fs::create_directories(folder_, code);
    CheckpointEntry entry;
    entry.step = state.step;
    entry.best = mark.best;
    entry.figure = mark.figure;
    entry.tensors = folder_ / fmt::format("step-{:09}.safetensors", state.step);
    entry.note = fs::path(entry.tensors).replace_extension(".json");
    removeQuietly(entry.note); // of a damaged one: it must not vouch for the new file
    if (auto written = writeTensors(state, tensors, entry); !written)
        return std::move(written).error().withContext("The checkpoint was not written");
    auto whole = verifyCheckpoint(entry);
    if (whole) whole = writeTextAtomically(entry.note, noteText(entry));
    if (whole) return entry;
    removeQuietly(entry.tensors);
    return std::move(whole).error().withContext("The checkpoint was not written");
}

void CheckpointFolder::prune(std::int64_t count) {
    std::int64_t kept = 0;
    bool bestKept = false;
    for (const CheckpointEntry& entry : entries()) {
        const bool newEnough = kept < count;
        const bool isBest = entry.best && !bestKept;
        bestKept = bestKept || entry.best;
        if (newEnough) ++kept;
        if (newEnough || isBest) continue;
        removeQuietly(entry.note);
        removeQuietly(entry.tensors);
    }
}

void CheckpointFolder::dropAfter(std::int64_t step) {
    std::vector<fs::path> gone;
    std::error_code code;
    for (fs::directory_iterator file(folder_, code), end; !code && file != end;
         file.increment(code)) {
        const fs::path& path = file->path();
        if (path.filename().string().starts_with(".step-")) gone.push_back(path);
        if (!isStepFile(path, ".safetensors")) continue;
        const auto note = readNote(fs::path(path).replace_extension(".json"));
        if (!note || note->step > step) {
            gone.push_back(fs::path(path).replace_extension(".json"));
            gone.push_back(path);
        }
    }
    for (const fs::path& path : gone)
        removeQuietly(path);
}

Result<OpenCheckpoint> openCheckpoint(const fs::path& file) {
    auto entry = readNote(fs::path(file).replace_extension(".json"));
    if (!entry) return std::move(entry).error();
    return openEntry(*entry);
}

Result<OpenCheckpoint> findCheckpoint(const fs::path& path) {
    std::error_code code;
    if (!fs::is_directory(path, code)) return openCheckpoint(path);
    const fs::path inside = path / kCheckpointFolder;
    std::vector<std::string> passedOver;
    auto found =
        CheckpointFolder(fs::is_directory(inside, code) ? inside : path).newest(passedOver);
    if (found) return std::move(*found);
    if (!passedOver.empty()) return Error{ErrorCode::InvalidInput, passedOver.front()};
    return Error{ErrorCode::NotFound, fmt::format("'{}' holds no checkpoint.", path.string())};
}

} // namespace gesture::training
