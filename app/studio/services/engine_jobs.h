// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/executor.h"
#include "core/base/job.h"
#include "core/inference/analysis.h"
#include "core/inference/engine_service.h"
#include "core/inference/take.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>

namespace gesture::app {

/// Which request a piece of news belongs to; never 0, never used twice.
using EngineJobId = quint64;

/// What the engine made of a request. Immutable once it is handed over.
struct EngineOutcome {
    inference::Take take;         ///< Of `generate` and `edit`.
    inference::Analysis analysis; ///< Of `analyse`: maps, importance, score, tokens.
    inference::RequestSummary summary;
};

/// Asks the engine, one request after the other, on a thread of its own. The engine's process is
/// started by the first request and kept. Lives in the GUI thread, where all news comes; owned by
/// Application.
class EngineJobs final : public QObject {
    Q_OBJECT

public:
    /// Called once, on the thread of the requests.
    using EngineFactory = std::function<std::unique_ptr<inference::EngineService>()>;

    explicit EngineJobs(EngineFactory makeEngine);
    /// Stops what runs and waits for it.
    ~EngineJobs() override;

    EngineJobId generate(inference::GenerateRequest request);
    EngineJobId edit(inference::EditRequest request);
    /// `keep`: which maps stay in memory.
    EngineJobId analyse(inference::AnalyseRequest request, inference::AttentionKeep keep);
    /// Does nothing for a job that has ended.
    void cancel(EngineJobId job);

    /// Jobs that wait or run.
    [[nodiscard]] std::size_t pending() const { return stops_.size(); }

Q_SIGNALS:
    void started(quint64 job);
    void progressed(quint64 job, const gesture::Progress& progress);
    /// The motion so far, whole, at most four times a second; `finalFrames` will not change.
    void motionCame(quint64 job, std::shared_ptr<const gesture::inference::MotionFrames> motion,
                    qint64 finalFrames);
    void finished(quint64 job, std::shared_ptr<const gesture::app::EngineOutcome> outcome);
    /// Code and sentence; Cancelled when it was asked to stop.
    void failed(quint64 job, const gesture::Error& error);

private:
    struct Engine;
    /// Runs on the jobs' thread.
    using Work = std::function<Result<EngineOutcome>(inference::EngineService&, JobControl&)>;

    EngineJobId post(std::function<Work(EngineJobId)> workOf);
    /// Calls `news` in the GUI thread.
    template <typename News>
    void tell(News news);
    void end(EngineJobId job, Result<EngineOutcome> outcome);

    std::shared_ptr<Engine> engine_;
    std::map<EngineJobId, std::stop_source> stops_;
    EngineJobId last_ = 0;
    std::unique_ptr<Executor> executor_; ///< Last: its end waits for jobs that name this object.
};

} // namespace gesture::app

Q_DECLARE_METATYPE(gesture::Progress)
Q_DECLARE_METATYPE(gesture::Error)
Q_DECLARE_METATYPE(std::shared_ptr<const gesture::inference::MotionFrames>)
Q_DECLARE_METATYPE(std::shared_ptr<const gesture::app::EngineOutcome>)
