// SPDX-License-Identifier: Apache-2.0
#include "training/data/store_writer.h"

#include "core/base/atomic_file.h"
#include "core/base/executor.h"
#include "core/base/fast_hash.h"
#include "training/data/mapped_file.h"
#include "training/data/partial_store.h"
#include "training/data/window_store.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace gesture::training {

namespace fs = std::filesystem;

namespace {

constexpr unsigned kMaxThreads = 64;
constexpr std::size_t kMaxDescriptionBytes = std::size_t{256} << 20U;

/// A clip's record, or why there is none.
struct MadeClip {
    std::int64_t frames = 0;
    std::vector<std::byte> record;
};

std::vector<std::byte> recordOf(const ClipStreams& clip, const StreamRecipe& recipe) {
    const auto layout = recordLayout(recipe.streams, clip.frames, recipe.windows);
    std::vector<std::byte> record(layout->back());
    for (std::size_t i = 0; i < recipe.streams.size(); ++i) {
        const std::vector<float>& values = clip.streams.find(recipe.streams[i].name)->second.values;
        if (!values.empty())
            std::memcpy(record.data() + (*layout)[i], values.data(), values.size() * sizeof(float));
    }
    return record;
}

Result<MadeClip> makeRecord(const CorpusRecording& clip, const StreamRecipe& recipe,
                            JobControl& control) {
    try {
        const auto streams = makeClipStreams(clip, recipe, control);
        if (!streams) return streams.error();
        return MadeClip{streams->frames, recordOf(*streams, recipe)};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory to prepare it. Close other programs or prepare "
                     "with fewer threads."};
    }
}

/// Errors that are no fault of the clip: the whole conversion ends.
bool endsAll(ErrorCode code) {
    return code == ErrorCode::Cancelled || code == ErrorCode::OutOfMemory ||
           code == ErrorCode::Internal;
}

/// Makes clips on several threads and hands them out in order.
class ClipQueue {
public:
    ClipQueue(const StorePlan& plan, unsigned threads, std::stop_token stop)
        : plan_(plan)
        , forward_(std::move(stop), [this] { stop_.request_stop(); })
        , threads_(threads)
        , executor_(threads) {}
    ClipQueue(const ClipQueue&) = delete;
    ClipQueue& operator=(const ClipQueue&) = delete;
    ~ClipQueue() { stop_.request_stop(); }

    /// The clip's record; those behind it in `wanted` are begun meanwhile. Blocks.
    Result<MadeClip> take(std::span<const std::size_t> wanted) {
        for (std::size_t i = 0; i < std::min<std::size_t>(wanted.size(), threads_ + 1); ++i)
            begin(wanted[i]);
        std::unique_lock lock(mutex_);
        auto& slot = slots_[wanted.front()];
        ready_.wait(lock, [&] { return slot.has_value(); });
        Result<MadeClip> made = std::move(*slot);
        slots_.erase(wanted.front());
        return made;
    }

private:
    void begin(std::size_t clip) {
        {
            const std::scoped_lock lock(mutex_);
            if (!slots_.try_emplace(clip).second) return;
        }
        executor_.post([this, clip](const std::stop_token&) {
            JobControl control(stop_.get_token(), {});
            auto made = makeRecord(plan_.corpus.clips[clip], plan_.recipe, control);
            const std::scoped_lock lock(mutex_);
            slots_[clip] = std::move(made);
            ready_.notify_all();
        });
    }

    const StorePlan& plan_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> forward_;
    unsigned threads_;
    std::mutex mutex_;
    std::condition_variable ready_;
    std::map<std::size_t, std::optional<Result<MadeClip>>> slots_;
    ThreadPoolExecutor executor_; ///< Last: its threads use the others.
};

/// Clips of an earlier store in the folder, by what they were made of.
class OldStore {
public:
    explicit OldStore(const fs::path& folder) {
        auto file = MappedFile::open(folder / kStoreFile);
        if (!file) return;
        auto index = parseStore(file->bytes(), "the old store");
        if (!index) return;
        file_ = std::move(*file);
        index_ = std::move(*index);
        for (const StoreClip& clip : index_.clips)
            clips_.emplace(clip.source, &clip);
    }

