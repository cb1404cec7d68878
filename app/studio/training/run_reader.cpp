// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_reader.h"

#include "app/studio/training/run_process.h"
#include "app/studio/training/run_texts.h"
#include "core/base/atomic_file.h"
#include "training/protocol/run_files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sys/stat.h>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using namespace training;

constexpr std::size_t kSmallFile = std::size_t{64} << 10;
constexpr std::size_t kMaxLogLines = 200000;

double unixTime(const fs::path& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) return 0.0;
    return static_cast<double>(facts.st_mtim.tv_sec) +
           static_cast<double>(facts.st_mtim.tv_nsec) * 1e-9;
}

std::optional<RunCheckpoint> readCheckpointNote(const fs::path& note) {
    const auto text = readTextFile(note, kSmallFile);
    if (!text) return std::nullopt;
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object()) return std::nullopt;
    const auto step = object.find("step");
    const auto bytes = object.find("bytes");
    if (step == object.end() || !step->is_number_integer() || bytes == object.end() ||
        !bytes->is_number_unsigned())
        return std::nullopt;
    RunCheckpoint found;
    found.step = step->get<std::int64_t>();
    found.bytes = bytes->get<std::uint64_t>();
    const auto best = object.find("best");
    found.best = best != object.end() && best->is_boolean() && best->get<bool>();
    const auto figure = object.find("figure");
    if (figure != object.end() && figure->is_number()) found.figure = figure->get<double>();
    found.file = fs::path(note).replace_extension(".safetensors");
    found.time = unixTime(note);
    return found;
}

QString textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return {};
    return QString::fromStdString(found->get<std::string>());
}

/// Takes the points behind a step away: the run went on from an earlier checkpoint.
void dropBehind(std::vector<RunCurve>& curves, std::int64_t step) {
    for (RunCurve& curve : curves) {
        const auto from =
            std::upper_bound(curve.steps.begin(), curve.steps.end(), static_cast<double>(step));
        curve.values.resize(static_cast<std::size_t>(from - curve.steps.begin()));
        curve.steps.erase(from, curve.steps.end());
    }
}

} // namespace

bool isRunFolder(const fs::path& folder) {
    std::error_code code;
    return fs::exists(folder / kRunConfigFile, code) || fs::exists(folder / kConfigFile, code) ||
           fs::exists(folder / kLogFile, code);
}

Status writeRunNotes(const fs::path& folder, const RunNotes& notes) {
    const json object{{"text", notes.text.toStdString()},
                      {"tags", notes.tags.toStdString()},
                      {"base", notes.base.toStdString()},
                      {"archived", notes.archived}};
    return writeTextAtomically(folder / kNotesFile, object.dump(2) + "\n");
}

RunReader::RunReader(fs::path folder)
    : folder_(std::move(folder)) {
    begin();
}

void RunReader::begin() {
    RunNotes notes = std::move(run_.notes);
    run_ = {};
    run_.folder = folder_;
    run_.name = QString::fromStdString(folder_.filename().string());
    run_.notes = std::move(notes);
    lines_ = {};
    offset_ = 0;
    ending_ = Ending::None;
    checkpointsRead_ = {};
    changed_ = true;
}

std::shared_ptr<const RunRecord> RunReader::look() {
    readLog();
    readCheckpoints();
    readNotes();
    findState();
    if (changed_ || !shown_) {
        findSelection();
        shown_ = std::make_shared<const RunRecord>(run_);
        changed_ = false;
    }
    return shown_;
}

void RunReader::readLog() {
    const fs::path file = folder_ / kLogFile;
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) {
        if (inode_ != 0) begin();
        inode_ = 0;
        return;
    }
    const bool another = facts.st_ino != inode_;
    if ((another && inode_ != 0) || static_cast<std::uint64_t>(facts.st_size) < offset_) begin();
    inode_ = facts.st_ino;
    if (static_cast<std::uint64_t>(facts.st_size) == offset_) return;
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset_));
    std::array<char, 1 << 16> block{};
    while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
        const auto count = static_cast<std::size_t>(stream.gcount());
        offset_ += count;
        for (const std::string& line : lines_.take({block.data(), count}))
            if (const auto event = parseTrainingEvent(line)) take(*event);
    }
}

void RunReader::take(const TrainingEvent& event) {
    changed_ = true;
    if (run_.begun == 0.0) run_.begun = event.time;
    run_.last = event.time;
    run_.step = event.step();
    if (const auto* started = std::get_if<RunStarted>(&event.what)) {
        ending_ = Ending::Open;
        run_.stage = started->stage;
        run_.device = started->device;
        run_.totalSteps = started->totalSteps;
        run_.stepsPerEpoch = std::max<std::int64_t>(1, started->stepsPerEpoch);
        run_.parameters = started->parameters;
        run_.ranks = started->ranks;
        run_.memoryBytes = started->memoryBytes;
        run_.failure.clear();
        run_.secondsLeft = -1.0;
        dropBehind(run_.curves, started->step);
    } else if (const auto* estimated = std::get_if<RunEstimated>(&event.what)) {
        run_.secondsLeft = estimated->secondsLeft;
        run_.memoryBytes = estimated->memoryBytes;
        if (estimated->secondsPerStep > 0) run_.stepsPerSecond = 1.0 / estimated->secondsPerStep;
    } else if (const auto* done = std::get_if<StepsDone>(&event.what)) {
        run_.secondsLeft = done->secondsLeft;
        run_.stepsPerSecond = done->stepsPerSecond;
        run_.dataWait = done->dataWait;
        run_.memoryBytes = done->memoryBytes;
        takeFigures(RunSplit::Train, done->step, done->figures);
        takeFigures(RunSplit::Train, done->step,
                    {{"learning_rate", done->learningRate},
                     {"steps_per_second", done->stepsPerSecond},
                     {"data_wait", done->dataWait}});
    } else if (const auto* evaluated = std::get_if<Evaluated>(&event.what)) {
        takeFigures(RunSplit::HeldOut, evaluated->step, evaluated->figures);
        if (evaluated->best) run_.bestStep = evaluated->step;
    } else if (std::holds_alternative<RunFinished>(event.what)) {
        ending_ = Ending::Finished;
    } else if (std::holds_alternative<RunStopped>(event.what)) {
        ending_ = Ending::Stopped;
    } else if (const auto* failed = std::get_if<RunFailed>(&event.what)) {
        ending_ = Ending::Failed;
        run_.failure = QString::fromStdString(failed->message);
    }
    if (run_.log.size() < kMaxLogLines) run_.log.push_back(logLineOf(event));
}

