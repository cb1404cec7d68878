// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gesture::training {

enum class ReportStyle { Text, Json };

/// The report of `gesture-train devices`: which devices training can use here and why not others;
/// lines for people, or one line of JSON. Blocks for a second or so.
[[nodiscard]] std::string devicesReport(ReportStyle style);

} // namespace gesture::training
