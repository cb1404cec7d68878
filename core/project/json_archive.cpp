// SPDX-License-Identifier: Apache-2.0
#include "core/project/json_archive.h"

#include "core/base/utf8.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace gesture::project {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxPath = 4096;

std::string jsonText(std::string_view text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

bool outside(double value, double lowest, double highest) {
    return !std::isfinite(value) || value < lowest || value > highest;
}

} // namespace

JsonWriter::JsonWriter() { text_ = "{"; }

Result<std::string> JsonWriter::finish() && {
    if (problem_)
        return Error{ErrorCode::InvalidInput, "The project cannot hold this: " + *problem_ + "."};
    text_ += '}';
    return std::move(text_);
}

void JsonWriter::fail(std::string_view key, std::string_view what) {
    if (!problem_) problem_ = fmt::format("'{}' {}", key, what);
}

void JsonWriter::separate() {
    if (!first_) text_ += ',';
    first_ = false;
}

void JsonWriter::open(char bracket) {
    text_ += bracket;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    text_ += bracket;
    first_ = false;
}

void JsonWriter::putKey(std::string_view key) {
    separate();
    text_ += jsonText(key);
    text_ += ':';
}

void JsonWriter::putInteger(std::string_view key, std::int64_t value, std::int64_t lowest,
                            std::int64_t highest) {
    if (value < lowest || value > highest)
        return fail(key,
                    fmt::format("is {}; it must lie between {} and {}", value, lowest, highest));
    putKey(key);
    text_ += std::to_string(value);
}

void JsonWriter::putReal(double value) { text_ += json(value).dump(); }

void JsonWriter::natural(const char* key, const std::uint64_t& value) {
    putKey(key);
    text_ += std::to_string(value);
}

void JsonWriter::real(const char* key, const double& value, double lowest, double highest) {
    if (outside(value, lowest, highest))
        return fail(key,
                    fmt::format("is {}; it must lie between {} and {}", value, lowest, highest));
    putKey(key);
    putReal(value);
}

void JsonWriter::flag(const char* key, const bool& value) {
    putKey(key);
    text_ += value ? "true" : "false";
}

void JsonWriter::text(const char* key, const std::string& value, std::size_t maxBytes) {
    if (value.size() > maxBytes)
        return fail(key, fmt::format("has {} bytes; at most {} are kept", value.size(), maxBytes));
    if (firstInvalidUtf8(value)) return fail(key, "is no UTF-8 text");
    putKey(key);
    text_ += jsonText(value);
}

void JsonWriter::path(const char* key, const std::filesystem::path& value) {
    text(key, value.string(), kMaxPath);
}

void JsonWriter::checkCount(std::string_view key, std::size_t have, std::size_t highest) {
    if (have > highest)
        fail(key, fmt::format("has {} entries; at most {} are kept", have, highest));
}

void JsonWriter::integers(const char* key, const std::vector<std::int64_t>& values,
                          std::size_t highest) {
    checkCount(key, values.size(), highest);
    putKey(key);
    open('[');
    for (const std::int64_t value : values) {
        separate();
        text_ += std::to_string(value);
    }
    close(']');
}

void JsonWriter::reals(const char* key, const std::vector<double>& values, std::size_t highest) {
    checkCount(key, values.size(), highest);
    putKey(key);
    open('[');
    for (const double value : values) {
        if (!std::isfinite(value)) fail(key, "holds what is no number");
        separate();
        putReal(value);
    }
    close(']');
}

/// The parsed text and where in it the reader stands.
struct JsonReader::Tree {
    json root;
    std::vector<const json*> path;

    [[nodiscard]] const json* find(std::string_view key) const {
        const json& here = *path.back();
        const auto found = here.find(key);
        return found == here.end() ? nullptr : &*found;
    }
};

JsonReader::JsonReader(std::string_view text)
    : tree_(std::make_unique<Tree>()) {
    tree_->root = json::parse(text, nullptr, /*allow_exceptions=*/false);
    tree_->path.push_back(&tree_->root);
    if (!tree_->root.is_object()) {
        tree_->root = json::object();
        problem_ = "it is no JSON object";
    }
}

