// SPDX-License-Identifier: Apache-2.0
// How a session makes one take out of two: parts of one in a stretch of the other.
#include "app/studio/session/studio_session.h"
#include "core/motion/composite.h"

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

using ClipPointer = std::shared_ptr<const motion::Clip>;

/// What goes where; frames of the kept motion.
struct Merge {
    ClipPointer kept;
    ClipPointer other;
    FrameRange range;
    inference::PartSet parts;
    int margin = 0;
};

/// (frames, 4): 1 where the other motion counts.
std::vector<std::uint8_t> maskOf(const Merge& merge, std::int64_t frames) {
    inference::EditMask mask(frames);
    mask.paint(merge.range, merge.parts);
    const auto cells = mask.cells();
    return {cells.begin(), cells.end()};
}

/// As long as the shorter of the two. Any thread.
Result<ClipPointer> merged(const Merge& merge) {
    const std::int64_t frames = std::min(merge.kept->frameCount(), merge.other->frameCount());
    const auto count = static_cast<std::size_t>(frames);
    const auto viewOf = [&](const motion::Clip& clip) {
        return motion::MotionView{clip.poses().first(count * motion::kPoseSize),
                                  clip.translations().first(count * 3),
                                  clip.expressions().first(count * motion::kExpressionCount),
                                  {}};
    };
    motion::Clip::Data made;
    made.poses.resize(count * motion::kPoseSize);
    made.translations.resize(count * 3);
    made.expressions.resize(count * motion::kExpressionCount);
    made.betas.assign(merge.kept->betas().begin(), merge.kept->betas().end());
    made.rate = merge.kept->rate();
    made.expressionSpace = merge.kept->expressionSpace();
    made.gender = merge.kept->gender();
    made.model = merge.kept->model();
    motion::CompositeOptions options;
    options.margin = merge.margin;
    const Status composed =
        motion::composeMotion(viewOf(*merge.kept), viewOf(*merge.other), maskOf(merge, frames),
                              options, {made.poses, made.translations, made.expressions, {}});
    if (!composed) return composed.error();
    auto clip = motion::Clip::create(std::move(made));
    if (!clip) return std::move(clip).error();
    return std::make_shared<const motion::Clip>(std::move(*clip));
}

} // namespace

void StudioSession::mergeParts(project::ItemId from, FrameRange range,
                               const inference::PartSet& parts) {
    const project::Take* const a = takeA();
    const project::Take* const other = project::findTake(state(), from);
    if (a == nullptr || other == nullptr || a == other) return;
    const Merge merge{clipOf(*a), clipOf(*other), range, parts, state().maskOptions.margin};
    if (!merge.kept || !merge.other) return;
    if (merge.kept->expressionSpace() != merge.other->expressionSpace() &&
        parts[motion::BodyPart::Face]) {
        Q_EMIT failed(tr("The faces of these takes are of different kinds and cannot be mixed. "
                         "Leave the face out."));
        return;
    }
    saver_.post(
        [this, address = post_.address(), merge, into = a->id, from](const std::stop_token&) {
            auto made = merged(merge);
            address.send([this, made = std::move(made), into, from, merge] {
                if (!made) return void(succeeded(made.error()));
                addMerged(*made, into, from, {merge.range, merge.parts});
            });
        });
}

void StudioSession::addMerged(const std::shared_ptr<const motion::Clip>& clip, project::ItemId into,
                              project::ItemId from, const project::EditedRange& edited) {
    const project::Take* const kept = project::findTake(state(), into);
    const project::Take* const other = project::findTake(state(), from);
    if (kept == nullptr || other == nullptr) return;
    project::Take take = *kept;
    take.id = {};
    take.starred = take.frozen = false;
    take.name = nextTakeName(state(), kept);
    take.parent = kept->id;
    take.frames = clip->frameCount();
    take.edited.push_back(edited);
    take.motion = keepMotion({clip, {}});
    if (take.motion.empty()) return;
    const QString name = QString::fromStdString(take.name);
    apply(project::AddTakes{{std::move(take)}, project::AddTakes::Choose::Yes});
    Q_EMIT noted(tr("%1 has parts of both takes.").arg(name));
}

} // namespace gesture::app
