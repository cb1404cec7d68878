// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/manifest.h"

#include "core/base/utf8.h"
#include "core/io/bundle/roles.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace gesture::io {

namespace {

constexpr std::size_t kMaxNetworks = 64;
constexpr std::size_t kMaxSizes = 64;
constexpr std::size_t kMaxText = 4096;
constexpr std::int64_t kMaxSize = std::int64_t{1} << 31;
constexpr std::int64_t kMaxSpeakers = 100'000;

/// A value of an enumeration and how the file spells it.
template <typename T>
struct Spelling {
    T value;
    std::string_view text;
};

constexpr std::array<Spelling<Architecture>, 3> kArchitectures{
    {{Architecture::SemTalk, "semtalk"},
     {Architecture::EchoMask, "echomask"},
     {Architecture::Emage, "emage"}}};
constexpr std::array<Spelling<audio::SpeechPath>, 2> kSpeechPaths{
    {{audio::SpeechPath::Correct, "correct"}, {audio::SpeechPath::Reference, "reference"}}};
constexpr std::array<Spelling<SeedRule>, 2> kSeedRules{
    {{SeedRule::Motion, "motion"}, {SeedRule::Reference, "reference"}}};
constexpr std::array<Spelling<motion::ExpressionSpace>, 2> kExpressionSpaces{
    {{motion::ExpressionSpace::Smplx, "smplx"}, {motion::ExpressionSpace::Arkit52, "arkit52"}}};
constexpr std::array<Spelling<IdleRule>, 2> kIdleRules{
    {{IdleRule::Made, "made"}, {IdleRule::Added, "added"}}};
constexpr std::array<Spelling<TailRule>, 2> kTailRules{
    {{TailRule::Pad, "pad"}, {TailRule::Drop, "drop"}}};

template <typename T, std::size_t N>
std::string_view spelled(const std::array<Spelling<T>, N>& table, T value) {
    const auto* found = std::find_if(
        table.begin(), table.end(), [&](const Spelling<T>& entry) { return entry.value == value; });
    return found == table.end() ? std::string_view{} : found->text;
}

/// A reading that stops at the first fault; thrown and caught in this file alone.
struct Fault {
    std::string message;
};

[[noreturn]] void fail(std::string message) { throw Fault{std::move(message)}; }

YAML::Node child(const YAML::Node& node, const std::string& key) {
    const YAML::Node found = node[key];
    if (!found.IsDefined()) fail(fmt::format("'{}' is missing", key));
    return found;
}

void expectMap(const YAML::Node& node, std::string_view what, std::size_t limit) {
    if (!node.IsMap()) fail(fmt::format("'{}' must hold names with values", what));
    if (node.size() > limit) fail(fmt::format("'{}' has more than {} entries", what, limit));
}

std::string textOf(const YAML::Node& node, std::string_view what) {
    if (!node.IsScalar()) fail(fmt::format("'{}' must be a text", what));
    const std::string& text = node.Scalar();
    if (text.size() > kMaxText) fail(fmt::format("'{}' is longer than {} bytes", what, kMaxText));
    const bool plain = !firstInvalidUtf8(text) &&
                       std::none_of(text.begin(), text.end(),
                                    [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (!plain) fail(fmt::format("'{}' must be one line of UTF-8 text", what));
    return text;
}

std::string optionalText(const YAML::Node& node, const std::string& key) {
    const YAML::Node found = node[key];
    return found.IsDefined() && !found.IsNull() ? textOf(found, key) : std::string{};
}

std::int64_t numberOf(const YAML::Node& node, std::string_view what, std::int64_t limit) {
    std::int64_t value = -1;
    if (!node.IsScalar() || !YAML::convert<std::int64_t>::decode(node, value) || value < 0 ||
        value > limit)
        fail(fmt::format("'{}' must be a whole number from 0 to {}", what, limit));
    return value;
}

/// A name in the bundle's own folder: no path, nothing hidden.
std::string fileName(const YAML::Node& node, std::string_view what) {
    const std::string name = textOf(node, what);
    const bool plain = !name.empty() && name.size() <= 128 && name.front() != '.' &&
                       std::all_of(name.begin(), name.end(), [](unsigned char c) {
                           return c > ' ' && c < 0x7F && c != '/' && c != '\\';
                       });
    if (!plain)
        fail(fmt::format("'{}' must name a file in the bundle's folder, without a path", what));
    return name;
}

template <typename T, std::size_t N>
T choice(const YAML::Node& node, const std::string& key, const std::array<Spelling<T>, N>& table,
         std::optional<T> fallback = std::nullopt) {
    const YAML::Node found = node.IsMap() ? node[key] : YAML::Node(YAML::NodeType::Undefined);
    if (!found.IsDefined() && fallback) return *fallback;
    const std::string text = found.IsDefined() ? textOf(found, key) : std::string{};
    for (const Spelling<T>& entry : table)
        if (entry.text == text) return entry.value;
    std::string known;
    for (const Spelling<T>& entry : table)
        known += (known.empty() ? "" : ", ") + std::string(entry.text);
    fail(fmt::format("'{}' must be one of: {}", key, known));
}

NetworkSizes readSizes(const YAML::Node& node, const std::string& role) {
    NetworkSizes sizes;
    if (!node.IsDefined()) return sizes;
    expectMap(node, role + ".sizes", kMaxSizes);
    for (const auto& entry : node) {
        const std::string name = textOf(entry.first, role + ".sizes");
        const std::string what = role + ".sizes." + name;
        std::vector<std::int64_t>& values = sizes[name];
        if (!entry.second.IsSequence()) {
            values.push_back(numberOf(entry.second, what, kMaxSize));
            continue;
        }
        if (entry.second.size() > kMaxSizes) fail(fmt::format("'{}' is too long", what));
        for (const YAML::Node& value : entry.second)
            values.push_back(numberOf(value, what, kMaxSize));
    }
    return sizes;
}

void readNetworks(const YAML::Node& node, BundleManifest& manifest) {
    expectMap(node, "networks", kMaxNetworks);
    for (const auto& entry : node) {
        const std::string role = textOf(entry.first, "networks");
        expectMap(entry.second, role, kMaxSizes);
        NetworkEntry network;
        network.kind = textOf(child(entry.second, "kind"), role + ".kind");
        network.file = fileName(child(entry.second, "file"), role + ".file");
        network.sizes = readSizes(entry.second["sizes"], role);
        if (!manifest.networks.emplace(role, std::move(network)).second)
            fail(fmt::format("'{}' occurs twice", role));
    }
}

void readTables(const YAML::Node& node, BundleManifest& manifest) {
    if (!node.IsDefined()) return;
    expectMap(node, "tables", kMaxNetworks);
    for (const auto& entry : node) {
        const std::string role = textOf(entry.first, "tables");
        if (!isTableRole(role))
            fail(fmt::format("'{}' is not a table that a bundle can have", role));
        manifest.tables[role] = fileName(entry.second, role);
    }
}

void readFiles(const YAML::Node& node, BundleManifest& manifest) {
    if (!node.IsDefined()) return;
    expectMap(node, "files", 2 * kMaxNetworks);
    for (const auto& entry : node) {
        const std::string name = fileName(entry.first, "files");
        expectMap(entry.second, name, kMaxSizes);
        BundleFile file;
        file.sha256 = textOf(child(entry.second, "sha256"), name + ".sha256");
        const bool hash = file.sha256.size() == 64 &&
                          file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!hash) fail(fmt::format("'{}.sha256' must be 64 hexadecimal digits", name));
        file.bytes = static_cast<std::uint64_t>(
            numberOf(child(entry.second, "bytes"), name + ".bytes", std::int64_t{1} << 42));
        manifest.files[name] = std::move(file);
    }
}

void expectFiles(const BundleManifest& manifest) {
    for (const std::string& name : manifest.fileNames())
        if (!manifest.files.contains(name))
            fail(fmt::format("'files' has no entry for '{}': make the bundle with gesture bundle "
                             "pack",
                             name));
}

BundleManifest readManifest(const YAML::Node& root) {
    expectMap(root, "bundle.yaml", 64);
    const std::int64_t format = numberOf(child(root, "format"), "format", 1'000'000);
    if (format != BundleManifest::kFormat)
        fail(fmt::format("its format is {}, this program reads format {}: use the version of the "
                         "program that made it, or a newer one",
                         format, BundleManifest::kFormat));
    BundleManifest manifest;
    manifest.name = textOf(child(root, "name"), "name");
    manifest.architecture = choice(root, "architecture", kArchitectures);
    manifest.licence = optionalText(root, "licence");
    manifest.source = optionalText(root, "source");
    manifest.maker = optionalText(root, "maker");
    if (const YAML::Node speakers = root["speakers"]; speakers.IsDefined()) {
        expectMap(speakers, "speakers", kMaxSizes);
        manifest.speakerCount = numberOf(child(speakers, "count"), "speakers.count", kMaxSpeakers);
        manifest.defaultSpeaker =
            numberOf(child(speakers, "default"), "speakers.default", kMaxSpeakers);
    }
    if (manifest.speakerCount < 1 || manifest.defaultSpeaker >= manifest.speakerCount)
        fail("'speakers.default' must be below 'speakers.count', which is at least 1");
    manifest.expressions =
        choice(root, "expressions", kExpressionSpaces, std::optional(manifest.expressions));
    manifest.idle = choice(root, "idle", kIdleRules, std::optional(manifest.idle));
    const YAML::Node parity = root["parity"];
    if (parity.IsDefined()) {
        expectMap(parity, "parity", kMaxSizes);
        manifest.speechPath =
            choice(parity, "speech", kSpeechPaths, std::optional(manifest.speechPath));
        manifest.seeds = choice(parity, "seeds", kSeedRules, std::optional(manifest.seeds));
        manifest.tail = choice(parity, "tail", kTailRules, std::optional(manifest.tail));
    }
    readNetworks(child(root, "networks"), manifest);
    readTables(root["tables"], manifest);
    readFiles(root["files"], manifest);
    return manifest;
}

void emitSizes(YAML::Emitter& out, const NetworkSizes& sizes) {
    out << YAML::Key << "sizes" << YAML::Value << YAML::Flow << YAML::BeginMap;
    for (const auto& [name, values] : sizes) {
        out << YAML::Key << name << YAML::Value;
        if (values.size() == 1)
            out << values.front();
        else
            out << YAML::Flow << values;
    }
    out << YAML::EndMap;
}

void emitNetworks(YAML::Emitter& out, const BundleManifest& manifest) {
    out << YAML::Key << "networks" << YAML::Value << YAML::BeginMap;
    for (const auto& [role, entry] : manifest.networks) {
        out << YAML::Key << role << YAML::Value << YAML::BeginMap;
        out << YAML::Key << "kind" << YAML::Value << entry.kind;
        out << YAML::Key << "file" << YAML::Value << entry.file;
        if (!entry.sizes.empty()) emitSizes(out, entry.sizes);
        out << YAML::EndMap;
    }
    out << YAML::EndMap;
}

void emitFiles(YAML::Emitter& out, const BundleManifest& manifest) {
    out << YAML::Key << "tables" << YAML::Value << YAML::BeginMap;
    for (const auto& [role, file] : manifest.tables)
        out << YAML::Key << role << YAML::Value << file;
    out << YAML::EndMap;
    out << YAML::Key << "files" << YAML::Value << YAML::BeginMap;
    for (const auto& [name, file] : manifest.files) {
        out << YAML::Key << name << YAML::Value << YAML::BeginMap;
        out << YAML::Key << "sha256" << YAML::Value << file.sha256;
        out << YAML::Key << "bytes" << YAML::Value << file.bytes;
        out << YAML::EndMap;
    }
    out << YAML::EndMap;
}

} // namespace

std::string_view nameOf(Architecture architecture) { return spelled(kArchitectures, architecture); }

std::string_view titleOf(Architecture architecture) {
    switch (architecture) {
    case Architecture::SemTalk:
        return "SemTalk";
    case Architecture::EchoMask:
        return "EchoMask";
    case Architecture::Emage:
        return "EMAGE";
    }
    return "";
}

std::vector<std::string> BundleManifest::fileNames() const {
    std::set<std::string> names;
    for (const auto& [role, entry] : networks)
        names.insert(entry.file);
    for (const auto& [role, file] : tables)
        names.insert(file);
    return {names.begin(), names.end()};
}

Result<BundleManifest> parseBundleManifest(std::string_view yaml, FilesNeeded files) {
    if (yaml.size() > kMaxManifestBytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("bundle.yaml has more than {} KiB.", kMaxManifestBytes >> 10)};
    try {
        BundleManifest manifest = readManifest(YAML::Load(std::string(yaml)));
        if (files == FilesNeeded::No) return manifest;
        expectFiles(manifest);
        if (auto roles = checkRoles(manifest); !roles) return std::move(roles).error();
        return manifest;
    } catch (const Fault& fault) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("bundle.yaml cannot be used: {}.", fault.message)};
    } catch (const YAML::Exception& exception) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("bundle.yaml is not valid YAML: {}.", exception.what())};
    }
}

