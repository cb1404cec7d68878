// SPDX-License-Identifier: Apache-2.0
#include "core/models/generation/window_generator.h"

#include "core/models/generation/generators.h"

namespace gesture::models {

Result<std::unique_ptr<const WindowGenerator>> WindowGenerator::load(const io::Bundle& bundle,
                                                                     Placement placement) {
    switch (bundle.manifest.architecture) {
    case io::Architecture::SemTalk:
        return loadSemTalk(bundle, placement);
    case io::Architecture::EchoMask:
        return loadEchoMask(bundle, placement);
    case io::Architecture::Emage:
        return loadEmage(bundle, placement);
    }
    return Error{ErrorCode::Internal, "The bundle's architecture is not known."};
}

} // namespace gesture::models
