// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/network_service.h"

#include "core/models/generation/analyse_motion.h"
#include "core/models/generation/edit_motion.h"
#include "core/models/generation/generate_motion.h"
#include "core/models/generation/loaded_bundle.h"
#include "core/models/generation/motion_feature_reader.h"
#include "core/models/generation/motion_rows.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace gesture::models {

namespace {

using inference::RequestSummary;
using inference::ResultSink;

/// Seconds of the stages of a request.
class StageClock {
public:
    void finish(std::string stage) {
        const auto now = std::chrono::steady_clock::now();
        stages_.emplace_back(std::move(stage), std::chrono::duration<double>(now - last_).count());
        last_ = now;
    }
    void writeTo(RequestSummary& summary) {
        for (const auto& [stage, seconds] : stages_)
            summary.seconds += seconds;
        summary.stages = std::move(stages_);
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
    std::vector<std::pair<std::string, double>> stages_;
};

std::uint64_t peakMemory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// More threads than cores cost a multiple; so many as the machine has is best.
void limitThreads(int wanted) {
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int threads = wanted > 0 ? std::min(wanted, cores) : cores;
    if (at::get_num_threads() != threads) at::set_num_threads(threads);
}

/// Runs `body`; what libtorch throws becomes an error.
template <typename Body>
Result<RequestSummary> guarded(const Body& body) {
    try {
        const at::NoGradGuard noGradient;
        return body();
    } catch (const c10::OutOfMemoryError&) {
        return Error{ErrorCode::OutOfMemory,
                     "The device has not enough memory: use --device cpu, or close other programs "
                     "that use it."};
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory: close other programs, or use a shorter sound."};
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
                     fmt::format("The networks failed: {}", error.what_without_backtrace())};
    }
}

class NetworkService final : public inference::EngineService {
public:
    NetworkService() { at::globalContext().setDeterministicAlgorithms(true, true); }

    [[nodiscard]] Result<RequestSummary> generate(const inference::GenerateRequest& request,
                                                  ResultSink& sink, JobControl& control) override {
        return guarded([&]() -> Result<RequestSummary> {
            StageClock clock;
            RequestSummary summary;
            const auto bundle = prepare(request.bundle, request.compute, summary, clock, control);
            if (!bundle) return bundle.error();
            const auto speech =
                (*bundle)->reader->read(request.speech, request.options.rules, control);
            if (!speech) return speech.error();
            clock.finish("speech");
            const auto motion = generateMotion(**bundle, *speech, request, sink, control);
            if (!motion) return motion.error();
            clock.finish("motion");
            return finished(std::move(summary), *speech, motion->count(), clock);
        });
    }

    [[nodiscard]] Result<RequestSummary> analyse(const inference::AnalyseRequest& request,
                                                 ResultSink& sink, JobControl& control) override {
        return guarded([&]() -> Result<RequestSummary> {
            if (request.motion.count() == 0)
                return Error{ErrorCode::InvalidInput, "There is no motion to analyse."};
            StageClock clock;
            RequestSummary summary;
            const auto bundle = prepare(request.bundle, request.compute, summary, clock, control);
            if (!bundle) return bundle.error();
            const auto speech =
                (*bundle)->reader->read(request.speech, inference::WindowRules::Product, control);
            if (!speech) return speech.error();
            clock.finish("speech");
            inference::MotionFrames motion =
                withFacesOf((*bundle)->bundle.manifest.expressions, request.motion);
            addContacts(motion);
            const Status analysed =
                analyseMotion(**bundle, *speech, request, motion, sink, control);
            if (!analysed) return analysed.error();
            clock.finish("analysis");
            return finished(std::move(summary), *speech, motion.count(), clock);
        });
    }

