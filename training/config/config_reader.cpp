// SPDX-License-Identifier: Apache-2.0
#include "training/config/config_reader.h"

#include "core/base/atomic_file.h"
#include "training/config/config_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

namespace gesture::training {

namespace {

constexpr std::size_t kMaxListLength = 4096;
constexpr std::size_t kMaxTextLength = 4096;
constexpr std::size_t kShownLength = 40;

/// A mapping of the text, or one that it lacks, and what was asked of it.
struct Section {
    struct Question {
        std::string key;
        std::string answer; ///< As YAML; empty where only `has` was asked.
        std::unique_ptr<Section> section;
    };

    const ConfigNode* node = nullptr; ///< Absent where the text has no such mapping.
    std::string path;                 ///< "optimiser.", empty outermost.
    std::vector<Question> questions;

    Question& ask(std::string_view key) {
        const auto found = std::find_if(questions.begin(), questions.end(),
                                        [&](const Question& asked) { return asked.key == key; });
        if (found != questions.end()) return *found;
        questions.push_back({std::string(key), {}, nullptr});
        return questions.back();
    }
    [[nodiscard]] const ConfigNode* find(std::string_view key) const {
        return node == nullptr ? nullptr : node->find(key);
    }
};

/// Letters to change, to leave out, to put in or to exchange with their neighbour.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::vector<std::size_t> next(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t differs = a[i - 1] == b[j - 1] ? 0 : 1;
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + differs});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before = row;
        row = next;
    }
    return row[b.size()];
}

/// What a message adds about a key that nobody asked for.
std::string hintFor(std::string_view unknown, const Section& section) {
    std::string_view nearest;
    std::size_t distance = 2 + unknown.size() / 3;
    std::string known;
    for (const Section::Question& question : section.questions) {
        known += (known.empty() ? "" : ", ") + question.key;
        const std::size_t here = editDistance(unknown, question.key);
        if (here >= distance) continue;
        distance = here;
        nearest = question.key;
    }
    if (!nearest.empty()) return fmt::format("Did you mean '{}'?", nearest);
    return known.empty() ? "No key is known there." : fmt::format("Known are: {}.", known);
}

struct UnknownKey {
    int line = 0;
    std::string message;
};

void findUnknown(const Section& section, std::optional<UnknownKey>& first) {
    if (section.node != nullptr) {
        for (const ConfigNode& node : section.node->children) {
            const bool asked =
                std::any_of(section.questions.begin(), section.questions.end(),
                            [&](const auto& question) { return question.key == node.key; });
            if (asked || (first && first->line <= node.line)) continue;
            first = UnknownKey{node.line, fmt::format("there is no key '{}{}'. {}", section.path,
                                                      node.key, hintFor(node.key, section))};
        }
    }
    for (const Section::Question& question : section.questions)
        if (question.section) findUnknown(*question.section, first);
}

void writeSection(const Section& section, std::size_t indent, std::string& text) {
    for (const Section::Question& question : section.questions) {
        if (question.section) {
            std::string inside;
            writeSection(*question.section, indent + 2, inside);
            text += fmt::format("{:{}}{}:{}\n{}", "", indent, question.key,
                                inside.empty() ? " {}" : "", inside);
        } else if (!question.answer.empty()) {
            text += fmt::format("{:{}}{}: {}\n", "", indent, question.key, question.answer);
        }
    }
}

