// SPDX-License-Identifier: Apache-2.0
#include "app/studio/export/export_dialog.h"

#include "app/studio/export/export_words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace gesture::app {

using interchange::ExportSettings;
using interchange::TargetProgram;

namespace {

constexpr const char* kPreset = "export/program";
constexpr const char* kFolder = "export/folder";
constexpr const char* kExported = "export/done";

/// What the range box offers, in its order.
enum Range { kWhole, kInOut, kSegments };

QComboBox* boxOf(const QString& name, const QString& tip, QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    return box;
}

} // namespace

ExportDialog::ExportDialog(const std::filesystem::path& settingsFile, QWidget* parent)
    : QDialog(parent)
    , kept_(QString::fromStdString(settingsFile.string()), QSettings::IniFormat)
    , jobs_(this) {
    setWindowTitle(tr("Export"));
    resize(760, 560);
    buildList();
    auto* left = new QVBoxLayout;
    auto* title = new QLabel(tr("For"), this);
    title->setObjectName(QStringLiteral("hint"));
    left->addWidget(title);
    left->addWidget(presets_, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(24);
    middle->addLayout(left);
    middle->addWidget(buildForm(), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(middle, 1);
    column->addWidget(buildFoot());
    connect(&jobs_, &ExportJobs::finished, this, &ExportDialog::onFinished);
    connect(&jobs_, &ExportJobs::failed, this, &ExportDialog::onFailed);
    connect(&jobs_, &ExportJobs::progressed, this, [this](const Progress& progress) {
        bar_->setMaximum(static_cast<int>(progress.total));
        bar_->setValue(static_cast<int>(progress.done));
        news_->setText(progressWords(progress));
    });
    connect(&jobs_, &ExportJobs::avatarRead, this,
            [this](const std::shared_ptr<const io::Avatar>& avatar) {
                avatar_ = avatar;
                describe();
            });
    restore();
    showRunning(false);
}

void ExportDialog::buildList() {
    presets_ = new QListWidget(this);
    presets_->setFixedWidth(230);
    presets_->setObjectName(QStringLiteral("rows"));
    presets_->setAccessibleName(tr("Program that the file is for"));
    for (const TargetProgram& program : exportPresets())
        presets_->addItem(
            QString::fromUtf8(program.name.data(), static_cast<qsizetype>(program.name.size())));
    connect(presets_, &QListWidget::currentRowChanged, this, &ExportDialog::choosePreset);
}

QWidget* ExportDialog::buildForm() {
    auto* form = new QWidget(this);
    auto* rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    hint_ = new QLabel(form);
    hint_->setObjectName(QStringLiteral("hint"));
    hint_->setWordWrap(true);
    hint_->setMinimumHeight(32);
    hint_->setAlignment(Qt::AlignTop);
    name_ = new QLineEdit(form);
    name_->setToolTip(tr("Name of the file, without its ending"));
    folder_ = new QLineEdit(form);
    auto* choose = new QPushButton(tr("Choose…"), form);
    auto* place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(folder_, 1);
    place->addWidget(choose);
    range_ = boxOf(tr("Range"), tr("Which frames are written"), form);
    range_->addItems({tr("The whole clip"), tr("From in to out"), tr("Segments, a file each")});
    rate_ = boxOf(tr("Frame rate"), tr("Rotations between frames are blended"), form);
    for (const ExportRate& rate : exportRates())
        rate_->addItem(rate.words);
    names_ = boxOf(tr("Names of bones"), tr("As which rigs the bones are called"), form);
    names_->addItems(namingWords());
    root_ = boxOf(tr("Root"), tr("Where the body goes"), form);
    root_->addItems(rootWords());
    mesh_ = new QCheckBox(tr("Mesh with skin"), form);
    face_ = new QCheckBox(tr("Face shapes"), form);
    rootBone_ = new QCheckBox(tr("Bone “root” above the pelvis, for root motion"), form);
    preview_ = new QLabel(form);
    preview_->setWordWrap(true);
    preview_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addRow(hint_);
    rows->addRow(tr("Name"), name_);
    rows->addRow(tr("Folder"), place);
    rows->addRow(tr("Range"), range_);
    rows->addRow(tr("Frame rate"), rate_);
    rows->addRow(tr("Bones"), names_);
    rows->addRow(tr("Root"), root_);
    rows->addRow(QString(), mesh_);
    rows->addRow(QString(), face_);
    rows->addRow(QString(), rootBone_);
    rows->addRow(tr("Writes"), preview_);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseFolder);
    for (QLineEdit* line : {name_, folder_})
        connect(line, &QLineEdit::textChanged, this, &ExportDialog::describe);
    for (QComboBox* box : {range_, rate_, names_, root_})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::describe);
    for (QCheckBox* check : {mesh_, face_, rootBone_})
        connect(check, &QCheckBox::toggled, this, &ExportDialog::describe);
    return form;
}

