// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <string>

namespace gesture::inference {

/// Windows of a motion that the fake service makes, and how long each is.
inline constexpr int kFakeWindows = 8;
inline constexpr int kFakeWindowFrames = 60;
/// Results that it yields a window: motion, tokens, semantic score, attention.
inline constexpr int kFakeEventsPerWindow = 4;
/// Frames that "big" yields in one piece.
inline constexpr std::int64_t kFakeBigFrames = 3 * 4096 + 5;

/// Stands for the networks: quick, and the same request gives the same results. The last part of a
/// request's bundle chooses how it behaves:
///
///   plain        windows of results with progress
///   crash-at-N   dies by signal 11 before its N-th result
///   crash-once   dies unless the file `speech.audio` exists, which it makes before
///   crash-final  dies after it has yielded final frames
///   exit         says something on standard error and exits with status 3
///   freeze       stops the whole process
///   deaf         reports progress, then waits without looking whether it is to stop
///   patient      reports progress, then waits until it is to stop
///   garbage      writes bytes that are no message
///   chatter      prints to standard output, as libraries do
///   flood        yields results until it is to stop
///   big          yields a motion that does not fit into one message
///   nan          yields a number that is not finite
///   oom, throw   throws
///   steps        reports 100,000 steps of progress
///   allocate     takes 1 GiB of memory
class FakeService final : public EngineService {
public:
    /// `rawOutput`: descriptor for "garbage".
    explicit FakeService(int rawOutput = -1)
        : rawOutput_(rawOutput) {}

    Result<RequestSummary> generate(const GenerateRequest& request, ResultSink& sink,
                                    JobControl& control) override;
    Result<RequestSummary> analyse(const AnalyseRequest& request, ResultSink& sink,
                                   JobControl& control) override;
    Result<RequestSummary> edit(const EditRequest& request, ResultSink& sink,
                                JobControl& control) override;
    /// A row for each 16 frames, of the frames' heights.
    Result<RequestSummary> features(const FeaturesRequest& request, ResultSink& sink,
                                    JobControl& control) override;
    Result<EngineStatistics> statistics() override;

private:
    Result<RequestSummary> behave(const std::string& behaviour, const GenerateRequest& request,
                                  ResultSink& sink, JobControl& control);

    int rawOutput_;
    std::uint64_t requests_ = 0; ///< Answered so far: a warm engine counts on.
};

/// What identifies a motion.
[[nodiscard]] std::string fakeHash(const MotionFrames& motion);

} // namespace gesture::inference