void RunReader::takeFigures(RunSplit split, std::int64_t step, const NamedFigures& figures) {
    for (const auto& [name, value] : figures) {
        auto curve = std::ranges::find_if(run_.curves, [&, &wanted = name](const RunCurve& one) {
            return one.split == split && one.name == wanted;
        });
        if (curve == run_.curves.end()) {
            run_.curves.push_back({name, split, {}, {}});
            curve = run_.curves.end() - 1;
        }
        const auto at = static_cast<double>(step);
        if (!curve->steps.empty() && curve->steps.back() >= at) continue;
        curve->steps.push_back(at);
        curve->values.push_back(value);
    }
}

void RunReader::readCheckpoints() {
    const fs::path folder = folder_ / kCheckpointFolder;
    std::error_code code;
    const auto written = fs::last_write_time(folder, code);
    if (code || written == checkpointsRead_) return;
    checkpointsRead_ = written;
    std::vector<RunCheckpoint> found;
    for (fs::directory_iterator file(folder, code), end; !code && file != end;
         file.increment(code)) {
        const fs::path& path = file->path();
        if (path.extension() != ".json" || !path.filename().string().starts_with("step-")) continue;
        std::error_code gone;
        const auto note = readCheckpointNote(path);
        if (note && fs::exists(note->file, gone)) found.push_back(*note);
    }
    std::ranges::sort(found, std::greater{}, &RunCheckpoint::step);
    run_.checkpoints = std::move(found);
    changed_ = true;
}

void RunReader::readNotes() {
    std::error_code code;
    const auto written = fs::last_write_time(folder_ / kNotesFile, code);
    if (code || written == notesRead_) return;
    notesRead_ = written;
    const auto text = readTextFile(folder_ / kNotesFile, kSmallFile);
    if (!text) return;
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object()) return;
    RunNotes notes{textOf(object, "text"), textOf(object, "tags"), textOf(object, "base"), false};
    const auto archived = object.find("archived");
    notes.archived = archived != object.end() && archived->is_boolean() && archived->get<bool>();
    changed_ = changed_ || notes != run_.notes;
    run_.notes = std::move(notes);
}

void RunReader::findState() {
    const auto process = recordedProcess(folder_);
    const bool alive = process && isAlive(*process);
    RunState state = RunState::Draft;
    std::error_code code;
    if (isRunning(folder_)) {
        state = RunState::Running;
    } else if (alive) {
        // It has said its last word and is about to end, or has said nothing yet.
        const bool closed = ending_ != Ending::None && ending_ != Ending::Open;
        const bool said = closed && run_.last > recordedTime(folder_);
        state = said ? RunState::Stopping : RunState::Starting;
    } else if (fs::exists(folder_ / kQueuedFile, code)) {
        state = RunState::Queued;
    } else if (ending_ == Ending::Finished) {
        state = RunState::Finished;
    } else if (ending_ == Ending::Stopped) {
        state = RunState::Stopped;
    } else if (ending_ == Ending::Failed) {
        state = RunState::Failed;
    } else if (process || ending_ == Ending::Open) {
        // Without a last word: it failed before its records began, or it was killed.
        const auto exit = process ? recordedExit(folder_) : std::nullopt;
        constexpr int kStoppedStatus = 3;
        constexpr int kFirstSignal = 128;
        state = exit && *exit == kStoppedStatus             ? RunState::Stopped
                : exit && *exit > 0 && *exit < kFirstSignal ? RunState::Failed
                                                            : RunState::Killed;
        if (state == RunState::Failed && run_.failure.isEmpty()) {
            run_.failure = lastSentenceOf(recordedOutput(folder_));
            changed_ = true;
        }
    }
    if (state == run_.state) return;
    run_.state = state;
    changed_ = true;
}

void RunReader::findSelection() {
    run_.best.reset();
    for (const RunCheckpoint& checkpoint : run_.checkpoints) {
        if (!checkpoint.figure || (run_.best && *run_.best <= *checkpoint.figure)) continue;
        run_.best = checkpoint.figure;
        run_.bestStep = checkpoint.step;
    }
    if (!run_.best) return;
    for (const RunCurve& curve : run_.curves) {
        if (curve.split != RunSplit::HeldOut) continue;
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            const bool here = curve.steps[i] == static_cast<double>(run_.bestStep);
            if (here && std::abs(curve.values[i] - *run_.best) <= 1e-9 * std::abs(*run_.best))
                run_.selection = curve.name;
        }
    }
}

} // namespace gesture::app
