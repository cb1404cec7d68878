// SPDX-License-Identifier: Apache-2.0
// Two takes in one view: who is seen where, in which colours, with which ghosts and paths.
#include "app/stage/avatar_choice.h"
#include "app/studio/theme/part_colour.h"
#include "app/studio/viewport/legend_builder.h"
#include "tests/app/studio/test_clip.h"

#include <QLocale>
#include <gtest/gtest.h>

#include <cmath>

namespace gesture::app {
namespace {

using motion::BodyPart;

constexpr std::int64_t kFrames = 60;

/// At rest, at a place on the ground, moving along x by metres a frame.
std::shared_ptr<const motion::Clip> walking(float from, float perFrame) {
    motion::Clip::Data data;
    data.poses.assign(static_cast<std::size_t>(kFrames) * motion::kPoseSize, 0.0F);
    for (std::int64_t f = 0; f < kFrames; ++f)
        data.translations.insert(data.translations.end(),
                                 {from + perFrame * static_cast<float>(f), 0.0F, 0.0F});
    return std::make_shared<const motion::Clip>(motion::Clip::create(std::move(data)).value());
}

class SceneBodiesTest : public ::testing::Test {
protected:
    SceneBodiesTest() {
        static const io::Avatar avatar = loadAvatar({}).value();
        auto stage = std::make_shared<Stage>(avatar);
        stage->setClip(walking(0, 0.01F), {});
        bodies.setStage(std::move(stage));
        look.theme = &darkTheme();
    }
    void compare(float apart) { bodies.setCompared(walking(apart, 0.01F), {}); }
    static float placeOf(const render::Figure& figure) { return figure.pose.joints[0][0]; }
    OverlayInput input(FrameIndex frame) {
        return {bodies,      content,          look,        camera, {900, 500}, frame,
                FrameRate{}, {{0}, {kFrames}}, std::nullopt};
    }

