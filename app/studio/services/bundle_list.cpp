// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/bundle_list.h"

#include "core/analysis/rule_take.h"
#include "core/base/log.h"
#include "core/gestures/speaker_style.h"
#include "core/io/bundle/bundle.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesture::app {

std::vector<BundleChoice> installedBundleChoices() {
    std::vector<BundleChoice> choices;
    for (const std::filesystem::path& folder : io::installedBundles()) {
        const auto bundle = io::openBundle(folder);
        if (!bundle) {
            logWarning(bundle.error().message());
            continue;
        }
        const io::BundleManifest& manifest = bundle->manifest;
        choices.push_back({folder.filename().string(), folder, manifest.name, manifest.architecture,
                           static_cast<int>(manifest.speakerCount),
                           static_cast<int>(manifest.defaultSpeaker),
                           manifest.tables.contains("start_pose")});
    }
    const std::string rules(analysis::kRules);
    choices.push_back({rules, rules,
                       QCoreApplication::translate("Bundles", "Rules (no network)").toStdString(),
                       io::Architecture::SemTalk,
                       static_cast<int>(gestures::speakerStyles().size()), 0, true, false});
    return choices;
}

const BundleChoice* findBundle(const std::vector<BundleChoice>& bundles, const std::string& name) {
    if (name.empty()) return bundles.empty() ? nullptr : &bundles.front();
    const auto found = std::ranges::find(bundles, name, &BundleChoice::name);
    return found == bundles.end() ? nullptr : &*found;
}

} // namespace gesture::app
