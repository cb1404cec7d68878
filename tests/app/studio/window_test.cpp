// SPDX-License-Identifier: Apache-2.0
// The real window with all services, without display and without OpenGL.
#include "tests/app/studio/window_fixture.h"

#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <gtest/gtest.h>

#include <set>

namespace gesture::app {
namespace {

using test::WindowTest;

/// Text of a control and the room that it has, logical px.
struct Fit {
    QString text;
    int needed = 0;
    int given = 0;
};

std::vector<Fit> fitsOf(const QWidget& window) {
    std::vector<Fit> fits;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (label->isVisible() && !label->wordWrap() && !label->text().contains(u'<')) {
            fits.push_back({label->text(), label->fontMetrics().horizontalAdvance(label->text()),
                            label->contentsRect().width()});
        }
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        const auto* tool = qobject_cast<const QToolButton*>(button);
        const bool icon = tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly;
        if (button->isVisible() && icon) {
            fits.push_back({button->accessibleName(), button->iconSize().width(), button->width()});
        } else if (button->isVisible()) {
            fits.push_back({button->accessibleName() + button->text(),
                            button->minimumSizeHint().width(), button->width()});
        }
    }
    for (const QComboBox* box : window.findChildren<QComboBox*>()) {
        constexpr int kFrameAndArrow = 30;
        if (!box->isVisible()) continue; // of another workspace: it has no room yet
        fits.push_back({box->currentText(),
                        box->fontMetrics().horizontalAdvance(box->currentText()) + kFrameAndArrow,
                        box->width()});
    }
    return fits;
}

TEST_F(WindowTest, NothingIsCutAt1280x720) {
    openClip();
    trigger(ActionId::PlayIn);
    trigger(ActionId::PlayLoop);
    window().banner().hide(); // that there is no avatar
    settle();
    EXPECT_EQ(window().size(), QSize(1280, 720));
    EXPECT_GE(window().viewportPanel().width(), 960);
    EXPECT_GE(window().viewportPanel().height(), 330);
    for (const Fit& fit : fitsOf(window())) {
        EXPECT_LE(fit.needed, fit.given) << fit.text.toStdString();
    }
}

TEST_F(WindowTest, EveryControlHasANameAndATip) {
    openClip();
    for (const QAbstractButton* button : window().findChildren<QAbstractButton*>()) {
        if (!button->isVisible()) continue;
        EXPECT_FALSE((button->accessibleName() + button->text()).isEmpty())
            << button->objectName().toStdString();
    }
    for (const QAction* action : parts().actions.all()) {
        EXPECT_FALSE(action->toolTip().isEmpty()) << action->objectName().toStdString();
        if (action->shortcut().isEmpty()) continue;
        EXPECT_TRUE(
            action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)));
    }
}

TEST_F(WindowTest, NoTwoActionsShareAKey) {
    std::set<QString> keys;
    for (const QAction* action : parts().actions.all()) {
        for (const QKeySequence& key : action->shortcuts()) {
            EXPECT_FALSE(key.isEmpty()) << action->objectName().toStdString();
            EXPECT_TRUE(keys.insert(key.toString()).second) << key.toString().toStdString();
        }
    }
}

TEST_F(WindowTest, WithoutAClipNothingPretendsToWork) {
    EXPECT_FALSE(parts().actions[ActionId::PlayToggle].isEnabled());
    EXPECT_FALSE(parts().actions[ActionId::FileCloseSound].isEnabled());
    EXPECT_TRUE(parts().actions[ActionId::FileOpen].isEnabled());
    openClip();
    EXPECT_TRUE(parts().actions[ActionId::PlayToggle].isEnabled());
    EXPECT_TRUE(parts().actions[ActionId::FileCloseSound].isEnabled());
}

TEST_F(WindowTest, PlayingFollowsTheSoundDevice) {
    openClip();
    trigger(ActionId::PlayToggle);
    ASSERT_TRUE(device.started);
    device.play(0.4);
    parts().transport.tick();
    EXPECT_NEAR(parts().document.playhead().value, 0.4, 0.03);
    trigger(ActionId::PlayToggle);
    EXPECT_FALSE(device.started);
}

TEST_F(WindowTest, InAndOutAreSetAtThePlayhead) {
    openClip();
    parts().transport.goToFrame({10});
    trigger(ActionId::PlayIn);
    parts().transport.goToFrame({20});
    trigger(ActionId::PlayOut);
    EXPECT_EQ(parts().document.range(), (FrameRange{{10}, {21}}));
    trigger(ActionId::PlayClearRange);
    EXPECT_FALSE(parts().document.range());
}

TEST_F(WindowTest, OrbitingMakesTheCameraFree) {
    parts().view.orbit({40, 0});
    EXPECT_TRUE(parts().actions[ActionId::ViewCamFree].isChecked());
    parts().view.choosePreset(ViewPreset::Side);
    EXPECT_TRUE(parts().actions[ActionId::ViewCamSide].isChecked());
}

TEST_F(WindowTest, DroppedFilesOpen) {
    test::writeSine(folder / "voice.wav", 16000, 2);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString((folder / "voice.wav").string()))});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &enter);
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &drop);
    settle();
    EXPECT_TRUE(parts().document.audio());
}

TEST_F(WindowTest, ErrorsStandInTheBanner) {
    parts().loader.open({folder / "missing.npz"});
    settle();
    EXPECT_TRUE(window().banner().isVisible());
    EXPECT_TRUE(window().banner().text().contains(QLatin1String("missing.npz")));
}

TEST_F(WindowTest, WithoutOpenGlTheRestWorks) {
    if (window().viewportPanel().usable()) GTEST_SKIP() << "This platform plugin has OpenGL.";
    openClip();
    EXPECT_TRUE(parts().document.hasClip());
    EXPECT_FALSE(parts().actions[ActionId::ViewCamFront].isEnabled());
    EXPECT_TRUE(parts().actions[ActionId::PlayToggle].isEnabled());
}

TEST_F(WindowTest, TheThemeChangesEverywhere) {
    trigger(ActionId::ViewTheme);
    EXPECT_EQ(window().theme(), ThemeKind::Light);
    EXPECT_EQ(window().grab().toImage().pixelColor(640, 4), lightTheme().bg2);
    trigger(ActionId::ViewTheme);
    EXPECT_EQ(window().grab().toImage().pixelColor(640, 4), darkTheme().bg2);
}

TEST_F(WindowTest, TheTimecodeTakesWhatPeopleType) {
    openClip();
    TimecodeEdit& timecode = window().transportBar().timecode();
    timecode.beginEdit();
    timecode.setText(QStringLiteral("f42"));
    QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    QApplication::sendEvent(&timecode, &enter);
    EXPECT_EQ(parts().document.frame().value, 42);
    timecode.beginEdit();
    timecode.setText(QStringLiteral("f4200"));
    QApplication::sendEvent(&timecode, &enter);
    EXPECT_EQ(parts().document.frame().value, 42);
    EXPECT_TRUE(window().status().text().contains(QLatin1String("Frame 89 is the last one")));
}

} // namespace
} // namespace gesture::app
