// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/index_set.h"
#include "core/avatar/obj_mesh.h"
#include "core/avatar/rig.h"
#include "core/avatar/source_archive.h"
#include "core/avatar/suit.h"
#include "core/avatar/target.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace gesture::avatar {
namespace {

constexpr std::string_view kCube = "# two quads\n"
                                   "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 2 0 0\nv 2 1 0\n"
                                   "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n"
                                   "g a\nf 1/1 2/2 3/3 4/4\n"
                                   "g b\nf 2/1 5/2 6/3 3/4\n"
                                   "g a\n";

ObjMesh twoQuads() { return parseObjMesh(kCube).value(); }

TEST(ObjMesh, ReadsGroupsThatComeTwice) {
    const ObjMesh mesh = twoQuads();
    EXPECT_EQ(mesh.vertices.rows(), 6);
    EXPECT_EQ(mesh.textureCoordinates.size(), 4U);
    EXPECT_EQ(mesh.group("a").quads, (std::vector<Quad>{{0, 1, 2, 3}}));
    EXPECT_EQ(mesh.groupVertices("b"), (std::vector<std::uint32_t>{1, 2, 4, 5}));
}

TEST(ObjMesh, RefusesDamagedLines) {
    for (const std::string_view text :
         {"v 0 0\n", "v 0 0 x\n", "g a\nf 1/1 2/1 3/1\n", "f 1/1 1/1 1/1 1/1\n",
          "v 0 0 0\nvt 0 0\ng a\nf 1/1 1/1 1/1 0/1\n", "v 0 0 0\nvt 0 0\ng a\nf 1/1 1/1 1/1 2/1\n",
          "v 0 0 0\nvt 0 0\ng a\nf 1/1 1/1 1/1 1/2\n", "v 0 0 0\nvt 0 0\ng a\nf 1 1 1 1\n"}) {
        EXPECT_FALSE(parseObjMesh(text).ok()) << text;
    }
}

TEST(Target, ReadsOffsetsAndSkipsComments) {
    const auto target = parseTarget("# made by hand\n\n2 -.051 0 1e-3\r\n0 1 2 3\n", 4);
    ASSERT_TRUE(target.ok());
    EXPECT_DOUBLE_EQ((*target)(2, 0), -0.051);
    EXPECT_DOUBLE_EQ((*target)(2, 2), 0.001);
    EXPECT_DOUBLE_EQ((*target)(0, 1), 2.0);
    EXPECT_DOUBLE_EQ(target->row(3).norm(), 0.0);
}

TEST(Target, EmptyTextMovesNothing) {
    const auto target = parseTarget("", 3);
    ASSERT_TRUE(target.ok());
    EXPECT_DOUBLE_EQ(target->norm(), 0.0);
}

TEST(Target, RefusesDamagedLines) {
    for (const std::string_view text :
         {"4 0 0 0\n", "-1 0 0 0\n", "0 0 0\n", "0 0 0 0 0\n", "0 nan 0 0\n", "0 0 inf 0\n"}) {
        EXPECT_FALSE(parseTarget(text, 4).ok()) << text;
    }
}

std::string boneJson(std::string_view name, std::string_view parent, int head) {
    return "\"" + std::string(name) + "\":{\"parent\":\"" + std::string(parent) +
           "\",\"head\":{\"strategy\":\"VERTEX\",\"vertex_index\":" + std::to_string(head) +
           "},\"tail\":{\"strategy\":\"CUBE\",\"cube_name\":\"b\"}}";
}

TEST(Rig, PutsParentsFirst) {
    const std::string bones = "{" + boneJson("a", "m", 0) + "," + boneJson("m", "z", 1) + "," +
                              boneJson("z", "", 2) + "}";
    const auto rig =
        parseRig(bones, R"({"weights":{"a":[[0,1.0]],"m":[[1,0.5]],"z":[]}})", twoQuads());
    ASSERT_TRUE(rig.ok()) << rig.error().message();
    ASSERT_EQ(rig->bones.size(), 3U);
    EXPECT_EQ(rig->bones[0].name, "z");
    EXPECT_EQ(rig->bones[0].parent, -1);
    EXPECT_EQ(rig->bones[1].parent, 0);
    EXPECT_EQ(rig->bones[2].parent, 1);
    EXPECT_DOUBLE_EQ(rig->bones[1].weights[0].weight, 0.5);
    EXPECT_TRUE(rig->bones[2].tail.on(twoQuads().vertices).isApprox(Eigen::Vector3d(1.5, 0.5, 0)));
}

TEST(Rig, RefusesWhatIsNotARig) {
    const ObjMesh mesh = twoQuads();
    const std::string weights = R"({"weights":{"a":[],"b":[]}})";
    const std::string cycle = "{" + boneJson("a", "b", 0) + "," + boneJson("b", "a", 0) + "}";
    const std::string outside = "{" + boneJson("a", "", 6) + "}";
    const std::string good = "{" + boneJson("a", "", 0) + "}";
    EXPECT_FALSE(parseRig("[1", weights, mesh).ok());
    EXPECT_FALSE(parseRig("[]", weights, mesh).ok());
    EXPECT_FALSE(parseRig("{\"a\":3}", weights, mesh).ok());
    EXPECT_FALSE(parseRig(cycle, weights, mesh).ok());
    EXPECT_FALSE(parseRig(outside, weights, mesh).ok());
    EXPECT_FALSE(parseRig(good, "{}", mesh).ok());
    EXPECT_FALSE(parseRig(good, R"({"weights":{"a":[[9,1]]}})", mesh).ok());
    EXPECT_FALSE(parseRig(good, R"({"weights":[]})", mesh).ok());
    EXPECT_FALSE(
        parseRig(R"({"a":{"parent":"","head":{"strategy":7},"tail":{}}})", weights, mesh).ok());
}

TEST(IndexSet, ReadsSinglesAndRanges) {
    EXPECT_EQ(indexSet("0,2-3", 5), (std::vector<bool>{true, false, true, true, false}));
    EXPECT_EQ(indexSet("", 2), (std::vector<bool>{false, false}));
}

TEST(Suit, OpenLoopsRunAlongTheQuads) {
    const auto loops = openLoops({{0, 1, 2, 3}, {1, 4, 5, 2}});
    ASSERT_EQ(loops.size(), 1U);
    EXPECT_EQ(loops[0], (std::vector<std::uint32_t>{0, 1, 4, 5, 2, 3}));
}

TEST(Gunzip, RefusesDamagedData) {
    EXPECT_FALSE(gunzip("").ok());
    EXPECT_FALSE(gunzip("not gzip").ok());
    EXPECT_FALSE(gunzip(std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10)).ok());
}

// printf 'hello\n' | gzip -n
TEST(Gunzip, UnpacksText) {
    constexpr std::array<unsigned char, 26> kPacked = {
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd,
        0xc9, 0xc9, 0xe7, 0x02, 0x00, 0x20, 0x30, 0x3a, 0x36, 0x06, 0x00, 0x00, 0x00};
    const std::string packed(kPacked.begin(), kPacked.end());
    const auto text = gunzip(packed);
    ASSERT_TRUE(text.ok()) << text.error().message();
    EXPECT_EQ(*text, "hello\n");
}

} // namespace
} // namespace gesture::avatar
