// SPDX-License-Identifier: Apache-2.0
#include "training/loop/run_log.h"

#include "core/base/atomic_file.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>

namespace gesture::training {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLog = std::size_t{2} << 30;
constexpr std::string_view kTableHead = "step,split,figure,value\n";

using KeepLine = std::function<bool(std::string_view)>;

/// Takes lines out of a file, and a last one that has no end.
Status filterLines(const fs::path& path, const KeepLine& keep) {
    std::error_code code;
    if (!fs::exists(path, code)) return Status::success();
    const auto text = readTextFile(path, kMaxLog);
    if (!text) return text.error();
    std::string kept;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        if (keep(rest.substr(0, end))) kept += rest.substr(0, end + 1);
        rest.remove_prefix(end + 1);
    }
    if (kept.size() == text->size()) return Status::success();
    return writeTextAtomically(path, kept);
}

bool isRowUntil(std::string_view line, std::int64_t lastStep) {
    std::int64_t step = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), step);
    return parsed.ec != std::errc{} || step <= lastStep; // the head has no number
}

std::string csvField(std::string_view text) {
    if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char letter : text)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + "\"";
}

} // namespace

RunLog::RunLog(AppendFile log, AppendFile table, EventFile curves)
    : log_(std::move(log))
    , table_(std::move(table))
    , curves_(std::move(curves)) {}

Result<RunLog> RunLog::open(const fs::path& folder, std::int64_t lastStep) {
    const auto eventKept = [&](std::string_view line) {
        const auto event = parseTrainingEvent(line);
        return event.ok() && event->step() <= lastStep;
    };
    if (auto done = filterLines(folder / kLogFile, eventKept); !done)
        return std::move(done).error();
    const auto rowKept = [&](std::string_view line) { return isRowUntil(line, lastStep); };
    if (auto done = filterLines(folder / kFiguresFile, rowKept); !done)
        return std::move(done).error();
    auto log = AppendFile::open(folder / kLogFile);
    if (!log) return std::move(log).error();
    auto table = AppendFile::open(folder / kFiguresFile);
    if (!table) return std::move(table).error();
    if (table->empty())
        if (auto begun = table->append(kTableHead); !begun) return std::move(begun).error();
    auto curves = EventFile::open(folder, lastStep, unixSeconds());
    if (!curves) return std::move(curves).error();
    return RunLog(std::move(*log), std::move(*table), std::move(*curves));
}

Status RunLog::write(const TrainingEvent& event) {
    if (auto written = log_.append(formatTrainingEvent(event) + "\n"); !written) return written;
    if (const auto* steps = std::get_if<StepsDone>(&event.what)) {
        NamedFigures figures = steps->figures;
        figures.emplace_back("learning_rate", steps->learningRate);
        figures.emplace_back("steps_per_second", steps->stepsPerSecond);
        figures.emplace_back("data_wait", steps->dataWait);
        return writeFigures(event.time, steps->step, "train", figures);
    }
    if (const auto* evaluated = std::get_if<Evaluated>(&event.what))
        return writeFigures(event.time, evaluated->step, "held_out", evaluated->figures);
    return Status::success();
}

Status RunLog::writeFigures(double time, std::int64_t step, std::string_view split,
                            const NamedFigures& figures) {
    std::string rows;
    NamedFigures tagged;
    for (const auto& [name, value] : figures) {
        rows += fmt::format("{},{},{},{}\n", step, split, csvField(name), value);
        tagged.emplace_back(fmt::format("{}/{}", split, name), value);
    }
    if (auto written = table_.append(rows); !written) return written;
    return curves_.write(time, step, tagged);
}

} // namespace gesture::training
