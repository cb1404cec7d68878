// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/bundle/manifest.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::io {

/// A bundle's folder whose manifest has been read. Value type.
struct Bundle {
    std::filesystem::path folder;
    BundleManifest manifest;
    std::string hash; ///< SHA-256 of bundle.yaml, which holds those of all other files.

    /// Path of a network's file. NotFound when the bundle has no such network.
    [[nodiscard]] Result<std::filesystem::path> networkFile(std::string_view role) const;
    /// Path of a table, or nothing.
    [[nodiscard]] std::optional<std::filesystem::path> tableFile(std::string_view role) const;
};

/// Reads `bundle.yaml` and looks whether all files are there in the right size; contents are not
/// read (see `verifyBundle`). NotFound, Io, InvalidInput; the message names the bundle.
[[nodiscard]] Result<Bundle> openBundle(const std::filesystem::path& folder);

/// The same for a bundle that may still lack networks, as trained ones do between two stages.
[[nodiscard]] Result<Bundle> openPartialBundle(const std::filesystem::path& folder);

/// Reads every file and compares with the hashes of the manifest. InvalidInput names the file that
/// differs; Cancelled.
[[nodiscard]] Status verifyBundle(const Bundle& bundle, JobControl& control);

/// Fills in sizes and hashes of all files of a folder whose `bundle.yaml` may lack them, checks
/// that weights are safetensors, and writes the manifest (last, atomically).
[[nodiscard]] Result<Bundle> packBundle(const std::filesystem::path& folder, JobControl& control);

/// Folders that hold a `bundle.yaml`: those that the user installed (userDataDirectory()/bundles),
/// then those that ship. Sorted by name within each.
[[nodiscard]] std::vector<std::filesystem::path> installedBundles();

/// The bundle that `name` means: a folder, or the name of an installed one; empty: the first that
/// is installed. Unavailable when there is none, with how to get one.
[[nodiscard]] Result<std::filesystem::path> findBundle(const std::string& name);

} // namespace gesture::io
