// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_state_card.h"
#include "app/studio/attention/segment_bar.h"
#include "app/studio/panels/score_histogram.h"
#include "app/studio/panels/semantic_content.h"
#include "app/studio/panels/span_table.h"
#include "core/inference/edit_mask.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

class QVBoxLayout;

namespace gesture::app {

/// The Semantic dock: distribution of the score with its threshold, the spans above it, the gate of
/// the chosen tokens, strength, how well it agrees with an annotation. GUI thread.
class SemanticPanel final : public QWidget {
    Q_OBJECT

public:
    explicit SemanticPanel(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(const SemanticContent& content);
    void setPlayhead(FrameIndex frame);
    void setTimeSelection(std::optional<FrameRange> range);
    /// Parts that "To mask" masks.
    void setActiveParts(const inference::PartSet& parts) { parts_ = parts; }

    [[nodiscard]] QTableView& list() { return *list_; }
    [[nodiscard]] ScoreHistogram& histogram() { return *histogram_; }
    [[nodiscard]] SegmentBar& gate() { return *gate_; }
    [[nodiscard]] QSlider& strength() { return *strength_; }
    [[nodiscard]] QPushButton& toMask() { return *toMask_; }
    [[nodiscard]] QPushButton& exportTable() { return *export_; }
    [[nodiscard]] MapStateCard& card() { return *card_; }
    [[nodiscard]] QString rocText() const { return rocText_->text(); }
    /// The tokens that the gate is set for: of the chosen span, else of the selected time, else
    /// the token at the playhead.
    [[nodiscard]] TokenSpan gateTokens() const;

Q_SIGNALS:
    void frameChosen(gesture::FrameIndex frame);
    void playRequested(gesture::FrameRange range);
    void thresholdChanged(double threshold, bool finished);
    void gateRequested(const gesture::app::TokenSpan& tokens, gesture::app::GateMode mode);
    /// Needs another run of the networks when `finished`.
    void strengthChanged(double strength, bool finished);
    void selectionToMask(const gesture::inference::EditMask& mask, const QString& name);
    /// The text of a CSV file, a row a token.
    void exportRequested(const std::string& table);
    /// An annotation to compare with is wanted.
    void referenceRequested();
    void computeRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBody(const Theme& theme);
    void buildList();
    void buildAgreement(const Theme& theme, QVBoxLayout& column);
    void buildFoot(QVBoxLayout& column);
    void refreshSpans();
    void refreshRoc();
    void refreshGate();
    void requestMask();
    [[nodiscard]] const SemanticSpan* chosenSpan() const;

    SemanticContent content_;
    std::optional<FrameRange> selection_;
    FrameIndex playhead_;
    inference::PartSet parts_ = inference::kAllParts;
    QStackedWidget* pages_;
    MapStateCard* card_;
    MapNotice* notice_ = nullptr;
    ScoreHistogram* histogram_ = nullptr;
    QLabel* summary_ = nullptr;
    SpanTable* spans_;
    QSortFilterProxyModel* sorted_;
    QTableView* list_ = nullptr;
    QLabel* gateText_ = nullptr;
    SegmentBar* gate_ = nullptr;
    QSlider* strength_ = nullptr;
    QLabel* strengthText_ = nullptr;
    RocView* roc_ = nullptr;
    QLabel* rocText_ = nullptr;
    QPushButton* reference_ = nullptr;
    QPushButton* export_ = nullptr;
    QPushButton* toMask_ = nullptr;
};

} // namespace gesture::app
