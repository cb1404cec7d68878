// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace gesture::inference {

class Conversation;
class EngineConnection;

/// What happens to a request when the engine breaks down under it.
enum class Replay : std::uint8_t {
    Never,
    Once, ///< A new engine computes it from the start, unless frames were final already.
};

struct EngineClientOptions {
    std::filesystem::path program; ///< Empty: gesture-engine, beside this program, else on PATH.
    std::vector<std::string> arguments{"--serve"};
    Replay replay = Replay::Once;
    std::chrono::milliseconds helloTimeout{60'000}; ///< libtorch takes its time to load.
    std::chrono::milliseconds cancelGrace{2'000}; ///< Then an engine that does not stop is killed.
    std::chrono::milliseconds silence{30'000};    ///< Without a sign of life: it is killed.
    /// Limit of the engine's private memory (RLIMIT_DATA). Absent: none.
    std::optional<std::uint64_t> memoryLimitBytes;
};

/// Hands requests to an engine process. The process is started by the first request and kept for
/// the next ones, so that networks are loaded once; it ends with this object, and with this program
/// however that ends. Used by one thread at a time, not always the same.
///
/// Errors beside those of the engine: Unavailable when there is no engine, when it speaks another
/// version of the protocol or gave no sign of life; Internal when it ended; Cancelled. The sink and
/// `control` are called on the calling thread.
class EngineClient final : public EngineService {
public:
    using Options = EngineClientOptions;

    explicit EngineClient(Options options = {});
    ~EngineClient() override;

    [[nodiscard]] Result<RequestSummary> generate(const GenerateRequest& request, ResultSink& sink,
                                                  JobControl& control) override;
    [[nodiscard]] Result<RequestSummary> analyse(const AnalyseRequest& request, ResultSink& sink,
                                                 JobControl& control) override;
    [[nodiscard]] Result<RequestSummary> edit(const EditRequest& request, ResultSink& sink,
                                              JobControl& control) override;

    [[nodiscard]] Result<RequestSummary> features(const FeaturesRequest& request, ResultSink& sink,
                                                  JobControl& control) override;

    /// All 0 when no engine runs: none is started for this.
    [[nodiscard]] Result<EngineStatistics> statistics() override;

    /// Ends the engine, which gives its memory back. The next request starts a new one.
    void shutDown();

    /// The engine's process; nothing when none runs. May be called while a request runs, by the
    /// thread that runs it.
    [[nodiscard]] std::optional<pid_t> processId() const;

private:
    struct Attempt;

    template <typename Request>
    Result<RequestSummary> run(const Request& request, std::string_view what, ResultSink& sink,
                               JobControl& control);
    template <typename Request>
    Attempt attempt(const Request& request, std::string_view what, ResultSink& sink,
                    JobControl& control);
    template <typename Request>
    Attempt converse(const Request& request, Conversation& talk, ResultSink& sink,
                     JobControl& control);
    Status ensureEngine(const JobControl& control);
    Status greet(const std::string& program, const JobControl& control);

    const Options options_;
    std::unique_ptr<EngineConnection> engine_; ///< Null when none runs.
    bool inStep_ = false;                      ///< The engine waits for the next request.
};

} // namespace gesture::inference
