// SPDX-License-Identifier: Apache-2.0
#include "training/loop/trainer.h"

#include "training/loop/device_state.h"
#include "training/loop/prefetcher.h"
#include "training/loop/training_tensors.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace gesture::training {

namespace {

/// Steps after which the time of the rest is told: the first one is slow (threads, memory).
constexpr std::int64_t kWarmUpSteps = 3;

double secondsBetween(std::chrono::steady_clock::time_point begin,
                      std::chrono::steady_clock::time_point end) {
    return std::chrono::duration<double>(end - begin).count();
}

std::int64_t bytesOf(std::span<const NamedTensor> tensors) {
    return std::accumulate(tensors.begin(), tensors.end(), std::int64_t{0},
                           [](std::int64_t sum, const NamedTensor& named) {
                               return sum + static_cast<std::int64_t>(named.tensor.nbytes());
                           });
}

StepMaker::Frame frameOf(const TrainingJob& job, const LoopSettings& settings, RankGroup& group) {
    const std::int64_t epoch = std::max<std::int64_t>(1, job.training->stepsPerEpoch());
    return {job.stage, &group, job.device, epoch, settings.totalSteps(epoch)};
}

} // namespace

/// What one sitting of a run has at hand.
struct Trainer::Run {
    const TrainingTraces& traces;
    StopRequests& requests;
    Prefetcher batches;
    FigureMeans figures;
    std::int64_t firstStep = 0;
    Clock::time_point begin = Clock::now();
    Clock::time_point stepBegin = Clock::now();
    Clock::time_point afterFirst = Clock::now();
    Clock::time_point reported = Clock::now();
    Clock::time_point checkpointed = Clock::now();
    double waitedAtReport = 0.0;
    std::int64_t reportedStep = 0;
    std::int64_t checkpointStep = -1;
    bool best = false;                 ///< The networks at this step are the best so far.
    std::optional<double> figure = {}; ///< Measured at this step.
    bool complained = false;           ///< Records cannot be written; said once.
};

Trainer::Trainer(TrainingJob job, const LoopSettings& settings, RankGroup& group)
    : job_(std::move(job))
    , settings_(settings)
    , group_(group)
    , frame_(frameOf(job_, settings, group))
    , maker_(frame_, settings) {
    state_.seed = settings.seed;
    state_.stage = job_.stageName;
    state_.dataKey = job_.dataKey;
    state_.config = job_.config;
    state_.configFolder = job_.configFolder;
}

std::int64_t Trainer::parameterCount() const {
    const auto parameters = job_.stage->parameters();
    return std::accumulate(
        parameters.begin(), parameters.end(), std::int64_t{0},
        [](std::int64_t sum, const NamedTensor& named) { return sum + named.tensor.numel(); });
}

std::int64_t Trainer::stateBytes() const {
    return bytesOf(kept()) + bytesOf(job_.stage->parameters()); // and as much for gradients
}

std::vector<NamedTensor> Trainer::kept() const {
    return tensorsToKeep(*job_.stage, maker_.adam(), maker_.average());
}

template <typename What>
void Trainer::tell(Run& run, What what) const {
    const TrainingEvent event{unixSeconds(), std::move(what)};
    if (run.traces.observe) run.traces.observe(event);
    if (run.traces.log == nullptr) return;
    const Status written = run.traces.log->write(event);
    if (written || run.complained || !run.traces.observe) return;
    run.complained = true;
    run.traces.observe({unixSeconds(), TrainingNote{state_.step, written.error().message() +
                                                                     " Training goes on."}});
}

Status Trainer::restore(const OpenCheckpoint& checkpoint) {
    const auto differs = [&](std::string_view what) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("Checkpoint '{}' is one of {}: give another folder with -o, or "
                                 "train on what it was made with.",
                                 checkpoint.entry.tensors.string(), what)};
    };
    if (checkpoint.state.stage != job_.stageName)
        return differs(fmt::format("stage '{}'", checkpoint.state.stage));
    if (checkpoint.state.dataKey != job_.dataKey) return differs("other data");
    if (auto restored = restoreTensors(checkpoint, kept()); !restored) return restored;
    state_.step = checkpoint.state.step;
    state_.seconds = checkpoint.state.seconds;
    state_.lossScale = checkpoint.state.lossScale;
    state_.best = checkpoint.state.best;
    return Status::success();
}

