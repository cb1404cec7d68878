// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/generate_panel.h"

#include "app/studio/theme/icons.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>

#include <utility>

namespace gesture::app {

namespace {

constexpr int kMaxTakes = 9;
constexpr int kLabelColumn = 72;
constexpr int kVariationSteps = 100;

/// A label and a control in one line, labels in one column.
QHBoxLayout* rowOf(const QString& label, QWidget* control, QWidget* parent) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* text = new QLabel(label, parent);
    text->setObjectName(QStringLiteral("secondary"));
    text->setFixedWidth(kLabelColumn);
    text->setBuddy(control);
    control->setAccessibleName(label);
    row->addWidget(text);
    row->addWidget(control, 1);
    return row;
}

QString percentless(double value) { return QLocale().toString(value, 'f', 2); }

} // namespace

GeneratePanel::GeneratePanel(const Theme& theme, QWidget* parent)
    : PanelFrame(tr("Generate"), theme, parent) {
    buildSource();
    buildModel();
    buildMore();
    buildButtons();
    body().addStretch(1);
    setContent({});
    setTheme(theme);
}

void GeneratePanel::buildSource() {
    source_ = new QFrame(this);
    source_->setObjectName(QStringLiteral("card"));
    source_->setFixedHeight(44);
    auto* row = new QHBoxLayout(source_);
    row->setContentsMargins(10, 0, 6, 0);
    sourceIcon_ = new QLabel(source_);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->setContentsMargins(0, 5, 0, 5);
    sourceName_ = new QLabel(source_);
    sourceName_->setObjectName(QStringLiteral("title"));
    sourceDetail_ = new QLabel(source_);
    sourceDetail_->setObjectName(QStringLiteral("hint"));
    texts->addWidget(sourceName_);
    texts->addWidget(sourceDetail_);
    row->addWidget(sourceIcon_);
    row->addLayout(texts, 1);
    QToolButton& open = addTool(QStringLiteral("folder2-open"), tr("Open a sound or a project"));
    connect(&open, &QToolButton::clicked, this, &GeneratePanel::openRequested);
    body().addWidget(source_);
}

void GeneratePanel::buildModel() {
    model_ = new QComboBox(this);
    model_->setToolTip(tr("The bundle of networks that makes the motion"));
    connect(model_, &QComboBox::activated, this, [this](int index) {
        change([&](project::GenerateSettings& settings) {
            settings.bundle = model_->itemData(index).toString().toStdString();
            settings.options.speaker = -1;
        });
    });
    speaker_ = new QComboBox(this);
    speaker_->setToolTip(tr("Whose way of moving"));
    connect(speaker_, &QComboBox::activated, this, [this](int index) {
        change([&](project::GenerateSettings& settings) {
            settings.options.speaker = speaker_->itemData(index).toInt();
        });
    });
    takes_ = new QSpinBox(this);
    takes_->setRange(1, kMaxTakes);
    takes_->setFixedWidth(64);
    connect(takes_, &QSpinBox::valueChanged, this, [this](int count) {
        change([&](project::GenerateSettings& settings) { settings.takes = count; });
    });
    variation_ = new QSlider(Qt::Horizontal, this);
    variation_->setRange(0, kVariationSteps);
    variation_->setToolTip(tr("0: the likeliest motion. More: less likely, more varied."));
    variationValue_ = new QLabel(this);
    variationValue_->setObjectName(QStringLiteral("mono"));
    connect(variation_, &QSlider::valueChanged, this, [this](int step) {
        change([&](project::GenerateSettings& settings) {
            for (inference::Sampling& part : settings.options.sampling.values)
                part.temperature = static_cast<double>(step) / kVariationSteps;
        });
    });
    body().addLayout(rowOf(tr("Model"), model_, this));
    body().addLayout(rowOf(tr("Speaker"), speaker_, this));
    QHBoxLayout* takes = rowOf(tr("Takes"), takes_, this);
    takes->addStretch(2);
    body().addLayout(takes);
    QHBoxLayout* variation = rowOf(tr("Variation"), variation_, this);
    variation->addWidget(variationValue_);
    body().addLayout(variation);
}

