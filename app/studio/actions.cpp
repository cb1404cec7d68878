// SPDX-License-Identifier: Apache-2.0
#include "app/studio/actions.h"

#include "app/studio/theme/icons.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>

#include <algorithm>

namespace gesture::app {

namespace {

struct ActionRow {
    ActionId id;
    const char* name;
    const char* text;
    const char* tip;
    const char* keys; ///< Separated by a blank; "Num+1" is the key pad.
    const char* icon;
    Needs needs;
    bool checkable;
};

constexpr ActionRow kRows[] = {
    {ActionId::FileOpen, "file.open", QT_TRANSLATE_NOOP("Actions", "&Open…"),
     QT_TRANSLATE_NOOP("Actions", "Open a motion or sound"), "Ctrl+O", "folder2-open",
     Needs::Nothing, false},
    {ActionId::FileSaveAs, "file.saveAs", QT_TRANSLATE_NOOP("Actions", "&Save as…"),
     QT_TRANSLATE_NOOP("Actions", "Give the project a name and a place"), "Ctrl+S Ctrl+Shift+S",
     "save", Needs::Session, false},
    {ActionId::FileExport, "file.export", QT_TRANSLATE_NOOP("Actions", "&Export…"),
     QT_TRANSLATE_NOOP("Actions", "Write the motion for another program"), "Ctrl+E", "box-arrow-up",
     Needs::Session, false},
    {ActionId::FileExportAgain, "file.exportAgain", QT_TRANSLATE_NOOP("Actions", "Export a&gain"),
     QT_TRANSLATE_NOOP("Actions", "Repeat the last export with the motion of now"), "Ctrl+Shift+E",
     "", Needs::Session, false},
    {ActionId::FileCloseSound, "file.closeSound", QT_TRANSLATE_NOOP("Actions", "&Close sound"),
     QT_TRANSLATE_NOOP("Actions", "Take the sound away from the motion"), "", "", Needs::Audio,
     false},
    {ActionId::FilePreferences, "file.preferences", QT_TRANSLATE_NOOP("Actions", "&Preferences…"),
     QT_TRANSLATE_NOOP("Actions", "Change settings"), "Ctrl+,", "gear", Needs::Nothing, false},
    {ActionId::FileQuit, "file.quit", QT_TRANSLATE_NOOP("Actions", "&Quit"),
     QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", "", Needs::Nothing, false},

    {ActionId::EditUndo, "edit.undo", QT_TRANSLATE_NOOP("Actions", "&Undo"),
     QT_TRANSLATE_NOOP("Actions", "Take the last step back"), "Ctrl+Z", "arrow-counterclockwise",
     Needs::Session, false},
    {ActionId::EditRedo, "edit.redo", QT_TRANSLATE_NOOP("Actions", "&Redo"),
     QT_TRANSLATE_NOOP("Actions", "Make the step again"), "Ctrl+Shift+Z Ctrl+Y", "arrow-clockwise",
     Needs::Session, false},

    {ActionId::GenRegenerate, "gen.regenerate", QT_TRANSLATE_NOOP("Actions", "&Regenerate mask"),
     QT_TRANSLATE_NOOP("Actions", "Regenerate the masked frames"), "Ctrl+R", "magic",
     Needs::Session, false},
    {ActionId::GenNewTakes, "gen.newTakes", QT_TRANSLATE_NOOP("Actions", "&New takes"),
     QT_TRANSLATE_NOOP("Actions", "Generate new takes of the whole clip"), "Ctrl+G", "plus-lg",
     Needs::Session, false},
    {ActionId::GenAnalyse, "gen.analyse", QT_TRANSLATE_NOOP("Actions", "&Analyse take"),
     QT_TRANSLATE_NOOP("Actions", "Compute score and attention for this take"), "Ctrl+Shift+A",
     "grid", Needs::Session, false},
    {ActionId::GenCancel, "gen.cancel", QT_TRANSLATE_NOOP("Actions", "&Cancel"),
     QT_TRANSLATE_NOOP("Actions", "Cancel the running generation"), "Esc", "x-circle-fill",
     Needs::Session, false},
    {ActionId::TakePrevious, "take.prev", QT_TRANSLATE_NOOP("Actions", "&Previous take"),
     QT_TRANSLATE_NOOP("Actions", "Previous take as A"), "[", "", Needs::Session, false},
    {ActionId::TakeNext, "take.next", QT_TRANSLATE_NOOP("Actions", "Ne&xt take"),
     QT_TRANSLATE_NOOP("Actions", "Next take as A"), "]", "", Needs::Session, false},
    {ActionId::TakeSwap, "take.swap", QT_TRANSLATE_NOOP("Actions", "&Swap A and B"),
     QT_TRANSLATE_NOOP("Actions", "Make A of B and B of A"), "Shift+X", "arrow-left-right",
     Needs::Session, false},
    {ActionId::TakeFlip, "take.flip", QT_TRANSLATE_NOOP("Actions", "&Other take while held"),
     QT_TRANSLATE_NOOP("Actions", "See the other take while this key is held"), "X", "",
     Needs::Comparison, false},
    {ActionId::TakeCompare, "take.compare", QT_TRANSLATE_NOOP("Actions", "Next &view of A and B"),
     QT_TRANSLATE_NOOP("Actions", "Next view: A, B, split, overlay, difference"), "Y", "",
     Needs::Comparison, false},
    {ActionId::CompareA, "compare.a", QT_TRANSLATE_NOOP("Actions", "Take A"),
     QT_TRANSLATE_NOOP("Actions", "See take A alone"), "", "", Needs::Clip, true},
    {ActionId::CompareB, "compare.b", QT_TRANSLATE_NOOP("Actions", "Take B"),
     QT_TRANSLATE_NOOP("Actions", "See take B alone"), "", "", Needs::Comparison, true},
    {ActionId::CompareSplit, "compare.split", QT_TRANSLATE_NOOP("Actions", "Split"),
     QT_TRANSLATE_NOOP("Actions", "See A and B beside each other"), "", "", Needs::Comparison,
     true},
    {ActionId::CompareOverlay, "compare.overlay", QT_TRANSLATE_NOOP("Actions", "Overlay"),
     QT_TRANSLATE_NOOP("Actions", "See A and B in one place"), "", "", Needs::Comparison, true},
    {ActionId::CompareDifference, "compare.difference", QT_TRANSLATE_NOOP("Actions", "Difference"),
     QT_TRANSLATE_NOOP("Actions", "Colour take A by its distance from B"), "", "",
     Needs::Comparison, true},
    {ActionId::EditSelectAll, "edit.selectAll", QT_TRANSLATE_NOOP("Actions", "Select &all"),
     QT_TRANSLATE_NOOP("Actions", "Select the whole clip"), "Ctrl+A", "", Needs::Clip, false},
    {ActionId::EditDeselect, "edit.deselect", QT_TRANSLATE_NOOP("Actions", "Select &nothing"),
     QT_TRANSLATE_NOOP("Actions", "Select nothing"), "Ctrl+D", "", Needs::Clip, false},
    {ActionId::EditDelete, "edit.delete", QT_TRANSLATE_NOOP("Actions", "&Delete"),
     QT_TRANSLATE_NOOP("Actions",
                       "Clear the mask in the selection, or delete the chosen block or marker"),
     "Delete", "", Needs::Clip, false},
    {ActionId::MarkAdd, "mark.add", QT_TRANSLATE_NOOP("Actions", "Add a &marker"),
     QT_TRANSLATE_NOOP("Actions", "Add a marker"), "M", "bookmark-fill", Needs::Clip, false},
    {ActionId::MarkSegment, "mark.segment", QT_TRANSLATE_NOOP("Actions", "Name a &segment"),
     QT_TRANSLATE_NOOP("Actions", "Name the selection as a segment"), "Shift+M", "",
     Needs::Selection, false},

    {ActionId::ViewFrameAll, "view.frameAll", QT_TRANSLATE_NOOP("Actions", "Show &all"),
     QT_TRANSLATE_NOOP("Actions", "Fit everything (of the panel in focus)"), "A",
     "arrows-angle-expand", Needs::Clip, false},
    {ActionId::ViewFrameRange, "view.frameSel", QT_TRANSLATE_NOOP("Actions", "Show the &selection"),
     QT_TRANSLATE_NOOP("Actions", "Fit the selection, else the in/out range"), "F", "", Needs::Clip,
     false},
    {ActionId::ViewZoomIn, "view.zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom time &in"),
     QT_TRANSLATE_NOOP("Actions", "Zoom time in at the playhead"), "Ctrl+= Ctrl++", "plus-lg",
     Needs::Clip, false},
    {ActionId::ViewZoomOut, "view.zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom time &out"),
     QT_TRANSLATE_NOOP("Actions", "Zoom time out at the playhead"), "Ctrl+-", "dash-lg",
     Needs::Clip, false},
    {ActionId::ViewCamFront, "view.camFront", QT_TRANSLATE_NOOP("Actions", "Front"),
     QT_TRANSLATE_NOOP("Actions", "Look from the front"), "Num+1", "", Needs::Viewport, true},
    {ActionId::ViewCamThreeQuarter, "view.camThreeQuarter",
     QT_TRANSLATE_NOOP("Actions", "Three-quarter"),
     QT_TRANSLATE_NOOP("Actions", "Look from the front and the side"), "Num+2", "", Needs::Viewport,
     true},
    {ActionId::ViewCamSide, "view.camSide", QT_TRANSLATE_NOOP("Actions", "Side"),
     QT_TRANSLATE_NOOP("Actions", "Look from the side"), "Num+3", "", Needs::Viewport, true},
    {ActionId::ViewCamBack, "view.camBack", QT_TRANSLATE_NOOP("Actions", "Back"),
     QT_TRANSLATE_NOOP("Actions", "Look from behind"), "Num+9", "", Needs::Viewport, true},
    {ActionId::ViewCamTop, "view.camTop", QT_TRANSLATE_NOOP("Actions", "Top"),
     QT_TRANSLATE_NOOP("Actions", "Look from the top"), "Num+7", "", Needs::Viewport, true},
    {ActionId::ViewCamFree, "view.camFree", QT_TRANSLATE_NOOP("Actions", "Free"),
     QT_TRANSLATE_NOOP("Actions", "Look freely"), "Num+5", "", Needs::Viewport, true},
    {ActionId::ViewCamFace, "view.camFace", QT_TRANSLATE_NOOP("Actions", "Face"),
     QT_TRANSLATE_NOOP("Actions", "Close-up of the face"), "Num+4", "", Needs::Viewport, true},
    {ActionId::ViewCamHands, "view.camHands", QT_TRANSLATE_NOOP("Actions", "Hands"),
     QT_TRANSLATE_NOOP("Actions", "Close-up of the hands"), "Num+6", "", Needs::Viewport, true},
    {ActionId::ViewFollow, "view.follow", QT_TRANSLATE_NOOP("Actions", "Follow the body"),
     QT_TRANSLATE_NOOP("Actions", "Follow the root"), "Num+0", "", Needs::Viewport, true},
    {ActionId::ViewShaded, "view.shaded", QT_TRANSLATE_NOOP("Actions", "Shaded"),
     QT_TRANSLATE_NOOP("Actions", "Show the body"), "", "", Needs::Viewport, true},
    {ActionId::ViewSkeleton, "view.skeleton", QT_TRANSLATE_NOOP("Actions", "Skeleton"),
     QT_TRANSLATE_NOOP("Actions", "Show joints and bones"), "", "", Needs::Viewport, true},
    {ActionId::ViewBoth, "view.both", QT_TRANSLATE_NOOP("Actions", "Both"),
     QT_TRANSLATE_NOOP("Actions", "Show body, joints and bones"), "", "", Needs::Viewport, true},
    {ActionId::ViewWire, "view.wire", QT_TRANSLATE_NOOP("Actions", "Wire"),
     QT_TRANSLATE_NOOP("Actions", "Show the edges of the mesh"), "", "", Needs::Viewport, true},
    {ActionId::ViewGhosts, "view.ghosts", QT_TRANSLATE_NOOP("Actions", "&Ghosts"),
     QT_TRANSLATE_NOOP("Actions", "Show poses before and after as contours"), "G", "ghost",
     Needs::Viewport, true},
    {ActionId::GhostsMore, "view.ghostsMore", QT_TRANSLATE_NOOP("Actions", "More ghosts"),
     QT_TRANSLATE_NOOP("Actions", "One more ghost each way"), "Alt+G", "", Needs::Viewport, false},
    {ActionId::GhostsFewer, "view.ghostsFewer", QT_TRANSLATE_NOOP("Actions", "Fewer ghosts"),
     QT_TRANSLATE_NOOP("Actions", "One ghost less each way"), "Alt+Shift+G", "", Needs::Viewport,
     false},
    {ActionId::GhostsFarther, "view.ghostsFarther",
     QT_TRANSLATE_NOOP("Actions", "Ghosts farther in time"),
     QT_TRANSLATE_NOOP("Actions", "More frames between ghosts"), "", "", Needs::Viewport, false},
    {ActionId::GhostsNearer, "view.ghostsNearer",
     QT_TRANSLATE_NOOP("Actions", "Ghosts nearer in time"),
     QT_TRANSLATE_NOOP("Actions", "Fewer frames between ghosts"), "", "", Needs::Viewport, false},
    {ActionId::ViewTrails, "view.trails", QT_TRANSLATE_NOOP("Actions", "&Paths"),
     QT_TRANSLATE_NOOP("Actions", "Show the paths of wrists and chosen joint"), "T", "trail",
     Needs::Viewport, true},
    {ActionId::ViewHeat, "view.heat", QT_TRANSLATE_NOOP("Actions", "&Heat"),
     QT_TRANSLATE_NOOP("Actions", "Colour the body by importance, mask or difference"), "H",
     "thermometer-half", Needs::Viewport, true},
    {ActionId::HeatImportance, "view.heatImportance",
     QT_TRANSLATE_NOOP("Actions", "Heat: importance"),
     QT_TRANSLATE_NOOP("Actions", "Colour parts by the attention they get"), "", "",
     Needs::Viewport, true},
    {ActionId::HeatMask, "view.heatMask", QT_TRANSLATE_NOOP("Actions", "Heat: mask"),
     QT_TRANSLATE_NOOP("Actions", "Colour the parts that would be made anew"), "", "",
     Needs::Viewport, true},
    {ActionId::HeatDifference, "view.heatDifference",
     QT_TRANSLATE_NOOP("Actions", "Heat: difference of takes"),
     QT_TRANSLATE_NOOP("Actions", "Colour joints by how far A and B are apart"), "", "",
     Needs::Viewport, true},
    {ActionId::ViewContacts, "view.contacts", QT_TRANSLATE_NOOP("Actions", "Foot &contacts"),
     QT_TRANSLATE_NOOP("Actions", "Mark the floor where a foot stands"), "Shift+C", "footprint",
     Needs::Viewport, true},
    {ActionId::ViewFloor, "view.floor", QT_TRANSLATE_NOOP("Actions", "Floor"),
     QT_TRANSLATE_NOOP("Actions", "Show the floor"), "", "grid-3x3", Needs::Viewport, true},
    {ActionId::ViewCaptions, "view.captions", QT_TRANSLATE_NOOP("Actions", "Ca&ptions"),
     QT_TRANSLATE_NOOP("Actions", "Show the words that are said"), "C", "badge-cc", Needs::Viewport,
     true},
    {ActionId::ViewAnimate, "view.animate", QT_TRANSLATE_NOOP("Actions", "&Animate"),
     QT_TRANSLATE_NOOP("Actions", "Workspace: generate, edit and compare motion"), "Ctrl+1",
     "person-bounding-box", Needs::Nothing, true},
    {ActionId::ViewAnalyse, "view.analyse", QT_TRANSLATE_NOOP("Actions", "A&nalyse"),
     QT_TRANSLATE_NOOP("Actions", "Workspace: read the attention maps"), "Ctrl+2", "grid",
     Needs::Nothing, true},
    {ActionId::ViewInspect, "view.inspect", QT_TRANSLATE_NOOP("Actions", "&Attention and mask"),
     QT_TRANSLATE_NOOP("Actions", "Show attention, score and mask where the window is narrow"),
     "Ctrl+Shift+I", "layout-split", Needs::Nothing, true},
    {ActionId::ViewTrain, "view.train", QT_TRANSLATE_NOOP("Actions", "&Train"),
     QT_TRANSLATE_NOOP("Actions", "Workspace for training: runs, curves, configurations"), "Ctrl+3",
     "graph-up", Needs::Nothing, true},
    {ActionId::ViewFullScreen, "view.fullscreen", QT_TRANSLATE_NOOP("Actions", "F&ull screen"),
     QT_TRANSLATE_NOOP("Actions", "Full screen"), "F11", "", Needs::Nothing, true},
    {ActionId::ViewNextArea, "view.nextArea", QT_TRANSLATE_NOOP("Actions", "&Next area"),
     QT_TRANSLATE_NOOP("Actions", "Focus on the next area of the window"), "F6", "", Needs::Nothing,
     false},
    {ActionId::ViewPreviousArea, "view.previousArea",
     QT_TRANSLATE_NOOP("Actions", "Pre&vious area"),
     QT_TRANSLATE_NOOP("Actions", "Focus on the previous area of the window"), "Shift+F6", "",
     Needs::Nothing, false},
    {ActionId::ViewTheme, "view.theme", QT_TRANSLATE_NOOP("Actions", "Light or dark &theme"),
     QT_TRANSLATE_NOOP("Actions", "Dark or light theme"), "Ctrl+Shift+L", "sun", Needs::Nothing,
     false},

