// SPDX-License-Identifier: Apache-2.0
// The kernel for any processor.
#define GESTURE_SKINNING_NAME kGenericSkinning
#define GESTURE_SKINNING_LABEL "generic"
#define GESTURE_SKINNING_LANES 4
#define GESTURE_SKINNING_FRAMES 1
#include "core/motion/skinning_kernel_body.h"
