// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_controls.h"

#include "app/studio/widgets/keep_keys.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QSignalBlocker>

#include <algorithm>

namespace gesture::app {

namespace {

/// The parts of a map in the order in which they are shown, then all.
constexpr motion::BodyPart kParts[] = {motion::BodyPart::Upper, motion::BodyPart::Hands,
                                       motion::BodyPart::Lower};
constexpr int kAll = 3;

QIcon swatch(io::ColourMap map) {
    const ColourTable& table = colourTable(map);
    QImage colours(256, 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i) {
        colours.setPixel(i, 0, table[static_cast<std::size_t>(i)]);
    }
    return QPixmap::fromImage(colours.scaled(32, 10));
}

QLabel* label(const QString& text, QWidget& of, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    made->setObjectName(QStringLiteral("secondary"));
    made->setBuddy(&of);
    of.setAccessibleName(text);
    return made;
}

void fill(QComboBox& box, const std::vector<int>& kept, const QString& mean) {
    const QSignalBlocker blocker(box);
    box.clear();
    box.addItem(mean, QVariant());
    for (const int number : kept) {
        if (number >= 0) box.addItem(QString::number(number + 1), number);
    }
}

QString meanText(const std::vector<int>& kept) {
    return kept.size() < 2 ? LayerHeadPicker::tr("Mean")
                           : LayerHeadPicker::tr("Mean of %1").arg(kept.size());
}

std::optional<int> chosenIn(const QComboBox& box) {
    const QVariant data = box.currentData();
    return data.isValid() ? std::optional<int>(data.toInt()) : std::nullopt;
}

void showIn(QComboBox& box, std::optional<int> number) {
    const QSignalBlocker blocker(box);
    const int index = number ? box.findData(*number) : 0;
    box.setCurrentIndex(std::max(index, 0));
}

} // namespace

PartPicker::PartPicker(AttentionModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , bar_(new SegmentBar(tr("Part"),
                          {{tr("Upper"), &Theme::upper},
                           {tr("Hands"), &Theme::hands},
                           {tr("Lower"), &Theme::lower},
                           {tr("All")}},
                          theme, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(bar_);
    bar_->setToolTip(tr("Part whose map is shown; All: by the learnt weights of the parts. The "
                        "face has no map."));
    connect(bar_, &SegmentBar::chosen, this, [this](int index) {
        MapSelection map = model_.map();
        map.part = index == kAll ? std::nullopt : std::optional(kParts[index]);
        model_.setMap(map);
    });
    connect(&model_, &AttentionModel::mapChanged, this, &PartPicker::refresh);
    refresh();
}

void PartPicker::refresh() {
    const auto& part = model_.map().part;
    for (int i = 0; i < kAll; ++i) {
        bool known = !model_.content().hasMap();
        if (!known) {
            const auto& parts = model_.content().analysis->parts();
            known = std::find(parts.begin(), parts.end(), kParts[i]) != parts.end();
        }
        bar_->setSegmentEnabled(i, known);
        if (part == kParts[i]) bar_->setCurrent(i);
    }
    if (!part) bar_->setCurrent(kAll);
}

LayerHeadPicker::LayerHeadPicker(AttentionModel& model, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , layer_(new QComboBox(this))
    , head_(new QComboBox(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label(tr("Layer"), *layer_, this));
    row->addWidget(layer_, 1);
    row->addSpacing(4);
    row->addWidget(label(tr("Head"), *head_, this));
    row->addWidget(head_, 1);
    layer_->setToolTip(tr("Layer of the network, or the mean of all (wheel in the map)"));
    head_->setToolTip(tr("Head of the layer, or the mean of all"));
    for (QComboBox* box : {layer_, head_}) {
        keepArrowKeys(*box);
        connect(box, &QComboBox::activated, this, [this] { choose(); });
    }
    connect(&model_, &AttentionModel::mapChanged, this, &LayerHeadPicker::refresh);
    refresh();
}

void LayerHeadPicker::refresh() {
    const AttentionContent& content = model_.content();
    if (content.analysis != filledFrom_ || layer_->count() == 0) {
        static const std::vector<int> none;
        const auto& layers = content.hasMap() ? content.analysis->layers() : none;
        const auto& heads = content.hasMap() ? content.analysis->heads() : none;
        fill(*layer_, layers, meanText(layers));
        fill(*head_, heads, meanText(heads));
        filledFrom_ = content.analysis;
    }
    showIn(*layer_, model_.shownMap().layer);
    showIn(*head_, model_.shownMap().head);
    setEnabled(content.hasMap());
}

void LayerHeadPicker::choose() {
    model_.setMap({model_.map().part, chosenIn(*layer_), chosenIn(*head_), {}});
}

LookPicker::LookPicker(AttentionModel& model, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , colours_(new QComboBox(this))
    , scale_(new QComboBox(this))
    , normalise_(new QComboBox(this))
    , largest_(new QDoubleSpinBox(this)) {
    for (const auto& [name, map] : {std::pair(tr("Inferno"), io::ColourMap::Inferno),
                                    std::pair(tr("Viridis"), io::ColourMap::Viridis),
                                    std::pair(tr("Magma"), io::ColourMap::Magma),
                                    std::pair(tr("Cividis"), io::ColourMap::Cividis),
                                    std::pair(tr("Greys"), io::ColourMap::Greys)}) {
        colours_->addItem(swatch(map), name, static_cast<int>(map));
    }
    colours_->setIconSize({20, 10});
    scale_->addItems({tr("Linear"), tr("Gamma 0.7"), tr("Log")});
    normalise_->addItems({tr("Row"), tr("Whole window"), tr("All windows")});
    largest_->setRange(0.0, 1.0);
    largest_->setDecimals(3);
    largest_->setSingleStep(0.01);
    largest_->setSpecialValueText(tr("Auto"));
    largest_->setToolTip(tr("Upper end of the colours; Auto: the largest weight. A fixed one makes "
                            "maps comparable."));
    colours_->setToolTip(tr("Colours of the map, the same in both themes"));
    scale_->setToolTip(tr("How weights become colours; Log shows 1/1000 of the largest as none"));
    normalise_->setToolTip(tr("What the largest is taken from"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const std::pair<QString, QWidget*> fields[] = {{tr("Colour"), colours_},
                                                   {tr("Scale"), scale_},
                                                   {tr("Normalise"), normalise_},
                                                   {tr("Max"), largest_}};
    for (const auto& [name, field] : fields) {
        row->addWidget(label(name, *field, this));
        row->addWidget(field);
        row->addSpacing(4);
        keepArrowKeys(*field);
    }
    row->addStretch(1);
    for (QComboBox* box : {colours_, scale_, normalise_}) {
        connect(box, &QComboBox::activated, this, [this] { choose(); });
    }
    connect(largest_, &QDoubleSpinBox::valueChanged, this, [this] { choose(); });
    connect(&model_, &AttentionModel::lookChanged, this, &LookPicker::refresh);
    refresh();
}

void LookPicker::refresh() {
    const MapLook& look = model_.look();
    const QSignalBlocker blocker(largest_);
    colours_->setCurrentIndex(colours_->findData(static_cast<int>(look.colours)));
    scale_->setCurrentIndex(static_cast<int>(look.scale));
    normalise_->setCurrentIndex(static_cast<int>(look.normalise));
    largest_->setValue(look.fixedLargest.value_or(0.0));
}

void LookPicker::choose() {
    MapLook look;
    look.colours = static_cast<io::ColourMap>(colours_->currentData().toInt());
    look.scale = static_cast<MapScale>(scale_->currentIndex());
    look.normalise = static_cast<MapNormalise>(normalise_->currentIndex());
    if (largest_->value() > 0) look.fixedLargest = largest_->value();
    model_.setLook(look);
}

} // namespace gesture::app
