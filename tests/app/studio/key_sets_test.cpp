// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/key_sets.h"

#include "app/studio/dialogs/shortcuts_page.h"
#include "tests/support/temporary_folder.h"

#include <QTest>
#include <gtest/gtest.h>

#include <set>

namespace gesture::app {
namespace {

class KeySetsTest : public ::testing::Test {
protected:
    test::TemporaryFolder folder;
    Settings settings{folder / "studio.ini"};
    Actions actions;
};

TEST_F(KeySetsTest, InNoSetDoTwoActionsShareAKey) {
    for (const KeySet set : {KeySet::Studio, KeySet::Blender, KeySet::Maya}) {
        std::set<QString> keys;
        for (std::size_t i = 0; i < actions.all().size(); ++i) {
            for (const QKeySequence& key : keysIn(set, static_cast<ActionId>(i)))
                EXPECT_TRUE(keys.insert(key.toString()).second)
                    << static_cast<int>(set) << " " << key.toString().toStdString();
        }
    }
}

TEST_F(KeySetsTest, AKeyThatIsTakenOverLeavesItsAction) {
    chooseKey(settings, actions, ActionId::ViewGhosts, QKeySequence(Qt::Key_B));
    EXPECT_EQ(actions[ActionId::ViewGhosts].shortcut(), QKeySequence(Qt::Key_B));
    EXPECT_TRUE(actions[ActionId::ToolPaint].shortcuts().isEmpty());
    Actions later;
    applyKeys(Settings(folder / "studio.ini"), later);
    EXPECT_EQ(later[ActionId::ViewGhosts].shortcut(), QKeySequence(Qt::Key_B));
    EXPECT_TRUE(later[ActionId::ViewGhosts].toolTip().contains(QLatin1Char('B')));
    settings.setKeySet(0);
    applyKeys(settings, actions);
    EXPECT_EQ(actions[ActionId::ToolPaint].shortcut(), QKeySequence(Qt::Key_B));
}

TEST_F(KeySetsTest, ThePageRecordsKeysAndSaysConflicts) {
    ShortcutsPage page(settings, actions);
    page.show();
    page.search().setText(QStringLiteral("contours"));
    QTreeWidgetItem* found = nullptr;
    for (int row = 0; row < page.list().topLevelItemCount(); ++row)
        if (!page.list().topLevelItem(row)->isHidden()) found = page.list().topLevelItem(row);
    ASSERT_NE(found, nullptr);
    EXPECT_FALSE(page.assign().isEnabled());
    page.list().setCurrentItem(found);
    page.recorder().setKeySequence(QKeySequence(Qt::Key_B));
    EXPECT_TRUE(page.conflictText().contains(actions[ActionId::ToolPaint].statusTip()))
        << page.conflictText().toStdString();
    QTest::mouseClick(&page.assign(), Qt::LeftButton);
    EXPECT_EQ(actions[ActionId::ViewGhosts].shortcut(), QKeySequence(Qt::Key_B));
    page.set().setCurrentIndex(1);
    Q_EMIT page.set().activated(1);
    EXPECT_EQ(actions[ActionId::ViewFrameAll].shortcut(), QKeySequence(Qt::Key_Home));
}

} // namespace
} // namespace gesture::app
