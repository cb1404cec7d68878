// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/figure_panel.h"

#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kLabelColumn = 84;
constexpr double kSingleWidth = 120.0;

/// Letters that every file system takes.
QString fileName(QString text) {
    static const QRegularExpression others(QStringLiteral("[^\\p{L}\\p{N}]+"));
    text.replace(others, QStringLiteral("-"));
    return text.toLower();
}

} // namespace

FigurePanel::FigurePanel(AttentionModel& model, Executor& executor, const Theme& theme,
                         QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , executor_(executor)
    , files_(new QLabel(this))
    , result_(new QLabel(this))
    , progress_(new QProgressBar(this))
    , export_(new QPushButton(tr("Export"), this))
    , show_(new QPushButton(tr("Show in folder"), this)) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, kLabelColumn);
    grid->setColumnStretch(1, 1);
    buildWhat(*grid, theme);
    buildLook(*grid);
    buildTarget(*grid);
    files_->setObjectName(QStringLiteral("hint"));
    files_->setWordWrap(true);
    result_->setObjectName(QStringLiteral("secondary"));
    result_->setWordWrap(true);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    export_->setObjectName(QStringLiteral("primary"));
    export_->setDefault(true);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(result_, 1);
    foot->addWidget(show_);
    foot->addWidget(export_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(grid);
    column->addWidget(files_);
    column->addStretch(1);
    column->addWidget(progress_);
    column->addLayout(foot);
    connect(export_, &QPushButton::clicked, this, [this] { running_ ? cancel() : start(); });
    connect(show_, &QPushButton::clicked, this,
            [this] { Q_EMIT showInFolderRequested(folder_->text()); });
    connect(&model_, &AttentionModel::mapChanged, this, &FigurePanel::suggest);
    show_->hide();
    setFolder(QDir::homePath());
    suggest();
}

FigurePanel::~FigurePanel() { stop_.request_stop(); }

void FigurePanel::setTheme(const Theme& theme) { range_->setTheme(theme); }

void FigurePanel::addRow(QGridLayout& grid, const QString& name, QWidget* field, QWidget* named) {
    const int row = grid.rowCount();
    auto* label = new QLabel(name, this);
    label->setObjectName(QStringLiteral("secondary"));
    label->setBuddy(named);
    if (named->accessibleName().isEmpty()) named->setAccessibleName(name);
    grid.addWidget(label, row, 0);
    grid.addWidget(field, row, 1);
}

void FigurePanel::buildWhat(QGridLayout& grid, const Theme& theme) {
    auto* boxes = new QWidget(this);
    auto* row = new QHBoxLayout(boxes);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    const std::pair<QString, QString> names[] = {
        {QStringLiteral("SVG"), tr("Vector graphics with text, for the web and Inkscape")},
        {QStringLiteral("PDF"), tr("Vector graphics with text, for papers")},
        {QStringLiteral("PNG"), tr("Picture")},
        {QStringLiteral("CSV"), tr("The numbers as a table with words")},
        {QStringLiteral("NPY"), tr("The numbers as a NumPy array (speech, motion), float32")}};
    for (std::size_t i = 0; i < formats_.size(); ++i) {
        formats_[i] = new QCheckBox(names[i].first, boxes);
        formats_[i]->setToolTip(names[i].second);
        row->addWidget(formats_[i]);
        connect(formats_[i], &QCheckBox::toggled, this, &FigurePanel::refresh);
    }
    row->addStretch(1);
    formats_[1]->setChecked(true);
    addRow(grid, tr("Formats"), boxes, formats_[0]);
    range_ =
        new SegmentBar(tr("Frames"), {{tr("This window")}, {tr("Selected time")}}, theme, this);
    range_->setCurrent(0);
    range_->setToolTip(tr("The window as the network saw it, or a longer stretch, where frames "
                          "that two windows share are averaged"));
    addRow(grid, tr("Frames"), range_, range_);
    connect(range_, &SegmentBar::chosen, this, &FigurePanel::refresh);
}

void FigurePanel::buildLook(QGridLayout& grid) {
    width_ = new QDoubleSpinBox(this);
    width_->setRange(40, 400);
    width_->setDecimals(1);
    width_->setValue(kSingleWidth);
    width_->setSuffix(tr(" mm"));
    width_->setToolTip(tr("Width on paper; letters keep their size"));
    resolution_ = new QSpinBox(this);
    resolution_->setRange(72, 1200);
    resolution_->setValue(300);
    resolution_->setSuffix(tr(" dpi"));
    resolution_->setToolTip(tr("Of the PNG"));
    largest_ = new QDoubleSpinBox(this);
    largest_->setRange(0, 1);
    largest_->setDecimals(3);
    largest_->setSingleStep(0.01);
    largest_->setSpecialValueText(tr("Largest weight"));
    largest_->setToolTip(tr("Upper end of the colour bar. A fixed one makes figures comparable; "
                            "the scale of figures is linear."));
    colours_ = new QComboBox(this);
    for (const auto& [name, map] : {std::pair(tr("Inferno"), io::ColourMap::Inferno),
                                    std::pair(tr("Viridis"), io::ColourMap::Viridis),
                                    std::pair(tr("Magma"), io::ColourMap::Magma),
                                    std::pair(tr("Cividis"), io::ColourMap::Cividis),
                                    std::pair(tr("Greys"), io::ColourMap::Greys)}) {
        colours_->addItem(name, static_cast<int>(map));
    }
    colours_->setToolTip(tr("Colours of the figure"));
    addRow(grid, tr("Width"), width_, width_);
    addRow(grid, tr("Resolution"), resolution_, resolution_);
    addRow(grid, tr("Scale to"), largest_, largest_);
    addRow(grid, tr("Colour"), colours_, colours_);
}

