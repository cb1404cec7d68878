// SPDX-License-Identifier: Apache-2.0
#include "core/base/job.h"

#include <gtest/gtest.h>
#include <vector>

namespace gesture {
namespace {

TEST(JobControl, ReportsTheStartAndTheEndOfAStage) {
    std::vector<Progress> reports;
    JobControl control({}, [&](const Progress& progress) { reports.push_back(progress); });
    control.beginStage("Rendering", 1000);
    for (int i = 1; i <= 1000; ++i)
        control.advanceTo(i);
    ASSERT_GE(reports.size(), 2U);
    EXPECT_EQ(reports.front().stage, "Rendering");
    EXPECT_EQ(reports.front().done, 0);
    EXPECT_EQ(reports.back().done, 1000);
    // At most 30 a second: a thousand quick steps must not make a thousand reports.
    EXPECT_LT(reports.size(), 100U);
}

TEST(JobControl, RelaysAnotherProcessAsItSpeaksButNotAsOften) {
    std::vector<Progress> reports;
    JobControl control({}, [&](const Progress& progress) { reports.push_back(progress); });
    control.relay({"Loading", 0, 0, std::nullopt});
    for (int i = 0; i <= 1000; ++i)
        control.relay({"Generating", i, 1000, 1000.0 - i});
    ASSERT_GE(reports.size(), 3U);
    EXPECT_LT(reports.size(), 100U);
    EXPECT_EQ(reports[0], (Progress{"Loading", 0, 0, std::nullopt}));
    EXPECT_EQ(reports[1], (Progress{"Generating", 0, 1000, 1000.0}));
    EXPECT_EQ(reports.back(), (Progress{"Generating", 1000, 1000, 0.0}));
}

TEST(JobControl, StopIsSeen) {
    std::stop_source source;
    const JobControl control(source.get_token(), {});
    EXPECT_FALSE(control.stopRequested());
    source.request_stop();
    EXPECT_TRUE(control.stopRequested());
    EXPECT_EQ(JobControl::cancelled("Rendering").code(), ErrorCode::Cancelled);
}

TEST(JobControl, DefaultNeverStopsAndNeedsNoCallback) {
    JobControl control;
    control.beginStage("Anything", 0);
    control.advanceTo(5);
    EXPECT_FALSE(control.stopRequested());
}

} // namespace
} // namespace gesture
