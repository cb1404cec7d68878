// SPDX-License-Identifier: Apache-2.0
#include "core/base/assert.h"
#include "core/io/avatar_file.h"
#include "core/io/npz.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace gesture::io {

namespace {

using motion::BodyModelData;
using motion::RowMatrix;
using Arrays = std::vector<std::pair<std::string, NpyArray>>;

std::size_t rows(const auto& matrix) { return static_cast<std::size_t>(matrix.rows()); }
std::size_t columns(const auto& matrix) { return static_cast<std::size_t>(matrix.cols()); }

NpyArray matrixArray(const auto& matrix, std::vector<std::size_t> shape) {
    const std::span<const float> values(matrix.data(), rows(matrix) * columns(matrix));
    return NpyArray::from<float>(values, std::move(shape));
}

/// (n, N) from n arrays of N.
template <typename T, std::size_t N>
NpyArray groupedArray(const std::vector<std::array<T, N>>& values) {
    const T* first = values.empty() ? nullptr : values.front().data();
    return NpyArray::from<T>(std::span<const T>(first, N * values.size()), {values.size(), N});
}

/// (V, 3, shapes + expressions).
NpyArray directionsArray(const BodyModelData& data, std::size_t vertices) {
    RowMatrix all(data.shapeDirections.rows(),
                  data.shapeDirections.cols() + data.expressionDirections.cols());
    all << data.shapeDirections, data.expressionDirections;
    return matrixArray(all, {vertices, 3, columns(all)});
}

NpyArray treeArray(const std::vector<int>& parents) {
    std::vector<std::int64_t> table(parents.begin(), parents.end());
    for (std::size_t joint = 0; joint < parents.size(); ++joint)
        table.push_back(static_cast<std::int64_t>(joint));
    return NpyArray::from<std::int64_t>(table, {2, parents.size()});
}

void addBody(const BodyModelData& data, Arrays& arrays) {
    const std::size_t vertices = rows(data.templateVertices);
    const std::vector<std::int32_t> index(data.poseDirectionIndex.begin(),
                                          data.poseDirectionIndex.end());
    arrays.emplace_back("v_template", matrixArray(data.templateVertices, {vertices, 3}));
    arrays.emplace_back("f", groupedArray(data.faces));
    arrays.emplace_back("weights", matrixArray(data.weights, {vertices, columns(data.weights)}));
    arrays.emplace_back("J_regressor",
                        matrixArray(data.jointRegressor, {rows(data.jointRegressor), vertices}));
    arrays.emplace_back("kintree_table", treeArray(data.parents));
    arrays.emplace_back("shapedirs", directionsArray(data, vertices));
    arrays.emplace_back("posedirs", matrixArray(data.poseDirections, {vertices, 3, index.size()}));
    arrays.emplace_back("posedirs_index", NpyArray::from<std::int32_t>(index, {index.size()}));
    arrays.emplace_back("hands_meanl",
                        NpyArray::from<float>(data.leftHandMean, {data.leftHandMean.size()}));
    arrays.emplace_back("hands_meanr",
                        NpyArray::from<float>(data.rightHandMean, {data.rightHandMean.size()}));
    arrays.emplace_back("num_betas",
                        NpyArray::scalar(static_cast<std::int32_t>(data.shapeDirections.cols())));
    arrays.emplace_back("num_expressions", NpyArray::scalar(static_cast<std::int32_t>(
                                               data.expressionDirections.cols())));
}

void addAppearance(const AvatarAppearance& looks, Arrays& arrays) {
    if (!looks.textureFaces.empty()) {
        arrays.emplace_back("vt", groupedArray(looks.textureCoordinates));
        arrays.emplace_back("ft", groupedArray(looks.textureFaces));
    }
    if (!looks.partIds.empty()) {
        arrays.emplace_back("part_id",
                            NpyArray::from<std::uint8_t>(looks.partIds, {looks.partIds.size()}));
        arrays.emplace_back("part_names", NpyArray::fromStrings(looks.partNames));
        arrays.emplace_back("part_rgb", groupedArray(looks.partColours));
    }
    if (!looks.skinTint.empty()) arrays.emplace_back("skin_tint", groupedArray(looks.skinTint));
}

} // namespace

Status writeAvatarFile(const std::filesystem::path& path, const Avatar& avatar) {
    GESTURE_ASSERT(avatar.body != nullptr);
    Arrays arrays;
    addBody(avatar.body->data(), arrays);
    addAppearance(avatar.appearance, arrays);
    if (!avatar.shapeNames.empty())
        arrays.emplace_back("shape_names", NpyArray::fromStrings(avatar.shapeNames));
    if (!avatar.expressionNames.empty())
        arrays.emplace_back("expr_names", NpyArray::fromStrings(avatar.expressionNames));
    arrays.emplace_back("expression_space", NpyArray::fromString(nameOf(avatar.expressionSpace)));
    if (!avatar.licence.empty())
        arrays.emplace_back("licence", NpyArray::fromString(avatar.licence));
    return writeNpz(path, arrays, NpzCompression::Deflated);
}

} // namespace gesture::io
