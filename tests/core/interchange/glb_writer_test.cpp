// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/gltf/glb_writer.h"

#include "core/base/atomic_file.h"
#include "core/interchange/scene_pose.h"
#include "tests/support/foreign_rig.h"
#include "tests/support/temporary_folder.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace gesture::interchange {
namespace {

using nlohmann::json;

std::uint32_t numberAt(const std::string& file, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, file.data() + at, sizeof(value));
    return value;
}

/// A .glb file taken apart by the rules of the specification (sections 3 and 4).
class ReadGlb {
public:
    explicit ReadGlb(const std::filesystem::path& path) {
        const std::string file = readTextFile(path, 1 << 28).value();
        EXPECT_EQ(file.substr(0, 4), "glTF");
        EXPECT_EQ(numberAt(file, 4), 2U);
        EXPECT_EQ(numberAt(file, 8), file.size());
        const std::uint32_t jsonBytes = numberAt(file, 12);
        EXPECT_EQ(jsonBytes % 4, 0U);
        EXPECT_EQ(file.substr(16, 4), "JSON");
        document = json::parse(file.substr(20, jsonBytes));
        const std::size_t at = 20 + jsonBytes;
        EXPECT_EQ(numberAt(file, at) % 4, 0U);
        EXPECT_EQ(numberAt(file, at + 4), 0x004E4942U);
        binary = file.substr(at + 8);
        EXPECT_EQ(binary.size(), numberAt(file, at));
        EXPECT_EQ(document["buffers"][0]["byteLength"], binary.size());
    }

    /// Elements of an accessor as numbers, zeros and sparse entries included.
    std::vector<double> read(std::size_t index) const {
        const json& accessor = document["accessors"][index];
        const std::size_t width = widths().at(accessor["type"]);
        const std::size_t count = accessor["count"];
        std::vector<double> values(count * width, 0.0);
        if (accessor.contains("bufferView"))
            values = numbers(accessor["bufferView"], accessor["componentType"], count * width);
        if (!accessor.contains("sparse")) return values;
        const json& sparse = accessor["sparse"];
        const std::size_t entries = sparse["count"];
        EXPECT_GE(entries, 1U);
        EXPECT_LE(entries, count);
        const auto at =
            numbers(sparse["indices"]["bufferView"], sparse["indices"]["componentType"], entries);
        const auto changed =
            numbers(sparse["values"]["bufferView"], accessor["componentType"], entries * width);
        for (std::size_t i = 0; i < entries; ++i) {
            EXPECT_LT(at[i], static_cast<double>(count));
            if (i > 0) {
                EXPECT_GT(at[i], at[i - 1]) << "sparse indices must rise";
            }
            for (std::size_t c = 0; c < width; ++c)
                values[static_cast<std::size_t>(at[i]) * width + c] = changed[i * width + c];
        }
        return values;
    }

    static const std::map<std::string, std::size_t>& widths() {
        static const std::map<std::string, std::size_t> table{
            {"SCALAR", 1}, {"VEC2", 2}, {"VEC3", 3}, {"VEC4", 4}, {"MAT4", 16}};
        return table;
    }

    json document;
    std::string binary;

private:
    std::vector<double> numbers(std::size_t view, int component, std::size_t count) const {
        const json& place = document["bufferViews"].at(view);
        const std::size_t offset = place["byteOffset"];
        const std::size_t size = component == 5126 || component == 5125 ? 4
                                 : component == 5123                    ? 2
                                                                        : 1;
        EXPECT_EQ(offset % 4, 0U);
        EXPECT_EQ(place["byteLength"], count * size);
        EXPECT_LE(offset + count * size, binary.size());
        std::vector<double> values;
        for (std::size_t i = 0; i < count; ++i) {
            std::uint32_t bits = 0;
            std::memcpy(&bits, binary.data() + offset + i * size, size);
            float real = 0;
            std::memcpy(&real, &bits, sizeof(real));
            values.push_back(component == 5126 ? static_cast<double>(real)
                                               : static_cast<double>(bits));
        }
        return values;
    }
};

std::filesystem::path write(const Scene& scene, const std::filesystem::path& path) {
    JobControl control;
    const Status written = writeGlb(scene, path, {}, control);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().message());
    return path;
}

class GlbWriter : public ::testing::Test {
protected:
    test::TemporaryFolder folder_;
    Scene scene_ = test::foreignRig();
};

