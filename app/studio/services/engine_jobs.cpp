// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/engine_jobs.h"

#include "core/analysis/rule_take.h"

#include <chrono>
#include <utility>

namespace gesture::app {

namespace {

using inference::MotionFrames;

constexpr std::chrono::milliseconds kShowEvery{250};
/// Longer motion is shown when it is done: a copy of it four times a second would take too long.
constexpr std::int64_t kLongestShown = 30LL * 60 * 20;

using Show = std::function<void(std::shared_ptr<const MotionFrames>, std::int64_t)>;

/// Collects a take and shows it now and then.
class ShowingCollector final : public inference::TakeCollector {
public:
    ShowingCollector(inference::Take begin, Show show)
        : TakeCollector(std::move(begin))
        , show_(std::move(show)) {}

    void motion(const inference::MotionChunk& chunk) override {
        TakeCollector::motion(chunk);
        const auto now = std::chrono::steady_clock::now();
        if (take().motion.count() > kLongestShown || now - shown_ < kShowEvery) return;
        shown_ = now;
        show_(std::make_shared<const MotionFrames>(take().motion), take().finalFrames);
    }

private:
    Show show_;
    std::chrono::steady_clock::time_point shown_;
};

Result<EngineOutcome> outcomeOf(Result<inference::RequestSummary> summary,
                                inference::TakeCollector& collector) {
    if (!summary) return std::move(summary).error();
    if (!collector.status()) return collector.status().error();
    return EngineOutcome{std::move(collector.take()), {}, std::move(*summary)};
}

} // namespace

/// What the jobs' thread alone touches.
struct EngineJobs::Engine {
    EngineFactory make;
    std::unique_ptr<inference::EngineService> service;
};

EngineJobs::EngineJobs(EngineFactory makeEngine)
    : engine_(std::make_shared<Engine>(Engine{std::move(makeEngine), nullptr}))
    , executor_(std::make_unique<ThreadPoolExecutor>(1)) {}

EngineJobs::~EngineJobs() {
    for (auto& [job, stop] : stops_)
        stop.request_stop();
}

template <typename News>
void EngineJobs::tell(News news) {
    QMetaObject::invokeMethod(this, std::move(news), Qt::QueuedConnection);
}

EngineJobId EngineJobs::post(std::function<Work(EngineJobId)> workOf) {
    const EngineJobId job = ++last_;
    const std::stop_token stop = stops_[job].get_token();
    executor_->post(
        [this, job, stop, engine = engine_, work = workOf(job)](const std::stop_token&) {
            if (stop.stop_requested()) {
                tell([this, job] { end(job, JobControl::cancelled("The request")); });
                return;
            }
            tell([this, job] { Q_EMIT started(job); });
            if (!engine->service) engine->service = engine->make();
            JobControl control(stop, [this, job](const Progress& progress) {
                tell([this, job, progress] { Q_EMIT progressed(job, progress); });
            });
            auto outcome = std::make_shared<Result<EngineOutcome>>(work(*engine->service, control));
            tell([this, job, outcome] { end(job, std::move(*outcome)); });
        });
    return job;
}

void EngineJobs::end(EngineJobId job, Result<EngineOutcome> outcome) {
    stops_.erase(job);
    if (outcome)
        Q_EMIT finished(job, std::make_shared<const EngineOutcome>(std::move(*outcome)));
    else
        Q_EMIT failed(job, outcome.error());
}

EngineJobId EngineJobs::generate(inference::GenerateRequest request) {
    return post([this, request = std::move(request)](EngineJobId job) -> Work {
        const Show show = [this, job](auto motion, std::int64_t final) {
            tell([this, job, motion, final] { Q_EMIT motionCame(job, motion, final); });
        };
        return [request, show](inference::EngineService& engine, JobControl& control) {
            ShowingCollector collector({}, show);
            auto summary = request.bundle == analysis::kRules
                               ? analysis::generateByRules(request, collector, control)
                               : engine.generate(request, collector, control);
            return outcomeOf(std::move(summary), collector);
        };
    });
}

EngineJobId EngineJobs::edit(inference::EditRequest request) {
    return post([this, request = std::move(request)](EngineJobId job) -> Work {
        const Show show = [this, job](auto motion, std::int64_t final) {
            tell([this, job, motion, final] { Q_EMIT motionCame(job, motion, final); });
        };
        return [request, show](inference::EngineService& engine, JobControl& control) {
            inference::Take before;
            before.motion = request.motion;
            ShowingCollector collector(std::move(before), show);
            return outcomeOf(engine.edit(request, collector, control), collector);
        };
    });
}

EngineJobId EngineJobs::analyse(inference::AnalyseRequest request, inference::AttentionKeep keep) {
    return post([request = std::move(request), keep = std::move(keep)](EngineJobId) -> Work {
        return [request, keep](inference::EngineService& engine,
                               JobControl& control) -> Result<EngineOutcome> {
            EngineOutcome outcome;
            outcome.analysis = inference::Analysis(keep);
            outcome.analysis.setFrames(request.motion.count());
            inference::AnalysisSink sink(outcome.analysis);
            auto summary = engine.analyse(request, sink, control);
            if (!summary) return std::move(summary).error();
            if (!sink.status()) return sink.status().error();
            outcome.summary = std::move(*summary);
            return outcome;
        };
    });
}

void EngineJobs::cancel(EngineJobId job) {
    if (const auto found = stops_.find(job); found != stops_.end()) found->second.request_stop();
}

} // namespace gesture::app
