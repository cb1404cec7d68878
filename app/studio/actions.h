// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <array>

namespace gesture::app {

/// Everything that menus, buttons, keys and scripts can do.
enum class ActionId {
    FileOpen,
    FileSaveAs,
    FileExport,
    FileExportAgain,
    FileCloseSound,
    FilePreferences,
    FileQuit,
    EditUndo,
    EditRedo,
    GenRegenerate,
    GenNewTakes,
    GenAnalyse,
    GenCancel,
    TakePrevious,
    TakeNext,
    TakeSwap,
    TakeFlip,
    TakeCompare,
    CompareA,
    CompareB,
    CompareSplit,
    CompareOverlay,
    CompareDifference,
    EditSelectAll,
    EditDeselect,
    EditDelete,
    MarkAdd,
    MarkSegment,
    ViewFrameAll,
    ViewFrameRange,
    ViewZoomIn,
    ViewZoomOut,
    ViewCamFront,
    ViewCamThreeQuarter,
    ViewCamSide,
    ViewCamBack,
    ViewCamTop,
    ViewCamFree,
    ViewCamFace,
    ViewCamHands,
    ViewFollow,
    ViewShaded,
    ViewSkeleton,
    ViewBoth,
    ViewWire,
    ViewGhosts,
    GhostsMore,
    GhostsFewer,
    GhostsFarther,
    GhostsNearer,
    ViewTrails,
    ViewHeat,
    HeatImportance,
    HeatMask,
    HeatDifference,
    ViewContacts,
    ViewFloor,
    ViewCaptions,
    ViewAnimate,
    ViewAnalyse,
    ViewTrain,
    ViewInspect,
    ViewFullScreen,
    ViewNextArea,
    ViewPreviousArea,
    ViewTheme,
    PlayToggle,
    PlayBack,
    PlayStop,
    PlayForward,
    PlayPreviousFrame,
    PlayNextFrame,
    PlayPreviousSecond,
    PlayNextSecond,
    PlayPreviousEdge,
    PlayNextEdge,
    PlayStart,
    PlayEnd,
    PlayIn,
    PlayOut,
    PlayClearRange,
    PlayGoToIn,
    PlayGoToOut,
    PlayLoop,
    PlayGoTo,
    PlayMute,
    ToolSelect,
    ToolPaint,
    ToolRange,
    ToolErase,
    ToolSnap,
    ToolCells,
    ToolPartFace,
    ToolPartUpper,
    ToolPartHands,
    ToolPartLower,
    ToolPartAll,
    MaskFromSelection,
    MaskByScore,
    MaskWords,
    MaskInvert,
    MaskGrow,
    MaskShrink,
    MaskWholeFrames,
    MaskClear,
    TrainNew,
    TrainStart,
    TrainQueue,
    TrainStop,
    TrainCheckpoint,
    TrainResume,
    TrainUse,
    TrainBoard,
    TrainConfig,
    TrainCluster,
    HelpShortcuts,
    HelpAbout,
    Count
};

/// When an action can be used.
/// `Session`: whoever wires the action says when.
/// `Comparison`: a take B.
enum class Needs {
    Nothing,
    Clip,
    Range,
    Audio,
    Viewport,
    Selection,
    Mask,
    Score,
    Words,
    Session,
    Comparison
};

/// The QActions, one for each id, with names, keys, tips and icons from one table. GUI thread;
/// owned by Application. What they do is connected by those who do it.
class Actions final : public QObject {
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);

    [[nodiscard]] QAction& operator[](ActionId id) const {
        return *actions_[static_cast<std::size_t>(id)];
    }
    /// By the name that scripts use, "play.toggle"; nothing when there is none.
    [[nodiscard]] QAction* find(const QString& name) const;
    [[nodiscard]] const std::array<QAction*, static_cast<std::size_t>(ActionId::Count)>&
    all() const {
        return actions_;
    }

    /// Colours the icons.
    void setTheme(const Theme& theme);
    /// Switches every action that needs `what` on or off.
    void setAvailable(Needs what, bool available) const;
    /// Why an action cannot be used, in its tip; empty: it can be.
    void setReason(ActionId id, const QString& reason) const;
    /// Keys as the table has them.
    [[nodiscard]] static QList<QKeySequence> firstKeys(ActionId id);
    /// Other keys for an action; its tip names them.
    void setKeys(ActionId id, const QList<QKeySequence>& keys) const;
    /// Another icon for an action, e.g. pause while playing.
    void setIcon(ActionId id, const QString& icon);

private:
    void addGroup(const std::initializer_list<ActionId>& ids);
    void colour(std::size_t index);
    static void showTip(QAction& action);

    std::array<QAction*, static_cast<std::size_t>(ActionId::Count)> actions_{};
    std::array<QString, static_cast<std::size_t>(ActionId::Count)> icons_;
    const Theme* theme_ = nullptr;
};

} // namespace gesture::app
