// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_templates.h"

#include "app/studio/training/run_reader.h"
#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "training/protocol/run_files.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTemplate = std::size_t{1} << 20;

void addFolder(std::vector<RunTemplate>& found, const fs::path& folder, const QString& set) {
    std::vector<RunTemplate> here;
    std::error_code code;
    for (fs::directory_iterator file(folder, code), end; !code && file != end;
         file.increment(code)) {
        if (file->path().extension() != ".yaml") continue;
        const auto text = readTextFile(file->path(), kMaxTemplate);
        if (!text) continue;
        QString shown = QString::fromStdString(*text);
        const QString licence = QStringLiteral("# SPDX-License-Identifier: Apache-2.0\n");
        if (shown.startsWith(licence)) shown.remove(0, licence.size());
        here.push_back(
            {set, QString::fromStdString(file->path().stem().string()), file->path(), shown});
    }
    std::ranges::sort(here, {}, &RunTemplate::name);
    found.insert(found.end(), here.begin(), here.end());
}

/// Installed beside the other resources, or in the source tree.
fs::path shippedTemplates() {
    std::error_code code;
    const fs::path installed = resourceDirectory() / "training";
    if (fs::is_directory(installed, code)) return installed;
    return resourceDirectory().parent_path() / "training" / "configs";
}

} // namespace

std::vector<RunTemplate> runTemplates() {
    std::vector<RunTemplate> found;
    for (const char* set : {"demo", "paper", "tiny"})
        addFolder(found, shippedTemplates() / set, QLatin1String(set));
    addFolder(found, userDataDirectory() / "templates", QStringLiteral("own"));
    return found;
}

QString configTextOf(const fs::path& run) {
    auto written = readTextFile(run / kConfigFile, kMaxTemplate);
    if (!written) written = readTextFile(run / training::kRunConfigFile, kMaxTemplate);
    return written ? QString::fromStdString(*written) : QString();
}

QString baseTextOf(const QString& base, const fs::path& runs) {
    for (const RunTemplate& one : runTemplates())
        if (one.title() == base) return one.text;
    return base.isEmpty() ? QString() : configTextOf(runs / base.toStdString());
}

QString setText(const QString& set) {
    const auto say = [](const char* text) { return QCoreApplication::translate("Training", text); };
    if (set == QLatin1String("paper")) return say("As published: days on a GPU");
    if (set == QLatin1String("demo")) return say("Demo: small networks, an hour on a processor");
    if (set == QLatin1String("tiny")) return say("Tiny: to try things out, seconds");
    return say("Your own");
}

} // namespace gesture::app
