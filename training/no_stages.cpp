// SPDX-License-Identifier: Apache-2.0
// The registry of a trainer that is built without its stages.
#include "training/stages/registry.h"

namespace gesture::training {

Result<StageSetup> makeStage(const StageRequest& /*request*/, JobControl& /*control*/) {
    return Error{ErrorCode::Unavailable, "This gesture-train was built without stages."};
}

std::vector<std::string> stageNames() { return {}; }

} // namespace gesture::training
