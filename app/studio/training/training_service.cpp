// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/training_service.h"

#include "core/base/atomic_file.h"
#include "training/protocol/run_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kLookEveryMs = 500;
constexpr const char* kChoiceFile = "studio.json"; ///< Queue and folders elsewhere.
constexpr std::size_t kChoiceBytes = std::size_t{1} << 20;

/// A name that is good for a folder.
std::string folderNameOf(const QString& name) {
    std::string clean;
    for (const QChar letter : name.trimmed()) {
        const bool good = letter.isLetterOrNumber() || letter == QLatin1Char('-') ||
                          letter == QLatin1Char('_') || letter == QLatin1Char('.');
        clean += good ? QString(letter).toStdString() : std::string("-");
    }
    constexpr std::size_t kLongest = 80;
    clean.resize(std::min(clean.size(), kLongest));
    while (!clean.empty() && clean.front() == '.')
        clean.erase(clean.begin());
    return clean.empty() ? "run" : clean;
}

/// In which part of the list a run stands.
int groupOf(RunState state) {
    if (isActive(state)) return 0;
    if (state == RunState::Queued) return 1;
    return state == RunState::Draft ? 2 : 3;
}

} // namespace

/// Those that follow folders.
struct TrainingService::Readers {
    std::map<fs::path, RunReader> byFolder;

    std::vector<RunPointer> look(const std::vector<fs::path>& roots) {
        std::vector<RunPointer> found;
        std::set<fs::path> there;
        for (const fs::path& root : roots) {
            std::error_code code;
            if (isRunFolder(root)) there.insert(root);
            for (fs::directory_iterator entry(root, code), end; !code && entry != end;
                 entry.increment(code))
                if (!entry->path().filename().string().starts_with(".") &&
                    isRunFolder(entry->path()))
                    there.insert(entry->path());
        }
        std::erase_if(byFolder, [&](const auto& one) { return !there.contains(one.first); });
        for (const fs::path& folder : there)
            found.push_back(byFolder.try_emplace(folder, folder).first->second.look());
        return found;
    }
};

TrainingService::TrainingService(fs::path folder, fs::path trainer)
    : folder_(std::move(folder))
    , trainer_(std::move(trainer))
    , readers_(std::make_shared<Readers>())
    , executor_(std::make_unique<ThreadPoolExecutor>(1)) {
    timer_.setInterval(kLookEveryMs);
    connect(&timer_, &QTimer::timeout, this, &TrainingService::look);
}

TrainingService::~TrainingService() = default;

void TrainingService::start() {
    readChoice();
    timer_.start();
    look();
}

void TrainingService::refresh() {
    if (looking_)
        lookAgain_ = true;
    else
        look();
}

void TrainingService::look() {
    if (looking_) return;
    looking_ = true;
    std::vector<fs::path> roots{folder_};
    roots.insert(roots.end(), watched_.begin(), watched_.end());
    executor_->post([this, roots, readers = readers_](const std::stop_token& stop) {
        if (stop.stop_requested()) return;
        auto found = std::make_shared<std::vector<RunPointer>>(readers->look(roots));
        QMetaObject::invokeMethod(
            this, [this, found] { take(std::move(*found)); }, Qt::QueuedConnection);
    });
}

void TrainingService::take(std::vector<RunPointer> found) {
    looking_ = false;
    for (auto child = children_.begin(); child != children_.end();) {
        if (isAlive(child->second)) {
            ++child;
            continue;
        }
        forgetEnded(child->second);
        child = children_.erase(child);
    }
    for (RunPointer& run : found) {
        if (!stopping_.contains(run->folder)) continue;
        if (isActive(run->state)) {
            auto shown = std::make_shared<RunRecord>(*run);
            shown->state = RunState::Stopping;
            run = std::move(shown);
        } else {
            stopping_.erase(run->folder);
        }
    }
    std::ranges::stable_sort(found, [this](const RunPointer& a, const RunPointer& b) {
        const int groupA = groupOf(a->state);
        const int groupB = groupOf(b->state);
        if (groupA != groupB) return groupA < groupB;
        if (a->state == RunState::Queued) return placeInQueue(*a) < placeInQueue(*b);
        return a->last > b->last;
    });
    const std::vector<RunPointer> before = std::exchange(runs_, std::move(found));
    for (const RunPointer& was : before) {
        const RunPointer now = isActive(was->state) ? find(was->folder) : nullptr;
        if (now && !isActive(now->state))
            Q_EMIT ended(QString::fromStdString(was->folder.string()));
    }
    if (before != runs_ || !lookedOnce_) {
        lookedOnce_ = true;
        Q_EMIT changed();
    }
    advanceQueue();
    if (std::exchange(lookAgain_, false)) look();
}

RunPointer TrainingService::find(const fs::path& folder) const {
    const auto found = std::ranges::find(
        runs_, folder, [](const RunPointer& run) -> const fs::path& { return run->folder; });
    return found == runs_.end() ? nullptr : *found;
}

RunPointer TrainingService::active() const {
    const auto found =
        std::ranges::find_if(runs_, [](const RunPointer& run) { return isActive(run->state); });
    return found == runs_.end() ? nullptr : *found;
}

int TrainingService::placeInQueue(const RunRecord& run) const {
    const auto at = queue_.indexOf(QString::fromStdString(run.folder.string()));
    return at < 0 ? static_cast<int>(queue_.size()) : static_cast<int>(at);
}

void TrainingService::advanceQueue() {
    const bool busy = std::ranges::any_of(runs_, [this](const RunPointer& run) {
        return isActive(run->state) && run->folder.parent_path() == folder_;
    });
    if (busy || !children_.empty()) return;
    const auto next = std::ranges::find(runs_, RunState::Queued,
                                        [](const RunPointer& run) { return run->state; });
    if (next == runs_.end()) return;
    if (const Status started = startRun((*next)->folder); !started)
        Q_EMIT failed(QString::fromStdString(started.error().message()));
}

