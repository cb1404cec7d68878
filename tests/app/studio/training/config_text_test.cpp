// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/config_text.h"
#include "app/studio/training/curve_math.h"
#include "app/studio/training/machine_readings.h"
#include "app/studio/training/run_templates.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gesture::app {
namespace {

const QString kText = QStringLiteral("# A tokenizer.\n"
                                     "stage: tokenizer   # what\n"
                                     "steps: 2000\n"
                                     "data: {store: prepared, split: train}\n"
                                     "optimiser:\n"
                                     "  kind: adam\n"
                                     "  rate: 1.0e-3 # high\n");

TEST(ConfigText, ReadsValuesOfAllShapes) {
    EXPECT_EQ(configValue(kText, "stage"), QStringLiteral("tokenizer"));
    EXPECT_EQ(configValue(kText, "data.store"), QStringLiteral("prepared"));
    EXPECT_EQ(configValue(kText, "data.split"), QStringLiteral("train"));
    EXPECT_EQ(configValue(kText, "optimiser.rate"), QStringLiteral("1.0e-3"));
    EXPECT_FALSE(configValue(kText, "data").has_value());
    EXPECT_FALSE(configValue(kText, "epochs").has_value());
    EXPECT_FALSE(configValue(kText, "data.batch").has_value());
}

TEST(ConfigText, ChangesOneValueAndLeavesTheRest) {
    const QString changed = withConfigValue(kText, "optimiser.rate", "5e-4");
    EXPECT_EQ(changed, QString(kText).replace("1.0e-3", "5e-4"));
    EXPECT_EQ(withConfigValue(kText, "data.store", "/a b/c"),
              QString(kText).replace("prepared", "/a b/c"));
    EXPECT_EQ(configValue(withConfigValue(kText, "data.store", "/a#b, {c}"), "data.store"),
              QStringLiteral("/a#b, {c}"));
}

TEST(ConfigText, AddsWhatIsNotThere) {
    EXPECT_TRUE(withConfigValue(kText, "epochs", "5").endsWith("epochs: 5\n"));
    EXPECT_EQ(configValue(withConfigValue(kText, "data.batch", "8"), "data.batch"),
              QStringLiteral("8"));
    const QString clipped = withConfigValue(kText, "optimiser.clip", "1");
    EXPECT_EQ(configValue(clipped, "optimiser.clip"), QStringLiteral("1"));
    EXPECT_EQ(configValue(clipped, "optimiser.rate"), QStringLiteral("1.0e-3"));
    EXPECT_EQ(configValue(withConfigValue({}, "log.every", "3"), "log.every"), QStringLiteral("3"));
}

TEST(ConfigText, DiffKeepsTheOrder) {
    using Kind = DiffLine::Kind;
    const std::vector<DiffLine> lines = diffOf("a\nb\nc", "a\nx\nc\nd");
    const std::vector<DiffLine> expected{{Kind::Same, "a"},
                                         {Kind::Removed, "b"},
                                         {Kind::Added, "x"},
                                         {Kind::Same, "c"},
                                         {Kind::Added, "d"}};
    EXPECT_EQ(lines, expected);
}

TEST(ConfigText, FindsTheLineInTheTrainersWords) {
    const ConfigFault fault =
        faultOf("'/tmp/x/train.yaml' line 21: 'mask.probability' must be at most 1, not 1.4.");
    EXPECT_EQ(fault.line, 21);
    EXPECT_EQ(fault.sentence, QStringLiteral("'mask.probability' must be at most 1, not 1.4."));
    EXPECT_EQ(faultOf("The data does not fill a single batch.").line, 0);
}

TEST(RunTemplates, ThoseThatShipAreThere) {
    const std::vector<RunTemplate> templates = runTemplates();
    EXPECT_GE(templates.size(), 20U);
    for (const RunTemplate& one : templates)
        EXPECT_TRUE(configValue(one.text, "stage").has_value()) << one.title().toStdString();
}

TEST(CurveMath, SmoothingIsCorrectedForItsBeginning) {
    const std::vector<double> flat(10, 3.0);
    for (const double value : smoothed(flat, 0.9))
        EXPECT_NEAR(value, 3.0, 1e-12);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto gap = smoothed(std::vector<double>{1.0, nan, 1.0}, 0.5);
    EXPECT_TRUE(std::isnan(gap[1]));
    EXPECT_NEAR(gap[2], 1.0, 1e-12);
}

TEST(CurveMath, TicksAreRoundAndInside) {
    EXPECT_EQ(ticksIn({0.0, 10.0}, 5, false), (std::vector<double>{0, 2, 4, 6, 8, 10}));
    for (const double tick : ticksIn({0.013, 4.1}, 6, true)) {
        EXPECT_GE(tick, 0.013);
        EXPECT_LE(tick, 4.1);
    }
    EXPECT_TRUE(ticksIn({1.0, 1.0}, 5, false).empty());
    const ValueRange room = roomFor(std::vector<double>{2.0, 2.0}, false);
    EXPECT_LT(room.low, 2.0);
    EXPECT_GT(room.high, 2.0);
}

TEST(CurveMath, LevelCurvesWithRoundingHaveRoomAndFewTicks) {
    const double level = 5e-5;
    const std::vector<double> rounded{level, std::nextafter(level, 1.0), level};
    const ValueRange room = roomFor(rounded, false);
    EXPECT_GT(room.length(), 1e-6);
    EXPECT_LE(ticksIn(room, 5, false).size(), 6U);
    EXPECT_TRUE(ticksIn({level, std::nextafter(level, 1.0)}, 5, false).empty());
}

TEST(CurveMath, TheNearestStepIsFound) {
    const std::vector<double> steps{10, 20, 40};
    EXPECT_EQ(nearestStep(steps, -5), 0);
    EXPECT_EQ(nearestStep(steps, 29), 1);
    EXPECT_EQ(nearestStep(steps, 31), 2);
    EXPECT_EQ(nearestStep(steps, 99), 2);
    EXPECT_EQ(nearestStep({}, 1), -1);
}

TEST(MachineReadings, AreTakenFromTheSystemsTables) {
    const auto before = readProcessorTicks("cpu  10 0 10 80 0 0 0 0 0 0\ncpu0 1 2 3 4\n");
    const auto after = readProcessorTicks("cpu  40 0 30 130 0 0 0 0 0 0\n");
    ASSERT_TRUE(before && after);
    EXPECT_NEAR(loadBetween(*before, *after), 0.5, 1e-12);
    EXPECT_FALSE(readProcessorTicks("nothing").has_value());
    const auto memory = readMemory("MemTotal:       1000 kB\nMemAvailable:    400 kB\n");
    ASSERT_TRUE(memory);
    EXPECT_EQ(memory->used, 600.0 * 1024.0);
    const auto cards = readCards("94, 19000, 24576\n3, 10, 24576\n");
    ASSERT_EQ(cards.size(), 2U);
    EXPECT_NEAR(cards[0].load, 0.94, 1e-12);
}

} // namespace
} // namespace gesture::app
