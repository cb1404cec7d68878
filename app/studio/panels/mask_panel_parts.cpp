// SPDX-License-Identifier: Apache-2.0
// The controls of the mask panel and how they lie.
#include "app/studio/attention/attention_model.h"
#include "app/studio/panels/mask_panel.h"
#include "app/studio/widgets/keep_keys.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kRowHeight = 26;
constexpr int kMostMargin = 12;
constexpr int kMostStep = 60;

} // namespace

MaskPanel::MaskPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , blocks_(new BlockTable(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    buildParts(theme, *column);
    buildList(*column);
    buildBuilder(theme, *column);
    buildOperations(*column);
    buildOptions(*column);
    fit_ = new MaskFitMeter(theme, this);
    column->addWidget(fit_);
    foot_ = new QLabel(this);
    foot_->setObjectName(QStringLiteral("mono"));
    foot_->setAccessibleName(tr("What the mask costs"));
    column->addWidget(foot_);
    setTheme(theme);
    refresh();
}

void MaskPanel::buildParts(const Theme& theme, QVBoxLayout& column) {
    whole_ = new SegmentBar(tr("Mask"), {{tr("Whole frames")}, {tr("Per part")}}, theme, this);
    whole_->setToolTip(tr("Whole frames, as EchoMask learnt them, or single body parts"));
    column.addWidget(whole_);
    partRow_ = new QWidget(this);
    auto* row = new QHBoxLayout(partRow_);
    row->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < partBoxes_.size(); ++i) {
        auto* box = new QCheckBox(partName(static_cast<motion::BodyPart>(i)), partRow_);
        box->setChecked(true);
        box->setToolTip(tr("Build, invert, grow and shrink in this part"));
        partBoxes_[i] = box;
        row->addWidget(box);
        connect(box, &QCheckBox::toggled, this, [this] {
            refreshPreview();
            Q_EMIT activePartsChanged(parts());
        });
    }
    column.addWidget(partRow_);
    connect(whole_, &SegmentBar::chosen, this, [this](int index) {
        content_.wholeFrames = index == 0;
        partRow_->setVisible(!content_.wholeFrames);
        refreshPreview();
        Q_EMIT wholeFramesChanged(content_.wholeFrames);
    });
}

void MaskPanel::buildList(QVBoxLayout& column) {
    list_ = new QTableView(this);
    list_->setModel(blocks_);
    list_->setAccessibleName(tr("Blocks of the mask"));
    list_->setToolTip(tr("Click: go to the block. Delete: clear it."));
    list_->setSelectionBehavior(QAbstractItemView::SelectRows);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setShowGrid(false);
    list_->setWordWrap(false);
    list_->setMinimumHeight(3 * kRowHeight);
    list_->verticalHeader()->hide();
    list_->verticalHeader()->setDefaultSectionSize(kRowHeight);
    list_->horizontalHeader()->setHighlightSections(false);
    list_->horizontalHeader()->setSectionResizeMode(BlockTable::Parts, QHeaderView::Stretch);
    list_->setColumnWidth(BlockTable::Range, 140);
    list_->setColumnWidth(BlockTable::Frames, 104);
    keepArrowKeys(*list_);
    list_->installEventFilter(this);
    empty_ = new QLabel(tr("Paint on the part lanes, or build a mask here."), this);
    empty_->setObjectName(QStringLiteral("secondary"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    empty_->setMinimumHeight(3 * kRowHeight);
    column.addWidget(list_, 1);
    column.addWidget(empty_, 1);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                if (!row.isValid()) return;
                Q_EMIT blockChosen(blocks_->blocks()[static_cast<std::size_t>(row.row())]);
            });
}

void MaskPanel::buildBuilder(const Theme& theme, QVBoxLayout& column) {
    form_ = new MaskBuilderForm(theme, this);
    column.addWidget(form_);
    message_ = new QLabel(this);
    message_->setObjectName(QStringLiteral("hint"));
    message_->setWordWrap(true);
    apply_ = new QPushButton(tr("Apply"), this);
    apply_->setObjectName(QStringLiteral("primary"));
    apply_->setToolTip(tr("Make this the mask: one undo step"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(message_, 1);
    row->addWidget(apply_);
    column.addLayout(row);
    connect(form_, &MaskBuilderForm::changed, this, [this] {
        touched_ = true;
        refreshPreview();
    });
    connect(apply_, &QPushButton::clicked, this, &MaskPanel::applyRecipe);
}

QToolButton* MaskPanel::operation(const QString& text, const QString& tip,
                                  void (MaskPanel::*run)()) {
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("chip"));
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, run);
    return button;
}

void MaskPanel::buildOperations(QVBoxLayout& column) {
    step_ = new QSpinBox(this);
    step_->setRange(1, kMostStep);
    step_->setValue(4);
    step_->setFixedWidth(44);
    step_->setAccessibleName(tr("Grow or shrink by so many frames"));
    step_->setToolTip(tr("Frames by which Grow and Shrink move each end"));
    keepArrowKeys(*step_);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(operation(tr("Invert"), tr("Mask what is not masked"), &MaskPanel::invert));
    row->addStretch(1);
    row->addWidget(operation(tr("Grow"), tr("Make every block longer"), &MaskPanel::grow));
    row->addWidget(step_);
    row->addWidget(operation(tr("Shrink"), tr("Make every block shorter"), &MaskPanel::shrink));
    row->addStretch(1);
    row->addWidget(operation(tr("Clear"), tr("Clear the whole mask"), &MaskPanel::clear));
    column.addLayout(row);
}

void MaskPanel::buildOptions(QVBoxLayout& column) {
    margin_ = new QSlider(Qt::Horizontal, this);
    margin_->setRange(0, kMostMargin);
    margin_->setAccessibleName(tr("Blend margin"));
    margin_->setToolTip(tr("Frames beside a block over which the new motion fades in. 0: a hard "
                           "cut."));
    keepArrowKeys(*margin_);
    marginText_ = new QLabel(this);
    marginText_->setObjectName(QStringLiteral("mono"));
    auto* name = new QLabel(tr("Blend margin"), this);
    name->setObjectName(QStringLiteral("secondary"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(name);
    row->addWidget(margin_, 1);
    row->addWidget(marginText_);
    column.addLayout(row);
    exact_ = new QCheckBox(tr("Exact outside blocks and margins"), this);
    exact_->setToolTip(tr("Frames outside stay the same to the last bit"));
    column.addWidget(exact_);
    const auto report = [this](bool finished) {
        content_.blendMargin = margin_->value();
        marginText_->setText(framesText(content_.blendMargin));
        Q_EMIT blendMarginChanged(content_.blendMargin, finished);
    };
    connect(margin_, &QSlider::valueChanged, this,
            [this, report] { report(!margin_->isSliderDown()); });
    connect(margin_, &QSlider::sliderReleased, this, [report] { report(true); });
    connect(exact_, &QCheckBox::toggled, this, [this](bool exact) {
        content_.exactOutside = exact;
        Q_EMIT exactOutsideChanged(exact);
    });
}

} // namespace gesture::app
