// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/bundle/manifest.h"

#include <QString>

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// A bundle that can be chosen. Value type.
struct BundleChoice {
    std::string name; ///< Of its folder: how a project refers to it.
    std::filesystem::path folder;
    std::string title; ///< For people.
    io::Architecture architecture = io::Architecture::SemTalk;
    int speakers = 1;
    int defaultSpeaker = 0;
    bool hasStartPose = false;
    /// Rules have none: they make whole takes, and can neither make parts of one anew nor look at it.
    bool hasNetworks = true;
};

/// Those that are installed, in the order in which the program prefers them, and the rules, which
/// always work. Reads manifests only; damaged bundles are left out (gesture doctor tells of them).
[[nodiscard]] std::vector<BundleChoice> installedBundleChoices();

/// The one of that name; the first for an empty name; nullptr when there is none.
[[nodiscard]] const BundleChoice* findBundle(const std::vector<BundleChoice>& bundles,
                                             const std::string& name);

} // namespace gesture::app
