// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interchange/gltf/glb_buffer.h"

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace gesture::interchange {

/// Types of elements; glTF's numbers.
enum class GlbComponent : std::uint16_t {
    UnsignedByte = 5121,
    UnsignedShort = 5123,
    UnsignedInt = 5125,
    Float = 5126,
};

/// What a view of the buffer means.
struct GlbAccessor {
    std::size_t count = 0;
    std::string type; ///< "SCALAR", "VEC2", "VEC3", "VEC4", "MAT4".
    GlbComponent component = GlbComponent::Float;
    std::vector<float> lowest = {}; ///< Of each component; empty: not said.
    std::vector<float> highest = {};
    GlbBuffer::Target target = GlbBuffer::Target::None;
    // Filled in by GlbAccessors.
    int view = -1;
    std::size_t sparseCount = 0; ///< 0: the view holds all elements.
    int sparseIndices = -1;
    int sparseValues = -1;
};

/// Accessors of a .glb file and their places in its buffer. Single thread.
class GlbAccessors {
public:
    explicit GlbAccessors(GlbBuffer& buffer)
        : buffer_(buffer) {}

    /// Adds an accessor whose elements `fill` writes; returns its index.
    [[nodiscard]] int add(GlbAccessor accessor, GlbBuffer::Fill fill);

    /// Adds (count) vectors that are zero but for those of `indices` (ascending, each once, with
    /// their `values`). At least one element is stored: some readers know no empty accessors.
    [[nodiscard]] int addSparse(std::size_t count, std::vector<std::uint32_t> indices,
                                std::vector<Eigen::Vector3f> values);

    /// A view that is no accessor: a picture.
    [[nodiscard]] int addBytes(std::uint64_t bytes, GlbBuffer::Fill fill) {
        return buffer_.add(bytes, GlbBuffer::Target::None, std::move(fill));
    }

    [[nodiscard]] const std::vector<GlbAccessor>& list() const { return list_; }

private:
    GlbBuffer& buffer_;
    std::vector<GlbAccessor> list_;
};

/// Lowest and highest value of each axis, written into `accessor`; `withZero` counts the origin.
void setBounds(GlbAccessor& accessor, const std::vector<Eigen::Vector3f>& values, bool withZero);

} // namespace gesture::interchange
