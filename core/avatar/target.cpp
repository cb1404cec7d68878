// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/target.h"

#include "core/avatar/text_lines.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace gesture::avatar {

namespace {

bool readOffset(const std::vector<std::string_view>& fields, Points64& offsets) {
    if (fields.size() != 4) return false;
    const auto vertex = numberFrom<Eigen::Index>(fields[0]);
    if (!vertex || *vertex < 0 || *vertex >= offsets.rows()) return false;
    for (int axis = 0; axis < 3; ++axis) {
        const auto number = numberFrom<double>(fields[static_cast<std::size_t>(axis) + 1]);
        if (!number || !std::isfinite(*number)) return false;
        offsets(*vertex, axis) = *number;
    }
    return true;
}

} // namespace

Result<Points64> parseTarget(std::string_view text, Eigen::Index vertexCount) {
    Points64 offsets = Points64::Zero(vertexCount, 3);
    std::vector<std::string_view> fields;
    for (int line = 1; !text.empty(); ++line) {
        splitFields(takeLine(text), fields);
        if (fields.empty() || fields[0].front() == '#') continue;
        if (!readOffset(fields, offsets)) {
            return Error(ErrorCode::InvalidInput,
                         fmt::format("Line {} of the target is damaged: it should be a vertex "
                                     "below {} and three numbers.",
                                     line, vertexCount));
        }
    }
    return offsets;
}

} // namespace gesture::avatar
