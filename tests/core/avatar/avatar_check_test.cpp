// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/avatar_check.h"
#include "core/io/npz.h"
#include "tests/core/avatar/shipped_avatar.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace gesture::avatar {
namespace {

using testing::Contains;
using testing::HasSubstr;

/// Arrays of a small body that passes: one triangle per joint around it.
class AvatarCheck : public testing::Test {
protected:
    AvatarCheck() {
        std::vector<float> vertices;
        std::vector<std::uint32_t> faces;
        std::vector<float> weights(kVertices * kJoints, 0.0F);
        std::vector<float> regressor(kJoints * kVertices, 0.0F);
        const motion::BodyModelData& real = test::shippedAvatar().body->data();
        const motion::Points joints = real.jointRegressor * real.templateVertices;
        for (std::size_t j = 0; j < kJoints; ++j) {
            for (std::size_t k = 0; k < 3; ++k) {
                const Eigen::RowVector3f place = joints.row(static_cast<Eigen::Index>(j));
                const std::size_t v = 3 * j + k;
                vertices.insert(vertices.end(), {place.x(), place.y() + (k == 1 ? 0.01F : -0.005F),
                                                 place.z() + (k == 2 ? 0.01F : -0.005F)});
                weights[v * kJoints + j] = 1.0F;
                regressor[j * kVertices + v] = 1.0F / 3.0F;
                faces.push_back(static_cast<std::uint32_t>(v));
            }
        }
        set<float>("v_template", vertices, {kVertices, 3});
        set<std::uint32_t>("f", faces, {kJoints, 3});
        set<float>("weights", weights, {kVertices, kJoints});
        set<float>("J_regressor", regressor, {kJoints, kVertices});
        std::vector<std::int64_t> tree;
        for (const int parent : motion::jointParents()) {
            tree.push_back(parent);
        }
        for (std::int64_t j = 0; j < static_cast<std::int64_t>(kJoints); ++j) {
            tree.push_back(j);
        }
        set<std::int64_t>("kintree_table", tree, {2, kJoints});
        set<float>("shapedirs", std::vector<float>(kVertices * 3 * 20, 0.0F), {kVertices, 3, 20});
        set<float>("posedirs", std::vector<float>(kVertices * 3, 0.0F), {kVertices, 3, 1});
        set<std::int32_t>("posedirs_index", {196}, {1});
        set<float>("hands_meanl", std::vector<float>(45, 0.1F), {45});
        set<float>("hands_meanr", std::vector<float>(45, 0.1F), {45});
    }

    template <typename T>
    void set(const std::string& name, const std::vector<T>& values,
             std::vector<std::size_t> shape) {
        arrays_[name] = io::NpyArray::from<T>(std::span<const T>(values), std::move(shape));
    }

    /// Changes the numbers of a float array.
    void change(const std::string& name, const std::function<void(std::vector<float>&)>& edit) {
        auto values = arrays_[name].numbers<float>().value();
        edit(values);
        set<float>(name, values, arrays_[name].shape());
    }

    AvatarReport check() const {
        std::vector<std::pair<std::string, io::NpyArray>> list(arrays_.begin(), arrays_.end());
        EXPECT_TRUE(io::writeNpz(folder_ / "avatar.npz", list).ok());
        return checkAvatar(folder_ / "avatar.npz");
    }

    /// Texts of the findings of one severity.
    static std::vector<std::string> texts(const AvatarReport& report, Severity severity) {
        std::vector<std::string> result;
        for (const AvatarFinding& finding : report.findings) {
            if (finding.severity == severity) result.push_back(finding.text);
        }
        return result;
    }

    void expectError(const std::string& part) const {
        const AvatarReport report = check();
        EXPECT_FALSE(report.usable());
        EXPECT_THAT(texts(report, Severity::Error), Contains(HasSubstr(part)));
    }