    {ActionId::PlayToggle, "play.toggle", QT_TRANSLATE_NOOP("Actions", "&Play or pause"),
     QT_TRANSLATE_NOOP("Actions", "Play or pause"), "Space", "play-fill", Needs::Clip, false},
    {ActionId::PlayBack, "play.back", QT_TRANSLATE_NOOP("Actions", "Play &backwards"),
     QT_TRANSLATE_NOOP("Actions", "Play backwards; again = faster"), "J", "", Needs::Clip, false},
    {ActionId::PlayStop, "play.stop", QT_TRANSLATE_NOOP("Actions", "&Stop"),
     QT_TRANSLATE_NOOP("Actions", "Stop"), "K", "", Needs::Clip, false},
    {ActionId::PlayForward, "play.fwd", QT_TRANSLATE_NOOP("Actions", "Play &forwards"),
     QT_TRANSLATE_NOOP("Actions", "Play forwards; again = faster"), "L", "", Needs::Clip, false},
    {ActionId::PlayPreviousFrame, "play.prevFrame", QT_TRANSLATE_NOOP("Actions", "Previous frame"),
     QT_TRANSLATE_NOOP("Actions", "One frame back"), "Left ,", "chevron-left", Needs::Clip, false},
    {ActionId::PlayNextFrame, "play.nextFrame", QT_TRANSLATE_NOOP("Actions", "Next frame"),
     QT_TRANSLATE_NOOP("Actions", "One frame on"), "Right .", "chevron-right", Needs::Clip, false},
    {ActionId::PlayPreviousSecond, "play.prevSec", QT_TRANSLATE_NOOP("Actions", "Previous second"),
     QT_TRANSLATE_NOOP("Actions", "One second back"), "Shift+Left", "", Needs::Clip, false},
    {ActionId::PlayNextSecond, "play.nextSec", QT_TRANSLATE_NOOP("Actions", "Next second"),
     QT_TRANSLATE_NOOP("Actions", "One second on"), "Shift+Right", "", Needs::Clip, false},
    {ActionId::PlayPreviousEdge, "play.prevEdge", QT_TRANSLATE_NOOP("Actions", "Previous edge"),
     QT_TRANSLATE_NOOP("Actions", "Previous word, mask edge or marker"), "Up", "", Needs::Clip,
     false},
    {ActionId::PlayNextEdge, "play.nextEdge", QT_TRANSLATE_NOOP("Actions", "Next edge"),
     QT_TRANSLATE_NOOP("Actions", "Next word, mask edge or marker"), "Down", "", Needs::Clip,
     false},
    {ActionId::PlayStart, "play.start", QT_TRANSLATE_NOOP("Actions", "Start"),
     QT_TRANSLATE_NOOP("Actions", "Go to the start"), "Home", "skip-start-fill", Needs::Clip,
     false},
    {ActionId::PlayEnd, "play.end", QT_TRANSLATE_NOOP("Actions", "End"),
     QT_TRANSLATE_NOOP("Actions", "Go to the end"), "End", "skip-end-fill", Needs::Clip, false},
    {ActionId::PlayIn, "play.in", QT_TRANSLATE_NOOP("Actions", "Set &in"),
     QT_TRANSLATE_NOOP("Actions", "Set in"), "I", "mark-in", Needs::Clip, false},
    {ActionId::PlayOut, "play.out", QT_TRANSLATE_NOOP("Actions", "Set &out"),
     QT_TRANSLATE_NOOP("Actions", "Set out"), "O", "mark-out", Needs::Clip, false},
    {ActionId::PlayClearRange, "play.clear", QT_TRANSLATE_NOOP("Actions", "&Clear in and out"),
     QT_TRANSLATE_NOOP("Actions", "Clear in and out"), "Alt+X", "", Needs::Range, false},
    {ActionId::PlayGoToIn, "play.gotoIn", QT_TRANSLATE_NOOP("Actions", "Go to in"),
     QT_TRANSLATE_NOOP("Actions", "Go to in"), "Shift+I", "", Needs::Range, false},
    {ActionId::PlayGoToOut, "play.gotoOut", QT_TRANSLATE_NOOP("Actions", "Go to out"),
     QT_TRANSLATE_NOOP("Actions", "Go to out"), "Shift+O", "", Needs::Range, false},
    {ActionId::PlayLoop, "play.loop", QT_TRANSLATE_NOOP("Actions", "&Loop"),
     QT_TRANSLATE_NOOP("Actions", "Loop the in/out range, or the clip"), "Ctrl+L", "arrow-repeat",
     Needs::Clip, true},
    {ActionId::PlayGoTo, "play.goto", QT_TRANSLATE_NOOP("Actions", "&Go to…"),
     QT_TRANSLATE_NOOP("Actions", "Go to a time or frame"), "Ctrl+J", "", Needs::Clip, false},
    {ActionId::PlayMute, "play.mute", QT_TRANSLATE_NOOP("Actions", "&Mute"),
     QT_TRANSLATE_NOOP("Actions", "Mute or unmute"), "", "volume-up", Needs::Audio, true},

