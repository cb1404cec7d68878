// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/bvh/bvh_writer.h"
#include "core/interchange/clip_resample.h"
#include "core/interchange/curves/curve_writers.h"
#include "core/interchange/export_plan.h"
#include "core/interchange/fbx/fbx_writer.h"
#include "core/interchange/gltf/glb_writer.h"
#include "core/io/motion_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace gesture::interchange {

namespace {

/// Writes items; keeps what the next one needs as well (a scene for all files of a range).
class ExportRun {
public:
    ExportRun(const ExportPlan& plan, const ExportSource& source, JobControl& control)
        : plan_(plan)
        , source_(source)
        , control_(control) {}

    [[nodiscard]] Status moveRoot();
    [[nodiscard]] Status write(const ExportItem& item);
    [[nodiscard]] std::vector<std::string> takeNotes() { return std::move(notes_); }

private:
    [[nodiscard]] CharacterSource character(const io::Avatar& avatar) const {
        return {avatar, clip_, source_.character.loudness, source_.character.bridge};
    }
    [[nodiscard]] CharacterOptions optionsFor(const ExportItem& item, bool mesh) const;
    [[nodiscard]] Result<const Scene*> sceneFor(const ExportItem& item);
    [[nodiscard]] Result<const FaceTrack*> faceFor(const ExportItem& item);
    [[nodiscard]] Status writeMotion(const ExportItem& item);
    [[nodiscard]] Status writeFace(const ExportItem& item);
    [[nodiscard]] Status writeJson(const ExportItem& item);
    void note(std::string text) {
        if (!text.empty() && std::find(notes_.begin(), notes_.end(), text) == notes_.end())
            notes_.push_back(std::move(text));
    }

    const ExportPlan& plan_;
    const ExportSource& source_;
    JobControl& control_;
    std::shared_ptr<const motion::Clip> clip_;
    struct Made {
        FrameRange range;
        std::string name;
        bool mesh = false;
        Scene scene;
    };
    std::optional<Made> made_;
    std::optional<FaceTrack> face_;
    FrameRange faceRange_;
    std::vector<std::string> notes_;
};

Status ExportRun::moveRoot() {
    auto moved = withRootMode(source_.character.clip, *shapedFor(source_.character),
                              plan_.settings.root, control_);
    if (!moved) return std::move(moved).error();
    clip_ = std::move(*moved);
    return Status::success();
}

CharacterOptions ExportRun::optionsFor(const ExportItem& item, bool mesh) const {
    CharacterOptions options;
    options.names = plan_.settings.names;
    options.mesh = mesh;
    options.morphs = plan_.settings.face;
    options.rootBone = plan_.settings.rootBone;
    options.range = item.range;
    options.rate = item.rate;
    options.name = item.name;
    return options;
}

Result<const Scene*> ExportRun::sceneFor(const ExportItem& item) {
    const bool mesh = plan_.settings.mesh && infoOf(item.format).mesh;
    const bool fits =
        made_ && made_->range == item.range && made_->name == item.name && made_->mesh == mesh;
    if (!fits) {
        made_.reset(); // its memory first
        auto scene =
            characterScene(character(source_.character.avatar), optionsFor(item, mesh), control_);
        if (!scene) return std::move(scene).error();
        made_ = Made{item.range, item.name, mesh, std::move(*scene)};
    }
    return &made_->scene;
}

Result<const FaceTrack*> ExportRun::faceFor(const ExportItem& item) {
    if (!face_ || !(faceRange_ == item.range)) {
        const io::Avatar& avatar =
            source_.faceAvatar != nullptr ? *source_.faceAvatar : source_.character.avatar;
        auto face = faceTrack(character(avatar), optionsFor(item, false), control_);
        if (!face) return std::move(face).error();
        face_ = std::move(*face);
        faceRange_ = item.range;
        note(face_->note);
    }
    return &*face_;
}

Status ExportRun::writeMotion(const ExportItem& item) {
    auto clip = resampledClip(*clip_, item.range, item.rate);
    if (!clip) return std::move(clip).error();
    if (plan_.settings.face) return io::writeMotionFile(item.path, *clip, source_.provenance);
    motion::Clip::Data data;
    data.poses.assign(clip->poses().begin(), clip->poses().end());
    data.translations.assign(clip->translations().begin(), clip->translations().end());
    data.betas.assign(clip->betas().begin(), clip->betas().end());
    data.rate = clip->rate();
    data.gender = clip->gender();
    data.model = clip->model();
    auto still = motion::Clip::create(std::move(data));
    if (!still) return std::move(still).error();
    return io::writeMotionFile(item.path, *still, source_.provenance);
}

Status ExportRun::writeFace(const ExportItem& item) {
    auto face = faceFor(item);
    if (!face) return std::move(face).error();
    return item.format == ExportFormat::ArkitCsv ? writeArkitCsv(**face, item.path, control_)
                                                 : writeFaceCsv(**face, item.path, control_);
}

Status ExportRun::writeJson(const ExportItem& item) {
    const FaceTrack* track = nullptr;
    if (plan_.settings.face) {
        auto face = faceFor(item);
        if (!face) return std::move(face).error();
        track = *face;
    }
    auto scene = sceneFor(item);
    if (!scene) return std::move(scene).error();
    return writeCurvesJson(**scene, track, item.path, control_);
}

Status ExportRun::write(const ExportItem& item) {
    if (item.format == ExportFormat::Motion) return writeMotion(item);
    if (item.format == ExportFormat::ArkitCsv || item.format == ExportFormat::FaceCsv)
        return writeFace(item);
    if (item.format == ExportFormat::Json) return writeJson(item);
    auto scene = sceneFor(item);
    if (!scene) return std::move(scene).error();
    if (item.format == ExportFormat::Bvh) return writeBvh(**scene, item.path, {}, control_);
    if (item.format == ExportFormat::Glb) return writeGlb(**scene, item.path, {}, control_);
    if (item.format == ExportFormat::Fbx) return writeFbx(**scene, item.path, control_);
    return writeJointCsv(**scene, item.path, control_);
}

} // namespace

Result<std::vector<std::string>> runExport(const ExportPlan& plan, const ExportSource& source,
                                           JobControl& control) {
    ExportRun run(plan, source, control);
    if (Status moved = run.moveRoot(); !moved) return std::move(moved).error();
    for (const ExportItem& item : plan.items)
        if (Status written = run.write(item); !written) return std::move(written).error();
    return run.takeNotes();
}

} // namespace gesture::interchange
