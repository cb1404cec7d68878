// SPDX-License-Identifier: Apache-2.0
#include "training/stages/partial_bundle.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"

#include <utility>

#include <fmt/format.h>

namespace gesture::training {

Result<io::Bundle> openPartialBundle(const std::filesystem::path& folder) {
    const std::string subject = fmt::format("Bundle '{}'", folder.string());
    const auto text = readTextFile(folder / io::kManifestFile, io::kMaxManifestBytes);
    if (!text) return Error(text.error()).withContext(subject);
    auto manifest = io::parseBundleManifest(*text, io::FilesNeeded::No);
    if (!manifest) return std::move(manifest).error().withContext(subject);
    return io::Bundle{folder, std::move(*manifest), sha256Of(*text)};
}

} // namespace gesture::training
