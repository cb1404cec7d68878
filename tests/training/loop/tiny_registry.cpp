// SPDX-License-Identifier: Apache-2.0
// The registry of the tests' trainer: one stage, "tiny".
#include "tests/training/loop/tiny_stage.h"
#include "training/stages/registry.h"

namespace gesture::training {

Result<StageSetup> makeStage(const StageRequest& request, JobControl& /*control*/) {
    ConfigReader tiny = request.config.section("tiny");
    test::TinyOptions options;
    options.width = tiny.count("width", 16, {1, 4096});
    options.dropout = tiny.number("dropout", 0.1, {0.0, 0.9});
    options.batch = tiny.count("batch", 8, {1, 1024});
    options.samples = tiny.count("samples", 80, {1, 1'000'000});
    options.badStep = tiny.count("bad_step", -1, {-1});
    options.badLossStep = tiny.count("bad_loss_step", -1, {-1});
    options.brokenDataStep = tiny.count("broken_data_step", -1, {-1});
    const std::string key = tiny.text("data_key", "tiny-1");
    test::TinyOptions heldOut = options;
    heldOut.seed += 1000;
    heldOut.brokenDataStep = -1;
    return StageSetup{test::makeTinyStage(options), test::makeTinyData(options),
                      test::makeTinyData(heldOut), key};
}

std::vector<std::string> stageNames() { return {"tiny"}; }

} // namespace gesture::training
