// SPDX-License-Identifier: Apache-2.0
// The workspace Train as people use it, with real trainings of the tests' own stage.
#include "app/studio/workspace/train_workspace.h"
#include "core/base/atomic_file.h"
#include "tests/app/studio/training/training_fixture.h"
#include "tests/support/scoped_variable.h"

#include <QApplication>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

namespace gesture::app {
namespace {

namespace fs = std::filesystem;
using test::tinyConfig;
using test::untilTrue;

class TrainWindowTest : public test::TrainingTest {
protected:
    TrainWindowTest()
        : data_("GESTURE_DATA", folder.path().string()) {
        build();
    }
    ~TrainWindowTest() override { window_.reset(); }

    void build() {
        window_ = std::make_unique<QMainWindow>();
        window_->resize(1600, 960);
        train = new TrainWorkspace(*window_, *service, actions, darkTheme());
        window_->setCentralWidget(&train->page());
        train->setRoom(false, false);
        train->setShown(true);
        window_->show();
    }
    /// Writes a configuration and waits for the trainer's word on it.
    void write(const QString& name, const QString& yaml) {
        QSignalSpy checked(&train->config(), &ConfigPanel::checked);
        train->writeNew(name, yaml, {});
        ASSERT_TRUE(untilTrue([&] { return !checked.isEmpty(); }));
    }
    fs::path runNamed(const char* name) const { return folder / "runs" / name; }