    {ActionId::ToolSelect, "tool.select", QT_TRANSLATE_NOOP("Actions", "&Select"),
     QT_TRANSLATE_NOOP("Actions", "Select"), "V", "cursor", Needs::Clip, true},
    {ActionId::ToolPaint, "tool.paint", QT_TRANSLATE_NOOP("Actions", "&Paint"),
     QT_TRANSLATE_NOOP("Actions", "Paint mask"), "B", "brush", Needs::Clip, true},
    {ActionId::ToolRange, "tool.range", QT_TRANSLATE_NOOP("Actions", "&Range"),
     QT_TRANSLATE_NOOP("Actions", "Mask a range"), "R", "range", Needs::Clip, true},
    {ActionId::ToolErase, "tool.erase", QT_TRANSLATE_NOOP("Actions", "&Erase"),
     QT_TRANSLATE_NOOP("Actions", "Erase mask"), "E", "eraser", Needs::Clip, true},
    {ActionId::ToolSnap, "tool.snap", QT_TRANSLATE_NOOP("Actions", "S&nap"),
     QT_TRANSLATE_NOOP("Actions", "Snap"), "N", "magnet", Needs::Clip, true},
    {ActionId::ToolCells, "tool.cells", QT_TRANSLATE_NOOP("Actions", "Snap to &cells"),
     QT_TRANSLATE_NOOP("Actions", "Snap to 4-frame cells"), "Shift+N", "link-45deg", Needs::Clip,
     true},
    {ActionId::ToolPartFace, "tool.part1", QT_TRANSLATE_NOOP("Actions", "&Face"),
     QT_TRANSLATE_NOOP("Actions", "Paint face"), "1", "", Needs::Clip, true},
    {ActionId::ToolPartUpper, "tool.part2", QT_TRANSLATE_NOOP("Actions", "&Upper body"),
     QT_TRANSLATE_NOOP("Actions", "Paint upper body"), "2", "", Needs::Clip, true},
    {ActionId::ToolPartHands, "tool.part3", QT_TRANSLATE_NOOP("Actions", "&Hands"),
     QT_TRANSLATE_NOOP("Actions", "Paint hands"), "3", "", Needs::Clip, true},
    {ActionId::ToolPartLower, "tool.part4", QT_TRANSLATE_NOOP("Actions", "&Lower body"),
     QT_TRANSLATE_NOOP("Actions", "Paint lower body"), "4", "", Needs::Clip, true},
    {ActionId::ToolPartAll, "tool.partAll", QT_TRANSLATE_NOOP("Actions", "&All parts"),
     QT_TRANSLATE_NOOP("Actions", "Paint all parts"), "0", "", Needs::Clip, true},
    {ActionId::MaskFromSelection, "mask.fromSel",
     QT_TRANSLATE_NOOP("Actions", "Mask the &selection"),
     QT_TRANSLATE_NOOP("Actions", "Mask the selection in the active parts"), "Ctrl+M",
     "bounding-box", Needs::Selection, false},
    {ActionId::MaskByScore, "mask.byScore", QT_TRANSLATE_NOOP("Actions", "Mask by s&core"),
     QT_TRANSLATE_NOOP("Actions", "Mask where the score is above the threshold"), "Ctrl+Shift+M",
     "", Needs::Score, false},
    {ActionId::MaskWords, "mask.words", QT_TRANSLATE_NOOP("Actions", "Mask &words"),
     QT_TRANSLATE_NOOP("Actions", "Mask the words of the selection, or the word at the playhead"),
     "", "", Needs::Words, false},
    {ActionId::MaskInvert, "mask.invert", QT_TRANSLATE_NOOP("Actions", "&Invert"),
     QT_TRANSLATE_NOOP("Actions", "Invert the mask"), "Ctrl+I", "", Needs::Mask, false},
    {ActionId::MaskGrow, "mask.grow", QT_TRANSLATE_NOOP("Actions", "&Grow"),
     QT_TRANSLATE_NOOP("Actions", "Grow by one cell"), "Alt+=", "", Needs::Mask, false},
    {ActionId::MaskShrink, "mask.shrink", QT_TRANSLATE_NOOP("Actions", "S&hrink"),
     QT_TRANSLATE_NOOP("Actions", "Shrink by one cell"), "Alt+-", "", Needs::Mask, false},
    {ActionId::MaskWholeFrames, "mask.wholeFrames", QT_TRANSLATE_NOOP("Actions", "Whole &frames"),
     QT_TRANSLATE_NOOP("Actions", "Whole frames or per part"), "W", "", Needs::Clip, true},
    {ActionId::MaskClear, "mask.clear", QT_TRANSLATE_NOOP("Actions", "C&lear"),
     QT_TRANSLATE_NOOP("Actions", "Clear the whole mask"), "Ctrl+Backspace", "", Needs::Mask,
     false},

