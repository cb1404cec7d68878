// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/bundle.h"

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/io/weights/safetensors.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace gesture::io {

namespace fs = std::filesystem;

namespace {

Result<std::uint64_t> sizeOf(const fs::path& path) {
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return Error{ErrorCode::NotFound,
                     fmt::format("'{}' is missing.", path.filename().string())};
    const std::uintmax_t size = fs::file_size(path, code);
    if (code)
        return Error{ErrorCode::Io, fmt::format("'{}' cannot be read: {}.",
                                                path.filename().string(), code.message())};
    return static_cast<std::uint64_t>(size);
}

Status checkSizes(const fs::path& folder, const BundleManifest& manifest) {
    for (const auto& [name, file] : manifest.files) {
        const auto size = sizeOf(folder / name);
        if (!size) return size.error();
        if (*size != file.bytes)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' has {} bytes instead of {}: copy the bundle again.",
                                     name, *size, file.bytes)};
    }
    return Status::success();
}

Result<Bundle> readBundle(const fs::path& folder, FilesNeeded files) {
    auto text = readTextFile(folder / kManifestFile, kMaxManifestBytes);
    if (!text) return std::move(text).error();
    auto manifest = parseBundleManifest(*text, files);
    if (!manifest) return std::move(manifest).error();
    return Bundle{folder, std::move(*manifest), sha256Of(*text)};
}

std::string subject(const fs::path& folder) { return fmt::format("Bundle '{}'", folder.string()); }

bool isBundle(const fs::path& folder) {
    std::error_code code;
    return fs::is_regular_file(folder / kManifestFile, code);
}

std::vector<fs::path> bundlesIn(const fs::path& parent) {
    std::vector<fs::path> found;
    std::error_code code;
    for (fs::directory_iterator entry(parent, code), end; !code && entry != end;
         entry.increment(code))
        if (isBundle(entry->path())) found.push_back(entry->path());
    std::sort(found.begin(), found.end());
    return found;
}

Status describeFile(const fs::path& folder, const std::string& name, BundleManifest& manifest) {
    auto size = sizeOf(folder / name);
    if (!size) return std::move(size).error();
    auto hash = sha256OfFile(folder / name);
    if (!hash) return std::move(hash).error();
    manifest.files[name] = {std::move(*hash), *size};
    return Status::success();
}

} // namespace

Result<fs::path> Bundle::networkFile(std::string_view role) const {
    const auto found = manifest.networks.find(role);
    if (found == manifest.networks.end())
        return Error{ErrorCode::NotFound, fmt::format("{} has no '{}'.", subject(folder), role)};
    return folder / found->second.file;
}

std::optional<fs::path> Bundle::tableFile(std::string_view role) const {
    const auto found = manifest.tables.find(role);
    if (found == manifest.tables.end()) return std::nullopt;
    return folder / found->second;
}

Result<Bundle> openBundle(const fs::path& folder) {
    auto bundle = readBundle(folder, FilesNeeded::Yes);
    if (!bundle) return std::move(bundle).error().withContext(subject(folder));
    if (auto sizes = checkSizes(folder, bundle->manifest); !sizes)
        return std::move(sizes).error().withContext(subject(folder));
    return bundle;
}

Result<Bundle> openPartialBundle(const fs::path& folder) {
    auto bundle = readBundle(folder, FilesNeeded::No);
    if (!bundle) return std::move(bundle).error().withContext(subject(folder));
    return bundle;
}

Status verifyBundle(const Bundle& bundle, JobControl& control) {
    control.beginStage("Checking files", static_cast<std::int64_t>(bundle.manifest.files.size()));
    std::int64_t done = 0;
    for (const auto& [name, file] : bundle.manifest.files) {
        if (control.stopRequested()) return JobControl::cancelled("Checking the bundle");
        auto hash = sha256OfFile(bundle.folder / name);
        if (!hash) return std::move(hash).error().withContext(subject(bundle.folder));
        if (*hash != file.sha256)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("{}: '{}' is damaged (its SHA-256 is not the one that "
                                     "bundle.yaml names): copy the bundle again.",
                                     subject(bundle.folder), name)};
        control.advanceTo(++done);
    }
    return Status::success();
}

Result<Bundle> packBundle(const fs::path& folder, JobControl& control) {
    auto bundle = readBundle(folder, FilesNeeded::No);
    if (!bundle) return std::move(bundle).error().withContext(subject(folder));
    BundleManifest& manifest = bundle->manifest;
    if (auto roles = checkRoles(manifest); !roles)
        return std::move(roles).error().withContext(subject(folder));
    for (const auto& [role, entry] : manifest.networks) {
        const auto opened = SafetensorsReader::open(folder / entry.file);
        if (!opened) return Error(opened.error()).withContext(subject(folder));
    }
    manifest.files.clear();
    const std::vector<std::string> names = manifest.fileNames();
    control.beginStage("Reading files", static_cast<std::int64_t>(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (control.stopRequested()) return JobControl::cancelled("Packing the bundle");
        if (auto described = describeFile(folder, names[i], manifest); !described)
            return std::move(described).error().withContext(subject(folder));
        control.advanceTo(static_cast<std::int64_t>(i) + 1);
    }
    const std::string text = formatBundleManifest(manifest);
    if (auto written = writeTextAtomically(folder / kManifestFile, text); !written)
        return std::move(written).error();
    bundle->hash = sha256Of(text);
    return bundle;
}

std::vector<fs::path> installedBundles() {
    std::vector<fs::path> found = bundlesIn(userDataDirectory() / "bundles");
    for (fs::path& shipped : bundlesIn(resourceDirectory() / "bundles"))
        found.push_back(std::move(shipped));
    return found;
}

Result<fs::path> findBundle(const std::string& name) {
    if (!name.empty() && isBundle(name)) {
        std::error_code code;
        const fs::path absolute = fs::absolute(name, code);
        return code ? fs::path(name) : absolute;
    }
    const std::vector<fs::path> installed = installedBundles();
    const auto found = std::find_if(installed.begin(), installed.end(), [&](const fs::path& path) {
        return name.empty() || path.filename() == name;
    });
    if (found != installed.end()) return *found;
    if (!name.empty())
        return Error{ErrorCode::NotFound,
                     fmt::format("'{}' is neither a folder with a bundle.yaml nor an installed "
                                 "bundle; gesture bundle list shows those.",
                                 name)};
    return Error{ErrorCode::Unavailable,
                 fmt::format("No bundle is installed. Convert released checkpoints with gesture "
                             "weights convert FILES -o '{}', or name a bundle with -m.",
                             (userDataDirectory() / "bundles" / "NAME").string())};
}

} // namespace gesture::io
