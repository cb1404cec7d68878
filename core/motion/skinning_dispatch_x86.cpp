// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skinning_kernel.h"

#include <array>

namespace gesture::motion {

extern const SkinningKernel kAvx512Skinning;
extern const SkinningKernel kAvx2Skinning;
extern const SkinningKernel kGenericSkinning;

namespace {

struct Kernels {
    std::array<SkinningKernel, 3> list{};
    std::size_t count = 0;

    Kernels() {
        if (__builtin_cpu_supports("avx512f")) list[count++] = kAvx512Skinning;
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
            list[count++] = kAvx2Skinning;
        }
        list[count++] = kGenericSkinning;
    }
};

} // namespace

const SkinningKernel* skinningKernels(std::size_t& count) {
    static const Kernels kernels;
    count = kernels.count;
    return kernels.list.data();
}

} // namespace gesture::motion
