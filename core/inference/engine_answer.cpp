// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_answer.h"

#include "core/base/paths.h"
#include "core/base/process.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gesture::inference {

namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 4;

std::string_view lastJsonLine(std::string_view output) {
    std::string_view found;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const std::string_view line = output.substr(0, end);
        if (!line.empty() && line.front() == '{') found = line;
        output.remove_prefix(std::min(end + 1, output.size()));
    }
    return found;
}

} // namespace

const Json* FieldReader::find(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return note(key), nullptr;
    return &*found;
}

std::uint64_t FieldReader::whole(const char* key, std::uint64_t maximum) {
    const Json* field = find(key);
    if (field == nullptr) return 0;
    if (!field->is_number_unsigned() || field->get<std::uint64_t>() > maximum)
        return note(key), std::uint64_t{0};
    return field->get<std::uint64_t>();
}

std::string FieldReader::text(const char* key) {
    const Json* field = find(key);
    if (field == nullptr) return {};
    if (!field->is_string() || field->get_ref<const std::string&>().size() > kMaxAnswerText)
        return note(key), std::string();
    return field->get<std::string>();
}

double FieldReader::real(const char* key) {
    const Json* field = find(key);
    if (field == nullptr) return 0.0;
    if (!field->is_number() || !std::isfinite(field->get<double>())) return note(key), 0.0;
    return field->get<double>();
}

bool FieldReader::flag(const char* key) {
    const Json* field = find(key);
    if (field == nullptr) return false;
    if (!field->is_boolean()) return note(key), false;
    return field->get<bool>();
}

const Json* FieldReader::list(const char* key, std::size_t limit) {
    const Json* field = find(key);
    if (field == nullptr) return nullptr;
    if (!field->is_array() || field->size() > limit) return note(key), nullptr;
    return field;
}

Error fieldError(const std::string& field) {
    return {ErrorCode::InvalidInput,
            fmt::format("The engine's answer has no usable field '{}': engine and program are of "
                        "different versions, build both anew.",
                        field)};
}

std::string boundedText(const std::string& text) { return text.substr(0, kMaxAnswerText / 4); }

std::string answerLine(const Json& object) {
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Json> parseAnswer(std::string_view output, std::size_t maxBytes) {
    if (output.size() > maxBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("The engine answered with {} bytes; at most {} are read.",
                                 output.size(), maxBytes)};
    bool tooDeep = false;
    const auto limitDepth = [&tooDeep](int depth, Json::parse_event_t, Json&) {
        tooDeep = tooDeep || depth > kMaxDepth;
        return !tooDeep;
    };
    Json object = Json::parse(lastJsonLine(output), limitDepth, /*allow_exceptions=*/false);
    if (tooDeep || !object.is_object())
        return Error{ErrorCode::InvalidInput,
                     "The engine's answer is not the line of JSON that was expected."};
    return object;
}

Result<std::string> askEngine(const std::vector<std::string>& arguments,
                              std::chrono::milliseconds timeout) {
    const auto program = findProgram("gesture-engine");
    if (!program)
        return Error{ErrorCode::Unavailable,
                     "gesture-engine is not there: it is left out of a build without libtorch. "
                     "Run packaging/setup, then build anew."};
    Result<ProgramOutput> run = runProgram({*program, arguments}, timeout);
    if (!run) return run.error();
    if (run->exitStatus != 0)
        return Error{ErrorCode::Unavailable,
                     fmt::format("'{}' ended with status {}: {}", program->string(),
                                 run->exitStatus, run->text.substr(0, kMaxAnswerText))};
    return std::move(run->text);
}

} // namespace gesture::inference
