// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/convert_report.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::io {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxTensorText = 512 * 1024;
constexpr std::size_t kMaxMessage = 4096;
constexpr int kLastCode = static_cast<int>(ErrorCode::Internal);

std::string line(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// What no true report says raises one of the library's exceptions, which the caller turns into
/// the answer "not understood".
TensorInfo tensorFrom(const json& entry) {
    const auto type = tensorTypeFrom(entry.at(1).get_ref<const std::string&>());
    TensorInfo info{entry.at(0).get<std::string>(), type.value_or(TensorType::Float32), {}};
    for (const json& size : entry.at(2))
        info.shape.push_back(size.get<std::uint64_t>());
    return info;
}

ConvertReport reportFrom(const json& value) {
    ConvertReport report;
    report.container = shownName(value.at("container").get<std::string>());
    report.wrapper = shownName(value.at("wrapper").get<std::string>());
    report.modulePrefix = value.at("modulePrefix").get<bool>();
    report.count = value.at("count").get<std::uint64_t>();
    for (const json& entry : value.at("tensors"))
        report.tensors.push_back(tensorFrom(entry));
    for (const json& name : value.at("skipped"))
        report.skipped.push_back(shownName(name.get<std::string>()));
    return report;
}

Error failureFrom(const json& value) {
    const int code = value.at("code").get<int>();
    return {code >= 0 && code <= kLastCode ? static_cast<ErrorCode>(code) : ErrorCode::Internal,
            value.at("error").get<std::string>().substr(0, kMaxMessage)};
}

} // namespace

std::string convertReportJson(const ConvertReport& report) {
    json tensors = json::array();
    std::size_t text = 0;
    for (const TensorInfo& info : report.tensors) {
        // Names are escaped to twice their length at most, sizes have up to 20 digits.
        text += 2 * info.name.size() + 21 * info.shape.size() + 24;
        if (text > kMaxTensorText) break;
        tensors.push_back({info.name, nameOf(info.type), info.shape});
    }
    return line({{"container", report.container},
                 {"wrapper", report.wrapper},
                 {"modulePrefix", report.modulePrefix},
                 {"count", report.count},
                 {"tensors", tensors},
                 {"skipped", report.skipped}});
}

std::string convertFailureJson(const Error& error) {
    return line({{"error", error.message()}, {"code", static_cast<int>(error.code())}});
}

Result<ConvertReport> parseConvertReport(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    try {
        if (value.is_object() && value.contains("error")) return failureFrom(value);
        return reportFrom(value);
    } catch (const json::exception&) {
        return Error{ErrorCode::Internal, "The converter's answer was not understood."};
    }
}

} // namespace gesture::io