JsonReader::~JsonReader() = default;

Status JsonReader::finish() const {
    if (!problem_) return Status::success();
    return Error{ErrorCode::InvalidInput, *problem_};
}

void JsonReader::fail(std::string_view key, std::string_view what) {
    if (!problem_) problem_ = fmt::format("'{}' {}", key, what);
}

std::optional<std::int64_t> JsonReader::takeInteger(std::string_view key, std::int64_t lowest,
                                                    std::int64_t highest) {
    const json* value = failed() ? nullptr : tree_->find(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number_integer() ||
        (value->is_number_unsigned() &&
         value->get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())) {
        fail(key, "is no whole number");
        return std::nullopt;
    }
    const auto number = value->get<std::int64_t>();
    if (number < lowest || number > highest) {
        fail(key, fmt::format("is {}; it must lie between {} and {}", number, lowest, highest));
        return std::nullopt;
    }
    return number;
}

void JsonReader::natural(const char* key, std::uint64_t& value) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return;
    if (!found->is_number_unsigned()) return fail(key, "is no natural number");
    value = found->get<std::uint64_t>();
}

void JsonReader::real(const char* key, double& value, double lowest, double highest) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return;
    if (!found->is_number()) return fail(key, "is no number");
    const auto number = found->get<double>();
    if (outside(number, lowest, highest))
        return fail(key,
                    fmt::format("is {}; it must lie between {} and {}", number, lowest, highest));
    value = number;
}

void JsonReader::flag(const char* key, bool& value) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return;
    if (!found->is_boolean()) return fail(key, "is neither true nor false");
    value = found->get<bool>();
}

void JsonReader::text(const char* key, std::string& value, std::size_t maxBytes) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return;
    if (!found->is_string()) return fail(key, "is no text");
    const auto& taken = found->get_ref<const std::string&>();
    if (taken.size() > maxBytes) return fail(key, fmt::format("is longer than {} bytes", maxBytes));
    if (firstInvalidUtf8(taken)) return fail(key, "is no UTF-8 text");
    value = taken;
}

void JsonReader::path(const char* key, std::filesystem::path& value) {
    std::string taken = value.string();
    text(key, taken, kMaxPath);
    if (taken.find('\0') != taken.npos) return fail(key, "is no path");
    value = taken;
}

void JsonReader::integers(const char* key, std::vector<std::int64_t>& values, std::size_t highest) {
    values.clear();
    const std::size_t count = countOf(key, highest);
    if (count == 0) return;
    values.reserve(count);
    for (const json& value : *tree_->find(key)) {
        if (!value.is_number_integer()) return fail(key, "holds what is no whole number");
        values.push_back(value.get<std::int64_t>());
    }
}

void JsonReader::reals(const char* key, std::vector<double>& values, std::size_t highest) {
    values.clear();
    const std::size_t count = countOf(key, highest);
    if (count == 0) return;
    values.reserve(count);
    for (const json& value : *tree_->find(key)) {
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return fail(key, "holds what is no number");
        values.push_back(value.get<double>());
    }
}

bool JsonReader::enter(std::string_view key) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return false;
    if (!found->is_object()) {
        fail(key, "is no object");
        return false;
    }
    tree_->path.push_back(found);
    return true;
}

bool JsonReader::enterItem(std::string_view key, std::size_t index) {
    if (failed()) return false;
    const json& item = (*tree_->find(key))[index];
    if (!item.is_object()) {
        fail(key, "holds what is no object");
        return false;
    }
    tree_->path.push_back(&item);
    return true;
}

void JsonReader::leave() { tree_->path.pop_back(); }

std::size_t JsonReader::countOf(std::string_view key, std::size_t highest) {
    const json* found = failed() ? nullptr : tree_->find(key);
    if (found == nullptr) return 0;
    if (!found->is_array()) return fail(key, "is no list"), 0;
    if (found->size() > highest)
        return fail(key,
                    fmt::format("has {} entries; at most {} are read", found->size(), highest)),
               0;
    return found->size();
}

} // namespace gesture::project
