// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/mask_builder_form.h"

#include "app/studio/widgets/keep_keys.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QRegularExpression>

namespace gesture::app {

namespace {

constexpr int kSteps = 100;             ///< Of the threshold.
constexpr double kMostImportance = 4.0; ///< Times the average.
constexpr int kPercent = 0;
enum Field { ThresholdField, TopField, ShareField, WordsField, NoField };

Field fieldOf(MaskBuilder builder) {
    switch (builder) {
    case MaskBuilder::Score:
    case MaskBuilder::Importance:
        return ThresholdField;
    case MaskBuilder::Top:
        return TopField;
    case MaskBuilder::Random:
    case MaskBuilder::Loss:
        return ShareField;
    case MaskBuilder::Words:
        return WordsField;
    case MaskBuilder::Selection:
        break;
    }
    return NoField;
}

/// A row in the stack of fields.
QHBoxLayout* addPage(QStackedWidget& stack) {
    auto* page = new QWidget(&stack);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    stack.addWidget(page);
    return row;
}

} // namespace

MaskBuilderForm::MaskBuilderForm(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , builder_(new QComboBox(this))
    , fields_(new QStackedWidget(this))
    , join_(
          new SegmentBar(tr("Join"), {{tr("Replace")}, {tr("Add")}, {tr("Remove")}}, theme, this)) {
    const std::pair<QString, MaskBuilder> builders[] = {
        {tr("Score above"), MaskBuilder::Score},
        {tr("Importance above"), MaskBuilder::Importance},
        {tr("Most important"), MaskBuilder::Top},
        {tr("Random"), MaskBuilder::Random},
        {tr("Least expected (loss)"), MaskBuilder::Loss},
        {tr("Words"), MaskBuilder::Words},
        {tr("Selection"), MaskBuilder::Selection}};
    for (const auto& [name, builder] : builders) {
        builder_->addItem(name, static_cast<int>(builder));
    }
    builder_->setAccessibleName(tr("Build from"));
    builder_->setToolTip(tr("What the mask is built from"));
    keepArrowKeys(*builder_);
    addThreshold();
    addTop(theme);
    addShare();
    addWords();
    addPage(*fields_);
    fields_->setFixedHeight(26);
    join_->setCurrent(0);
    join_->setToolTip(tr("Whether the frames found replace the mask, are added to it, or are taken "
                         "out of it"));
    auto* name = new QLabel(tr("Build"), this);
    name->setObjectName(QStringLiteral("secondary"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    grid->setColumnMinimumWidth(0, 48);
    grid->setColumnStretch(1, 1);
    grid->addWidget(name, 0, 0);
    grid->addWidget(builder_, 0, 1);
    grid->addWidget(fields_, 1, 1);
    grid->addWidget(join_, 2, 1);
    connect(builder_, &QComboBox::currentIndexChanged, this, [this] {
        showFields();
        Q_EMIT changed();
    });
    connect(join_, &SegmentBar::chosen, this, &MaskBuilderForm::changed);
    showFields();
}

void MaskBuilderForm::addThreshold() {
    threshold_ = new QSlider(Qt::Horizontal, this);
    threshold_->setRange(0, kSteps);
    threshold_->setValue(kSteps / 2);
    threshold_->setAccessibleName(tr("Threshold"));
    threshold_->setToolTip(tr("Frames above it are masked. Importance: 1 is the average of a "
                              "window."));
    keepArrowKeys(*threshold_);
    thresholdText_ = new QLabel(this);
    thresholdText_->setObjectName(QStringLiteral("mono"));
    thresholdText_->setMinimumWidth(36);
    auto* row = addPage(*fields_);
    row->addWidget(threshold_, 1);
    row->addWidget(thresholdText_);
    connect(threshold_, &QSlider::valueChanged, this, [this] {
        showFields();
        Q_EMIT changed();
    });
}

void MaskBuilderForm::addTop(const Theme& theme) {
    top_ = new QSpinBox(this);
    top_->setRange(1, 100);
    top_->setValue(20);
    top_->setAccessibleName(tr("How many"));
    top_->setToolTip(tr("So many of the most important frames, of the whole clip"));
    keepArrowKeys(*top_);
    topUnit_ = new SegmentBar(tr("Counted in"), {{tr("%")}, {tr("frames")}}, theme, this);
    topUnit_->setCurrent(kPercent);
    auto* row = addPage(*fields_);
    row->addWidget(top_, 1);
    row->addWidget(topUnit_);
    connect(top_, &QSpinBox::valueChanged, this, &MaskBuilderForm::changed);
    connect(topUnit_, &SegmentBar::chosen, this, [this](int unit) {
        constexpr int kMostFrames = 1'000'000;
        top_->setRange(1, unit == kPercent ? 100 : kMostFrames);
        Q_EMIT changed();
    });
}

void MaskBuilderForm::addShare() {
    share_ = new QSpinBox(this);
    share_->setRange(1, 100);
    share_->setValue(20);
    share_->setSuffix(tr(" %"));
    share_->setAccessibleName(tr("Share of the clip"));
    share_->setToolTip(tr("Share of the clip that is masked"));
    seed_ = new QSpinBox(this);
    seed_->setRange(0, 999'999);
    seed_->setValue(1);
    seed_->setAccessibleName(tr("Seed"));
    seed_->setToolTip(tr("Another seed draws other frames; the same one the same"));
    seedName_ = new QLabel(tr("Seed"), this);
    seedName_->setObjectName(QStringLiteral("secondary"));
    auto* row = addPage(*fields_);
    row->addWidget(share_, 1);
    row->addWidget(seedName_);
    row->addWidget(seed_, 1);
    for (QSpinBox* box : {share_, seed_}) {
        keepArrowKeys(*box);
        connect(box, &QSpinBox::valueChanged, this, &MaskBuilderForm::changed);
    }
}

void MaskBuilderForm::addWords() {
    words_ = new QLineEdit(this);
    words_->setPlaceholderText(tr("whole, valley"));
    words_->setAccessibleName(tr("Words"));
    words_->setToolTip(tr("Every place where one of these words is said"));
    addPage(*fields_)->addWidget(words_, 1);
    connect(words_, &QLineEdit::textChanged, this, &MaskBuilderForm::changed);
}

void MaskBuilderForm::choose(MaskBuilder builder) {
    builder_->setCurrentIndex(builder_->findData(static_cast<int>(builder)));
}

void MaskBuilderForm::showFields() {
    const MaskRecipe now = recipe();
    fields_->setCurrentIndex(fieldOf(now.builder));
    seedName_->setVisible(now.builder == MaskBuilder::Random);
    seed_->setVisible(now.builder == MaskBuilder::Random);
    thresholdText_->setText(QLocale().toString(now.threshold, 'f', 2));
}

MaskRecipe MaskBuilderForm::recipe() const {
    MaskRecipe recipe;
    recipe.builder = static_cast<MaskBuilder>(builder_->currentData().toInt());
    recipe.join = static_cast<MaskJoin>(join_->current());
    const double most = recipe.builder == MaskBuilder::Importance ? kMostImportance : 1.0;
    recipe.threshold = threshold_->value() * most / kSteps;
    recipe.share = share_->value() / 100.0;
    if (recipe.builder == MaskBuilder::Top) {
        const bool percent = topUnit_->current() == kPercent;
        recipe.share = top_->value() / 100.0;
        recipe.frames = percent ? 0 : top_->value();
    }
    recipe.seed = static_cast<std::uint64_t>(seed_->value());
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    for (const QString& word : words_->text().split(separators, Qt::SkipEmptyParts)) {
        recipe.words.push_back(word.toStdString());
    }
    return recipe;
}

} // namespace gesture::app