QWidget* ExportDialog::buildFoot() {
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    news_ = new QLabel(foot);
    news_->setWordWrap(true);
    bar_ = new QProgressBar(foot);
    bar_->setFixedWidth(140);
    bar_->setTextVisible(false);
    show_ = new QPushButton(tr("Show in folder"), foot);
    cancel_ = new QPushButton(tr("Cancel"), foot);
    export_ = new QPushButton(tr("Export"), foot);
    export_->setObjectName(QStringLiteral("primary"));
    export_->setDefault(true);
    row->addWidget(news_, 1);
    row->addWidget(bar_);
    row->addWidget(show_);
    row->addWidget(cancel_);
    row->addWidget(export_);
    show_->hide();
    connect(show_, &QPushButton::clicked, this, &ExportDialog::showInFolder);
    connect(cancel_, &QPushButton::clicked, &jobs_, &ExportJobs::cancel);
    connect(export_, &QPushButton::clicked, this, &ExportDialog::start);
    return foot;
}

const TargetProgram& ExportDialog::program() const {
    const auto& programs = exportPresets();
    const int row = std::clamp(presets_->currentRow(), 0, static_cast<int>(programs.size()) - 1);
    return programs[static_cast<std::size_t>(row)];
}

void ExportDialog::choosePreset(int row) {
    if (row < 0) return;
    const TargetProgram& chosen = program();
    hint_->setText(
        QString::fromUtf8(chosen.hint.data(), static_cast<qsizetype>(chosen.hint.size())));
    const auto& info = interchange::infoOf(chosen.format);
    const ExportSettings& settings = chosen.settings;
    names_->setCurrentIndex(static_cast<int>(settings.names));
    root_->setCurrentIndex(static_cast<int>(settings.root));
    rate_->setCurrentIndex(rowOf(settings.rate));
    mesh_->setEnabled(info.mesh);
    mesh_->setChecked(info.mesh && settings.mesh);
    face_->setEnabled(info.face);
    face_->setChecked(info.face && settings.face);
    rootBone_->setEnabled(info.mesh);
    rootBone_->setChecked(settings.rootBone);
    describe();
}

void ExportDialog::setSubject(ExportSubject subject) {
    if (!avatar_ || subject.avatar != subject_.avatar) {
        avatar_.reset();
        jobs_.readAvatar(subject.avatar);
    }
    subject_ = std::move(subject);
    if (!subject_.name.isEmpty() && !name_->isModified()) name_->setText(subject_.name);
    if (folder_->text().isEmpty())
        folder_->setText(QString::fromStdString(subject_.folder.string()));
    const auto offer = [this](int row, bool there) {
        range_->setItemData(row, there ? QVariant() : QVariant(0), Qt::UserRole - 1);
        if (!there && range_->currentIndex() == row) range_->setCurrentIndex(kWhole);
    };
    offer(kInOut, subject_.inOut.has_value());
    offer(kSegments, !subject_.segments.empty());
    describe();
}

ExportSettings ExportDialog::settings() const {
    ExportSettings settings = program().settings;
    settings.names = static_cast<interchange::JointNaming>(std::max(0, names_->currentIndex()));
    settings.root = static_cast<interchange::RootMode>(std::max(0, root_->currentIndex()));
    settings.mesh = mesh_->isChecked();
    settings.face = face_->isChecked();
    settings.rootBone = rootBone_->isChecked();
    settings.rate =
        exportRates()[static_cast<std::size_t>(std::max(0, rate_->currentIndex()))].rate;
    if (range_->currentIndex() == kInOut) settings.range = subject_.inOut;
    return settings;
}

