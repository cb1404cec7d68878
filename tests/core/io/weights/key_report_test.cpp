// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/key_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Need = TensorSpec::Need;

const std::vector<TensorSpec>& network() {
    static const std::vector<TensorSpec> specs{
        {"MAM.weight", {2, 3}, Need::Required, {}},
        {"MAM.bias", {2}, Need::Required, {}},
        {"norm.num_batches_tracked", {}, Need::Required, TensorType::Int64},
        {"rop", {4, 2}, Need::Optional, {}},
        {"unused.weight", {9}, Need::Dead, {}}};
    return specs;
}

std::vector<TensorInfo> matchingFile() {
    return {{"MAM.weight", TensorType::Float32, {2, 3}},
            {"MAM.bias", TensorType::Float16, {2}},
            {"norm.num_batches_tracked", TensorType::Int64, {}},
            {"rop", TensorType::Float32, {4, 2}},
            {"unused.weight", TensorType::Float32, {7}}};
}

TEST(KeyReport, AFileOfTheNetworkIsExact) {
    const auto report = compareKeys(matchingFile(), network());
    EXPECT_TRUE(report.exact());
    EXPECT_EQ(report.loadable.size(), 4U);
    EXPECT_EQ(report.describe("x.bin", "echomask"), "'x.bin' has all tensors of echomask (4).");
}

TEST(KeyReport, OptionalAndDeadTensorsMayBeAbsent) {
    auto file = matchingFile();
    file.resize(3);
    const auto report = compareKeys(file, network());
    EXPECT_TRUE(report.exact());
    EXPECT_THAT(report.absentOptional, ElementsAre("rop"));
}

TEST(KeyReport, NamesWhatIsMissingAndWhatIsTooMuch) {
    auto file = matchingFile();
    file[0].name = "MAN.weight";
    const auto report = compareKeys(file, network());
    EXPECT_FALSE(report.sufficient());
    EXPECT_THAT(report.missing, ElementsAre("MAM.weight"));
    EXPECT_THAT(report.unexpected, ElementsAre("MAN.weight"));
    const std::string text = report.describe("x.bin", "echomask");
    EXPECT_THAT(text, HasSubstr("'x.bin' lacks 1 tensor that echomask needs (MAM.weight)."));
    EXPECT_THAT(text, HasSubstr("has 1 tensor that echomask does not know (MAN.weight)."));
}

TEST(KeyReport, SaysBothShapes) {
    auto file = matchingFile();
    file[0].shape = {3, 2};
    const auto report = compareKeys(file, network());
    ASSERT_EQ(report.wrongShape.size(), 1U);
    EXPECT_THAT(report.describe("x.bin", "echomask"),
                HasSubstr("(MAM.weight (3, 2) instead of (2, 3))"));
}

TEST(KeyReport, SaysBothTypes) {
    auto file = matchingFile();
    file[1].type = TensorType::Int32;
    file[2].type = TensorType::Float32;
    const auto report = compareKeys(file, network());
    ASSERT_EQ(report.wrongType.size(), 2U);
    EXPECT_THAT(report.describe("x.bin", "echomask"),
                HasSubstr("MAM.bias I32 instead of a float type, norm.num_batches_tracked F32 "
                          "instead of I64"));
}

TEST(KeyReport, ShowsTheFirstFewNamesAndTheNumber) {
    const auto report = compareKeys({}, std::vector<TensorSpec>{{"a", {1}, Need::Required, {}},
                                                                {"b", {1}, Need::Required, {}},
                                                                {"c", {1}, Need::Required, {}},
                                                                {"d", {1}, Need::Required, {}}});
    EXPECT_EQ(report.describe("x.bin", "net"),
              "'x.bin' lacks 4 tensors that net needs (a, b, c, …).");
}

TEST(KeyReport, OldNamesAreFoundByTheirAlias) {
    auto file = matchingFile();
    file[0].name = "moauClip.weight";
    file[1].name = "moauClip.bias";
    const std::vector<KeyAlias> aliases{{"moauClip.", "MAM."}};
    const auto report = compareKeys(file, network(), aliases);
    EXPECT_TRUE(report.exact());
    EXPECT_EQ(report.loadable.at("MAM.bias"), "moauClip.bias");
}

TEST(KeyReport, ATensorsOwnNameGoesBeforeAnAlias) {
    auto file = matchingFile();
    file.insert(file.begin(), {"moauClip.bias", TensorType::Float32, {2}});
    const std::vector<KeyAlias> aliases{{"moauClip.", "MAM."}};
    const auto report = compareKeys(file, network(), aliases);
    EXPECT_EQ(report.loadable.at("MAM.bias"), "MAM.bias");
    EXPECT_THAT(report.unexpected, ElementsAre("moauClip.bias"));
}

TEST(KeyReport, IsJsonForPrograms) {
    auto file = matchingFile();
    file[0].shape = {1};
    const auto value = nlohmann::json::parse(compareKeys(file, network()).json());
    EXPECT_FALSE(value["exact"].get<bool>());
    EXPECT_EQ(value["wrongShape"][0]["found"], "(1)");
}

} // namespace
} // namespace gesture::io
