// SPDX-License-Identifier: Apache-2.0
#include "app/studio/action_wiring.h"

#include "app/studio/dialogs/about_dialog.h"
#include "app/studio/dialogs/preferences_dialog.h"
#include "app/studio/dialogs/shortcuts_dialog.h"
#include "app/studio/services/key_sets.h"
#include "app/studio/widgets/focus_areas.h"
#include "app/studio/widgets/held_action.h"

#include <QApplication>

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

constexpr double kZoomStep = 1.5;

/// Shows a dialog beside the work; it is deleted when closed.
void showDialog(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

template <typename Work>
void onTrigger(const Actions& actions, ActionId id, QObject& context, Work work) {
    QObject::connect(&actions[id], &QAction::triggered, &context, std::move(work));
}

DeviceFacts factsOf(const StudioParts& parts, MainWindow& window) {
    DeviceFacts facts;
    facts.graphics = window.viewportPanel().graphics();
    const SoundState sound = parts.transport.soundState();
    if (sound != SoundState::NoDevice && sound != SoundState::Lost)
        facts.sound = MainWindow::tr("The system's device for sound is used.");
    for (const BundleChoice& bundle : parts.session.bundles())
        facts.models.append(QString::fromStdString(bundle.title));
    return facts;
}

void wireFile(const StudioParts& parts, MainWindow& window) {
    onTrigger(parts.actions, ActionId::FileOpen, window, [&window] { window.chooseFiles(); });
    onTrigger(parts.actions, ActionId::FileCloseSound, window,
              [parts] { parts.loader.closeAudio(); });
    onTrigger(parts.actions, ActionId::FilePreferences, window, [parts, &window] {
        showDialog(
            new PreferencesDialog(parts.settings, parts.actions, factsOf(parts, window), &window));
    });
    onTrigger(parts.actions, ActionId::FileQuit, window, [&window] { window.close(); });
    onTrigger(parts.actions, ActionId::HelpShortcuts, window,
              [parts, &window] { showDialog(new ShortcutsDialog(parts.actions, &window)); });
    onTrigger(parts.actions, ActionId::HelpAbout, window, [&window] {
        showDialog(new AboutDialog(window.viewportPanel().graphics(), &window));
    });
}

void wireCamera(const StudioParts& parts, MainWindow& window) {
    constexpr std::pair<ActionId, ViewPreset> kPresets[] = {
        {ActionId::ViewCamFront, ViewPreset::Front},
        {ActionId::ViewCamThreeQuarter, ViewPreset::ThreeQuarter},
        {ActionId::ViewCamSide, ViewPreset::Side},
        {ActionId::ViewCamBack, ViewPreset::Back},
        {ActionId::ViewCamTop, ViewPreset::Top},
        {ActionId::ViewCamFree, ViewPreset::Free},
        {ActionId::ViewCamFace, ViewPreset::Face},
        {ActionId::ViewCamHands, ViewPreset::Hands}};
    for (const auto& [id, preset] : kPresets) {
        onTrigger(parts.actions, id, window,
                  [parts, preset = preset] { parts.view.choosePreset(preset); });
        QObject::connect(&parts.view, &ViewController::presetChanged, &parts.actions[id],
                         [action = &parts.actions[id], preset = preset](ViewPreset chosen) {
                             if (chosen == preset) action->setChecked(true);
                         });
    }
    constexpr std::pair<ActionId, render::Shading> kShadings[] = {
        {ActionId::ViewShaded, render::Shading::Shaded},
        {ActionId::ViewSkeleton, render::Shading::Skeleton},
        {ActionId::ViewBoth, render::Shading::Both},
        {ActionId::ViewWire, render::Shading::Wire}};
    for (const auto& [id, shading] : kShadings) {
        onTrigger(parts.actions, id, window,
                  [parts, shading = shading] { parts.view.setShading(shading); });
    }
    onTrigger(parts.actions, ActionId::ViewFollow, window,
              [parts](bool on) { parts.view.setFollow(on ? FollowBody::Yes : FollowBody::No); });
    onTrigger(parts.actions, ActionId::ViewFloor, window,
              [parts](bool on) { parts.view.setFloor(on); });
}

/// Changes what the view shows besides the body.
template <typename Change>
void changeOverlays(ViewController& view, Change change) {
    ViewOverlays overlays = view.overlays();
    change(overlays);
    view.setOverlays(overlays);
}

void wireOverlays(const StudioParts& parts, MainWindow& window) {
    const auto switches = [&](ActionId id, bool ViewOverlays::*member) {
        onTrigger(parts.actions, id, window, [parts, member](bool on) {
            changeOverlays(parts.view, [=](ViewOverlays& overlays) { overlays.*member = on; });
        });
    };
    switches(ActionId::ViewGhosts, &ViewOverlays::ghosts);
    switches(ActionId::ViewTrails, &ViewOverlays::trails);
    switches(ActionId::ViewContacts, &ViewOverlays::contacts);
    switches(ActionId::ViewCaptions, &ViewOverlays::captions);
    const auto steps = [&](ActionId id, int ViewOverlays::*member, int by, int most) {
        onTrigger(parts.actions, id, window, [=] {
            parts.actions[ActionId::ViewGhosts].setChecked(true);
            changeOverlays(parts.view, [=](ViewOverlays& overlays) {
                overlays.ghosts = true;
                overlays.*member = std::clamp(overlays.*member + by, 1, most);
            });
        });
    };
    steps(ActionId::GhostsMore, &ViewOverlays::ghostCount, 1, ViewOverlays::kMostGhosts);
    steps(ActionId::GhostsFewer, &ViewOverlays::ghostCount, -1, ViewOverlays::kMostGhosts);
    steps(ActionId::GhostsFarther, &ViewOverlays::ghostStep, 1, ViewOverlays::kMostGhostStep);
    steps(ActionId::GhostsNearer, &ViewOverlays::ghostStep, -1, ViewOverlays::kMostGhostStep);
}

void wireHeat(const StudioParts& parts, MainWindow& window) {
    constexpr std::pair<ActionId, BodyHeat> kHeats[] = {
        {ActionId::HeatImportance, BodyHeat::Importance},
        {ActionId::HeatMask, BodyHeat::Mask},
        {ActionId::HeatDifference, BodyHeat::Difference}};
    for (const auto& [id, heat] : kHeats) {
        onTrigger(parts.actions, id, window, [parts, heat = heat] {
            parts.actions[ActionId::ViewHeat].setChecked(true);
            changeOverlays(parts.view, [=](ViewOverlays& overlays) { overlays.heat = heat; });
        });
    }
    onTrigger(parts.actions, ActionId::ViewHeat, window, [parts, kHeats](bool on) {
        BodyHeat chosen = BodyHeat::Off;
        for (const auto& [id, heat] : kHeats)
            if (on && parts.actions[id].isChecked()) chosen = heat;
        changeOverlays(parts.view, [=](ViewOverlays& overlays) { overlays.heat = chosen; });
    });
}

void wireCompare(const StudioParts& parts, MainWindow& window) {
    constexpr ActionId kViews[] = {ActionId::CompareA, ActionId::CompareB, ActionId::CompareSplit,
                                   ActionId::CompareOverlay, ActionId::CompareDifference};
    for (std::size_t i = 0; i < std::size(kViews); ++i) {
        onTrigger(parts.actions, kViews[i], window, [parts, i] {
            changeOverlays(parts.view, [=](ViewOverlays& overlays) {
                overlays.takes = static_cast<TakeView>(i);
            });
        });
    }
    onTrigger(parts.actions, ActionId::TakeCompare, window, [parts, kViews] {
        const auto now = static_cast<std::size_t>(parts.view.overlays().takes);
        parts.actions[kViews[(now + 1) % std::size(kViews)]].trigger();
    });
    auto* flip = new HeldAction(parts.actions[ActionId::TakeFlip], &window);
    QObject::connect(flip, &HeldAction::changed, &window, [parts](bool held) {
        changeOverlays(parts.view, [=](ViewOverlays& overlays) { overlays.flipped = held; });
    });
}

void wireView(const StudioParts& parts, MainWindow& window) {
    onTrigger(parts.actions, ActionId::ViewFrameAll, window, [parts, &window] {
        window.viewportPanel().viewHasFocus() ? parts.view.frameAll() : window.timeline().showAll();
    });
    onTrigger(parts.actions, ActionId::ViewFrameRange, window,
              [&window] { window.timeline().showRange(); });
    onTrigger(parts.actions, ActionId::ViewZoomIn, window,
              [&window] { window.timeline().zoom(1 / kZoomStep); });
    onTrigger(parts.actions, ActionId::ViewZoomOut, window,
              [&window] { window.timeline().zoom(kZoomStep); });
    onTrigger(parts.actions, ActionId::ViewInspect, window,
              [&window](bool) { window.placePanels(); });
    onTrigger(parts.actions, ActionId::ViewFullScreen, window,
              [&window](bool on) { on ? window.showFullScreen() : window.showNormal(); });
    onTrigger(parts.actions, ActionId::ViewNextArea, window,
              [&window] { cycleAreas(window.areas(), AreaStep::Next); });
    onTrigger(parts.actions, ActionId::ViewPreviousArea, window,
              [&window] { cycleAreas(window.areas(), AreaStep::Previous); });
    onTrigger(parts.actions, ActionId::ViewTheme, window, [parts, &window] {
        parts.settings.setThemeChoice(window.theme() == ThemeKind::Dark ? ThemeChoice::Light
                                                                        : ThemeChoice::Dark);
    });
}

void wirePlayback(const StudioParts& parts, MainWindow& window) {
    const auto go = [&](ActionId id, auto work) { onTrigger(parts.actions, id, window, work); };
    go(ActionId::PlayToggle, [parts] { parts.transport.toggle(); });
    go(ActionId::PlayStop, [parts] { parts.transport.pause(); });
    go(ActionId::PlayBack, [parts] { parts.transport.shuttleTowards(-1); });
    go(ActionId::PlayForward, [parts] { parts.transport.shuttleTowards(1); });
    go(ActionId::PlayPreviousFrame, [parts] { parts.transport.stepFrames(-1); });
    go(ActionId::PlayNextFrame, [parts] { parts.transport.stepFrames(1); });
    go(ActionId::PlayPreviousSecond, [parts] { parts.transport.stepSeconds(-1); });
    go(ActionId::PlayNextSecond, [parts] { parts.transport.stepSeconds(1); });
    go(ActionId::PlayStart, [parts] { parts.transport.goToFrame({0}); });
    go(ActionId::PlayEnd, [parts] { parts.transport.goToFrame(parts.document.lastFrame()); });
    go(ActionId::PlayLoop, [parts](bool on) { parts.document.setLoop(on ? Loop::Yes : Loop::No); });
    go(ActionId::PlayGoTo, [&window] { window.transportBar().timecode().beginEdit(); });
    go(ActionId::PlayMute, [parts](bool on) { parts.document.setMuted(on); });
}

void wireRange(const StudioParts& parts, MainWindow& window) {
    const auto go = [&](ActionId id, auto work) { onTrigger(parts.actions, id, window, work); };
    go(ActionId::PlayIn, [parts] { parts.document.setIn(parts.document.frame()); });
    go(ActionId::PlayOut, [parts] { parts.document.setOut(parts.document.frame()); });
    go(ActionId::PlayClearRange, [parts] { parts.document.setRange(std::nullopt); });
    go(ActionId::PlayGoToIn, [parts] {
        if (parts.document.range()) parts.transport.goToFrame(parts.document.range()->begin);
    });
    go(ActionId::PlayGoToOut, [parts] {
        if (!parts.document.range()) return;
        parts.transport.goToFrame({parts.document.range()->end.value - 1});
    });
}

} // namespace

void wireActions(const StudioParts& parts, MainWindow& window) {
    applyKeys(parts.settings, parts.actions);
    wireFile(parts, window);
    wireCamera(parts, window);
    wireOverlays(parts, window);
    wireHeat(parts, window);
    wireCompare(parts, window);
    wireView(parts, window);
    wirePlayback(parts, window);
    wireRange(parts, window);
}

} // namespace gesture::app