    {ActionId::TrainNew, "train.new", QT_TRANSLATE_NOOP("Actions", "&New run…"),
     QT_TRANSLATE_NOOP("Actions", "Begin a run from a template"), "Ctrl+Shift+N", "plus-lg",
     Needs::Nothing, false},
    {ActionId::TrainStart, "train.start", QT_TRANSLATE_NOOP("Actions", "Start what is &written"),
     QT_TRANSLATE_NOOP("Actions", "Train the configuration that is being written"), "", "play-fill",
     Needs::Session, false},
    {ActionId::TrainQueue, "train.queue", QT_TRANSLATE_NOOP("Actions", "Add to &queue"),
     QT_TRANSLATE_NOOP("Actions", "Train the configuration when the runs before it are done"),
     "Ctrl+Return Ctrl+Enter", "list-check", Needs::Session, false},
    {ActionId::TrainStop, "train.stop", QT_TRANSLATE_NOOP("Actions", "&Stop safely"),
     QT_TRANSLATE_NOOP("Actions", "Finish this step, write a checkpoint, stop"), "", "stop-fill",
     Needs::Session, false},
    {ActionId::TrainCheckpoint, "train.checkpoint", QT_TRANSLATE_NOOP("Actions", "&Checkpoint now"),
     QT_TRANSLATE_NOOP("Actions", "Write a checkpoint now and go on"), "", "save", Needs::Session,
     false},
    {ActionId::TrainResume, "train.resume", QT_TRANSLATE_NOOP("Actions", "&Resume"),
     QT_TRANSLATE_NOOP("Actions", "Go on from the last checkpoint"), "", "play-fill",
     Needs::Session, false},
    {ActionId::TrainUse, "train.use", QT_TRANSLATE_NOOP("Actions", "&Use in Animate"),
     QT_TRANSLATE_NOOP("Actions", "Make a model of the best checkpoint and choose it there"), "",
     "magic", Needs::Session, false},
    {ActionId::TrainBoard, "train.tensorboard",
     QT_TRANSLATE_NOOP("Actions", "Open in &TensorBoard"),
     QT_TRANSLATE_NOOP("Actions", "Show the curves of this run in TensorBoard"), "", "",
     Needs::Session, false},
    {ActionId::TrainCluster, "train.cluster", QT_TRANSLATE_NOOP("Actions", "C&luster…"),
     QT_TRANSLATE_NOOP("Actions", "Hand the run in to a cluster with Slurm, and see its jobs"), "",
     "hdd", Needs::Nothing, false},
    {ActionId::TrainConfig, "train.config", QT_TRANSLATE_NOOP("Actions", "Con&figuration"),
     QT_TRANSLATE_NOOP("Actions", "Show the configuration where the window is narrow"),
     "Ctrl+Alt+C", "sliders", Needs::Session, true},