TEST_F(GlbWriter, AccessorsSayTheirBoundsAndHoldNumbers) {
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    for (std::size_t i = 0; i < glb.document["accessors"].size(); ++i) {
        const json& accessor = glb.document["accessors"][i];
        const auto values = glb.read(i);
        const std::size_t width = ReadGlb::widths().at(accessor["type"]);
        for (std::size_t k = 0; k < values.size(); ++k) {
            ASSERT_TRUE(std::isfinite(values[k])) << i;
            if (!accessor.contains("min")) continue;
            EXPECT_GE(values[k], accessor["min"][k % width].get<double>() - 1e-7);
            EXPECT_LE(values[k], accessor["max"][k % width].get<double>() + 1e-7);
        }
    }
    for (const json& mesh : glb.document["meshes"])
        for (const json& primitive : mesh["primitives"]) {
            const std::size_t position = primitive["attributes"]["POSITION"];
            EXPECT_TRUE(glb.document["accessors"][position].contains("min"));
            for (const json& target : primitive["targets"])
                EXPECT_TRUE(
                    glb.document["accessors"][target["POSITION"].get<std::size_t>()].contains(
                        "min"));
        }
}

TEST_F(GlbWriter, WeightsOfAVertexSumToOne) {
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    const json& attributes = glb.document["meshes"][0]["primitives"][0]["attributes"];
    const auto first = glb.read(attributes["WEIGHTS_0"]);
    const auto second = glb.read(attributes["WEIGHTS_1"]);
    const auto joints = glb.read(attributes["JOINTS_0"]);
    for (std::size_t v = 0; v < first.size() / 4; ++v) {
        double sum = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            sum += first[4 * v + i] + second[4 * v + i];
            EXPECT_LT(joints[4 * v + i], 5.0);
        }
        EXPECT_NEAR(sum, 1.0, 1e-5);
    }
}

TEST_F(GlbWriter, BindMatricesUndoTheRestPose) {
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    const auto inverse = glb.read(glb.document["skins"][0]["inverseBindMatrices"]);
    const auto rest = worldFromRestJoints(scene_);
    for (std::size_t j = 0; j < rest.size(); ++j) {
        const Eigen::Map<const Eigen::Matrix4d> matrix(&inverse[16 * j]);
        EXPECT_LT((matrix * rest[j].matrix().cast<double>() - Eigen::Matrix4d::Identity())
                      .cwiseAbs()
                      .maxCoeff(),
                  1e-5);
    }
}

TEST_F(GlbWriter, EachPropertyIsMovedOnceAndQuaternionsKeepTheirSign) {
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    const json& animation = glb.document["animations"][0];
    std::set<std::pair<int, std::string>> moved;
    for (const json& channel : animation["channels"]) {
        const std::string path = channel["target"]["path"];
        EXPECT_TRUE(moved.emplace(channel["target"]["node"], path).second);
        const json& sampler = animation["samplers"][channel["sampler"].get<std::size_t>()];
        const auto times = glb.read(sampler["input"]);
        const auto values = glb.read(sampler["output"]);
        ASSERT_EQ(times.size(), 40U);
        for (std::size_t t = 1; t < times.size(); ++t)
            EXPECT_GT(times[t], times[t - 1]);
        const std::size_t width = path == "rotation" ? 4 : path == "weights" ? 2 : 3;
        ASSERT_EQ(values.size(), times.size() * width);
        for (std::size_t t = 0; path == "rotation" && t < times.size(); ++t) {
            const Eigen::Map<const Eigen::Vector4d> q(&values[4 * t]);
            EXPECT_NEAR(q.norm(), 1.0, 1e-5);
            if (t > 0) {
                EXPECT_GE(q.dot(Eigen::Map<const Eigen::Vector4d>(&values[4 * t - 4])), 0.0);
            }
        }
    }
    EXPECT_EQ(moved.size(), 5U + 2U + 1U);
}

TEST_F(GlbWriter, NamesSurvive) {
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    EXPECT_EQ(glb.document["nodes"][0]["name"], "Hüfte");
    EXPECT_EQ(glb.document["nodes"][4]["name"], "prop \"a\"");
    EXPECT_EQ(glb.document["meshes"][0]["extras"]["targetNames"], (json{"Lächeln", "still"}));
    EXPECT_EQ(glb.document["scenes"][0]["nodes"], (json{0, 4, 5}));
}

TEST_F(GlbWriter, NamesThatAreNoTextAreMadeText) {
    scene_.joints[1].name = "a\xff\n";
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    EXPECT_EQ(glb.document["nodes"][1]["name"], "a__");
}

TEST_F(GlbWriter, ASkeletonAloneHasASkin) {
    scene_.meshes.clear();
    scene_.materials.clear();
    const ReadGlb glb(write(scene_, folder_ / "a.glb"));
    EXPECT_FALSE(glb.document.contains("meshes"));
    EXPECT_EQ(glb.document["skins"][0]["joints"].size(), 5U);
}

TEST_F(GlbWriter, SameSceneSameBytesAndNothingLeftAfterAFailure) {
    EXPECT_EQ(readTextFile(write(scene_, folder_ / "a.glb"), 1 << 24).value(),
              readTextFile(write(scene_, folder_ / "b.glb"), 1 << 24).value());
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), {});
    EXPECT_FALSE(writeGlb(scene_, folder_ / "c.glb", {}, stopped).ok());
    EXPECT_EQ(folder_.entryCount(), 2);
}

} // namespace
} // namespace gesture::interchange