    [[nodiscard]] Result<RequestSummary> edit(const inference::EditRequest& asked, ResultSink& sink,
                                              JobControl& control) override {
        return guarded([&]() -> Result<RequestSummary> {
            if (asked.motion.count() == 0)
                return Error{ErrorCode::InvalidInput, "There is no motion to edit."};
            StageClock clock;
            RequestSummary summary;
            const auto bundle = prepare(asked.bundle, asked.compute, summary, clock, control);
            if (!bundle) return bundle.error();
            const auto speech =
                (*bundle)->reader->read(asked.speech, inference::WindowRules::Product, control);
            if (!speech) return speech.error();
            clock.finish("speech");
            inference::EditRequest request = asked;
            addContacts(request.motion);
            const Status edited = editMotion(**bundle, *speech, request, sink, control);
            if (!edited) return edited.error();
            clock.finish("edit");
            return finished(std::move(summary), *speech, request.motion.count(), clock);
        });
    }

    [[nodiscard]] Result<RequestSummary> features(const inference::FeaturesRequest& request,
                                                  ResultSink& sink, JobControl& control) override {
        return guarded([&]() -> Result<RequestSummary> {
            StageClock clock;
            RequestSummary summary;
            limitThreads(request.compute.threads);
            auto compute = request.compute;
            compute.precision = inference::Precision::Single;
            auto device = chooseDevice(compute);
            if (!device) return std::move(device).error();
            summary.device = device_ = device->id;
            summary.deviceReason = device->reason;
            const Status loaded = featureReader_.load(request.bundle, device->placement);
            if (!loaded) return loaded.error();
            clock.finish("networks");
            const auto rows = featureReader_.read(request.motion, control);
            if (!rows) return rows.error();
            clock.finish("features");
            sink.features(*rows);
            summary.frames = static_cast<std::int64_t>(rows->values.size()) /
                             inference::kFeatureChannels * inference::kFramesPerFeature;
            summary.threads = at::get_num_threads();
            summary.peakBytes = peakMemory();
            summary.bundleHash = featureReader_.bundleHash();
            clock.writeTo(summary);
            return summary;
        });
    }

    [[nodiscard]] Result<inference::EngineStatistics> statistics() override {
        inference::EngineStatistics statistics;
        statistics.peakBytes = peakMemory();
        statistics.device = device_;
        return statistics;
    }

private:
    /// The bundle on the wanted device: the one in memory when it is the same.
    Result<std::shared_ptr<const LoadedBundle>> prepare(const std::filesystem::path& folder,
                                                        const inference::ComputeOptions& compute,
                                                        RequestSummary& summary, StageClock& clock,
                                                        JobControl& control) {
        limitThreads(compute.threads);
        auto device = chooseDevice(compute);
        if (!device) return std::move(device).error();
        summary.device = device_ = device->id;
        summary.deviceReason = device->reason;
        const auto opened = io::openBundle(folder);
        if (!opened) return opened.error();
        if (!loaded_ || loaded_->bundle.folder != folder || loaded_->bundle.hash != opened->hash ||
            loaded_->placement.device != device->placement.device ||
            loaded_->placement.type != device->placement.type) {
            loaded_.reset();
            auto bundle = LoadedBundle::load(folder, device->placement, control);
            if (!bundle) return std::move(bundle).error();
            loaded_ = std::move(*bundle);
        }
        clock.finish("networks");
        return loaded_;
    }

    RequestSummary finished(RequestSummary summary, const SpeechFeatures& speech,
                            std::int64_t frames, StageClock& clock) const {
        summary.frames = frames;
        summary.threads = at::get_num_threads();
        summary.peakBytes = peakMemory();
        summary.bundleHash = loaded_->bundle.hash;
        summary.speechHash = speech.speechHash;
        clock.writeTo(summary);
        return summary;
    }

    std::shared_ptr<const LoadedBundle> loaded_;
    MotionFeatureReader featureReader_;
    std::string device_; ///< Of the last request.
};

} // namespace

std::unique_ptr<inference::EngineService> makeNetworkService() {
    return std::make_unique<NetworkService>();
}

} // namespace gesture::models