Result<fs::path> TrainingService::create(const QString& name, const QString& yaml,
                                         const QString& base) {
    std::error_code code;
    fs::create_directories(folder_, code);
    const std::string wanted = folderNameOf(name);
    fs::path run = folder_ / wanted;
    for (int number = 2; !fs::create_directory(run, code); ++number) {
        if (code)
            return Error{ErrorCode::Io, fmt::format("The folder '{}' cannot be made: {}.",
                                                    run.string(), code.message())};
        run = folder_ / fmt::format("{}-{:02}", wanted, number);
    }
    if (auto saved = saveConfig(run, yaml); !saved) return std::move(saved).error();
    if (auto noted = setNotes(run, {{}, {}, base, false}); !noted) return std::move(noted).error();
    refresh();
    return run;
}

Status TrainingService::saveConfig(const fs::path& run, const QString& yaml) {
    return writeTextAtomically(run / kConfigFile, yaml.toStdString());
}

Status TrainingService::startRun(const fs::path& run) {
    dequeue(run);
    if (trainer_.empty())
        return Error{ErrorCode::Unavailable,
                     "gesture-train is not there: it is left out of a build without libtorch."};
    const auto process = recordedProcess(run);
    if (training::isRunning(run) || (process && isAlive(*process)))
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' trains already.", run.filename().string())};
    std::error_code code;
    const char* const config =
        fs::exists(run / kConfigFile, code) ? kConfigFile : training::kRunConfigFile.data();
    auto started = startRunProcess(
        {trainer_, run, {"run", (run / config).string(), "-o", run.string(), "--events"}});
    if (!started) return std::move(started).error();
    children_[run] = *started;
    stopping_.erase(run);
    refresh();
    return Status::success();
}

Status TrainingService::enqueue(const fs::path& run) {
    const QString name = QString::fromStdString(run.string());
    if (queue_.contains(name)) return Status::success();
    if (auto marked = writeTextAtomically(run / kQueuedFile, "\n"); !marked) return marked;
    queue_.append(name);
    writeChoice();
    refresh();
    return Status::success();
}

void TrainingService::dequeue(const fs::path& run) {
    std::error_code ignored;
    fs::remove(run / kQueuedFile, ignored);
    if (queue_.removeAll(QString::fromStdString(run.string())) > 0) writeChoice();
    refresh();
}

void TrainingService::moveInQueue(const fs::path& run, int place) {
    const QString name = QString::fromStdString(run.string());
    if (queue_.removeAll(name) == 0) return;
    queue_.insert(std::clamp<qsizetype>(place, 0, queue_.size()), name);
    writeChoice();
    refresh();
}

Status TrainingService::stop(const fs::path& run) {
    if (auto asked = askToStop(run); !asked) return asked;
    stopping_.insert(run);
    refresh();
    return Status::success();
}

Status TrainingService::checkpoint(const fs::path& run) { return askForCheckpoint(run); }

Status TrainingService::endNow(const fs::path& run) {
    if (auto done = endAtOnce(run); !done) return done;
    refresh();
    return Status::success();
}

Status TrainingService::setNotes(const fs::path& run, const RunNotes& notes) {
    if (auto written = writeRunNotes(run, notes); !written) return written;
    refresh();
    return Status::success();
}

Status TrainingService::remove(const fs::path& run) {
    const auto process = recordedProcess(run);
    if (training::isRunning(run) || (process && isAlive(*process)))
        return Error{ErrorCode::Usage, fmt::format("'{}' trains: stop it before you delete it.",
                                                   run.filename().string())};
    dequeue(run);
    std::error_code code;
    fs::remove_all(run, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("'{}' cannot be deleted whole: {}.", run.string(),
                                                code.message())};
    refresh();
    return Status::success();
}

Status TrainingService::removeCheckpoint(const fs::path& run, const RunCheckpoint& checkpoint) {
    std::error_code code;
    fs::remove(fs::path(checkpoint.file).replace_extension(".json"), code);
    if (!code) fs::remove(checkpoint.file, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("The checkpoint of '{}' cannot be deleted: {}.",
                                                run.filename().string(), code.message())};
    refresh();
    return Status::success();
}

void TrainingService::watch(const fs::path& folder) {
    if (folder == folder_ || std::ranges::find(watched_, folder) != watched_.end()) return;
    watched_.push_back(folder);
    writeChoice();
    refresh();
}

void TrainingService::unwatch(const fs::path& folder) {
    std::erase(watched_, folder);
    writeChoice();
    refresh();
}

void TrainingService::readChoice() {
    const auto text = readTextFile(folder_ / kChoiceFile, kChoiceBytes);
    if (!text) return;
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object()) return;
    const auto textsOf = [&](const char* key) {
        QStringList texts;
        const auto list = object.find(key);
        if (list == object.end() || !list->is_array()) return texts;
        for (const json& one : *list)
            if (one.is_string()) texts.append(QString::fromStdString(one.get<std::string>()));
        return texts;
    };
    queue_ = textsOf("queue");
    watched_.clear();
    for (const QString& folder : textsOf("folders"))
        watched_.emplace_back(folder.toStdString());
}

void TrainingService::writeChoice() {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    json object{{"queue", json::array()}, {"folders", json::array()}};
    for (const QString& run : queue_)
        object["queue"].push_back(run.toStdString());
    for (const fs::path& folder : watched_)
        object["folders"].push_back(folder.string());
    const Status written = writeTextAtomically(
        folder_ / kChoiceFile, object.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
    if (!written) Q_EMIT failed(QString::fromStdString(written.error().message()));
}

} // namespace gesture::app
