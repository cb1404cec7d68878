// SPDX-License-Identifier: Apache-2.0
// The kernel for AVX2 with FMA; compiled with the flags for it (CMakeLists.txt).
#define GESTURE_SKINNING_NAME kAvx2Skinning
#define GESTURE_SKINNING_LABEL "avx2"
#define GESTURE_SKINNING_LANES 8
#define GESTURE_SKINNING_FRAMES 2
#include "core/motion/skinning_kernel_body.h"