Status Trainer::shareStart() {
    std::vector<at::Tensor> tensors;
    for (const NamedTensor& named : kept())
        tensors.push_back(named.tensor);
    if (auto shared = group_.spread(tensors); !shared) return shared;
    const bool first = group_.first();
    const auto numbers = group_.sum(
        {first ? static_cast<double>(state_.step) : 0.0, first ? state_.lossScale.scale : 0.0,
         first ? static_cast<double>(state_.lossScale.goodSteps) : 0.0});
    if (!numbers) return numbers.error();
    state_.step = std::llround((*numbers)[0]);
    state_.lossScale = {(*numbers)[1], std::llround((*numbers)[2])};
    return Status::success();
}

Status Trainer::run(const TrainingTraces& traces, StopRequests& requests) {
    if (auto shared = shareStart(); !shared) return shared;
    Run run{traces,
            requests,
            {*job_.training,
             {state_.step,
              frame_.totalSteps,
              {group_.rank(), group_.ranks()},
              static_cast<std::size_t>(settings_.batchesAhead)}},
            {}};
    run.firstStep = run.reportedStep = state_.step;
    if (state_.step > 0) run.checkpointStep = state_.step;
    tell(run, RunStarted{state_.step, frame_.totalSteps, frame_.stepsPerEpoch, parameterCount(),
                         group_.ranks(), stateBytes(), job_.stageName, job_.device.str()});
    const Status trained = train(run);
    if (trained)
        tell(run, RunFinished{state_.step});
    else if (trained.error().code() == ErrorCode::Cancelled)
        tell(run, RunStopped{state_.step, requests.reason()});
    else
        tell(run, RunFailed{state_.step, trained.error().message()});
    return trained;
}

Status Trainer::train(Run& run) {
    while (state_.step < frame_.totalSteps) {
        run.stepBegin = Clock::now();
        const auto batch = run.batches.next();
        if (!batch) return batch.error();
        const auto outcome = maker_.make(*batch, state_.step, state_.lossScale);
        if (!outcome) return outcome.error();
        state_.seconds += secondsBetween(run.stepBegin, Clock::now());
        ++state_.step;
        run.figures.add(outcome->figures);
        if (auto done = afterStep(run, *outcome); !done) return done;
    }
    return Status::success();
}

Status Trainer::afterStep(Run& run, const StepMaker::Outcome& outcome) {
    const bool last = state_.step == frame_.totalSteps;
    if (state_.step == run.firstStep + 1) run.afterFirst = Clock::now();
    if (state_.step == run.firstStep + kWarmUpSteps) estimate(run);
    if (run.traces.progress)
        run.traces.progress({"Training", state_.step, frame_.totalSteps, secondsLeft(run)});
    const auto stop = stopWanted(run);
    if (!stop) return stop.error();
    if (last || state_.step % settings_.logEvery == 0)
        if (auto told = report(run, outcome.rate); !told) return told;
    run.best = false;
    run.figure.reset();
    if (group_.first() && job_.heldOut != nullptr && (last || evaluationDue()))
        if (auto measured = evaluate(run); !measured) return measured;
    const bool ends = last || *stop;
    if (run.traces.checkpoints != nullptr && (ends || run.best || checkpointDue(run))) {
        auto written = writeCheckpoint(run);
        if (!written && ends) return written;
        if (!written)
            tell(run, TrainingNote{state_.step, written.error().message() + " Training goes on."});
    }
    if (last || !*stop) return Status::success();
    return Error{
        ErrorCode::Cancelled,
        fmt::format("The run was stopped {} after step {} of {}. The same command goes on "
                    "from there.",
                    run.requests.reason().empty() ? "by another rank" : run.requests.reason(),
                    state_.step, frame_.totalSteps)};
}

Result<bool> Trainer::stopWanted(Run& run) {
    const bool here = run.requests.token().stop_requested();
    if (group_.ranks() == 1) return here;
    const auto wanted = group_.sum({here ? 1.0 : 0.0});
    if (!wanted) return wanted.error();
    return wanted->front() > 0.0;
}

double Trainer::secondsLeft(const Run& run) const {
    const std::int64_t done = state_.step - run.firstStep;
    if (done < 1) return 0.0;
    // Without the first step, as soon as there are others.
    const bool warm = done > 1;
    const double seconds = secondsBetween(warm ? run.afterFirst : run.begin, Clock::now());
    return seconds / static_cast<double>(warm ? done - 1 : done) *
           static_cast<double>(frame_.totalSteps - state_.step);
}

void Trainer::estimate(Run& run) {
    const double left = secondsLeft(run);
    const auto rest =
        static_cast<double>(std::max<std::int64_t>(1, frame_.totalSteps - state_.step));
    tell(run, RunEstimated{state_.step, left / rest, left, peakMemory(job_.device)});
}

