// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/bvh/bvh_writer.h"

#include "core/base/atomic_file.h"
#include "core/interchange/scene_pose.h"
#include "tests/support/foreign_rig.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <iterator>
#include <numbers>
#include <sstream>

namespace gesture::interchange {
namespace {

/// A reader that shares nothing with the writer: tokens in, joint positions out.
struct ReadBvh {
    struct Joint {
        std::string name;
        int parent = -1;
        Eigen::Vector3d offset = Eigen::Vector3d::Zero();
        std::vector<std::string> channels;
    };
    std::vector<Joint> joints;
    double frameTime = 0;
    std::vector<std::vector<double>> frames;

    std::vector<Eigen::Vector3d> positions(std::size_t frame) const {
        std::vector<Eigen::Affine3d> world;
        std::vector<Eigen::Vector3d> result;
        std::size_t at = 0;
        for (const Joint& joint : joints) {
            Eigen::Vector3d place = joint.offset;
            Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
            for (const std::string& channel : joint.channels) {
                const double value = frames[frame].at(at++);
                const Eigen::Index axis = channel[0] - 'X';
                if (channel.substr(1) == "position")
                    place[axis] = value;
                else
                    rotation = rotation * Eigen::AngleAxisd(value * std::numbers::pi / 180.0,
                                                            Eigen::Vector3d::Unit(axis));
            }
            Eigen::Affine3d local = Eigen::Affine3d::Identity();
            local.linear() = rotation;
            local.translation() = place;
            world.push_back(
                joint.parent < 0 ? local : world[static_cast<std::size_t>(joint.parent)] * local);
            result.push_back(world.back().translation() / 100.0);
        }
        return result;
    }
};

ReadBvh readBvh(const std::filesystem::path& path) {
    std::istringstream text(readTextFile(path, 1 << 28).value());
    ReadBvh bvh;
    std::vector<int> open; // -1 stands for an End Site
    int count = 0;
    for (std::string word; text >> word;) {
        if (word == "ROOT" || word == "JOINT") {
            ReadBvh::Joint joint;
            text >> joint.name;
            joint.parent = word == "ROOT" ? -1 : open.back();
            EXPECT_EQ(word == "ROOT", open.empty());
            bvh.joints.push_back(joint);
            open.push_back(static_cast<int>(bvh.joints.size()) - 1);
        } else if (word == "End") {
            open.push_back(-1);
        } else if (word == "}") {
            open.pop_back();
        } else if (word == "OFFSET") {
            Eigen::Vector3d offset;
            text >> offset[0] >> offset[1] >> offset[2];
            if (open.back() >= 0) bvh.joints[static_cast<std::size_t>(open.back())].offset = offset;
        } else if (word == "CHANNELS") {
            text >> count;
            auto& channels = bvh.joints.back().channels;
            channels.resize(static_cast<std::size_t>(count));
            for (std::string& channel : channels)
                text >> channel;
        } else if (word == "Frames:") {
            text >> count;
        } else if (word == "Time:") {
            text >> bvh.frameTime;
            break;
        }
    }
    EXPECT_TRUE(open.empty());
    std::string line;
    std::getline(text, line);
    while (std::getline(text, line)) {
        std::istringstream numbers(line);
        bvh.frames.emplace_back(std::istream_iterator<double>(numbers),
                                std::istream_iterator<double>());
    }
    EXPECT_EQ(bvh.frames.size(), static_cast<std::size_t>(count));
    return bvh;
}

std::filesystem::path write(const Scene& scene, const std::filesystem::path& path) {
    JobControl control;
    const Status written = writeBvh(scene, path, {}, control);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().message());
    return path;
}

TEST(BvhWriter, AnotherReaderFindsTheJointsWhereTheyAre) {
    test::TemporaryFolder folder;
    const Scene scene = test::foreignRig();
    const ReadBvh bvh = readBvh(write(scene, folder / "a.bvh"));
    ASSERT_EQ(bvh.joints.size(), scene.joints.size());
    ASSERT_EQ(bvh.frames.size(), 40U);
    EXPECT_NEAR(bvh.frameTime, 1.0 / 30.0, 1e-8);
    for (std::size_t frame = 0; frame < 40; ++frame) {
        const auto expected =
            worldFromJoints(scene, scene.animations[0], static_cast<std::int64_t>(frame));
        const auto found = bvh.positions(frame);
        for (std::size_t j = 0; j < found.size(); ++j)
            EXPECT_LT((found[j] - expected[j].translation().cast<double>()).norm(), 1e-5)
                << frame << ' ' << j;
    }
}

TEST(BvhWriter, AnglesGoOnWithoutJumps) {
    test::TemporaryFolder folder;
    const ReadBvh bvh = readBvh(write(test::foreignRig(300), folder / "a.bvh"));
    for (std::size_t frame = 1; frame < bvh.frames.size(); ++frame)
        for (std::size_t i = 0; i < bvh.frames[frame].size(); ++i)
            EXPECT_LT(std::abs(bvh.frames[frame][i] - bvh.frames[frame - 1][i]), 180.0);
}

TEST(BvhWriter, NamesAreSingleWordsAndEachOnce) {
    test::TemporaryFolder folder;
    const ReadBvh bvh = readBvh(write(test::foreignRig(1), folder / "a.bvh"));
    EXPECT_EQ(bvh.joints[0].name, "Hüfte");
    EXPECT_EQ(bvh.joints[1].name, "上_身");
    EXPECT_EQ(bvh.joints[2].name, "Arm");
    EXPECT_EQ(bvh.joints[3].name, "Arm_2");
    EXPECT_EQ(bvh.frames.size(), 1U);
}

TEST(BvhWriter, SameSceneSameBytes) {
    test::TemporaryFolder folder;
    EXPECT_EQ(readTextFile(write(test::foreignRig(), folder / "a.bvh"), 1 << 24).value(),
              readTextFile(write(test::foreignRig(), folder / "b.bvh"), 1 << 24).value());
}

TEST(BvhWriter, LeavesNothingWhenItFails) {
    test::TemporaryFolder folder;
    Scene scene = test::foreignRig();
    scene.animations[0].rotations[7].w() = std::nanf("");
    JobControl control;
    EXPECT_FALSE(writeBvh(scene, folder / "a.bvh", {}, control).ok());
    scene.animations.clear();
    EXPECT_FALSE(writeBvh(scene, folder / "a.bvh", {}, control).ok());
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), {});
    const Status status = writeBvh(test::foreignRig(), folder / "a.bvh", {}, stopped);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(folder.entryCount(), 0);
}

} // namespace
} // namespace gesture::interchange