    [[nodiscard]] const std::string& key() const { return index_.key; }
    [[nodiscard]] const StoreIndex& index() const { return index_; }
    [[nodiscard]] std::uint64_t bytes() const { return file_ ? file_->bytes().size() : 0; }

    /// The record of a clip that was made of the same, if it is whole.
    [[nodiscard]] std::optional<MadeClip> find(const std::string& source) const {
        const auto found = clips_.find(source);
        if (found == clips_.end()) return std::nullopt;
        const auto record = file_->bytes().subspan(found->second->offset, found->second->bytes);
        if (fastHashOf(record) != found->second->hash) return std::nullopt;
        return MadeClip{found->second->frames, {record.begin(), record.end()}};
    }
    [[nodiscard]] bool has(const std::string& source) const { return clips_.contains(source); }

private:
    std::optional<MappedFile> file_;
    StoreIndex index_;
    std::map<std::string, const StoreClip*, std::less<>> clips_;
};

/// One run of `prepareStore`.
class StoreWriter {
public:
    StoreWriter(const StorePlan& plan, fs::path folder, unsigned threads, JobControl& control)
        : plan_(plan)
        , folder_(std::move(folder))
        , threads_(std::clamp(threads, 1U, kMaxThreads))
        , control_(control) {}

    Result<PrepareReport> write() {
        const OldStore old(folder_);
        if (old.key() == plan_.key) return reportOf(old);
        auto partial = PartialStore::open(folder_, control_);
        if (!partial) return std::move(partial).error();
        std::size_t kept = 0;
        while (kept < partial->entries().size() && kept < plan_.sources.size() &&
               partial->entries()[kept].clip.source == plan_.sources[kept])
            ++kept;
        if (auto cut = partial->keep(kept); !cut) return std::move(cut).error();
        if (auto made = writeClips(*partial, old); !made) return std::move(made).error();
        return finish(*partial);
    }

private:
    Status writeClips(PartialStore& partial, const OldStore& old) {
        const auto begin = std::chrono::steady_clock::now();
        std::vector<std::size_t> wanted;
        for (std::size_t i = partial.entries().size(); i < plan_.sources.size(); ++i)
            if (!old.has(plan_.sources[i])) wanted.push_back(i);
        ClipQueue queue(plan_, threads_, control_.stopToken());
        std::span<const std::size_t> rest = wanted;
        control_.beginStage("Preparing clips", static_cast<std::int64_t>(plan_.sources.size() -
                                                                         partial.entries().size()));
        std::int64_t done = 0;
        for (std::size_t i = partial.entries().size(); i < plan_.sources.size(); ++i) {
            if (control_.stopRequested()) return JobControl::cancelled("Preparing the corpus");
            std::optional<MadeClip> copied = old.find(plan_.sources[i]);
            const bool isNext = !rest.empty() && rest.front() == i;
            const std::size_t single = i;
            Result<MadeClip> clip = copied   ? Result<MadeClip>(std::move(*copied))
                                    : isNext ? queue.take(rest)
                                             : queue.take({&single, 1});
            if (isNext) rest = rest.subspan(1);
            if (auto stored = store(partial, i, std::move(clip)); !stored) return stored;
            control_.advanceTo(++done);
        }
        made_ = static_cast<std::int64_t>(wanted.size());
        seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return Status::success();
    }

    Status store(PartialStore& partial, std::size_t place, Result<MadeClip> made) {
        const CorpusRecording& clip = plan_.corpus.clips[place];
        StoreClip entry{clip.id, clip.split, plan_.sources[place], 0, 0, 0, 0};
        if (made) {
            entry.frames = made->frames;
            return partial.append(std::move(entry), made->record);
        }
        if (made.error().code() == ErrorCode::Cancelled)
            return JobControl::cancelled("Preparing the corpus");
        if (endsAll(made.error().code()))
            return Error(made.error()).withContext(fmt::format("Clip '{}'", clip.id));
        return partial.appendProblem(std::move(entry), made.error().message());
    }

