// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_picker.h"

#include "app/studio/theme/icons.h"
#include "app/studio/widgets/keep_keys.h"

#include <QGridLayout>
#include <QLocale>
#include <QSignalBlocker>

namespace gesture::app {

namespace {

constexpr int kLabelColumn = 56;

} // namespace

MapPicker::MapPicker(AttentionModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , theme_(&theme)
    , source_(new QComboBox(this))
    , window_(new QWidget(this))
    , previous_(new QToolButton(window_))
    , windowName_(new QLabel(window_))
    , next_(new QToolButton(window_))
    , part_(new PartPicker(model, theme, this))
    , follow_(new QCheckBox(tr("Follow playhead"), this))
    , compared_(new QComboBox(this))
    , compare_(
          new SegmentBar(tr("How to compare"), {{tr("Beside")}, {tr("Difference")}}, theme, this))
    , topShare_(new QSpinBox(this))
    , heads_(new HeadsGrid(model, theme, this))
    , weights_(new QLabel(this)) {
    buildWindow();
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(8);
    grid->setHorizontalSpacing(0);
    grid->setColumnMinimumWidth(0, kLabelColumn);
    grid->setColumnStretch(1, 1);
    addRow(*grid, tr("Source"), source_, source_);
    addRow(*grid, tr("Window"), window_, next_);
    addRow(*grid, tr("Part"), part_, &part_->bar());
    addRow(*grid, {}, follow_, nullptr);
    addRow(*grid, tr("Against"), compared_, compared_);
    addRow(*grid, {}, compare_, nullptr);
    addRow(*grid, tr("Mark"), topShare_, topShare_);
    auto* line = new QFrame(this);
    line->setFixedHeight(1);
    line->setObjectName(QStringLiteral("hairline"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(8);
    column->addLayout(grid);
    column->addWidget(line);
    column->addWidget(heads_, 1);
    column->addWidget(weights_);
    weights_->setObjectName(QStringLiteral("hint"));
    weights_->setWordWrap(true);
    topShare_->setRange(0, 100);
    topShare_->setSpecialValueText(tr("Nothing"));
    topShare_->setPrefix(tr("Top "));
    topShare_->setSuffix(tr(" % of frames"));
    topShare_->setToolTip(tr("Marks above the map which frames masking the most important ones of "
                             "the clip would choose"));
    compared_->setToolTip(tr("Another take or model of the same clip"));
    source_->setToolTip(tr("Take whose map is shown, and the model that says it"));
    for (QWidget* field : {static_cast<QWidget*>(source_), static_cast<QWidget*>(compared_),
                           static_cast<QWidget*>(topShare_)}) {
        keepArrowKeys(*field);
    }
    connect(source_, &QComboBox::activated, this, &MapPicker::sourceChosen);
    connect(compared_, &QComboBox::activated, this,
            [this](int index) { Q_EMIT comparisonChosen(compared_->itemData(index).toInt()); });
    connect(compare_, &SegmentBar::chosen, this, [this](int index) {
        model_.setCompare(index == 0 ? MapCompare::Beside : MapCompare::Difference);
    });
    connect(follow_, &QCheckBox::toggled, &model_, &AttentionModel::setFollow);
    connect(topShare_, &QSpinBox::valueChanged, this, [this](int percent) {
        model_.setTopShare(percent > 0 ? std::optional(percent / 100.0) : std::nullopt);
    });
    connect(heads_, &HeadsGrid::hinted, this, &MapPicker::hinted);
    connect(&model_, &AttentionModel::mapChanged, this, &MapPicker::refresh);
    connect(&model_, &AttentionModel::contentChanged, this, &MapPicker::refreshWeights);
    setTheme(theme);
    setSources({}, -1, -1);
    refreshWeights();
}

void MapPicker::buildWindow() {
    window_->setObjectName(QStringLiteral("stepper"));
    auto* row = new QHBoxLayout(window_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(previous_);
    row->addWidget(windowName_, 1);
    row->addWidget(next_);
    windowName_->setAlignment(Qt::AlignCenter);
    windowName_->setObjectName(QStringLiteral("stepperText"));
    const std::pair<QToolButton*, QString> steps[] = {{previous_, tr("Previous window")},
                                                      {next_, tr("Next window")}};
    for (const auto& [button, tip] : steps) {
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setFocusPolicy(Qt::TabFocus);
        button->setIconSize({12, 12});
        button->setAutoRepeat(true);
    }
    connect(previous_, &QToolButton::clicked, this, [this] { model_.stepWindow(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { model_.stepWindow(1); });
}

void MapPicker::addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* buddy) {
    const int row = grid.rowCount();
    grid.addWidget(field, row, 1);
    if (name.isEmpty()) return;
    auto* label = new QLabel(name, this);
    label->setObjectName(QStringLiteral("secondary"));
    grid.addWidget(label, row, 0);
    if (buddy == nullptr) return;
    label->setBuddy(buddy);
    if (buddy->accessibleName().isEmpty()) buddy->setAccessibleName(name);
}

void MapPicker::setTheme(const Theme& theme) {
    theme_ = &theme;
    part_->setTheme(theme);
    compare_->setTheme(theme);
    heads_->setTheme(theme);
    const IconColours colours{theme.tx2, theme.txd, theme.tx1};
    previous_->setIcon(themedIcon(QStringLiteral("chevron-left"), colours));
    next_->setIcon(themedIcon(QStringLiteral("chevron-right"), colours));
}

void MapPicker::setSources(const QStringList& names, int shown, int compared) {
    source_->clear();
    source_->addItems(names);
    source_->setCurrentIndex(shown);
    source_->setEnabled(names.size() > 1);
    compared_->clear();
    compared_->addItem(tr("Nothing"), -1);
    for (int i = 0; i < names.size(); ++i) {
        if (i != shown) compared_->addItem(names[i], i);
    }
    compared_->setCurrentIndex(std::max(0, compared_->findData(compared)));
    compared_->setEnabled(names.size() > 1);
    refresh();
}

void MapPicker::refresh() {
    windowName_->setText(model_.windowTitle());
    const bool map = model_.content().hasMap();
    const std::size_t count = map ? model_.content().analysis->windows().size() : 0;
    previous_->setEnabled(map && model_.window() > 0);
    next_->setEnabled(map && model_.window() + 1 < count);
    const QSignalBlocker blocker(follow_);
    follow_->setChecked(model_.follow());
    compare_->setVisible(model_.comparison().has_value());
    const MapCompare compare = model_.compare();
    compare_->setCurrent(compare == MapCompare::Off ? -1 : (compare == MapCompare::Beside ? 0 : 1));
}

void MapPicker::refreshWeights() {
    QStringList texts;
    if (model_.content().hasMap()) {
        const auto weights = partWeights(*model_.content().analysis);
        for (const motion::BodyPart part : model_.content().analysis->parts()) {
            texts.append(tr("%1 %2", "part, weight")
                             .arg(partName(part), QLocale().toString(weights[part], 'f', 2)));
        }
    }
    weights_->setVisible(!texts.isEmpty());
    weights_->setText(tr("Learnt weights of the parts: %1. From a second, unmasked pass over the "
                         "finished motion.")
                          .arg(texts.join(QStringLiteral(" · "))));
    weights_->setToolTip(tr("The fused importance is the sum of the parts' importance times these "
                            "weights, found from the map itself."));
    refresh();
}

} // namespace gesture::app
