// SPDX-License-Identifier: Apache-2.0
// The kernel for AVX-512; compiled with the flags for it (CMakeLists.txt).
#define GESTURE_SKINNING_NAME kAvx512Skinning
#define GESTURE_SKINNING_LABEL "avx512"
#define GESTURE_SKINNING_LANES 16
#define GESTURE_SKINNING_FRAMES 8
#include "core/motion/skinning_kernel_body.h"