    SceneBodies bodies;
    SceneLook look;
    ViewportContent content;
    render::Camera camera;
};

TEST_F(SceneBodiesTest, WithoutATakeBEveryViewShowsTakeA) {
    for (const TakeView view :
         {TakeView::A, TakeView::B, TakeView::Split, TakeView::Overlay, TakeView::Difference}) {
        look.overlays.takes = view;
        const auto seen = bodies.seen(look);
        ASSERT_EQ(seen.size(), 1U);
        EXPECT_EQ(seen.front().side, TakeSide::A);
    }
}

TEST_F(SceneBodiesTest, SplitStandsBesideEachOtherAndOverlayInOnePlace) {
    compare(0);
    look.splitOffset = {0.6F, 0, 0};
    look.overlays.takes = TakeView::Split;
    auto figures = bodies.figures({0}, look);
    ASSERT_EQ(figures.size(), 2U);
    EXPECT_NEAR(placeOf(figures[1]) - placeOf(figures[0]), 1.2F, 1e-5F);
    EXPECT_EQ(figures[0].tintAmount, 0.0F);
    EXPECT_GT(figures[1].tintAmount, 0.2F) << "take B has its colour";
    look.overlays.takes = TakeView::Overlay;
    figures = bodies.figures({0}, look);
    ASSERT_EQ(figures.size(), 2U);
    EXPECT_NEAR(placeOf(figures[1]), placeOf(figures[0]), 1e-5F);
}

TEST_F(SceneBodiesTest, FlippedShowsTheOtherTake) {
    compare(0.5F);
    look.overlays.flipped = true;
    EXPECT_EQ(bodies.seen(look).front().side, TakeSide::B);
    look.overlays.takes = TakeView::B;
    EXPECT_EQ(bodies.seen(look).front().side, TakeSide::A);
    look.overlays.takes = TakeView::Split;
    look.splitOffset = {1, 0, 0};
    EXPECT_EQ(bodies.seen(look).front().side, TakeSide::B);
    EXPECT_LT(bodies.seen(look).front().offset.x(), 0);
}

TEST_F(SceneBodiesTest, TheDifferenceIsTheDistanceOfTheJoints) {
    compare(0.1F);
    const TakeDistance apart = bodies.distance({10});
    EXPECT_NEAR(apart.mean, 0.1F, 1e-4F);
    EXPECT_NEAR(apart.most, 0.1F, 1e-4F);
    look.overlays.takes = TakeView::Difference;
    const auto near = bodies.figures({10}, look).front().jointColours;
    ASSERT_EQ(near.size(), static_cast<std::size_t>(motion::kJointCount));
    compare(0.2F);
    const auto far = bodies.figures({10}, look).front().jointColours;
    const auto light = [](const std::array<float, 4>& c) { return c[0] + c[1] + c[2]; };
    EXPECT_GT(light(far[0]), light(near[0])) << "farther apart is brighter";
}

TEST_F(SceneBodiesTest, GhostsAreContoursBeforeAndAfterInsideTheClip) {
    look.overlays.ghosts = true;
    look.overlays.ghostCount = 2;
    look.overlays.ghostStep = 10;
    const auto middle = bodies.figures({30}, look);
    ASSERT_EQ(middle.size(), 5U);
    EXPECT_EQ(middle[0].form, render::FigureForm::Body);
    for (std::size_t i = 1; i < 5; ++i)
        EXPECT_EQ(middle[i].form, render::FigureForm::Outline);
    EXPECT_NEAR(placeOf(middle[1]), placeOf(middle[0]) - 0.2F, 1e-4F);
    EXPECT_NEAR(placeOf(middle[4]), placeOf(middle[0]) + 0.2F, 1e-4F);
    EXPECT_NE(middle[1].tint, middle[4].tint) << "before and after differ in colour";
    EXPECT_EQ(bodies.figures({0}, look).size(), 3U) << "nothing lies before the first frame";
}

TEST_F(SceneBodiesTest, TheMaskColoursItsPartsAtItsFramesAlone) {
    inference::EditMask mask(kFrames);
    inference::PartSet hands;
    hands[BodyPart::Hands] = true;
    mask.paint({{10}, {20}}, hands);
    bodies.setMask(mask);
    look.overlays.heat = BodyHeat::Mask;
    const auto inside = bodies.figures({15}, look).front().jointColours;
    const int finger = motion::jointsOf(BodyPart::Hands)[0];
    const QColor colour = partColour(darkTheme(), BodyPart::Hands);
    EXPECT_NEAR(inside[static_cast<std::size_t>(finger)][0], colour.redF(), 1e-3);
    EXPECT_GT(inside[static_cast<std::size_t>(finger)][3], 0.5F);
    EXPECT_EQ(inside[motion::kLeftAnkle][3], 0.0F);
    const auto outside = bodies.figures({25}, look).front().jointColours;
    EXPECT_EQ(outside[static_cast<std::size_t>(finger)][3], 0.0F);
}

TEST_F(SceneBodiesTest, ImportanceColoursAllJointsOfAPartAlikeAndNoFace) {
    ImportanceCurves curves;
    curves.upper.assign(kFrames, 0.5F);
    curves.hands.assign(kFrames, 2.0F);
    curves.lower.assign(kFrames, std::nanf(""));
    bodies.setImportance(TakeSide::A, std::make_shared<const ImportanceCurves>(curves));
    look.overlays.heat = BodyHeat::Importance;
    const auto colours = bodies.figures({5}, look).front().jointColours;
    ASSERT_EQ(colours.size(), static_cast<std::size_t>(motion::kJointCount));
    const auto hands = motion::jointsOf(BodyPart::Hands);
    for (const int joint : hands)
        EXPECT_EQ(colours[static_cast<std::size_t>(joint)],
                  colours[static_cast<std::size_t>(hands[0])]);
    EXPECT_EQ(colours[motion::kJaw][3], 0.0F);
    EXPECT_EQ(colours[motion::kLeftAnkle][3], 0.0F) << "unknown importance has no colour";
    EXPECT_FLOAT_EQ(bodies.importanceAt(TakeSide::A, hands[0], {5}), 1.0F);
}

TEST_F(SceneBodiesTest, PathsAreThoseOfTheSelectionElseOfTheFramesAround) {
    look.overlays.trails = true;
    EXPECT_EQ(trailFrames(input({30})), (FrameRange{{10}, {51}}));
    EXPECT_EQ(trailFrames(input({5})), (FrameRange{{0}, {26}}));
    content.selection = FrameRange{{20}, {40}};
    EXPECT_EQ(trailFrames(input({30})), (FrameRange{{20}, {40}}));
    EXPECT_EQ(trailFrames(input({5})), (FrameRange{{0}, {26}})) << "the selection lies elsewhere";
    const OverlayPicture picture = overlayOf(input({30}));
    ASSERT_EQ(picture.trails.size(), 2U) << "both wrists";
    EXPECT_EQ(picture.trails[0].points.size(), 20);
    EXPECT_EQ(picture.trails[0].current, 10);
}

TEST_F(SceneBodiesTest, FeetThatMoveLessThanACentimetreStand) {
    look.overlays.contacts = true;
    auto stage = std::make_shared<Stage>(bodies.stage()->avatar());
    stage->setClip(walking(0, 0.0F), {});
    bodies.setStage(stage);
    EXPECT_EQ(overlayOf(input({10})).contacts.size(), 4U);
    stage->setClip(walking(0, 0.05F), {});
    bodies.forgetA();
    EXPECT_TRUE(overlayOf(input({10})).contacts.empty());
}

TEST_F(SceneBodiesTest, SplitNamesBothTakes) {
    compare(0.1F);
    content.names = {NamedTake{QStringLiteral("Take 3"), {}},
                     NamedTake{QStringLiteral("Take 1"), {}}};
    look.overlays.takes = TakeView::Split;
    look.splitOffset = {0.6F, 0, 0};
    const OverlayPicture picture = overlayOf(input({10}));
    ASSERT_EQ(picture.labels.size(), 2U);
    EXPECT_TRUE(picture.divided);
    EXPECT_EQ(picture.labels[0].name, QStringLiteral("Take 3"));
    EXPECT_LT(picture.labels[0].centre, picture.labels[1].centre);
}

TEST_F(SceneBodiesTest, TheLegendSaysWhatIsColoured) {
    EXPECT_TRUE(legendOf(input({10})).empty());
    look.overlays.heat = BodyHeat::Importance;
    ASSERT_EQ(legendOf(input({10})).size(), 1U);
    EXPECT_TRUE(legendOf(input({10})).front().text.contains(QStringLiteral("no attention map")));
    compare(0.1F);
    look.overlays.takes = TakeView::Difference;
    const auto entries = legendOf(input({10}));
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_TRUE(entries[1].text.contains(QLocale().toString(10.0, 'f', 1)));
}

TEST(Caption, ShowsThePhraseAroundTheWordThatIsSaid) {
    audio::Transcript transcript;
    const auto say = [&](const char* text, double begin, double end) {
        transcript.words.push_back({text, {begin}, {end}, {}});
    };
    say("one", 0.0, 0.4);
    say("two", 0.4, 0.8);
    say("three", 2.0, 2.5);
    const Caption caption = captionAt(transcript, {0.5});
    EXPECT_EQ(caption.words, (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    EXPECT_EQ(caption.current, 1);
    EXPECT_TRUE(captionAt(transcript, {1.5}).words.isEmpty()) << "a pause";
}

} // namespace
} // namespace gesture::app