    test::ScopedVariable data_;
    Actions actions;
    std::unique_ptr<QMainWindow> window_;
    TrainWorkspace* train = nullptr;
};

TEST_F(TrainWindowTest, AConfigurationIsCheckedWhileItIsWritten) {
    write("wrong", tinyConfig() + "\noptimiser: {rate: fast}\n");
    EXPECT_FALSE(train->config().valid());
    EXPECT_FALSE(train->config().startButton().isEnabled());
    EXPECT_FALSE(actions[ActionId::TrainQueue].isEnabled());
    EXPECT_TRUE(train->config().editor().toolTip().contains("rate"))
        << train->config().editor().toolTip().toStdString();
    QSignalSpy checked(&train->config(), &ConfigPanel::checked);
    train->config().editor().setPlainText(tinyConfig());
    ASSERT_TRUE(untilTrue([&] { return !checked.isEmpty(); }));
    EXPECT_TRUE(train->config().valid());
    EXPECT_TRUE(train->config().startButton().isEnabled());
}

TEST_F(TrainWindowTest, ARunIsStartedWatchedStoppedAndResumed) {
    write("live", tinyConfig());
    train->config().startButton().click();
    const fs::path run = runNamed("live");
    ASSERT_TRUE(reachesStep(run, 60));
    EXPECT_EQ(train->runs().chosen(), run);
    EXPECT_EQ(train->page().title(), QStringLiteral("live"));
    const std::vector<CurveChart*>& charts = train->page().board().charts();
    ASSERT_FALSE(charts.empty());
    const auto points = [&] { return charts.front()->content().curves.front().steps.size(); };
    const std::size_t before = points();
    EXPECT_TRUE(untilTrue([&] { return points() > before; })) << "the curve does not grow";
    EXPECT_GT(train->page().log().shown(), 2);
    ASSERT_TRUE(actions[ActionId::TrainStop].isEnabled());
    actions[ActionId::TrainStop].trigger();
    ASSERT_TRUE(reaches(run, RunState::Stopped));
    const std::int64_t stopped = service->find(run)->step;
    ASSERT_TRUE(actions[ActionId::TrainResume].isEnabled());
    actions[ActionId::TrainResume].trigger();
    EXPECT_TRUE(reachesStep(run, stopped + 40));
}

TEST_F(TrainWindowTest, ANewWindowShowsTheRunOfTheOneBefore) {
    const fs::path run = started("kept");
    ASSERT_TRUE(reachesStep(run, 40));
    window_.reset();
    close();
    open();
    build();
    ASSERT_TRUE(reaches(run, RunState::Running));
    EXPECT_EQ(train->page().title(), QStringLiteral("kept"));
    EXPECT_TRUE(actions[ActionId::TrainStop].isEnabled());
    EXPECT_FALSE(train->page().board().charts().empty());
}

TEST_F(TrainWindowTest, ACheckpointBecomesABundle) {
    const fs::path run = started("finished", tinyConfig(200));
    ASSERT_TRUE(reaches(run, RunState::Finished));
    ASSERT_TRUE(untilTrue([&] { return actions[ActionId::TrainUse].isEnabled(); }));
    QSignalSpy made(train, &TrainWorkspace::bundleMade);
    QSignalSpy failed(train, &TrainWorkspace::failed);
    actions[ActionId::TrainUse].trigger();
    ASSERT_TRUE(untilTrue([&] { return !made.isEmpty() || !failed.isEmpty(); }));
    ASSERT_TRUE(failed.isEmpty()) << failed[0][0].toString().toStdString();
    EXPECT_EQ(made[0][0].toString(), QStringLiteral("finished"));
    EXPECT_TRUE(fs::exists(folder / "bundles" / "finished" / "bundle.yaml"));
}

TEST_F(TrainWindowTest, AFailedRunSaysWhatToDo) {
    const fs::path run = started("nan", tinyConfig() + "\n");
    ASSERT_TRUE(reaches(run, RunState::Running));
    ASSERT_TRUE(service->stop(run).ok());
    ASSERT_TRUE(reaches(run, RunState::Stopped));
    const QString bad = tinyConfig().replace("width: 64", "width: 64, bad_loss_step: 30");
    const fs::path worse = started("worse", bad);
    ASSERT_TRUE(reaches(worse, RunState::Failed));
    const RunAdvice advice = adviceFor(*service->find(worse));
    EXPECT_EQ(advice.step, RunAdvice::Step::EditConfig) << advice.sentence.toStdString();
    EXPECT_FALSE(advice.button.isEmpty());
}

TEST_F(TrainWindowTest, ChartsZoomTogetherAndAreExported) {
    const fs::path run = started("charts", tinyConfig(400));
    ASSERT_TRUE(reaches(run, RunState::Finished));
    ASSERT_TRUE(untilTrue([&] { return train->page().board().charts().size() > 2; }));
    const std::vector<CurveChart*>& charts = train->page().board().charts();
    CurveChart& first = *charts.front();
    const int middle = first.height() / 2;
    QTest::mousePress(&first, Qt::LeftButton, {}, {100, middle});
    QTest::mouseMove(&first, {200, middle});
    QTest::mouseRelease(&first, Qt::LeftButton, {}, {200, middle});
    ASSERT_TRUE(first.view().steps.has_value());
    EXPECT_EQ(charts[1]->view().steps, first.view().steps);
    QTest::mouseDClick(&first, Qt::LeftButton, {}, {150, middle});
    EXPECT_FALSE(charts[1]->view().steps.has_value());
    const ChartFigure figure{"charts", first.content(), first.view()};
    for (const char* name : {"a.svg", "a.png", "a.pdf", "a.csv"}) {
        EXPECT_TRUE(saveChart(figure, folder / name).ok()) << name;
        EXPECT_GT(fs::file_size(folder / name), 100U) << name;
    }
    const auto svg = readTextFile(folder / "a.svg", 1 << 20);
    EXPECT_NE(svg->find("Loss"), std::string::npos);
    EXPECT_FALSE(saveChart(figure, folder / "a.bmp").ok());
}

TEST_F(TrainWindowTest, TheLogIsFiltered) {
    const fs::path run = started("log", tinyConfig(200));
    ASSERT_TRUE(reaches(run, RunState::Finished));
    ASSERT_TRUE(untilTrue([&] { return train->page().log().shown() > 5; }));
    LogView& log = train->page().log();
    const int all = log.shown();
    log.search().setText("checkpoint");
    EXPECT_GT(log.shown(), 0);
    EXPECT_LT(log.shown(), all);
    log.search().setText("no such words");
    EXPECT_EQ(log.shown(), 0);
}

TEST_F(TrainWindowTest, WhatIsWrittenStaysWhenAnotherRunIsLookedAt) {
    create("other", tinyConfig(20));
    ASSERT_TRUE(reaches(runNamed("other"), RunState::Draft));
    write("mine", tinyConfig(77));
    train->runs().choose(runNamed("other"));
    EXPECT_TRUE(train->config().text().contains("77"));
    EXPECT_EQ(train->page().title(), QStringLiteral("other"));
}

} // namespace
} // namespace gesture::app