Status Trainer::report(Run& run, double rate) {
    const auto figures = run.figures.take(group_);
    if (!figures) return figures.error();
    const double seconds = std::max(1e-9, secondsBetween(run.reported, Clock::now()));
    const double waited = run.batches.secondsWaited() - run.waitedAtReport;
    StepsDone done;
    done.step = state_.step;
    done.epoch = state_.step / frame_.stepsPerEpoch;
    done.seconds = state_.seconds;
    done.stepsPerSecond = static_cast<double>(state_.step - run.reportedStep) / seconds;
    done.dataWait = std::min(1.0, waited / seconds);
    done.learningRate = rate;
    done.secondsLeft = secondsLeft(run);
    done.memoryBytes = peakMemory(job_.device);
    done.figures = *figures;
    run.reported = Clock::now();
    run.waitedAtReport = run.batches.secondsWaited();
    run.reportedStep = state_.step;
    tell(run, std::move(done));
    return Status::success();
}

bool Trainer::evaluationDue() const {
    if (settings_.evaluateEvery > 0) return state_.step % settings_.evaluateEvery == 0;
    return settings_.evaluateEpochs > 0 &&
           state_.step % (settings_.evaluateEpochs * frame_.stepsPerEpoch) == 0;
}

Status Trainer::evaluate(Run& run) {
    if (maker_.average() != nullptr) maker_.average()->exchange();
    JobControl control(run.requests.token(), run.traces.progress);
    Result<Figures> figures = [&] {
        const at::NoGradGuard noGradients;
        seedGenerators(settings_.seed, -1 - state_.step, 0);
        return job_.stage->evaluate(*job_.heldOut, control);
    }();
    if (maker_.average() != nullptr) maker_.average()->exchange();
    if (!figures) {
        const bool stopped = figures.error().code() == ErrorCode::Cancelled;
        return stopped ? Status::success() : Status(figures.error());
    }
    const std::string_view selection = job_.stage->selection();
    const auto found = std::find_if(figures->begin(), figures->end(),
                                    [&](const auto& figure) { return figure.first == selection; });
    if (found != figures->end() && std::isfinite(found->second)) {
        run.figure = found->second;
        run.best = !state_.best || found->second < *state_.best;
        if (run.best) state_.best = found->second;
    }
    tell(run, Evaluated{state_.step, run.best, std::move(*figures)});
    return Status::success();
}

bool Trainer::checkpointDue(const Run& run) const {
    if (run.requests.takeCheckpointRequest()) return true;
    if (settings_.checkpointEvery > 0 && state_.step % settings_.checkpointEvery == 0) return true;
    return settings_.checkpointMinutes > 0.0 &&
           secondsBetween(run.checkpointed, Clock::now()) > settings_.checkpointMinutes * 60.0;
}

Status Trainer::writeCheckpoint(Run& run) {
    if (run.checkpointStep == state_.step) return Status::success();
    const auto begin = Clock::now();
    run.checkpointed = begin;
    const auto entry = run.traces.checkpoints->write(state_, kept(), {run.best, run.figure});
    if (!entry) return entry.error();
    run.traces.checkpoints->prune(settings_.checkpointsKept);
    run.checkpointStep = state_.step;
    run.checkpointed = Clock::now();
    tell(run,
         CheckpointWritten{
             state_.step, run.best,
             fmt::format("{}/{}", kCheckpointFolder, entry->tensors.filename().string()),
             static_cast<std::int64_t>(entry->bytes), secondsBetween(begin, run.checkpointed)});
    return Status::success();
}

Result<double> Trainer::measure() {
    if (auto shared = shareStart(); !shared) return std::move(shared).error();
    const std::int64_t steps = std::min(kWarmUpSteps, frame_.totalSteps);
    Prefetcher batches(*job_.training, {0, steps, {group_.rank(), group_.ranks()}, 2});
    double seconds = 0.0;
    for (std::int64_t step = 0; step < steps; ++step) {
        const auto begin = Clock::now();
        const auto batch = batches.next();
        if (!batch) return batch.error();
        const auto outcome = maker_.make(*batch, step, state_.lossScale);
        if (!outcome) return outcome.error();
        const bool warm = step > 0 || steps == 1;
        if (warm) seconds += secondsBetween(begin, Clock::now());
    }
    return seconds / static_cast<double>(std::max<std::int64_t>(1, steps - 1));
}

} // namespace gesture::training