    {ActionId::HelpShortcuts, "help.shortcuts", QT_TRANSLATE_NOOP("Actions", "&Keys"),
     QT_TRANSLATE_NOOP("Actions", "All keys"), "F1 Shift+F1", "keyboard", Needs::Nothing, false},
    {ActionId::HelpAbout, "help.about", QT_TRANSLATE_NOOP("Actions", "&About Gesture Studio"),
     QT_TRANSLATE_NOOP("Actions", "Version and licences"), "", "", Needs::Nothing, false},
};
static_assert(std::size(kRows) == static_cast<std::size_t>(ActionId::Count));

QList<QKeySequence> keysOf(const ActionRow& row) {
    QList<QKeySequence> keys;
    const QString listed = QString::fromLatin1(row.keys);
    for (const QString& key : listed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        keys.append(QKeySequence::fromString(key, QKeySequence::PortableText));
    }
    return keys;
}

} // namespace

Actions::Actions(QObject* parent)
    : QObject(parent) {
    for (const ActionRow& row : kRows) {
        const auto index = static_cast<std::size_t>(row.id);
        auto* action = new QAction(QCoreApplication::translate("Actions", row.text), this);
        action->setObjectName(QLatin1String(row.name));
        action->setShortcuts(keysOf(row));
        action->setCheckable(row.checkable);
        action->setStatusTip(QCoreApplication::translate("Actions", row.tip));
        showTip(*action);
        action->setEnabled(row.needs == Needs::Nothing);
        actions_[index] = action;
        icons_[index] = QLatin1String(row.icon);
    }
    addGroup({ActionId::ViewCamFront, ActionId::ViewCamThreeQuarter, ActionId::ViewCamSide,
              ActionId::ViewCamBack, ActionId::ViewCamTop, ActionId::ViewCamFree,
              ActionId::ViewCamFace, ActionId::ViewCamHands});
    addGroup(
        {ActionId::ViewShaded, ActionId::ViewSkeleton, ActionId::ViewBoth, ActionId::ViewWire});
    addGroup({ActionId::CompareA, ActionId::CompareB, ActionId::CompareSplit,
              ActionId::CompareOverlay, ActionId::CompareDifference});
    addGroup({ActionId::HeatImportance, ActionId::HeatMask, ActionId::HeatDifference});
    addGroup({ActionId::ViewAnimate, ActionId::ViewAnalyse, ActionId::ViewTrain});
    addGroup({ActionId::ToolSelect, ActionId::ToolPaint, ActionId::ToolRange, ActionId::ToolErase});
    addGroup({ActionId::ToolPartAll, ActionId::ToolPartFace, ActionId::ToolPartUpper,
              ActionId::ToolPartHands, ActionId::ToolPartLower});
    for (const ActionId id : {ActionId::ViewFollow, ActionId::ViewFloor}) {
        (*this)[id].setChecked(true);
    }
}

