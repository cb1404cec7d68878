// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_accessors.h"

#include <memory>
#include <utility>

namespace gesture::interchange {

namespace {

std::size_t componentsOf(const std::string& type) {
    if (type == "SCALAR") return 1;
    if (type == "VEC2") return 2;
    if (type == "VEC3") return 3;
    return type == "VEC4" ? 4 : 16;
}

std::size_t bytesOf(GlbComponent component) {
    switch (component) {
    case GlbComponent::UnsignedByte:
        return 1;
    case GlbComponent::UnsignedShort:
        return 2;
    case GlbComponent::UnsignedInt:
    case GlbComponent::Float:
        return 4;
    }
    return 4;
}

} // namespace

int GlbAccessors::add(GlbAccessor accessor, GlbBuffer::Fill fill) {
    const std::uint64_t bytes =
        accessor.count * componentsOf(accessor.type) * bytesOf(accessor.component);
    accessor.view = buffer_.add(bytes, accessor.target, std::move(fill));
    list_.push_back(std::move(accessor));
    return static_cast<int>(list_.size()) - 1;
}

int GlbAccessors::addSparse(std::size_t count, std::vector<std::uint32_t> indices,
                            std::vector<Eigen::Vector3f> values) {
    if (indices.empty()) {
        indices.push_back(0);
        values.emplace_back(Eigen::Vector3f::Zero());
    }
    GlbAccessor accessor{.count = count, .type = "VEC3"};
    setBounds(accessor, values, values.size() < count);
    accessor.sparseCount = indices.size();
    const std::uint64_t entries = indices.size();
    accessor.sparseIndices = buffer_.add(
        entries * sizeof(std::uint32_t), GlbBuffer::Target::None,
        [shared = std::make_shared<const std::vector<std::uint32_t>>(std::move(indices))](
            GlbBytes& bytes) { bytes.addAll(std::as_bytes(std::span(*shared))); });
    accessor.sparseValues =
        buffer_.add(entries * 3 * sizeof(float), GlbBuffer::Target::None,
                    [shared = std::make_shared<const std::vector<Eigen::Vector3f>>(
                         std::move(values))](GlbBytes& bytes) {
                        for (const Eigen::Vector3f& value : *shared)
                            bytes.addAll(std::as_bytes(std::span(value.data(), 3)));
                    });
    list_.push_back(std::move(accessor));
    return static_cast<int>(list_.size()) - 1;
}

void setBounds(GlbAccessor& accessor, const std::vector<Eigen::Vector3f>& values, bool withZero) {
    Eigen::Vector3f lowest =
        withZero || values.empty() ? Eigen::Vector3f(Eigen::Vector3f::Zero()) : values.front();
    Eigen::Vector3f highest = lowest;
    for (const Eigen::Vector3f& value : values) {
        lowest = lowest.cwiseMin(value);
        highest = highest.cwiseMax(value);
    }
    accessor.lowest.assign(lowest.data(), lowest.data() + 3);
    accessor.highest.assign(highest.data(), highest.data() + 3);
}

} // namespace gesture::interchange
