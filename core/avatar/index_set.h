// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// Membership table of a list such as "0-1354,1462,1500-1503": entry i tells whether i is listed.
/// The lists are constants of this program; indices past `size` break an invariant.
[[nodiscard]] std::vector<bool> indexSet(std::string_view ranges, std::size_t size);

} // namespace gesture::avatar
