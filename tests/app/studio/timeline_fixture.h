// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/lanes/lane_header.h"
#include "app/studio/timeline/lanes/lane_painters.h"
#include "app/studio/timeline/timeline_view.h"
#include "tests/app/studio/plausible_content.h"
#include "tests/app/studio/test_clip.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <gtest/gtest.h>

#include <memory>

namespace gesture::test {

using namespace app;

/// A timeline of its own, 1600 px wide, with a clip of 1924 frames and plausible content. It keeps
/// what its signals say.
class TimelineTest : public ::testing::Test {
protected:
    static constexpr std::int64_t kFrames = 1924;
    static constexpr std::int64_t kMiddle = kFrames / 2;

    struct MaskNews {
        inference::EditMask after;
        QString name;
        quint64 gesture = 0;
        bool finished = false;
    };

    TimelineTest() {
        document.setMotion("walk.npz", clipOf(kFrames));
        document.setAudio(plausibleSound(static_cast<double>(kFrames) / 30));
        view = std::make_unique<TimelineView>(document, darkTheme(), &window);
        view->resize(1600, 382);
        view->setContent(plausibleContent(kFrames));
        view->showStretch(29, 39);
        QObject::connect(view.get(), &TimelineView::maskStroke, view.get(),
                         [this](const inference::EditMask& after, const QString& name,
                                quint64 gesture, bool finished) {
                             masks.push_back({after, name, gesture, finished});
                         });
        // A widget that was never shown gets its first resize event late.
        window.resize(1600, 382);
        window.show();
        QApplication::processEvents();
    }

    [[nodiscard]] LaneScene scene() const { return view->scene(); }
    [[nodiscard]] QRect row(LaneId lane) const { return view->laneLayout().find(lane)->place; }
    [[nodiscard]] QRect content(LaneId lane) const {
        return view->laneLayout().contentOf(row(lane));
    }
    /// In the middle of a lane, at the begin of a frame.
    [[nodiscard]] QPointF at(LaneId lane, std::int64_t frame) const {
        return {scene().xOf({frame}), static_cast<double>(row(lane).center().y())};
    }

    void mouse(QEvent::Type type, const QPointF& place, Qt::KeyboardModifiers keys = {},
               Qt::MouseButton button = Qt::LeftButton) {
        const bool move = type == QEvent::MouseMove;
        const bool released = type == QEvent::MouseButtonRelease;
        QMouseEvent event(type, place, view->mapToGlobal(place), move ? Qt::NoButton : button,
                          released ? Qt::MouseButtons() : Qt::MouseButtons(button), keys);
        QApplication::sendEvent(view.get(), &event);
    }
    void press(const QPointF& place, Qt::KeyboardModifiers keys = {}) {
        mouse(QEvent::MouseButtonPress, place, keys);
    }
    void moveTo(const QPointF& place, Qt::KeyboardModifiers keys = {}) {
        mouse(QEvent::MouseMove, place, keys);
    }
    void release(const QPointF& place, Qt::KeyboardModifiers keys = {}) {
        mouse(QEvent::MouseButtonRelease, place, keys);
    }
    void click(const QPointF& place, Qt::KeyboardModifiers keys = {}) {
        press(place, keys);
        release(place, keys);
    }
    void drag(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers keys = {}) {
        press(from, keys);
        moveTo((from + to) / 2, keys);
        moveTo(to, keys);
        release(to, keys);
    }
    void key(int code, Qt::KeyboardModifiers keys = {}) {
        QKeyEvent event(QEvent::KeyPress, code, keys);
        QApplication::sendEvent(view.get(), &event);
    }
    void choose(TimelineTool tool) {
        ToolSettings settings = view->settings();
        settings.tool = tool;
        settings.snap = false;
        view->setSettings(settings);
    }

    Document document;
    QWidget window;
    std::unique_ptr<TimelineView> view;
    std::vector<MaskNews> masks;
};

inline inference::PartSet onlyPart(motion::BodyPart part) {
    inference::PartSet parts;
    parts[part] = true;
    return parts;
}

} // namespace gesture::test
