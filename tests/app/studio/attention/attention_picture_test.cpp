// SPDX-License-Identifier: Apache-2.0
// The attention views at their true sizes. With GESTURE_WIDGET_PICTURES=folder they are written
// there for people to look at.
#include "tests/app/studio/attention/attention_fixture.h"

#include "app/studio/attention/attention_panel.h"
#include "app/studio/attention/cursor_panel.h"
#include "app/studio/attention/map_page.h"
#include "app/studio/attention/map_picker.h"
#include "tests/app/studio/widget_picture.h"

#include <QLabel>

namespace gesture::app {
namespace {

class AttentionPicture : public test::AttentionTest,
                         public ::testing::WithParamInterface<ThemeKind> {
protected:
    AttentionPicture() {
        AttentionContent content = test::madeUpContent();
        EditedWindow edit{FrameIndex{60}, std::vector<std::uint8_t>(64, 0)};
        std::fill_n(edit.kept.begin(), 12, std::uint8_t{1});
        std::fill(edit.kept.end() - 8, edit.kept.end(), std::uint8_t{1});
        content.edits.push_back(edit);
        model.setContent(content);
        model.setPlayhead({98});
        model.setMap({motion::BodyPart::Hands, 4, 2, {}});
        model.setArea(MapArea{{{93}, {113}}, {{101}, {113}}});
    }
    [[nodiscard]] const Theme& theme() const { return themeOf(GetParam()); }
};

TEST_P(AttentionPicture, DockFits) {
    AttentionPanel panel(model, theme());
    model.setMap({motion::BodyPart::Hands, {}, {}, {}});
    EXPECT_TRUE(test::fits(panel, {364, 466}, GetParam(), "attention-dock"));
    EXPECT_EQ(panel.matrix().matrixLayout().cell, 4);
}

TEST_P(AttentionPicture, WorkspaceFits) {
    MapPage page(model, executor, theme());
    model.pinCell(MapCell{{96}, {98}});
    EXPECT_TRUE(test::fits(page, {722, 714}, GetParam(), "attention-page"));
    EXPECT_EQ(page.matrix().matrixLayout().cell, 8);
}

TEST_P(AttentionPicture, ComparisonFits) {
    test::AnalysisShape other;
    other.seed = 5;
    AttentionContent second = test::madeUpContent(other);
    second.take = QStringLiteral("Take 1");
    model.setComparison(second);
    model.setCompare(MapCompare::Difference);
    MapPage page(model, executor, theme());
    EXPECT_TRUE(test::fits(page, {722, 714}, GetParam(), "attention-difference"));
    model.setCompare(MapCompare::Beside);
    EXPECT_TRUE(test::fits(page, {1240, 714}, GetParam(), "attention-beside"));
}

TEST_P(AttentionPicture, StripFits) {
    model.setForm(MapForm::Strip);
    MapPage page(model, executor, theme());
    EXPECT_TRUE(test::fits(page, {722, 500}, GetParam(), "attention-strip"));
}

TEST_P(AttentionPicture, PickerFits) {
    MapPicker picker(model, theme());
    picker.setSources({QStringLiteral("Take 3 · EchoMask"), QStringLiteral("Take 1 · EchoMask")}, 0,
                      -1);
    EXPECT_TRUE(test::fits(picker, {320, 800}, GetParam(), "attention-picker"));
}

TEST_P(AttentionPicture, CursorFits) {
    CursorPanel panel(model, theme());
    EXPECT_TRUE(test::fits(panel, {554, 278}, GetParam(), "attention-cursor"));
}

TEST_P(AttentionPicture, EmptyStatesFit) {
    AttentionContent content;
    content.bundle = QStringLiteral("EchoMask");
    content.computeSeconds = 2.0;
    model.setContent(content);
    AttentionPanel panel(model, theme());
    EXPECT_TRUE(test::fits(panel, {364, 466}, GetParam(), "attention-none"));
    EXPECT_EQ(panel.card().text(), QStringLiteral("This take has no attention map."));
    EXPECT_EQ(panel.card().button().text(), QStringLiteral("Compute, about 2 s"));
}

INSTANTIATE_TEST_SUITE_P(Themes, AttentionPicture,
                         ::testing::Values(ThemeKind::Dark, ThemeKind::Light),
                         [](const auto& kind) {
                             return kind.param == ThemeKind::Dark ? "Dark" : "Light";
                         });

} // namespace
} // namespace gesture::app
