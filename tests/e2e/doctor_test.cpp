// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/cli.h"

#include <set>

namespace gesture {
namespace {

TEST(DoctorCommand, ReportsEveryPartWithAStateAndAdvice) {
    const auto output = test::runGesture({"doctor", "--json"});
    const auto report = test::jsonLineWith(output, "checks");
    ASSERT_TRUE(report.contains("checks")) << output.text;
    std::set<std::string> names;
    for (const auto& check : report["checks"]) {
        names.insert(check["name"]);
        EXPECT_FALSE(check["text"].get<std::string>().empty());
        if (check["state"] == "missing") {
            EXPECT_FALSE(check["advice"].get<std::string>().empty()) << check;
        }
    }
    for (const char* name :
         {"OpenGL", "ffmpeg", "engine", "GPU", "avatar", "bundles", "data folder"})
        EXPECT_EQ(names.count(name), 1U) << name;
    EXPECT_EQ(output.exitStatus, report["usable"].get<bool>() ? 0 : 4);
}

} // namespace
} // namespace gesture
