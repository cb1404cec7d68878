// SPDX-License-Identifier: Apache-2.0
#include "core/base/process.h"
#include "core/inference/engine_capabilities.h"

#include <gtest/gtest.h>

namespace {

gesture::ProgramOutput runTrain(const std::vector<std::string>& arguments) {
    const auto run = gesture::runProgram({GESTURE_TEST_BINARIES "/gesture-train", arguments},
                                         std::chrono::seconds(60));
    EXPECT_TRUE(run.ok()) << run.error().message();
    return run.ok() ? *run : gesture::ProgramOutput{-1, {}};
}

TEST(TrainProgram, NamesTheDevicesForPeopleAndForPrograms) {
    const auto text = runTrain({"devices"});
    EXPECT_EQ(text.exitStatus, 0) << text.text;
    EXPECT_NE(text.text.find("cpu "), std::string::npos) << text.text;
    EXPECT_NE(text.text.find("works"), std::string::npos) << text.text;

    const auto json = runTrain({"devices", "--json"});
    EXPECT_EQ(json.exitStatus, 0) << json.text;
    EXPECT_TRUE(gesture::inference::parseEngineCapabilities(json.text).ok()) << json.text;
}

TEST(TrainProgram, ACommandThatDoesNotExistIsWrongUsage) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{}, {"learn", "config.yaml"}, {"devices", "--yaml"}}) {
        const auto run = runTrain(arguments);
        EXPECT_EQ(run.exitStatus, 2) << run.text;
        EXPECT_NE(run.text.find("--help"), std::string::npos) << run.text;
    }
}

} // namespace