void GeneratePanel::buildMore() {
    more_ = new QToolButton(this);
    more_->setObjectName(QStringLiteral("disclosure"));
    more_->setText(tr("More: seed pose, root motion, device"));
    more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    more_->setCheckable(true);
    more_->setToolTip(tr("Settings that are rarely changed"));
    more_->setIconSize({12, 12});
    body().addWidget(more_);
    moreRows_ = new QWidget(this);
    auto* rows = new QVBoxLayout(moreRows_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(7);
    pose_ = new QComboBox(this);
    pose_->setToolTip(tr("What the motion begins with"));
    connect(pose_, &QComboBox::activated, this, [this](int index) {
        const QString pose = pose_->itemData(index).toString();
        if (pose == QStringLiteral("file")) return Q_EMIT startPoseRequested();
        change(
            [&](project::GenerateSettings& settings) { settings.startPose = pose.toStdString(); });
    });
    root_ = new QComboBox(this);
    root_->addItems({tr("Full"), tr("In place"), tr("Lock feet"), tr("None")});
    root_->setToolTip(tr("Where the body goes"));
    connect(root_, &QComboBox::activated, this, [this](int index) {
        change([&](project::GenerateSettings& settings) {
            settings.options.root = static_cast<inference::RootMotion>(index);
        });
    });
    seed_ = new QSpinBox(this);
    seed_->setRange(0, 1'000'000);
    seed_->setToolTip(tr("The same seed gives the same motion"));
    connect(seed_, &QSpinBox::valueChanged, this, [this](int seed) {
        change([&](project::GenerateSettings& settings) {
            settings.options.seed = static_cast<std::uint64_t>(seed);
        });
    });
    device_ = new QComboBox(this);
    for (const char* name : {"auto", "cpu", "cuda"})
        device_->addItem(QString(), QString::fromLatin1(name));
    device_->setItemText(0, tr("Automatic"));
    device_->setItemText(1, tr("Processor"));
    device_->setItemText(2, tr("Graphics card"));
    connect(device_, &QComboBox::activated, this, [this](int index) {
        change([&](project::GenerateSettings& settings) {
            settings.device = device_->itemData(index).toString().toStdString();
        });
    });
    rows->addLayout(rowOf(tr("Seed pose"), pose_, this));
    rows->addLayout(rowOf(tr("Root"), root_, this));
    rows->addLayout(rowOf(tr("Seed"), seed_, this));
    rows->addLayout(rowOf(tr("Device"), device_, this));
    body().addWidget(moreRows_);
    moreRows_->hide();
    connect(more_, &QToolButton::toggled, this, [this](bool open) {
        moreRows_->setVisible(open);
        setTheme(theme());
    });
}

void GeneratePanel::buildButtons() {
    remarkRow_ = new QWidget(this);
    auto* remarks = new QHBoxLayout(remarkRow_);
    remarks->setContentsMargins(0, 0, 0, 0);
    remarkIcon_ = new QLabel(remarkRow_);
    remark_ = new QLabel(remarkRow_);
    remark_->setObjectName(QStringLiteral("secondary"));
    remark_->setWordWrap(true);
    remarks->addWidget(remarkIcon_);
    remarks->addWidget(remark_, 1);
    body().addWidget(remarkRow_);
    regenerate_ = new QPushButton(tr("Regenerate mask"), this);
    regenerate_->setToolTip(tr("Regenerate the masked frames (Ctrl+R)"));
    newTakes_ = new QPushButton(tr("New takes"), this);
    newTakes_->setToolTip(tr("Generate new takes of the whole clip (Ctrl+G)"));
    cancel_ = new QPushButton(tr("Cancel"), this);
    cancel_->setToolTip(tr("Cancel the running generation (Esc)"));
    connect(regenerate_, &QPushButton::clicked, this, &GeneratePanel::regenerateRequested);
    connect(newTakes_, &QPushButton::clicked, this, &GeneratePanel::newTakesRequested);
    connect(cancel_, &QPushButton::clicked, this, &GeneratePanel::cancelRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(regenerate_, 1);
    buttons->addWidget(newTakes_, 1);
    buttons->addWidget(cancel_, 1);
    body().addSpacing(2);
    body().addLayout(buttons);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    progress_ = new QLabel(this);
    progress_->setObjectName(QStringLiteral("mono"));
    body().addWidget(bar_);
    body().addWidget(progress_);
}

const BundleChoice* GeneratePanel::bundle() const {
    return findBundle(content_.bundles, content_.settings.bundle);
}

void GeneratePanel::change(const std::function<void(project::GenerateSettings&)>& edit) {
    project::GenerateSettings settings = content_.settings;
    edit(settings);
    if (settings != content_.settings) Q_EMIT settingsChanged(settings);
}

void GeneratePanel::setContent(const GenerateContent& content) {
    content_ = content;
    const project::GenerateSettings& settings = content_.settings;
    const bool open = !content_.sourceName.isEmpty();
    sourceName_->setText(open ? content_.sourceName : tr("No sound is open"));
    sourceDetail_->setText(open ? content_.sourceDetail : tr("Drop one here, or press Ctrl+O."));
    fillModel();
    fillSpeaker();
    const QSignalBlocker quiet[] = {QSignalBlocker(takes_), QSignalBlocker(variation_),
                                    QSignalBlocker(seed_)};
    const double temperature = settings.options.sampling.values.front().temperature;
    takes_->setValue(temperature > 0 ? settings.takes : 1);
    takes_->setEnabled(temperature > 0);
    takes_->setToolTip(temperature > 0
                           ? tr("How many takes are made")
                           : tr("With variation 0 all takes would be the same: there is one."));
    variation_->setValue(qRound(temperature * kVariationSteps));
    variationValue_->setText(percentless(temperature));
    seed_->setValue(static_cast<int>(settings.options.seed));
    root_->setCurrentIndex(static_cast<int>(settings.options.root));
    device_->setCurrentIndex(
        std::max(0, device_->findData(QString::fromStdString(settings.device))));
    pose_->clear();
    pose_->addItem(tr("Rest"), QStringLiteral("rest"));
    pose_->addItem(tr("From this clip"), QStringLiteral("clip"));
    const QString pose = QString::fromStdString(settings.startPose);
    if (pose_->findData(pose) < 0) pose_->addItem(pose.section(QLatin1Char('/'), -1), pose);
    pose_->setCurrentIndex(pose_->findData(pose));
    pose_->addItem(tr("From a file…"), QStringLiteral("file"));
    remark_->setText(content_.remark);
    remarkRow_->setVisible(!content_.remark.isEmpty());
    showButtons();
}

void GeneratePanel::fillModel() {
    model_->clear();
    for (const BundleChoice& choice : content_.bundles) {
        model_->addItem(QString::fromStdString(choice.title), QString::fromStdString(choice.name));
    }
    const BundleChoice* const chosen = bundle();
    if (content_.bundles.empty()) {
        model_->addItem(tr("No bundle is installed"));
        model_->setToolTip(tr("A bundle holds the networks. gesture weights convert makes one of "
                              "released weights."));
    } else if (chosen == nullptr) {
        model_->addItem(tr("%1 (missing)").arg(QString::fromStdString(content_.settings.bundle)),
                        QString::fromStdString(content_.settings.bundle));
        model_->setCurrentIndex(model_->count() - 1);
    } else {
        model_->setCurrentIndex(model_->findData(QString::fromStdString(chosen->name)));
    }
    model_->setEnabled(!content_.bundles.empty());
}

void GeneratePanel::fillSpeaker() {
    speaker_->clear();
    const BundleChoice* const chosen = bundle();
    const int count = chosen == nullptr ? 0 : chosen->speakers;
    for (int speaker = 0; speaker < count; ++speaker)
        speaker_->addItem(tr("Speaker %1").arg(speaker + 1), speaker);
    const int wanted = content_.settings.options.speaker;
    if (chosen != nullptr)
        speaker_->setCurrentIndex(wanted < 0 ? chosen->defaultSpeaker
                                             : std::min(wanted, count - 1));
    speaker_->setEnabled(count > 1);
}

void GeneratePanel::showButtons() {
    const bool runs = content_.running.has_value();
    const bool able = !content_.sourceName.isEmpty() && bundle() != nullptr;
    regenerate_->setVisible(!runs);
    newTakes_->setVisible(!runs);
    cancel_->setVisible(runs);
    bar_->setVisible(runs);
    progress_->setVisible(runs);
    regenerate_->setEnabled(able && bundle()->hasNetworks && content_.masked);
    newTakes_->setEnabled(able);
    const QString reason = able ? QString() : content_.obstacle;
    newTakes_->setToolTip(!reason.isEmpty() ? reason
                                            : tr("Generate new takes of the whole clip (Ctrl+G)"));
    regenerate_->setToolTip(!reason.isEmpty()  ? reason
                            : !content_.masked ? tr("Nothing is masked. Paint on the part lanes.")
                                               : tr("Regenerate the masked frames (Ctrl+R)"));
    const auto dress = [](QPushButton* button, bool primary) {
        const QString name = primary ? QStringLiteral("primary") : QStringLiteral("wide");
        if (button->objectName() == name) return;
        button->setObjectName(name);
        button->style()->polish(button);
    };
    dress(regenerate_, content_.masked);
    dress(newTakes_, !content_.masked);
    if (!runs) return;
    bar_->setRange(0, content_.running->share < 0 ? 0 : 1000);
    bar_->setValue(qRound(content_.running->share * 1000));
    progress_->setText(
        content_.running->left.isEmpty()
            ? content_.running->text
            : QStringLiteral("%1 · %2").arg(content_.running->text, content_.running->left));
}

void GeneratePanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    const double ratio = devicePixelRatioF();
    sourceIcon_->setPixmap(iconPixmap(QStringLiteral("soundwave"), theme.acc, 20, ratio));
    remarkIcon_->setPixmap(
        iconPixmap(QStringLiteral("exclamation-triangle"), theme.warn, 14, ratio));
    more_->setIcon(themedIcon(more_->isChecked() ? QStringLiteral("chevron-down")
                                                 : QStringLiteral("chevron-right"),
                              {theme.tx2, theme.txd, theme.tx2}));
    regenerate_->setIcon(
        themedIcon(QStringLiteral("magic"), {theme.acctx, theme.txd, theme.acctx}));
}

} // namespace gesture::app