std::filesystem::path ExportDialog::output() const {
    const std::string ending(interchange::infoOf(program().format).ending);
    return std::filesystem::path(folder_->text().toStdString()) /
           (name_->text().trimmed().toStdString() + ending);
}

interchange::ExportRequest ExportDialog::request() const {
    interchange::ExportRequest request;
    request.settings = settings();
    request.outputs = {output()};
    if (range_->currentIndex() == kSegments) request.segments = subject_.segments;
    request.name = name_->text().trimmed().toStdString();
    return request;
}

void ExportDialog::describe() {
    const bool named = !name_->text().trimmed().isEmpty() && !folder_->text().isEmpty();
    export_->setEnabled(subject_.clip != nullptr && avatar_ && named && !jobs_.running());
    if (subject_.clip == nullptr)
        preview_->setText(tr("There is no motion to export yet. Ctrl+G makes a take."));
    else if (!named)
        preview_->setText(tr("Give the file a name and a folder."));
    else if (avatar_)
        preview_->setText(planWords(*subject_.clip, *avatar_, request()));
    else
        preview_->setText(tr("Reading the avatar…"));
}

void ExportDialog::chooseFolder() {
    const QString chosen =
        QFileDialog::getExistingDirectory(this, tr("Folder for exports"), folder_->text());
    if (!chosen.isEmpty()) folder_->setText(chosen);
}

void ExportDialog::start() {
    if (!export_->isEnabled()) return;
    keep();
    show_->hide();
    news_->setText(tr("Writing…"));
    bar_->setMaximum(0);
    jobs_.start({subject_.clip, avatar_, subject_.loudness, request(), subject_.provenance});
    showRunning(true);
}

bool ExportDialog::repeat() {
    if (!kept_.value(QLatin1String(kExported), false).toBool()) return false;
    start();
    return true;
}

void ExportDialog::showRunning(bool runs) {
    bar_->setVisible(runs);
    cancel_->setVisible(runs);
    describe();
}

void ExportDialog::onFinished(const QStringList& files, const QStringList& remarks) {
    showRunning(false);
    shown_ = files.isEmpty() ? QString() : files.front();
    kept_.setValue(QLatin1String(kExported), true);
    const QString sentence = files.size() == 1
                                 ? tr("Wrote %1.").arg(shown_)
                                 : tr("Wrote %n files.", nullptr, static_cast<int>(files.size()));
    news_->setText(remarks.isEmpty()
                       ? sentence
                       : sentence + QLatin1Char('\n') + remarks.join(QLatin1Char('\n')));
    show_->setVisible(!files.isEmpty());
    Q_EMIT noted(sentence);
}

void ExportDialog::onFailed(const Error& error) {
    showRunning(false);
    news_->setText(QString::fromStdString(error.message()));
    Q_EMIT noted(QString::fromStdString(error.message()));
}

void ExportDialog::showInFolder() {
    const std::filesystem::path file = shown_.toStdString();
    QDesktopServices::openUrl(
        QUrl::fromLocalFile(QString::fromStdString(file.parent_path().string())));
}

void ExportDialog::restore() {
    const QString wanted = kept_.value(QLatin1String(kPreset)).toString();
    const auto& programs = exportPresets();
    int row = 0;
    for (std::size_t i = 0; i < programs.size(); ++i)
        if (wanted ==
            QString::fromUtf8(programs[i].id.data(), static_cast<qsizetype>(programs[i].id.size())))
            row = static_cast<int>(i);
    folder_->setText(kept_.value(QLatin1String(kFolder)).toString());
    presets_->setCurrentRow(row);
}

void ExportDialog::keep() {
    const std::string_view id = program().id;
    kept_.setValue(QLatin1String(kPreset),
                   QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())));
    kept_.setValue(QLatin1String(kFolder), folder_->text());
}

void ExportDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && jobs_.running()) {
        jobs_.cancel();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace gesture::app
