// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/map_controls.h"
#include "app/studio/attention/map_state_card.h"
#include "app/studio/attention/matrix_view.h"

#include <QAction>
#include <QStackedWidget>

namespace gesture::app {

/// The Attention dock: part, layer, head, and the matrix of the window at the playhead, or the
/// sentence that says why there is none. GUI thread.
class AttentionPanel final : public QWidget {
    Q_OBJECT

public:
    AttentionPanel(AttentionModel& model, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] MatrixView& matrix() { return *matrix_; }
    [[nodiscard]] MapStateCard& card() { return *card_; }
    [[nodiscard]] MapNotice& notice() { return *notice_; }
    /// For the title of the dock: pin, to mask, export.
    [[nodiscard]] QList<QAction*> titleActions() const { return {pin_, toMask_, export_}; }

Q_SIGNALS:
    void hinted(const QString& hint);

private:
    void refresh();

    AttentionModel& model_;
    PartPicker* part_;
    LayerHeadPicker* layerHead_;
    MapNotice* notice_;
    QStackedWidget* pages_;
    MatrixView* matrix_;
    MapStateCard* card_;
    QAction* pin_;
    QAction* toMask_;
    QAction* export_;
};

/// Actions on the map that all forms share. `parent` owns them.
[[nodiscard]] QAction* makePinAction(AttentionModel& model, QObject* parent);
[[nodiscard]] QAction* makeToMaskAction(AttentionModel& model, QObject* parent);
[[nodiscard]] QAction* makeExportAction(AttentionModel& model, QObject* parent);
void colourMapActions(const Theme& theme, QAction& toMask, QAction& exportFigure);

/// What a notice above the map says: out of date, or heads that were not kept.
void showMapNotice(MapNotice& notice, const AttentionModel& model);

} // namespace gesture::app
