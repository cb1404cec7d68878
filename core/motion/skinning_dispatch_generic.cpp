// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skinning_kernel.h"

namespace gesture::motion {

extern const SkinningKernel kGenericSkinning;

const SkinningKernel* skinningKernels(std::size_t& count) {
    count = 1;
    return &kGenericSkinning;
}

} // namespace gesture::motion
