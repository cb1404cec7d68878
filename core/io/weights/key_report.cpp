// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/key_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unordered_map>

namespace gesture::io {

namespace {

constexpr std::size_t kNamesShown = 3;

/// The network's index and the file's tensor that is taken for it.
class Matches {
public:
    Matches(std::span<const TensorSpec> expected, std::span<const KeyAlias> aliases)
        : aliases_(aliases)
        , found_(expected.size(), nullptr) {
        for (std::size_t i = 0; i < expected.size(); ++i)
            indices_.emplace(expected[i].name, i);
    }

    /// False when the network has no such name or has it from another tensor already.
    bool takeByName(const TensorInfo& info) { return take(info.name, info); }

    bool takeByAlias(const TensorInfo& info) {
        for (const KeyAlias& alias : aliases_)
            if (info.name.starts_with(alias.oldPrefix) &&
                take(alias.newPrefix + info.name.substr(alias.oldPrefix.size()), info))
                return true;
        return false;
    }

    [[nodiscard]] const TensorInfo* of(std::size_t index) const { return found_[index]; }

private:
    bool take(const std::string& name, const TensorInfo& info) {
        const auto at = indices_.find(name);
        if (at == indices_.end() || found_[at->second] != nullptr) return false;
        found_[at->second] = &info;
        return true;
    }

    std::span<const KeyAlias> aliases_;
    std::unordered_map<std::string_view, std::size_t> indices_;
    std::vector<const TensorInfo*> found_;
};

bool typeFits(const TensorSpec& spec, TensorType type) {
    if (spec.type) return *spec.type == type;
    return type <= TensorType::BFloat16;
}

void compareOne(const TensorSpec& spec, const TensorInfo* info, KeyReport& report) {
    if (spec.need == TensorSpec::Need::Dead) return;
    if (info == nullptr) {
        const bool needed = spec.need == TensorSpec::Need::Required;
        (needed ? report.missing : report.absentOptional).push_back(spec.name);
    } else if (info->shape != spec.shape) {
        report.wrongShape.push_back(
            {spec.name, describeTensorShape(spec.shape), describeTensorShape(info->shape)});
    } else if (!typeFits(spec, info->type)) {
        report.wrongType.push_back({spec.name,
                                    std::string(spec.type ? nameOf(*spec.type) : "a float type"),
                                    std::string(nameOf(info->type))});
    } else {
        report.loadable.emplace(spec.name, info->name);
    }
}

std::string firstFew(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kNamesShown; ++i)
        text += (i > 0 ? ", " : "") + shownName(names[i]);
    return names.size() > kNamesShown ? text + ", …" : text;
}

std::string tensorsOf(std::size_t count) {
    return count == 1 ? "1 tensor" : fmt::format("{} tensors", count);
}

std::string mismatches(const std::vector<KeyReport::Mismatch>& list) {
    std::vector<std::string> texts;
    for (const auto& item : list)
        texts.push_back(fmt::format("{} {} instead of {}", item.name, item.found, item.expected));
    return firstFew(texts);
}

nlohmann::json toJson(const std::vector<KeyReport::Mismatch>& list) {
    nlohmann::json array = nlohmann::json::array();
    for (const auto& item : list)
        array.push_back({{"name", item.name}, {"expected", item.expected}, {"found", item.found}});
    return array;
}

} // namespace

bool KeyReport::exact() const { return sufficient() && unexpected.empty(); }

bool KeyReport::sufficient() const {
    return missing.empty() && wrongShape.empty() && wrongType.empty();
}

std::string KeyReport::describe(std::string_view file, std::string_view network) const {
    std::vector<std::string> sentences;
    if (!missing.empty())
        sentences.push_back(fmt::format("'{}' lacks {} that {} needs ({}).", file,
                                        tensorsOf(missing.size()), network, firstFew(missing)));
    if (!wrongShape.empty())
        sentences.push_back(fmt::format("'{}' has {} of another shape than {} ({}).", file,
                                        tensorsOf(wrongShape.size()), network,
                                        mismatches(wrongShape)));
    if (!wrongType.empty())
        sentences.push_back(fmt::format("'{}' has {} of another type than {} ({}).", file,
                                        tensorsOf(wrongType.size()), network,
                                        mismatches(wrongType)));
    if (!unexpected.empty())
        sentences.push_back(fmt::format("'{}' has {} that {} does not know ({}).", file,
                                        tensorsOf(unexpected.size()), network,
                                        firstFew(unexpected)));
    if (sentences.empty())
        return fmt::format("'{}' has all tensors of {} ({}).", file, network, loadable.size());
    std::string text = sentences.front();
    for (std::size_t i = 1; i < sentences.size(); ++i)
        text += " " + sentences[i];
    return text;
}

std::string KeyReport::json() const {
    const nlohmann::json value{{"exact", exact()},
                               {"sufficient", sufficient()},
                               {"missing", missing},
                               {"absentOptional", absentOptional},
                               {"unexpected", unexpected},
                               {"wrongShape", toJson(wrongShape)},
                               {"wrongType", toJson(wrongType)},
                               {"loadable", loadable}};
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

KeyReport compareKeys(std::span<const TensorInfo> found, std::span<const TensorSpec> expected,
                      std::span<const KeyAlias> aliases) {
    KeyReport report;
    Matches matches(expected, aliases);
    std::vector<const TensorInfo*> unknown;
    for (const TensorInfo& info : found)
        if (!matches.takeByName(info)) unknown.push_back(&info);
    for (const TensorInfo* info : unknown)
        if (!matches.takeByAlias(*info)) report.unexpected.push_back(info->name);
    for (std::size_t i = 0; i < expected.size(); ++i)
        compareOne(expected[i], matches.of(i), report);
    return report;
}

} // namespace gesture::io
