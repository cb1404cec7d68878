// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"

namespace gesture::inference {

/// What an engine does. Implemented by the networks in gesture-engine, and by EngineClient, which
/// hands every call on to that process. Calls block; one thread at a time. They end soon after
/// `control` asks them to stop (Cancelled). What a call has put into the sink before it failed is
/// to be thrown away.
class EngineService {
public:
    EngineService() = default;
    EngineService(const EngineService&) = delete;
    EngineService& operator=(const EngineService&) = delete;
    virtual ~EngineService() = default;

    [[nodiscard]] virtual Result<RequestSummary>
    generate(const GenerateRequest& request, ResultSink& sink, JobControl& control) = 0;
    [[nodiscard]] virtual Result<RequestSummary> analyse(const AnalyseRequest& request,
                                                         ResultSink& sink, JobControl& control) = 0;
    [[nodiscard]] virtual Result<RequestSummary> edit(const EditRequest& request, ResultSink& sink,
                                                      JobControl& control) = 0;

    /// Yields the features of the motion, once; the summary's frames are those that counted, whole
    /// multiples of 32. NotFound when the bundle has no such network, InvalidInput for motions of
    /// fewer than 32 frames.
    [[nodiscard]] virtual Result<RequestSummary>
    features(const FeaturesRequest& request, ResultSink& sink, JobControl& control) = 0;

    /// What is held between requests; fields that an implementation does not know are 0. Called
    /// like a request: by one thread at a time, never while a request runs.
    [[nodiscard]] virtual Result<EngineStatistics> statistics() { return EngineStatistics{}; }
};

} // namespace gesture::inference
