// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/semantic_panel.h"

#include "tests/app/studio/attention/made_up_analysis.h"
#include "tests/app/studio/signal_log.h"
#include "tests/app/studio/widget_picture.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace gesture::app {
namespace {

using motion::BodyPart;

class SemanticPanelTest : public ::testing::Test {
protected:
    SemanticPanelTest() {
        content.analysis = test::madeUpAnalysis({4, 1, 1, 1, {}});
        content.transcript = test::madeUpTranscript(8);
        content.state = MapState::Ready;
        panel.setContent(content);
    }
    void press(int key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&panel.list(), &event);
    }
    [[nodiscard]] std::vector<SemanticSpan> spans() const {
        return spansAbove(content, content.threshold);
    }

    SemanticContent content;
    SemanticPanel panel{darkTheme()};
};

TEST_F(SemanticPanelTest, SpansAreRunsAboveTheThreshold) {
    const auto& score = content.analysis->semantic().score;
    std::int64_t tokens = 0;
    for (const SemanticSpan& span : spans()) {
        tokens += span.tokens.end - span.tokens.begin;
        EXPECT_EQ(span.frames.begin.value, span.tokens.begin * 4);
        for (auto token = span.tokens.begin; token < span.tokens.end; ++token) {
            EXPECT_GT(score[static_cast<std::size_t>(token)], 0.5F);
            EXPECT_LE(score[static_cast<std::size_t>(token)], span.score);
        }
    }
    EXPECT_EQ(tokens, std::count_if(score.begin(), score.end(), [](float v) { return v > 0.5F; }));
    EXPECT_EQ(panel.list().model()->rowCount(), static_cast<int>(spans().size()));
}

TEST_F(SemanticPanelTest, TheThresholdIsReportedWhileItMovesAndAtTheEnd) {
    const test::SignalLog thresholds(&panel, &SemanticPanel::thresholdChanged);
    panel.resize(364, 700);
    panel.show();
    ScoreHistogram& histogram = panel.histogram();
    const QPointF place(histogram.xOf(0.7), 40);
    const auto send = [&](QEvent::Type type, Qt::MouseButtons held) {
        QMouseEvent event(type, place, histogram.mapToGlobal(place), Qt::LeftButton, held,
                          Qt::NoModifier);
        QApplication::sendEvent(&histogram, &event);
    };
    send(QEvent::MouseButtonPress, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, Qt::NoButton);
    ASSERT_EQ(thresholds.size(), 2U);
    EXPECT_NEAR(std::get<0>(thresholds[0]), 0.7, 0.006);
    EXPECT_FALSE(std::get<1>(thresholds[0]));
    EXPECT_TRUE(std::get<1>(thresholds[1]));
    content.threshold = std::get<0>(thresholds[1]);
    EXPECT_EQ(panel.list().model()->rowCount(), static_cast<int>(spans().size()));
}

TEST_F(SemanticPanelTest, ArrowKeysMoveTheThresholdByAHundredth) {
    const test::SignalLog thresholds(&panel, &SemanticPanel::thresholdChanged);
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
    QApplication::sendEvent(&panel.histogram(), &event);
    ASSERT_EQ(thresholds.size(), 1U);
    EXPECT_DOUBLE_EQ(std::get<0>(thresholds[0]), 0.51);
    EXPECT_TRUE(std::get<1>(thresholds[0]));
}

TEST_F(SemanticPanelTest, ASpanIsGoneToAndPlayed) {
    const test::SignalLog frames(&panel, &SemanticPanel::frameChosen);
    const test::SignalLog played(&panel, &SemanticPanel::playRequested);
    panel.list().setCurrentIndex(panel.list().model()->index(1, 0));
    ASSERT_EQ(frames.size(), 1U);
    EXPECT_EQ(std::get<0>(frames[0]), spans()[1].frames.begin);
    press(Qt::Key_Space);
    ASSERT_EQ(played.size(), 1U);
    EXPECT_EQ(std::get<0>(played[0]), spans()[1].frames);
}

TEST_F(SemanticPanelTest, TheListSortsByItsNumbers) {
    panel.list().sortByColumn(SpanTable::Score, Qt::DescendingOrder);
    const auto all = spans();
    const auto best = std::max_element(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.score < b.score; });
    const test::SignalLog frames(&panel, &SemanticPanel::frameChosen);
    panel.list().setCurrentIndex(panel.list().model()->index(0, 0));
    EXPECT_EQ(std::get<0>(frames[0]), best->frames.begin);
}

