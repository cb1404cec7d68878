// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/overlay_builder.h"

#include "app/studio/timeline/content_index.h"
#include "core/io/figures/colour_map.h"
#include "core/motion/foot_contact.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::app {

namespace {

constexpr std::int64_t kTrailReach = 20;
constexpr std::int64_t kMostTrail = 300;
constexpr float kFastest = 1.5F;       ///< Metres a second: the end of the scale.
constexpr float kPatchRadius = 0.085F; ///< Metres, of the floor under a joint that stands.

struct Projector {
    const render::Camera& camera;
    QSize view;

    /// Nothing behind the camera.
    [[nodiscard]] std::optional<QPointF> at(const Eigen::Vector3f& world) const {
        const Eigen::Vector3f pixel = camera.project(world, view.width(), view.height());
        if (!(pixel.z() > 0)) return std::nullopt;
        return QPointF(static_cast<double>(pixel.x()), static_cast<double>(pixel.y()));
    }
};

Eigen::Vector3f place(const JointPlaces& joints, int joint) {
    return Eigen::Vector3f(joints[static_cast<std::size_t>(joint)].data());
}

QColor heat(float share) {
    const io::Colour colour = io::colourAt(io::ColourMap::Inferno, std::min(share, 1.0F));
    return QColor(colour.red, colour.green, colour.blue);
}

/// 0..1: how bright the stretch from a frame to the next is.
float shareOf(const OverlayInput& input, TakeSide side, int joint, FrameIndex frame) {
    const float importance = input.bodies.importanceAt(side, joint, frame);
    if (!std::isnan(importance)) return importance;
    const Eigen::Vector3f from = place(input.bodies.joints(side, frame), joint);
    const Eigen::Vector3f to = place(input.bodies.joints(side, {frame.value + 1}), joint);
    return (to - from).norm() * static_cast<float>(input.rate.perSecond()) / kFastest;
}

TrailLine trailOf(const OverlayInput& input, const SeenTake& take, int joint,
                  const FrameRange& frames) {
    const Projector projector{input.camera, input.view};
    TrailLine trail;
    // Dark ends of the scale would vanish in the dark theme, bright ones in the light theme.
    const float low = input.look.theme->dark() ? 0.25F : 0.0F;
    const float span = input.look.theme->dark() ? 0.75F : 0.8F;
    for (std::int64_t f = frames.begin.value; f < frames.end.value; ++f) {
        const auto point =
            projector.at(place(input.bodies.joints(take.side, {f}), joint) + take.offset);
        if (!point) return {};
        if (f == input.frame.value) trail.current = static_cast<int>(trail.points.size());
        trail.points.append(*point);
        trail.colours.push_back(
            heat(low + span * std::min(shareOf(input, take.side, joint, {f}), 1.0F)));
    }
    trail.firstDot = static_cast<int>((5 - frames.begin.value % 5) % 5);
    return trail;
}

void addTrails(const OverlayInput& input, const SeenTake& take, OverlayPicture& picture) {
    std::vector<int> joints{motion::kLeftWrist, motion::kRightWrist};
    if (input.chosenJoint && std::ranges::count(joints, *input.chosenJoint) == 0)
        joints.push_back(*input.chosenJoint);
    const FrameRange frames = trailFrames(input);
    for (const int joint : joints)
        if (TrailLine trail = trailOf(input, take, joint, frames); !trail.points.isEmpty())
            picture.trails.push_back(std::move(trail));
}

/// The floor under the joints that do not move to the next frame.
void addContacts(const OverlayInput& input, const SeenTake& take, OverlayPicture& picture) {
    const Projector projector{input.camera, input.view};
    const JointPlaces now = input.bodies.joints(take.side, input.frame);
    const JointPlaces& next = input.bodies.joints(take.side, {input.frame.value + 1});
    const float ground = input.bodies.stageOf(take.side)->groundHeight();
    for (const int joint :
         {motion::kLeftAnkle, motion::kRightAnkle, motion::kLeftFoot, motion::kRightFoot}) {
        const Eigen::Vector3f from = place(now, joint);
        if ((place(next, joint) - from).norm() >= motion::kContactMetresPerFrame) continue;
        constexpr int kCorners = 28;
        QPolygonF patch;
        for (int i = 0; i < kCorners; ++i) {
            const float turn = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kCorners;
            const Eigen::Vector3f corner(from.x() + kPatchRadius * std::cos(turn), ground,
                                         from.z() + kPatchRadius * std::sin(turn));
            if (const auto point = projector.at(corner + take.offset)) patch.append(*point);
        }
        if (patch.size() == kCorners) picture.contacts.push_back(patch);
    }
}

void addLabels(const OverlayInput& input, const std::vector<SeenTake>& takes,
               OverlayPicture& picture) {
    const Projector projector{input.camera, input.view};
    for (const SeenTake& take : takes) {
        const NamedTake& named = input.content.names[static_cast<std::size_t>(take.side)];
        const auto root = projector.at(
            place(input.bodies.joints(take.side, input.frame), motion::kPelvis) + take.offset);
        picture.labels.push_back({take.side == TakeSide::A ? TakeBadge::A : TakeBadge::B,
                                  named.name, named.recipe,
                                  root ? root->x() : input.view.width() / 2.0});
    }
}

} // namespace