    static constexpr std::size_t kJoints = motion::kJointCount;
    static constexpr std::size_t kVertices = 3 * kJoints;
    std::map<std::string, io::NpyArray> arrays_;
    test::TemporaryFolder folder_;
};

TEST_F(AvatarCheck, AcceptsASmallBody) {
    const AvatarReport report = check();
    EXPECT_TRUE(report.usable()) << texts(report, Severity::Error).front();
    EXPECT_EQ(report.summary.vertices, 165);
    EXPECT_EQ(report.summary.triangles, 55);
    EXPECT_EQ(report.summary.shapes, 10);
    EXPECT_EQ(report.summary.expressions, 10);
    EXPECT_EQ(report.summary.poseCorrectives, 1);
}

TEST_F(AvatarCheck, NamesEveryMissingArray) {
    arrays_.erase("weights");
    arrays_.erase("f");
    const auto errors = texts(check(), Severity::Error);
    EXPECT_THAT(errors, Contains(HasSubstr("'weights' is missing")));
    EXPECT_THAT(errors, Contains(HasSubstr("'f' is missing")));
}

TEST_F(AvatarCheck, FindsWrongShapes) {
    set<float>("weights", std::vector<float>(kVertices * 54, 0.0F), {kVertices, 54});
    expectError("'weights' has the shape");
}

TEST_F(AvatarCheck, FindsNumbersThatAreNotFinite) {
    change("v_template", [](auto& values) { values[4] = std::numeric_limits<float>::quiet_NaN(); });
    expectError("not finite, at position 4");
}

TEST_F(AvatarCheck, FindsWeightsThatDoNotSumToOne) {
    change("weights", [](auto& values) { values[0] = 0.4F; });
    expectError("do not sum to 1");
}

TEST_F(AvatarCheck, FindsFacesOutOfRange) {
    set<std::uint32_t>("f", {0, 1, 2, 3, 4, 165}, {2, 3});
    expectError("Triangle 1 names vertex 165");
}

TEST_F(AvatarCheck, FindsAnotherSkeleton) {
    auto tree = arrays_["kintree_table"].numbers<std::int64_t>().value();
    tree[5] = 3;
    set<std::int64_t>("kintree_table", tree, {2, kJoints});
    expectError("another body model");
}

TEST_F(AvatarCheck, FindsCentimetres) {
    change("v_template", [](auto& values) {
        for (float& value : values) {
            value *= 100.0F;
        }
    });
    expectError("centimetres");
}

TEST_F(AvatarCheck, FindsAnUpwardZ) {
    change("v_template", [](auto& values) {
        for (std::size_t v = 0; v < values.size(); v += 3) {
            std::swap(values[v + 1], values[v + 2]);
        }
    });
    expectError("the y axis must point up");
}

TEST_F(AvatarCheck, FindsAMirroredBody) {
    change("v_template", [](auto& values) {
        for (std::size_t v = 0; v < values.size(); v += 3) {
            values[v] = -values[v];
        }
    });
    expectError("left hand lies at smaller x");
}

TEST_F(AvatarCheck, FindsJointsOutsideTheBody) {
    change("J_regressor", [](auto& values) {
        for (std::size_t v = 0; v < kVertices; ++v) {
            values[20 * kVertices + v] *= 3.0F;
        }
    });
    expectError("Joint 'left_wrist' lies outside the body");
}

TEST_F(AvatarCheck, FindsMaterialsOutOfRange) {
    set<std::uint8_t>("part_id", std::vector<std::uint8_t>(kJoints, 2), {kJoints});
    set<std::uint8_t>("part_rgb", {1, 2, 3, 4, 5, 6}, {2, 3});
    expectError("'part_id' names a material beyond");
}

TEST_F(AvatarCheck, FindsNamesThatDoNotFit) {
    const std::vector<std::string> names = {"smile", "smile"};
    arrays_["expr_names"] = io::NpyArray::fromStrings(names);
    const AvatarReport report = check();
    EXPECT_THAT(texts(report, Severity::Error), Contains(HasSubstr("2 names for 10")));
    EXPECT_THAT(texts(report, Severity::Warning), Contains(HasSubstr("'smile' twice")));
}

TEST_F(AvatarCheck, WarnsOfMissingHands) {
    arrays_.erase("hands_meanl");
    EXPECT_THAT(texts(check(), Severity::Warning), Contains(HasSubstr("hands_meanl")));
}

TEST_F(AvatarCheck, SaysWhenTheFileCannotBeOpened) {
    const AvatarReport report = checkAvatar("/nowhere/avatar.npz");
    EXPECT_FALSE(report.usable());
    ASSERT_EQ(report.findings.size(), 1U);
}

TEST(AvatarCheckOfShippedFile, FindsNothingWrong) {
    const AvatarReport report = checkAvatar(test::shippedAvatarPath());
    for (const AvatarFinding& finding : report.findings) {
        EXPECT_EQ(finding.severity, Severity::Info) << finding.text;
    }
    EXPECT_EQ(report.summary.vertices, 11599);
    EXPECT_EQ(report.summary.triangles, 22780);
    EXPECT_EQ(report.summary.shapes, 10);
    EXPECT_EQ(report.summary.expressions, 52);
    EXPECT_EQ(report.summary.parts, 11);
    EXPECT_NEAR(report.summary.heightMetres, 1.733, 1e-3);
}

} // namespace
} // namespace gesture::avatar
