// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace gesture::test {

/// Stands for the engine inside of the program: motion that tells its seed, at once, or a failure,
/// or nothing until it is to stop.
struct StubEngine final : public inference::EngineService {
    enum class Mood { Works, Fails, Waits };
    /// Shared with the test, which changes it between requests.
    struct Wishes {
        std::atomic<Mood> mood = Mood::Works;
        std::atomic<int> asked = 0;
    };
    static constexpr std::int64_t kFrames = 96;

    explicit StubEngine(std::shared_ptr<Wishes> wishes)
        : wishes_(std::move(wishes)) {}

    Result<inference::RequestSummary> generate(const inference::GenerateRequest& request,
                                               inference::ResultSink& sink,
                                               JobControl& control) override {
        if (auto answer = moody(control); !answer) return answer.error();
        inference::MotionFrames frames;
        frames.poses.assign(kFrames * motion::kPoseSize, valueOf(request.options.seed));
        frames.translations.assign(kFrames * 3, 0.0F);
        frames.expressions.assign(kFrames * motion::kExpressionCount, 0.0F);
        sink.motion({{0}, {kFrames}, std::move(frames)});
        sink.semantic({0, 4, {0.25F, 0.75F}, {0, 1}});
        return summary();
    }

    Result<inference::RequestSummary> edit(const inference::EditRequest& request,
                                           inference::ResultSink& sink,
                                           JobControl& control) override {
        if (auto answer = moody(control); !answer) return answer.error();
        inference::MotionFrames frames = request.motion;
        for (std::int64_t f = 0; f < frames.count(); ++f)
            if (request.mask[static_cast<std::size_t>(f * 4)] != 0)
                std::fill_n(frames.poses.begin() + f * motion::kPoseSize, motion::kPoseSize, 0.5F);
        sink.motion({{0}, {frames.count()}, frames});
        return summary();
    }

    Result<inference::RequestSummary> analyse(const inference::AnalyseRequest&,
                                              inference::ResultSink& sink,
                                              JobControl& control) override {
        if (auto answer = moody(control); !answer) return answer.error();
        sink.semantic({0, 4, {0.5F, 1.0F}, {0, 1}});
        return summary();
    }

    Result<inference::EngineStatistics> statistics() override {
        return inference::EngineStatistics{};
    }

    static float valueOf(std::uint64_t seed) { return 0.01F * static_cast<float>(seed + 1); }

private:
    Status moody(const JobControl& control) {
        ++wishes_->asked;
        switch (wishes_->mood.load()) {
        case Mood::Works:
            break;
        case Mood::Fails:
            return Error{ErrorCode::OutOfMemory, "There is not enough memory for this."};
        case Mood::Waits:
            std::mutex mutex;
            std::condition_variable_any never;
            std::unique_lock lock(mutex);
            never.wait(lock, control.stopToken(), [] { return false; });
            return JobControl::cancelled("Waiting");
        }
        return Status::success();
    }

    static inference::RequestSummary summary() {
        inference::RequestSummary summary;
        summary.frames = kFrames;
        summary.device = "cpu";
        return summary;
    }

    std::shared_ptr<Wishes> wishes_;
};

} // namespace gesture::test
