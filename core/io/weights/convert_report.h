// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/tensor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// What the converter says of a file of others. Value type.
struct ConvertReport {
    std::string container;            ///< "zip", "legacy" or "vocabulary".
    std::string wrapper;              ///< Key of the dictionary that was taken, or empty.
    bool modulePrefix = false;        ///< "module." was taken off every name.
    std::uint64_t count = 0;          ///< Tensors or words.
    std::vector<TensorInfo> tensors;  ///< As many as fit into 512 KiB of text.
    std::vector<std::string> skipped; ///< Entries of which nothing was taken; at most 16.
};

/// One line of JSON: the report, or the failure.
[[nodiscard]] std::string convertReportJson(const ConvertReport& report);
[[nodiscard]] std::string convertFailureJson(const Error& error);

/// Reads such a line; the process that wrote it is not trusted. The failure that it reports is
/// returned as an error. Internal when it is neither.
[[nodiscard]] Result<ConvertReport> parseConvertReport(std::string_view line);

} // namespace gesture::io
