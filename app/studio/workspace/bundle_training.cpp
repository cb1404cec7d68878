// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/bundle_training.h"

namespace gesture::app {

inference::MaskTraining maskTrainingOf(io::Architecture architecture) {
    switch (architecture) {
    case io::Architecture::SemTalk:
        return inference::semTalkMaskTraining();
    case io::Architecture::EchoMask:
        return inference::echoMaskMaskTraining();
    case io::Architecture::Emage:
        break;
    }
    return inference::emageMaskTraining();
}

} // namespace gesture::app
