// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/attention_panel.h"

#include "app/studio/theme/icons.h"

#include <QLabel>
#include <QVBoxLayout>

namespace gesture::app {

AttentionPanel::AttentionPanel(AttentionModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , part_(new PartPicker(model, theme, this))
    , layerHead_(new LayerHeadPicker(model, this))
    , notice_(new MapNotice(this))
    , pages_(new QStackedWidget(this))
    , matrix_(nullptr)
    , card_(new MapStateCard(this))
    , pin_(makePinAction(model, this))
    , toMask_(makeToMaskAction(model, this))
    , export_(makeExportAction(model, this)) {
    auto* page = new QWidget(pages_);
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(0, 0, 0, 0);
    matrix_ = new MatrixView(model, MapSide::A, MatrixForm::Dock, theme, page);
    inside->addWidget(matrix_);
    pages_->addWidget(page);
    pages_->addWidget(card_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 8, 8);
    column->setSpacing(8);
    column->addWidget(part_);
    column->addWidget(layerHead_);
    column->addWidget(notice_);
    column->addWidget(pages_, 1);
    setTabOrder(layerHead_, notice_);
    setTabOrder(notice_, matrix_);
    connect(&model_, &AttentionModel::contentChanged, this, &AttentionPanel::refresh);
    connect(&model_, &AttentionModel::mapChanged, this, &AttentionPanel::refresh);
    connect(card_, &MapStateCard::computeRequested, &model_, &AttentionModel::computeRequested);
    connect(&notice_->button(), &QPushButton::clicked, &model_, &AttentionModel::requestNoticed);
    connect(matrix_, &MatrixView::hinted, this, &AttentionPanel::hinted);
    setTheme(theme);
    refresh();
}

void AttentionPanel::setTheme(const Theme& theme) {
    part_->setTheme(theme);
    notice_->setTheme(theme);
    matrix_->setTheme(theme);
    colourMapActions(theme, *toMask_, *export_);
    pin_->setIcon(themedIcon(QStringLiteral("pin-angle"), {theme.tx2, theme.txd, theme.acc}));
}

void AttentionPanel::refresh() {
    const bool map = model_.content().hasMap();
    pages_->setCurrentIndex(map ? 0 : 1);
    card_->setContent(model_.content());
    showMapNotice(*notice_, model_);
}

QAction* makePinAction(AttentionModel& model, QObject* parent) {
    auto* action = new QAction(AttentionPanel::tr("Pin"), parent);
    action->setToolTip(AttentionPanel::tr("Keep this cell while playing"));
    action->setCheckable(true);
    QObject::connect(action, &QAction::triggered, &model, [&model](bool pinned) {
        model.pinCell(pinned ? model.cursor() : std::nullopt);
    });
    const auto refresh = [action, &model] {
        action->setChecked(model.pinned().has_value());
        action->setEnabled(model.cursor().has_value());
    };
    QObject::connect(&model, &AttentionModel::cursorChanged, action, refresh);
    QObject::connect(&model, &AttentionModel::mapChanged, action, refresh);
    refresh();
    return action;
}

QAction* makeToMaskAction(AttentionModel& model, QObject* parent) {
    auto* action = new QAction(AttentionPanel::tr("To mask"), parent);
    action->setToolTip(AttentionPanel::tr("Mask the marked frames in the parts of this map. "
                                          "Drag in the map to mark some."));
    QObject::connect(action, &QAction::triggered, &model, &AttentionModel::requestMask);
    const auto refresh = [action, &model] { action->setEnabled(model.area().has_value()); };
    QObject::connect(&model, &AttentionModel::cursorChanged, action, refresh);
    QObject::connect(&model, &AttentionModel::mapChanged, action, refresh);
    refresh();
    return action;
}

QAction* makeExportAction(AttentionModel& model, QObject* parent) {
    auto* action = new QAction(AttentionPanel::tr("Export figure"), parent);
    action->setToolTip(AttentionPanel::tr("Export this figure as SVG, PDF, PNG, CSV or NPY"));
    QObject::connect(action, &QAction::triggered, &model, &AttentionModel::requestExport);
    const auto refresh = [action, &model] { action->setEnabled(model.content().hasMap()); };
    QObject::connect(&model, &AttentionModel::contentChanged, action, refresh);
    refresh();
    return action;
}

void colourMapActions(const Theme& theme, QAction& toMask, QAction& exportFigure) {
    const IconColours colours{theme.tx2, theme.txd, theme.tx1};
    toMask.setIcon(themedIcon(QStringLiteral("bounding-box"), colours));
    exportFigure.setIcon(themedIcon(QStringLiteral("download"), colours));
}

void showMapNotice(MapNotice& notice, const AttentionModel& model) {
    const AttentionContent& content = model.content();
    if (!content.hasMap()) return notice.setNotice({}, {}, {});
    if (content.state == MapState::OutOfDate) {
        return notice.setNotice(MapNotice::tr("Belongs to an older version"),
                                MapNotice::tr("Recompute"), content.reason);
    }
    if (content.state == MapState::Computing) {
        return notice.setNotice(MapNotice::tr("Computing: window %1 of %2")
                                    .arg(content.progressDone)
                                    .arg(content.progressTotal),
                                {}, {});
    }
    if (!keepsHeads(*content.analysis)) {
        return notice.setNotice(MapNotice::tr("Heads: re-run the window to see them"),
                                MapNotice::tr("Re-run"),
                                MapNotice::tr("Only means were kept of this run, to save memory."));
    }
    notice.setNotice({}, {}, {});
}

} // namespace gesture::app
