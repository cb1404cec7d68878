// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_content.h"
#include "app/studio/attention/map_colours.h"
#include "app/studio/attention/map_readings.h"
#include "app/studio/attention/result_post.h"
#include "core/base/executor.h"
#include "core/inference/edit_mask.h"

#include <QObject>

#include <optional>
#include <stop_token>

namespace gesture::app {

enum class MapSide { A, B, Difference };
enum class MapCompare { Off, Beside, Difference };
enum class MapForm { Window, Strip };

/// A rectangle of cells.
struct MapArea {
    FrameRange speech;
    FrameRange motion;
    bool operator==(const MapArea&) const = default;
};

/// What the attention views look at: window, part, layer, head, colours, cursor. It keeps no state
/// of the document: contents, playhead and selection are set from outside, and what people want is
/// reported by signals. All attention widgets of one window share one. GUI thread.
class AttentionModel final : public QObject {
    Q_OBJECT

public:
    /// The largest weight of all windows is looked for on `executor`, which must outlive this.
    explicit AttentionModel(Executor& executor, QObject* parent = nullptr);
    ~AttentionModel() override;

    // From outside.
    void setContent(AttentionContent content);
    /// A second take or bundle; nothing ends the comparison.
    void setComparison(std::optional<AttentionContent> content);
    void setPlayhead(FrameIndex frame);
    void setTimeSelection(std::optional<FrameRange> range);

    [[nodiscard]] const AttentionContent& content() const { return content_; }
    [[nodiscard]] const std::optional<AttentionContent>& comparison() const { return comparison_; }
    [[nodiscard]] FrameIndex playhead() const { return playhead_; }
    [[nodiscard]] const std::optional<FrameRange>& timeSelection() const { return selection_; }

    // What is looked at.
    void setMap(const MapSelection& map);
    /// Shows another head while the pointer is on its tile; nothing: the chosen one again.
    void peek(std::optional<HeadPlace> place);
    void stepPart(int by);
    void stepLayer(int by); ///< Mean, 1, 2, … and round again.
    void stepHead(int by);
    void setWindow(std::size_t place);
    void stepWindow(int by);
    void setFollow(bool follow);
    void setLook(const MapLook& look);
    void setCompare(MapCompare compare);
    void setForm(MapForm form);
    /// Marks the frames that masking this share of the clip by importance would choose.
    void setTopShare(std::optional<double> share);

    [[nodiscard]] const MapSelection& map() const { return map_; }
    [[nodiscard]] const MapSelection& shownMap() const { return peeked_ ? *peeked_ : map_; }
    [[nodiscard]] std::size_t window() const { return window_; }
    [[nodiscard]] bool follow() const { return follow_; }
    [[nodiscard]] const MapLook& look() const { return look_; }
    [[nodiscard]] MapCompare compare() const;
    [[nodiscard]] MapForm form() const { return form_; }
    [[nodiscard]] const std::optional<double>& topShare() const { return topShare_; }
    /// The clip's frames that `topShare` chooses; empty without a share.
    [[nodiscard]] const inference::EditMask& topFrames() const;

    /// Empty when there is none.
    [[nodiscard]] const MapTable& table(MapSide side = MapSide::A) const;
    /// Upper end of the colours of the tables of A and B, or half the width of the difference's.
    [[nodiscard]] double largest(MapSide side = MapSide::A) const;
    [[nodiscard]] const AttentionContent& contentOf(MapSide side) const;
    /// Place of the window shown, in the analysis of a side.
    [[nodiscard]] std::optional<std::size_t> windowOf(MapSide side) const;
    /// Which columns of the window an edit kept; null: the window is no edit's.
    [[nodiscard]] const EditedWindow* editedWindow() const;
    /// Number of the edit from 1, 0: none.
    [[nodiscard]] int editNumber() const;

    // The cursor: pinned cell, else the pointer's, else the playhead with the pinned word.
    void setHovered(std::optional<MapCell> cell);
    void pinCell(std::optional<MapCell> cell);
    void setArea(std::optional<MapArea> area);
    [[nodiscard]] const std::optional<MapCell>& hovered() const { return hovered_; }
    [[nodiscard]] const std::optional<MapCell>& pinned() const { return pinned_; }
    [[nodiscard]] const std::optional<MapArea>& area() const { return area_; }
    [[nodiscard]] std::optional<MapCell> cursor() const;
    [[nodiscard]] std::optional<CellReading> reading(MapSide side = MapSide::A) const;

    // What people want.
    /// Goes to a cell's frame and keeps its word: what a click does.
    void choose(const MapCell& cell);
    /// The marked frames × the parts of the map as a mask.
    void requestMask();
    void requestExport();
    /// What the notice above the map offers: to compute it again, or to keep its heads.
    void requestNoticed();

    // In words.
    [[nodiscard]] QString mapTitle() const;    ///< "Hands · layer 5 · head 3"
    [[nodiscard]] QString windowTitle() const; ///< "13 of 32", "Edit 1 · f 748 – 811"
    [[nodiscard]] QString sourceTitle(MapSide side) const;

Q_SIGNALS:
    void contentChanged();
    /// Another table: window, part, layer, head, comparison.
    void mapChanged();
    void lookChanged();
    void cursorChanged();
    void playheadMoved();

    // For the document.
    void frameChosen(gesture::FrameIndex frame);
    void wordPinned(int word);
    void selectionToMask(const gesture::inference::EditMask& mask, const QString& name);
    void computeRequested();
    /// Heads of the window were not kept: run it again and keep them.
    void headsRequested(gesture::FrameRange window);
    void exportRequested(const gesture::app::MapSelection& map, gesture::FrameRange window);

private:
    void dropTables();
    void followPlayhead();
    void findLargest();
    [[nodiscard]] const MapTable& cachedTable(MapSide side) const;

    Executor& executor_;
    ResultPost post_{*this};
    AttentionContent content_;
    std::optional<AttentionContent> comparison_;
    AttentionContent nothing_;
    FrameIndex playhead_;
    std::optional<FrameRange> selection_;
    MapSelection map_;
    std::optional<MapSelection> peeked_;
    std::size_t window_ = 0;
    bool follow_ = true;
    MapLook look_;
    MapCompare compare_ = MapCompare::Off;
    MapForm form_ = MapForm::Window;
    std::optional<double> topShare_;
    std::optional<MapCell> hovered_;
    std::optional<MapCell> pinned_;
    std::optional<FrameIndex> pinnedSpeech_;
    std::optional<MapArea> area_;
    double largestOfAll_ = 0; ///< 0: not known yet.
    int search_ = 0;          ///< Of `largestOfAll_`; older results are thrown away.
    std::stop_source searchStop_;
    mutable std::array<std::optional<MapTable>, 3> tables_;
    mutable std::optional<inference::EditMask> topFrames_;
};

/// Name of a part for people, translated: "Hands".
[[nodiscard]] QString partName(motion::BodyPart part);
[[nodiscard]] const QColor& partColour(const Theme& theme, motion::BodyPart part);

} // namespace gesture::app
