// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/figure_export.h"

#include "app/studio/attention/figure_panel.h"
#include "core/base/atomic_file.h"
#include "core/io/npy.h"
#include "tests/app/studio/attention/attention_fixture.h"
#include "tests/app/studio/signal_log.h"
#include "tests/support/temporary_folder.h"

#include <sstream>

namespace gesture::app {
namespace {

using motion::BodyPart;

constexpr std::size_t kMostBytes = 32U << 20;

class FigureExportTest : public test::AttentionTest {
protected:
    FigureExportTest() {
        model.setWindow(1);
        request.folder = folder.path() / "figures";
        request.name = "map";
        request.clip = "keynote-opening";
        request.map = "Hands, layer 5, head 3";
        request.table = model.table();
        request.transcript = model.content().transcript;
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        auto text = readTextFile(request.folder / name, kMostBytes);
        EXPECT_TRUE(text.ok());
        return text ? *text : std::string();
    }

    test::TemporaryFolder folder;
    FigureRequest request;
    JobControl control;
};

TEST_F(FigureExportTest, WritesEveryFormat) {
    request.formats = {FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Png, FigureFormat::Csv,
                       FigureFormat::Npy};
    const auto names = writeFigures(request, control);
    ASSERT_TRUE(names.ok()) << names.error().message();
    EXPECT_EQ(*names,
              (std::vector<std::string>{"map.svg", "map.pdf", "map.png", "map.csv", "map.npy"}));
    EXPECT_NE(read("map.svg").find("Hands, layer 5, head 3"), std::string::npos);
    EXPECT_EQ(read("map.pdf").rfind("%PDF-", 0), 0U);
    EXPECT_EQ(read("map.png").substr(1, 3), "PNG");
}

TEST_F(FigureExportTest, TheArrayIsTheTable) {
    request.formats = {FigureFormat::Npy};
    ASSERT_TRUE(writeFigures(request, control).ok());
    const std::string text = read("map.npy");
    const auto array = io::parseNpy(std::as_bytes(std::span(text)));
    ASSERT_TRUE(array.ok());
    EXPECT_EQ(array->shape(), (std::vector<std::size_t>{64, 64}));
    EXPECT_EQ(*array->numbers<float>(), request.table.weights);
}

TEST_F(FigureExportTest, TheTableHasFramesWordsAndWeights) {
    const MapTable table{{8}, {20}, 2, 2, {0.25F, 0.75F, std::nanf(""), 1.0F}};
    audio::Transcript transcript;
    transcript.words = {{"well, \"so\"", {0.0}, {8.9 / 30}, {}}};
    EXPECT_EQ(tableCsv(table, &transcript), "speech_frame,word,20,21\n"
                                            "8,\"well, \"\"so\"\"\",0.25,0.75\n"
                                            "9,,,1\n");
}

TEST_F(FigureExportTest, ComparedMapsGiveOneFigureAndTwoTables) {
    request.formats = {FigureFormat::Svg, FigureFormat::Csv};
    request.other = request.table;
    request.tableName = "Take 3";
    request.otherName = "Take 1";
    const auto names = writeFigures(request, control);
    ASSERT_TRUE(names.ok());
    EXPECT_EQ(*names, (std::vector<std::string>{"map.svg", "map-a.csv", "map-b.csv"}));
    EXPECT_NE(read("map.svg").find("Take 1"), std::string::npos);
}

TEST_F(FigureExportTest, WhatMakesNoSenseIsRefusedInWords) {
    EXPECT_EQ(writeFigures(request, control).error().code(), ErrorCode::Usage);
    request.formats = {FigureFormat::Csv};
    request.name = "../map";
    EXPECT_EQ(writeFigures(request, control).error().code(), ErrorCode::Usage);
    request.name = "map";
    request.table = {};
    EXPECT_EQ(writeFigures(request, control).error().code(), ErrorCode::Usage);
}

TEST_F(FigureExportTest, AFolderThatCannotBeMadeIsNamed) {
    ASSERT_TRUE(writeTextAtomically(folder.path() / "file", "x").ok());
    request.folder = folder.path() / "file" / "below";
    request.formats = {FigureFormat::Csv};
    const auto names = writeFigures(request, control);
    ASSERT_FALSE(names.ok());
    EXPECT_NE(names.error().message().find("below"), std::string::npos);
}

TEST_F(FigureExportTest, AStopEndsIt) {
    std::stop_source stop;
    stop.request_stop();
    JobControl stopped(stop.get_token(), {});
    request.formats = {FigureFormat::Csv};
    EXPECT_EQ(writeFigures(request, stopped).error().code(), ErrorCode::Cancelled);
    EXPECT_FALSE(std::filesystem::exists(request.folder / "map.csv"));
}

TEST_F(FigureExportTest, ALongStretchIsThatOfTheAnalysis) {
    const auto maps = mapsOf(analysis(), {BodyPart::Hands, 4, 2, {}});
    const auto table = rangeTable(analysis(), maps, {{100}, {180}});
    ASSERT_TRUE(table.ok());
    const auto band = analysis().attention({BodyPart::Hands, 4, 2}, {{100}, {180}});
    EXPECT_EQ(table->at({122}, {121}), band->at({122}, {121}));
    EXPECT_TRUE(std::isnan(table->at({100}, {179})));
    EXPECT_EQ(rangeTable(analysis(), maps, {{500}, {600}}).error().code(), ErrorCode::Usage);
}

TEST_F(FigureExportTest, TheDialogWritesWhatItSays) {
    FigurePanel panel(model, executor, darkTheme());
    const test::SignalLog finished(&panel, &FigurePanel::finished);
    panel.setFolder(QString::fromStdString(request.folder.string()));
    panel.name().setText(QStringLiteral("mine"));
    panel.formatBox(FigureFormat::Pdf).setChecked(false);
    EXPECT_FALSE(panel.exportButton().isEnabled());
    panel.formatBox(FigureFormat::Csv).setChecked(true);
    panel.formatBox(FigureFormat::Svg).setChecked(true);
    panel.exportButton().click();
    ASSERT_EQ(finished.size(), 1U);
    EXPECT_EQ(std::get<0>(finished[0]),
              (QStringList{QStringLiteral("mine.svg"), QStringLiteral("mine.csv")}));
    EXPECT_TRUE(std::filesystem::exists(request.folder / "mine.svg"));
    EXPECT_EQ(panel.resultText(), QStringLiteral("Wrote 2 files."));
}

} // namespace
} // namespace gesture::app