std::string shown(const ConfigNode& node) {
    switch (node.kind) {
    case ConfigNode::Kind::Nothing:
        return "nothing";
    case ConfigNode::Kind::List:
        return "a list";
    case ConfigNode::Kind::Map:
        return "keys with values";
    case ConfigNode::Kind::Scalar:
        break;
    }
    const bool plain = std::all_of(node.scalar.begin(), node.scalar.end(),
                                   [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
    if (!plain || node.scalar.size() > kShownLength) return "a text";
    return fmt::format("'{}'", node.scalar);
}

template <typename Number>
std::optional<Number> parseNumber(const ConfigNode& node) {
    if (node.kind != ConfigNode::Kind::Scalar || node.quoted) return std::nullopt;
    const std::string& text = node.scalar;
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    Number value{};
    const auto parsed = std::from_chars(begin, text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
    if constexpr (std::is_floating_point_v<Number>)
        if (!std::isfinite(value)) return std::nullopt;
    return value;
}

template <typename Number>
std::string describeBounds(Bounds<Number> bounds) {
    const bool below = bounds.lowest != std::numeric_limits<Number>::lowest();
    const bool above = bounds.highest != std::numeric_limits<Number>::max();
    if (below && above) return fmt::format(" from {} to {}", bounds.lowest, bounds.highest);
    if (below) return fmt::format(" of at least {}", bounds.lowest);
    if (above) return fmt::format(" of at most {}", bounds.highest);
    return {};
}

template <typename Number>
bool within(Number value, Bounds<Number> bounds) {
    return value >= bounds.lowest && value <= bounds.highest;
}

bool isLine(const ConfigNode& node) {
    return node.kind == ConfigNode::Kind::Scalar && node.scalar.size() <= kMaxTextLength &&
           std::none_of(node.scalar.begin(), node.scalar.end(),
                        [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

} // namespace

struct ConfigReader::State {
    std::string origin;
    ConfigNode tree;
    Section root;
    std::optional<Error> error;

    void fail(int line, const std::string& what) {
        if (error) return;
        const std::string where = line > 0 ? fmt::format(" line {}", line) : std::string{};
        error = Error{ErrorCode::InvalidInput, fmt::format("'{}'{}: {}", origin, where, what)};
    }
};

struct ConfigReader::Place {
    Section* section = nullptr;

    /// The value of a key that has not been found wrong before; nothing: take the default.
    [[nodiscard]] const ConfigNode* look(State& state, std::string_view key) const {
        return state.error ? nullptr : section->find(key);
    }
    void refuse(State& state, std::string_view key, const ConfigNode& node,
                std::string_view wanted) const {
        state.fail(node.line, fmt::format("'{}{}' must be {}, not {}.", section->path, key, wanted,
                                          shown(node)));
    }
};

ConfigReader::ConfigReader(std::shared_ptr<State> state, std::unique_ptr<Place> place)
    : state_(std::move(state))
    , place_(std::move(place)) {}
ConfigReader::ConfigReader(ConfigReader&&) noexcept = default;
ConfigReader& ConfigReader::operator=(ConfigReader&&) noexcept = default;
ConfigReader::~ConfigReader() = default;

Result<ConfigReader> ConfigReader::parse(std::string_view yaml, std::string origin) {
    auto tree = parseConfigTree(yaml);
    if (!tree)
        return Error{tree.error().code(),
                     fmt::format("'{}' cannot be read: {}.", origin, tree.error().message())};
    auto state = std::make_shared<State>();
    state->origin = std::move(origin);
    state->tree = std::move(*tree);
    state->root.node = &state->tree;
    auto place = std::make_unique<Place>();
    place->section = &state->root;
    return ConfigReader(std::move(state), std::move(place));
}

Result<ConfigReader> ConfigReader::open(const std::filesystem::path& path) {
    auto text = readTextFile(path, kMaxConfigBytes);
    if (!text) return std::move(text).error();
    return parse(*text, path.string());
}

ConfigReader ConfigReader::section(std::string_view key) {
    Section& here = *place_->section;
    Section::Question& question = here.ask(key);
    if (!question.section) {
        question.section = std::make_unique<Section>();
        question.section->path = fmt::format("{}{}.", here.path, key);
        const ConfigNode* node = here.find(key);
        if (node != nullptr && node->kind == ConfigNode::Kind::Map)
            question.section->node = node;
        else if (node != nullptr && node->kind != ConfigNode::Kind::Nothing)
            place_->refuse(*state_, key, *node, "keys with values");
    }
    auto place = std::make_unique<Place>();
    place->section = question.section.get();
    return {state_, std::move(place)};
}

double ConfigReader::number(std::string_view key, double otherwise, Bounds<double> bounds) {
    double value = otherwise;
    if (const ConfigNode* node = place_->look(*state_, key)) {
        const auto parsed = parseNumber<double>(*node);
        if (parsed && within(*parsed, bounds))
            value = *parsed;
        else
            place_->refuse(*state_, key, *node, "a number" + describeBounds(bounds));
    }
    place_->section->ask(key).answer = fmt::format("{}", value);
    return value;
}

std::int64_t ConfigReader::count(std::string_view key, std::int64_t otherwise,
                                 Bounds<std::int64_t> bounds) {
    std::int64_t value = otherwise;
    if (const ConfigNode* node = place_->look(*state_, key)) {
        const auto parsed = parseNumber<std::int64_t>(*node);
        if (parsed && within(*parsed, bounds))
            value = *parsed;
        else
            place_->refuse(*state_, key, *node, "a whole number" + describeBounds(bounds));
    }
    place_->section->ask(key).answer = fmt::format("{}", value);
    return value;
}

bool ConfigReader::flag(std::string_view key, bool otherwise) {
    bool value = otherwise;
    if (const ConfigNode* node = place_->look(*state_, key)) {
        const bool plain = node->kind == ConfigNode::Kind::Scalar && !node->quoted;
        if (plain && (node->scalar == "true" || node->scalar == "false"))
            value = node->scalar == "true";
        else
            place_->refuse(*state_, key, *node, "true or false");
    }
    place_->section->ask(key).answer = value ? "true" : "false";
    return value;
}

std::string ConfigReader::text(std::string_view key, std::string otherwise) {
    std::string value = std::move(otherwise);
    if (const ConfigNode* node = place_->look(*state_, key)) {
        if (isLine(*node))
            value = node->scalar;
        else
            place_->refuse(*state_, key, *node, "a line of text");
    }
    place_->section->ask(key).answer = quotedYaml(value);
    return value;
}

std::string ConfigReader::choice(std::string_view key,
                                 std::initializer_list<std::string_view> allowed) {
    std::string value(allowed.size() > 0 ? *allowed.begin() : std::string_view{});
    if (const ConfigNode* node = place_->look(*state_, key)) {
        const bool known = node->kind == ConfigNode::Kind::Scalar &&
                           std::find(allowed.begin(), allowed.end(), node->scalar) != allowed.end();
        if (known)
            value = node->scalar;
        else
            place_->refuse(*state_, key, *node, fmt::format("one of {}", fmt::join(allowed, ", ")));
    }
    place_->section->ask(key).answer = quotedYaml(value);
    return value;
}

std::vector<std::int64_t> ConfigReader::counts(std::string_view key,
                                               std::vector<std::int64_t> otherwise,
                                               Bounds<std::int64_t> bounds) {
    std::vector<std::int64_t> values = std::move(otherwise);
    if (const ConfigNode* node = place_->look(*state_, key)) {
        std::vector<std::int64_t> read;
        bool good = node->kind == ConfigNode::Kind::List && node->children.size() <= kMaxListLength;
        for (const ConfigNode& child : node->children) {
            const auto parsed = good ? parseNumber<std::int64_t>(child) : std::nullopt;
            good = parsed && within(*parsed, bounds);
            if (good) read.push_back(*parsed);
        }
        if (good)
            values = std::move(read);
        else
            place_->refuse(*state_, key, *node,
                           fmt::format("a list of whole numbers{}", describeBounds(bounds)));
    }
    place_->section->ask(key).answer = fmt::format("[{}]", fmt::join(values, ", "));
    return values;
}

std::vector<std::string> ConfigReader::texts(std::string_view key,
                                             std::vector<std::string> otherwise) {
    std::vector<std::string> values = std::move(otherwise);
    if (const ConfigNode* node = place_->look(*state_, key)) {
        std::vector<std::string> read;
        bool good = node->kind == ConfigNode::Kind::List && node->children.size() <= kMaxListLength;
        for (const ConfigNode& child : node->children) {
            good = good && isLine(child);
            if (good) read.push_back(child.scalar);
        }
        if (good)
            values = std::move(read);
        else
            place_->refuse(*state_, key, *node, "a list of texts");
    }
    std::string answer;
    for (const std::string& value : values)
        answer += (answer.empty() ? "" : ", ") + quotedYaml(value);
    place_->section->ask(key).answer = fmt::format("[{}]", answer);
    return values;
}

bool ConfigReader::has(std::string_view key) const {
    place_->section->ask(key);
    return place_->section->find(key) != nullptr;
}

void ConfigReader::refuse(std::string_view key, std::string reason) {
    const ConfigNode* node = place_->section->find(key);
    state_->fail(node == nullptr ? 0 : node->line,
                 fmt::format("'{}{}': {}", place_->section->path, key, reason));
}

Status ConfigReader::finish() const {
    if (state_->error) return *state_->error;
    std::optional<UnknownKey> unknown;
    findUnknown(state_->root, unknown);
    if (!unknown) return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'{}' line {}: {}", state_->origin, unknown->line, unknown->message)};
}

std::string ConfigReader::complete() const {
    std::string text;
    writeSection(state_->root, 0, text);
    return text.empty() ? "{}\n" : text;
}

} // namespace gesture::training
