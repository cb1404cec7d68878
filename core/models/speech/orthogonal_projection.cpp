// SPDX-License-Identifier: Apache-2.0
#include "core/models/speech/orthogonal_projection.h"

#include "core/base/assert.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/randn.h>

namespace gesture::models {

at::Tensor seededNormals(const OrthogonalProjectionShape& shape) {
    const at::NoGradGuard noGradient;
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(shape.seed);
    return at::randn({shape.in, shape.in}, generator, at::kFloat);
}

at::Tensor orthogonalProjection(const OrthogonalProjectionShape& shape) {
    GESTURE_ASSERT(shape.out > 0 && shape.out <= shape.in);
    const at::NoGradGuard noGradient;
    const at::Tensor q = std::get<0>(at::linalg_qr(seededNormals(shape)));
    return q.narrow(1, 0, shape.out).contiguous();
}

} // namespace gesture::models