std::string formatBundleManifest(const BundleManifest& manifest) {
    YAML::Emitter out;
    out << YAML::BeginMap;
    out << YAML::Key << "format" << YAML::Value << BundleManifest::kFormat;
    out << YAML::Key << "name" << YAML::Value << YAML::DoubleQuoted << manifest.name;
    out << YAML::Key << "architecture" << YAML::Value << std::string(nameOf(manifest.architecture));
    out << YAML::Key << "licence" << YAML::Value << YAML::DoubleQuoted << manifest.licence;
    out << YAML::Key << "source" << YAML::Value << YAML::DoubleQuoted << manifest.source;
    out << YAML::Key << "maker" << YAML::Value << YAML::DoubleQuoted << manifest.maker;
    out << YAML::Key << "speakers" << YAML::Value << YAML::Flow << YAML::BeginMap;
    out << YAML::Key << "count" << YAML::Value << manifest.speakerCount;
    out << YAML::Key << "default" << YAML::Value << manifest.defaultSpeaker << YAML::EndMap;
    out << YAML::Key << "expressions" << YAML::Value
        << std::string(spelled(kExpressionSpaces, manifest.expressions));
    out << YAML::Key << "idle" << YAML::Value << std::string(spelled(kIdleRules, manifest.idle));
    out << YAML::Key << "parity" << YAML::Value << YAML::Flow << YAML::BeginMap;
    out << YAML::Key << "speech" << YAML::Value
        << std::string(spelled(kSpeechPaths, manifest.speechPath));
    out << YAML::Key << "seeds" << YAML::Value << std::string(spelled(kSeedRules, manifest.seeds));
    out << YAML::Key << "tail" << YAML::Value << std::string(spelled(kTailRules, manifest.tail))
        << YAML::EndMap;
    emitNetworks(out, manifest);
    emitFiles(out, manifest);
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace gesture::io