    Result<PrepareReport> finish(PartialStore& partial) {
        StoreIndex index;
        index.key = plan_.key;
        index.windows = plan_.recipe.windows;
        index.streams = plan_.recipe.streams;
        std::vector<CorpusProblem> bad = plan_.corpus.problems;
        for (const PartialEntry& entry : partial.entries()) {
            if (entry.problem.empty())
                index.clips.push_back(entry.clip);
            else
                bad.push_back({entry.clip.id, entry.problem});
        }
        if (index.clips.empty())
            return Error{ErrorCode::InvalidInput,
                         fmt::format("No clip of '{}' can be used. The first, '{}': {}",
                                     plan_.corpus.root.string(), bad.front().id,
                                     bad.front().reason)};
        if (plan_.recipe.wants(stream::kWords)) {
            const auto written = writeTextAtomically(folder_ / "vocabulary.json",
                                                     io::vocabularyJson(plan_.recipe.vocabulary));
            if (!written) return written.error();
        }
        const auto written = writeTextAtomically(folder_ / "corpus.json", description(index, bad));
        if (!written) return written.error();
        if (auto finished = partial.finish(index); !finished) return std::move(finished).error();
        std::error_code ignored;
        PrepareReport report = reportOf(index, fs::file_size(folder_ / kStoreFile, ignored));
        report.bad = std::move(bad);
        report.made = made_;
        report.seconds = seconds_;
        return report;
    }

    [[nodiscard]] PrepareReport reportOf(const StoreIndex& index, std::uint64_t bytes) const {
        PrepareReport report;
        report.key = index.key;
        report.streams = index.streams;
        report.bytes = bytes;
        report.clips = static_cast<std::int64_t>(index.clips.size());
        for (const StoreClip& clip : index.clips)
            report.frames += clip.frames;
        report.bad = plan_.corpus.problems;
        return report;
    }

    /// The report of a store that is there already, with what was left out of it.
    [[nodiscard]] PrepareReport reportOf(const OldStore& old) const {
        PrepareReport report = reportOf(old.index(), old.bytes());
        const auto text = readTextFile(folder_ / "corpus.json", kMaxDescriptionBytes);
        const auto json = nlohmann::json::parse(text ? *text : std::string{}, nullptr, false);
        const auto leftOut = json.is_object() ? json.find("leftOut") : json.end();
        if (!json.is_object() || leftOut == json.end() || !leftOut->is_object()) return report;
        report.bad.clear();
        for (const auto& [id, reason] : leftOut->items())
            if (reason.is_string()) report.bad.push_back({id, reason.get<std::string>()});
        return report;
    }

    [[nodiscard]] std::string description(const StoreIndex& index,
                                          const std::vector<CorpusProblem>& bad) const {
        nlohmann::ordered_json json{{"key", plan_.key},
                                    {"corpus", plan_.corpus.root.string()},
                                    {"layout", nameOf(plan_.corpus.layout)},
                                    {"clips", index.clips.size()},
                                    {"windowLength", index.windows.length},
                                    {"windowStride", index.windows.stride}};
        if (plan_.recipe.expressionSpace)
            json["expressionSpace"] = motion::nameOf(*plan_.recipe.expressionSpace);
        json["streams"] = nlohmann::ordered_json::object();
        for (const StoreStream& stream : index.streams)
            json["streams"][stream.name] = stream.width;
        if (!plan_.gestures.empty()) json["gestures"] = plan_.gestures;
        auto speakers = nlohmann::ordered_json::object();
        for (const CorpusRecording& clip : plan_.corpus.clips)
            speakers[clip.voice] = clip.speaker;
        json["speakers"] = std::move(speakers);
        json["leftOut"] = nlohmann::ordered_json::object();
        for (const CorpusProblem& problem : bad)
            json["leftOut"][problem.id] = problem.reason;
        return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }

    const StorePlan& plan_;
    fs::path folder_;
    unsigned threads_;
    JobControl& control_;
    std::int64_t made_ = 0;
    double seconds_ = 0.0;
};

} // namespace

Result<PrepareReport> prepareStore(const PrepareOptions& options, const fs::path& folder,
                                   const SpeechStreams* speech, JobControl& control) {
    const auto plan = planStore(options, speech, control);
    if (!plan) return plan.error();
    return StoreWriter(*plan, folder, options.threads, control).write();
}

} // namespace gesture::training