TEST_F(SemanticPanelTest, TheGateIsThatOfSpanSelectionOrPlayhead) {
    panel.setPlayhead({9});
    EXPECT_EQ(panel.gateTokens(), (TokenSpan{2, 3}));
    panel.setTimeSelection(FrameRange{{9}, {17}});
    EXPECT_EQ(panel.gateTokens(), (TokenSpan{2, 5}));
    panel.list().setCurrentIndex(panel.list().model()->index(0, 0));
    EXPECT_EQ(panel.gateTokens(), spans()[0].tokens);
}

TEST_F(SemanticPanelTest, AGateIsReportedForItsTokens) {
    const test::SignalLog gates(&panel, &SemanticPanel::gateRequested);
    panel.setTimeSelection(FrameRange{{8}, {16}});
    EXPECT_EQ(panel.gate().currentText(), QStringLiteral("Auto"));
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
    QApplication::sendEvent(&panel.gate(), &event);
    ASSERT_EQ(gates.size(), 1U);
    EXPECT_EQ(std::get<0>(gates[0]), (TokenSpan{2, 4}));
    EXPECT_EQ(std::get<1>(gates[0]), GateMode::Base);
    content.gates = {GateMode::Auto, GateMode::Auto, GateMode::Sparse};
    panel.setContent(content);
    EXPECT_EQ(panel.gate().current(), -1); // mixed
}

TEST_F(SemanticPanelTest, ToMaskMasksTheActivePartsAboveTheThreshold) {
    const test::SignalLog masks(&panel, &SemanticPanel::selectionToMask);
    inference::PartSet hands;
    hands[BodyPart::Hands] = true;
    panel.setActiveParts(hands);
    panel.toMask().click();
    ASSERT_EQ(masks.size(), 1U);
    const inference::EditMask& mask = std::get<0>(masks[0]);
    EXPECT_EQ(mask.runs(BodyPart::Hands).size(), spans().size());
    EXPECT_EQ(mask.runs(BodyPart::Hands)[0], spans()[0].frames);
    EXPECT_TRUE(mask.runs(BodyPart::Upper).empty());
}

TEST_F(SemanticPanelTest, TheTableHasARowAToken) {
    const test::SignalLog tables(&panel, &SemanticPanel::exportRequested);
    content.gates = {GateMode::Base};
    panel.setContent(content);
    panel.exportTable().click();
    ASSERT_EQ(tables.size(), 1U);
    const std::string& table = std::get<0>(tables[0]);
    const auto rows = std::count(table.begin(), table.end(), '\n') - 1;
    EXPECT_EQ(rows, static_cast<std::ptrdiff_t>(content.analysis->semantic().score.size()));
    EXPECT_NE(table.find("0,0,0.000000,0.133333,"), std::string::npos);
    EXPECT_NE(table.find(",base\n1,4,"), std::string::npos);
}

TEST_F(SemanticPanelTest, AgreementWithAnAnnotationIsShown) {
    const auto frames = content.analysis->semanticPerFrame();
    for (const float score : frames) {
        content.reference.push_back(score > 0.6F ? 1.0F : 0.0F);
    }
    content.referenceName = QStringLiteral("labels.txt");
    panel.setContent(content);
    EXPECT_EQ(panel.rocText(), QStringLiteral("AUC 1.000 against labels.txt, by frames"));
}

TEST_F(SemanticPanelTest, WithoutAScoreItOffersToComputeOne) {
    const test::SignalLog computed(&panel, &SemanticPanel::computeRequested);
    panel.setContent({});
    EXPECT_EQ(panel.card().text(), QStringLiteral("No semantic score yet."));
    panel.card().button().click();
    EXPECT_EQ(computed.size(), 1U);
    EXPECT_EQ(panel.gateTokens(), TokenSpan{});
}

TEST_F(SemanticPanelTest, FitsItsDockInBothThemes) {
    content.reference.assign(content.analysis->semanticPerFrame().size(), 0.0F);
    std::fill_n(content.reference.begin(), 100, 1.0F);
    content.referenceName = QStringLiteral("2_scott_0_1_1.txt");
    for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::Light}) {
        SemanticPanel shown(themeOf(kind));
        shown.setContent(content);
        shown.setPlayhead({40});
        EXPECT_TRUE(test::fits(shown, {364, 560}, kind, "semantic"));
    }
}

} // namespace
} // namespace gesture::app
