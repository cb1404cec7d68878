// SPDX-License-Identifier: Apache-2.0
#include "app/engine/service.h"

namespace gesture::app {

namespace {

/// Answers that there is nothing to compute with.
class NoGenerator final : public inference::EngineService {
public:
    Result<inference::RequestSummary> generate(const inference::GenerateRequest&,
                                               inference::ResultSink&, JobControl&) override {
        return unavailable();
    }
    Result<inference::RequestSummary> analyse(const inference::AnalyseRequest&,
                                              inference::ResultSink&, JobControl&) override {
        return unavailable();
    }
    Result<inference::RequestSummary> edit(const inference::EditRequest&, inference::ResultSink&,
                                           JobControl&) override {
        return unavailable();
    }

private:
    static Error unavailable() {
        return {ErrorCode::Unavailable, "This engine has no generator yet."};
    }
};

} // namespace

Result<std::unique_ptr<inference::EngineService>> makeEngineService() {
    return std::unique_ptr<inference::EngineService>(std::make_unique<NoGenerator>());
}

} // namespace gesture::app