void Actions::showTip(QAction& action) {
    QString tip = action.statusTip();
    if (!action.shortcut().isEmpty())
        tip += QStringLiteral("  ") + action.shortcut().toString(QKeySequence::NativeText);
    const QString reason = action.property("reason").toString();
    if (!reason.isEmpty()) tip += QLatin1Char('\n') + reason;
    action.setToolTip(tip);
}

void Actions::setReason(ActionId id, const QString& reason) const {
    QAction& action = (*this)[id];
    if (action.property("reason").toString() == reason) return;
    action.setProperty("reason", reason);
    showTip(action);
}

QList<QKeySequence> Actions::firstKeys(ActionId id) {
    for (const ActionRow& row : kRows)
        if (row.id == id) return keysOf(row);
    return {};
}

void Actions::setKeys(ActionId id, const QList<QKeySequence>& keys) const {
    QAction& action = (*this)[id];
    if (action.shortcuts() == keys) return;
    action.setShortcuts(keys);
    showTip(action);
}

void Actions::addGroup(const std::initializer_list<ActionId>& ids) {
    auto* group = new QActionGroup(this);
    for (const ActionId id : ids) {
        group->addAction(&(*this)[id]);
    }
    (*this)[*ids.begin()].setChecked(true);
}

QAction* Actions::find(const QString& name) const {
    const auto* const found =
        std::find_if(actions_.begin(), actions_.end(),
                     [&](const QAction* action) { return action->objectName() == name; });
    return found != actions_.end() ? *found : nullptr;
}

void Actions::setTheme(const Theme& theme) {
    theme_ = &theme;
    for (std::size_t i = 0; i < actions_.size(); ++i) {
        colour(i);
    }
}

void Actions::setIcon(ActionId id, const QString& icon) {
    const auto index = static_cast<std::size_t>(id);
    if (icons_[index] == icon) return;
    icons_[index] = icon;
    colour(index);
}

void Actions::setAvailable(Needs what, bool available) const {
    for (const ActionRow& row : kRows) {
        if (row.needs == what) (*this)[row.id].setEnabled(available);
    }
}

void Actions::colour(std::size_t index) {
    if (icons_[index].isEmpty() || theme_ == nullptr) return;
    const bool primary = index == static_cast<std::size_t>(ActionId::PlayToggle);
    const bool loop = index == static_cast<std::size_t>(ActionId::PlayLoop);
    const IconColours colours{primary ? theme_->acctx : theme_->tx2, theme_->txd,
                              loop ? theme_->acc : theme_->tx1};
    actions_[index]->setIcon(themedIcon(icons_[index], colours));
    actions_[index]->setIconVisibleInMenu(false);
}

} // namespace gesture::app