FrameRange trailFrames(const OverlayInput& input) {
    FrameRange frames{{input.frame.value - kTrailReach}, {input.frame.value + kTrailReach + 1}};
    const auto& selection = input.content.selection;
    if (selection && selection->begin <= input.frame && input.frame < selection->end &&
        selection->length() <= kMostTrail)
        frames = *selection;
    return {std::max(frames.begin, input.clip.begin), std::min(frames.end, input.clip.end)};
}

Caption captionAt(const audio::Transcript& transcript, Seconds time) {
    constexpr std::ptrdiff_t kAround = 3;
    constexpr double kLongPause = 0.6; // seconds: what is said after it is another phrase
    const auto& words = transcript.words;
    const auto at = static_cast<std::ptrdiff_t>(firstWordAfter(transcript, time));
    const auto count = static_cast<std::ptrdiff_t>(words.size());
    const auto word = [&](std::ptrdiff_t i) -> const audio::TimedLabel& {
        return words[static_cast<std::size_t>(i)];
    };
    if (at == count || time < word(at).begin || word(at).isPause()) return {};
    std::ptrdiff_t first = at;
    while (first > 0 && at - first < kAround &&
           word(first).begin.value - word(first - 1).end.value < kLongPause &&
           !word(first - 1).isPause())
        --first;
    std::ptrdiff_t last = at;
    while (last + 1 < count && last - at < kAround &&
           word(last + 1).begin.value - word(last).end.value < kLongPause &&
           !word(last + 1).isPause())
        ++last;
    Caption caption;
    for (std::ptrdiff_t i = first; i <= last; ++i)
        caption.words.append(QString::fromStdString(word(i).text));
    caption.current = static_cast<int>(at - first);
    return caption;
}

OverlayPicture overlayOf(const OverlayInput& input) {
    OverlayPicture picture;
    const ViewOverlays& overlays = input.look.overlays;
    const std::vector<SeenTake> takes = input.bodies.seen(input.look);
    if (input.bodies.stage() != nullptr && !input.clip.empty()) {
        for (const SeenTake& take : takes) {
            if (overlays.trails) addTrails(input, take, picture);
            if (overlays.contacts) addContacts(input, take, picture);
        }
        const TakeView view = input.bodies.viewOf(overlays);
        picture.divided = view == TakeView::Split;
        if (view == TakeView::Split || (overlays.flipped && input.bodies.compares()))
            addLabels(input, takes, picture);
        // One place is enough to say whose body is seen where it is not take A's.
        if (view == TakeView::B && picture.labels.empty()) addLabels(input, takes, picture);
    }
    if (overlays.captions && input.content.transcript) {
        Caption caption = captionAt(*input.content.transcript, input.rate.timeOf(input.frame));
        picture.words = std::move(caption.words);
        picture.word = caption.current;
    }
    return picture;
}

} // namespace gesture::app