void FigurePanel::buildTarget(QGridLayout& grid) {
    auto* target = new QWidget(this);
    auto* row = new QHBoxLayout(target);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    folder_ = new QLineEdit(target);
    folder_->setToolTip(tr("Folder of the files; it is made when it is not there"));
    auto* choose = new QPushButton(tr("Choose…"), target);
    choose->setToolTip(tr("Choose the folder"));
    row->addWidget(folder_, 1);
    row->addWidget(choose);
    name_ = new QLineEdit(this);
    name_->setToolTip(tr("Name of the files without extension"));
    addRow(grid, tr("Folder"), target, folder_);
    addRow(grid, tr("Name"), name_, name_);
    connect(choose, &QPushButton::clicked, this, &FigurePanel::chooseFolder);
    connect(name_, &QLineEdit::textChanged, this, &FigurePanel::refresh);
    connect(folder_, &QLineEdit::textChanged, this, &FigurePanel::refresh);
}

void FigurePanel::setFolder(const QString& folder) { folder_->setText(folder); }

void FigurePanel::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder of the figures"), folder_->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FigurePanel::setFolder);
    dialog->open();
}

void FigurePanel::suggest() {
    colours_->setCurrentIndex(colours_->findData(static_cast<int>(model_.look().colours)));
    largest_->setValue(model_.look().fixedLargest.value_or(0));
    const MapTable& table = model_.table();
    const QString clip = QString::fromStdString(model_.content().clip);
    name_->setText(fileName(
        QStringLiteral("%1 %2 f%3").arg(clip, model_.mapTitle()).arg(table.motionBegin.value)));
    range_->setSegmentEnabled(1, model_.timeSelection().has_value());
    if (!model_.timeSelection()) range_->setCurrent(0);
    refresh();
}

Result<FigureRequest> FigurePanel::request() const {
    FigureRequest request;
    const AttentionContent& content = model_.content();
    request.folder = folder_->text().toStdString();
    request.name = name_->text().toStdString();
    for (std::size_t i = 0; i < formats_.size(); ++i) {
        if (formats_[i]->isChecked()) request.formats.push_back(static_cast<FigureFormat>(i));
    }
    request.widthMillimetres = width_->value();
    request.pixelsPerInch = resolution_->value();
    request.colours = static_cast<io::ColourMap>(colours_->currentData().toInt());
    if (largest_->value() > 0) request.largest = largest_->value();
    request.clip = content.clip;
    request.map = model_.mapTitle().toStdString();
    request.transcript = content.transcript;
    request.provenance = content.figureRemarks;
    if (request.provenance.remark.empty()) {
        request.provenance.remark = "second, unmasked pass over the finished motion";
    }
    request.table = model_.table();
    if (range_->current() == 1 && model_.timeSelection() && content.hasMap()) {
        auto table = rangeTable(*content.analysis, mapsOf(*content.analysis, model_.shownMap()),
                                *model_.timeSelection());
        if (!table) return std::move(table).error();
        request.table = std::move(*table);
    } else if (model_.compare() != MapCompare::Off &&
               model_.table(MapSide::B).motion() == request.table.motion()) {
        request.other = model_.table(MapSide::B);
        request.tableName = model_.sourceTitle(MapSide::A).toStdString();
        request.otherName = model_.sourceTitle(MapSide::B).toStdString();
    }
    return request;
}

void FigurePanel::refresh() {
    if (export_ == nullptr || name_ == nullptr) return;
    QStringList names;
    for (std::size_t i = 0; i < formats_.size(); ++i) {
        if (!formats_[i]->isChecked()) continue;
        names.append(name_->text() +
                     QString::fromStdString(extensionOf(static_cast<FigureFormat>(i))));
    }
    files_->setText(names.isEmpty() ? tr("Choose at least one format.")
                                    : names.join(QStringLiteral(", ")));
    const bool ready = !names.isEmpty() && !name_->text().isEmpty() && model_.content().hasMap();
    export_->setEnabled(running_ || ready);
    export_->setText(running_ ? tr("Cancel") : tr("Export"));
    progress_->setVisible(running_);
}

void FigurePanel::start() {
    auto wanted = request();
    if (!wanted) return take(std::move(wanted).error());
    running_ = true;
    stop_ = std::stop_source();
    show_->hide();
    result_->clear();
    progress_->setRange(0, static_cast<int>(wanted->formats.size()));
    progress_->setValue(0);
    refresh();
    executor_.post([this, wanted = std::move(*wanted), cancelled = stop_.get_token(),
                    address = post_.address()](const std::stop_token&) {
        JobControl control(cancelled, [this, address](const Progress& progress) {
            address.send(
                [this, done = static_cast<int>(progress.done)] { progress_->setValue(done); });
        });
        auto written = writeFigures(wanted, control);
        address.send([this, written = std::move(written)] { take(written); });
    });
}

void FigurePanel::cancel() { stop_.request_stop(); }

void FigurePanel::take(const Result<std::vector<std::string>>& written) {
    running_ = false;
    QStringList files;
    if (written) {
        for (const std::string& name : *written) {
            files.append(QString::fromStdString(name));
        }
        result_->setText(files.size() == 1
                             ? tr("Wrote %1.").arg(files[0])
                             : tr("Wrote %n files.", nullptr, static_cast<int>(files.size())));
    } else {
        result_->setText(QString::fromStdString(written.error().message()));
    }
    show_->setVisible(written.ok());
    refresh();
    Q_EMIT finished(files);
}

} // namespace gesture::app
