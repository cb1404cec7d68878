// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/export_plan.h"

#include "core/base/atomic_file.h"
#include "core/interchange/clip_resample.h"
#include "core/interchange/curves/curve_writers.h"
#include "core/motion/procedural_clip.h"
#include "tests/support/synthetic_body.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace gesture::interchange {
namespace {

const io::Avatar& freeAvatar() {
    static const io::Avatar avatar =
        io::readAvatarFile(GESTURE_TEST_SOURCE "/resources/avatar/free-avatar.npz").value();
    return avatar;
}

TEST(ExportPlan, TheEndOfANameSaysTheFormat) {
    EXPECT_EQ(exportFormatOf("a/b.FBX"), ExportFormat::Fbx);
    EXPECT_EQ(exportFormatOf("b.arkit.csv"), ExportFormat::ArkitCsv);
    EXPECT_EQ(exportFormatOf("b.face.csv"), ExportFormat::FaceCsv);
    EXPECT_EQ(exportFormatOf("b.joints.csv"), ExportFormat::JointCsv);
    EXPECT_EQ(exportFormatOf("b.csv"), ExportFormat::JointCsv);
    EXPECT_FALSE(exportFormatOf("fbx").has_value());
    EXPECT_FALSE(exportFormatOf(".fbx").has_value());
    EXPECT_FALSE(exportFormatOf("b.gltf").has_value());
}

TEST(ExportPlan, SegmentsBecomeFilesOfTheirOwn) {
    ExportRequest request;
    request.outputs = {"out/talk.fbx", "out/talk.arkit.csv"};
    request.segments = {{"Hello/there", {{0}, {30}}}, {"", {{30}, {31}}}, {"", {{40}, {100}}}};
    const auto plan = planExport(motion::makeGreetingClip(), freeAvatar(), request);
    ASSERT_TRUE(plan.ok()) << plan.error().message();
    ASSERT_EQ(plan->items.size(), 6U);
    EXPECT_EQ(plan->items[0].path, "out/talk-Hello_there.fbx");
    EXPECT_EQ(plan->items[1].path, "out/talk-Hello_there.arkit.csv");
    EXPECT_EQ(plan->items[2].path, "out/talk-segment.fbx");
    EXPECT_EQ(plan->items[2].frames, 1);
    EXPECT_EQ(plan->items[4].path, "out/talk-segment 2.fbx");
    EXPECT_EQ(describe(*plan)[2],
              "talk-segment.fbx: FBX (mesh, bones, face shapes), 1 frame at 30 fps (0.03 s)");
}

TEST(ExportPlan, AMeshUnderALicenceIsSaid) {
    io::Avatar licensed;
    auto body = motion::BodyModel::create(
        test::syntheticBody({.vertices = 200, .shapes = 10, .expressions = 10}));
    licensed.body = *body;
    licensed.licence = "Not for sale";
    ExportRequest request;
    request.outputs = {"a.fbx"};
    const auto clip = motion::makeGreetingClip();
    const auto said = planExport(clip, licensed, request);
    ASSERT_EQ(said->notes.size(), 1U);
    EXPECT_NE(said->notes[0].find("Not for sale"), std::string::npos);
    EXPECT_TRUE(planExport(clip, freeAvatar(), request)->notes.empty());
    request.settings.mesh = false;
    EXPECT_TRUE(planExport(clip, licensed, request)->notes.empty());
}

TEST(ExportPlan, MotionFilesTakeMultiplesOfThirty) {
    EXPECT_EQ(motionFileRate({60, 1}), (FrameRate{60, 1}));
    EXPECT_EQ(motionFileRate({24, 1}), (FrameRate{30, 1}));
    EXPECT_EQ(motionFileRate({30000, 1001}), (FrameRate{30, 1}));
    EXPECT_EQ(motionFileRate({15, 1}), (FrameRate{30, 1}));
}

TEST(ResampledClip, KeepsTheBytesOfFramesThatItHits) {
    const motion::Clip clip = test::syntheticClip(20);
    const auto doubled = resampledClip(clip, {{3}, {13}}, {60, 1});
    ASSERT_TRUE(doubled.ok());
    ASSERT_EQ(doubled->frameCount(), 19);
    for (std::int64_t i = 0; i < 10; ++i)
        EXPECT_TRUE(std::ranges::equal(doubled->pose({2 * i}), clip.pose({3 + i}))) << i;
    EXPECT_FALSE(resampledClip(clip, {{3}, {21}}, {60, 1}).ok());
}

TEST(Export, WritesWhatIsPlannedForAllRootModes) {
    test::TemporaryFolder folder;
    const auto clip = std::make_shared<const motion::Clip>(motion::makeGreetingClip());
    for (const RootMode root :
         {RootMode::Full, RootMode::InPlace, RootMode::FeetLocked, RootMode::None}) {
        ExportRequest request;
        request.settings.root = root;
        request.settings.mesh = false;
        request.settings.range = FrameRange{{0}, {20}};
        request.outputs = {folder / "a.bvh", folder / "a.csv", folder / "a.npz"};
        const auto plan = planExport(*clip, freeAvatar(), request);
        ASSERT_TRUE(plan.ok());
        JobControl control;
        const ExportSource source{{freeAvatar(), clip, {}, nullptr}, nullptr, {}};
        const auto remarks = runExport(*plan, source, control);
        ASSERT_TRUE(remarks.ok()) << remarks.error().message();
        EXPECT_EQ(folder.entryCount(), 3);
    }
}

TEST(ArkitCsv, HasLiveLinksColumnsAndTimecodes) {
    test::TemporaryFolder folder;
    FaceTrack face;
    face.rate = {30, 1};
    face.frames = 62;
    face.units.assign(62 * 52, 0.0F);
    face.units[61 * 52 + 24] = 0.5F; // jawOpen
    face.head.assign(62, {0.1F, 0.2F, -0.3F});
    face.leftEye = face.rightEye = std::vector<Eigen::Vector3f>(62, Eigen::Vector3f::Zero());
    JobControl control;
    ASSERT_TRUE(writeArkitCsv(face, folder / "a.csv", control).ok());
    const std::string text = readTextFile(folder / "a.csv", 1 << 20).value();
    const std::string head = text.substr(0, text.find('\n'));
    EXPECT_EQ(std::count(head.begin(), head.end(), ','), 62);
    EXPECT_NE(head.find(",JawForward,JawRight,JawLeft,JawOpen,MouthClose,"), std::string::npos);
    const std::string last = text.substr(text.rfind('\n', text.size() - 2) + 1);
    EXPECT_EQ(last.substr(0, 19), "00:00:02:01.000,61,");
    std::size_t at = 0;
    for (int column = 0; column < 2 + 17; ++column)
        at = last.find(',', at) + 1;
    EXPECT_EQ(last.substr(at, 4), "0.5,");
    EXPECT_NE(last.find(",0.1,0.2,-0.3,0,0,0,0,0,0\n"), std::string::npos);
}

} // namespace
} // namespace gesture::interchange
