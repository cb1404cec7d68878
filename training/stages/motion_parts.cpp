// SPDX-License-Identifier: Apache-2.0
#include "training/stages/motion_parts.h"

#include "core/motion/representation.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/tensor.h>

#include <vector>

namespace gesture::training {

namespace {

constexpr double kFrameSeconds = 1.0 / 30.0;

at::Tensor indexTensor(const std::vector<std::int64_t>& values, at::Device device) {
    return at::tensor(values).to(device);
}

} // namespace

at::Tensor partOfMotion(motion::BodyPart part, const at::Tensor& motion,
                        const at::Tensor& expressions) {
    const std::vector<int> columns = motion::motionColumns(part);
    const at::Tensor picked =
        motion.index_select(2, indexTensor({columns.begin(), columns.end()}, motion.device()));
    return part == motion::BodyPart::Face ? at::cat({picked, expressions}, 2) : picked;
}

at::Tensor jointIndexOf(motion::BodyPart part, at::Device device) {
    const auto joints = motion::jointsOf(part);
    return indexTensor({joints.begin(), joints.end()}, device);
}

at::Tensor rootSpeed(const at::Tensor& places) {
    const std::int64_t frames = places.size(1);
    const at::Tensor first = places.narrow(1, 1, 1) - places.narrow(1, 0, 1);
    const at::Tensor last = places.narrow(1, frames - 1, 1) - places.narrow(1, frames - 2, 1);
    const at::Tensor inner =
        (places.narrow(1, 2, frames - 2) - places.narrow(1, 0, frames - 2)) / 2.0;
    return at::cat({first, inner, last}, 1) / kFrameSeconds;
}

at::Tensor rootPlaces(const at::Tensor& speed, const at::Tensor& start) {
    const at::Tensor way = at::cumsum(speed.narrow(1, 0, speed.size(1) - 1) * kFrameSeconds, 1);
    const at::Tensor begin = start.unsqueeze(1);
    return at::cat({begin, begin + way}, 1);
}

} // namespace gesture::training
