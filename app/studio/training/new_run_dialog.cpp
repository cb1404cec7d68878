// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/new_run_dialog.h"

#include "app/studio/training/config_text.h"
#include "app/studio/training/run_texts.h"
#include "core/base/atomic_file.h"

#include <nlohmann/json.hpp>

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxNote = std::size_t{16} << 20;

} // namespace

CorpusFacts factsOfCorpus(const fs::path& folder) {
    std::error_code code;
    if (folder.empty()) return {false, NewRunDialog::tr("Choose the folder of a prepared corpus.")};
    if (!fs::is_directory(folder, code))
        return {false, NewRunDialog::tr("There is no such folder.")};
    const auto text = readTextFile(folder / "corpus.json", kMaxNote);
    if (!text)
        return {false, NewRunDialog::tr("This is no prepared corpus: gesture-train prepare makes "
                                        "one of a corpus.")};
    const auto object = nlohmann::json::parse(*text, nullptr, false);
    if (!object.is_object() || !object.contains("clips") || !object["clips"].is_number_unsigned())
        return {false, NewRunDialog::tr("Its corpus.json is damaged: prepare the corpus again.")};
    const auto clips = object["clips"].get<int>();
    const auto left = object.find("leftOut");
    const int out = left != object.end() && (left->is_array() || left->is_object())
                        ? static_cast<int>(left->size())
                        : 0;
    const auto bytes = fs::file_size(folder / "store.bin", code);
    if (code) return {false, NewRunDialog::tr("Its store.bin is missing: prepare it again.")};
    QString words = NewRunDialog::tr("%n clips", nullptr, clips) + QStringLiteral(" · ") +
                    bytesText(static_cast<double>(bytes));
    if (out > 0) words += QStringLiteral(" · ") + NewRunDialog::tr("%n left out", nullptr, out);
    return {clips > 0, words};
}

NewRunDialog::NewRunDialog(const fs::path& corpus, QWidget* parent)
    : QDialog(parent)
    , templates_(runTemplates())
    , set_(new QComboBox(this))
    , stage_(new QComboBox(this))
    , name_(new QLineEdit(this))
    , corpus_(new QLineEdit(QString::fromStdString(corpus.string()), this))
    , corpusState_(new QLabel(this))
    , about_(new QLabel(this))
    , ok_(new QPushButton(tr("Continue"), this)) {
    setWindowTitle(tr("New run"));
    setMinimumWidth(480);
    for (const RunTemplate& one : templates_)
        if (set_->findData(one.set) < 0) set_->addItem(setText(one.set), one.set);
    set_->setAccessibleName(tr("Template"));
    stage_->setAccessibleName(tr("What to train"));
    name_->setAccessibleName(tr("Name"));
    corpus_->setAccessibleName(tr("Prepared corpus"));
    corpus_->setPlaceholderText(tr("Folder that gesture-train prepare made"));
    corpusState_->setObjectName(QStringLiteral("hint"));
    about_->setObjectName(QStringLiteral("hint"));
    about_->setWordWrap(true);
    auto* browse = new QToolButton(this);
    browse->setText(QStringLiteral("…"));
    browse->setFixedSize(26, 26);
    browse->setToolTip(tr("Choose a folder"));
    browse->setAccessibleName(browse->toolTip());
    auto* folder = new QHBoxLayout;
    folder->setSpacing(4);
    folder->addWidget(corpus_, 1);
    folder->addWidget(browse);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->addRow(tr("Template"), set_);
    form->addRow(tr("What to train"), stage_);
    form->addRow(QString(), about_);
    form->addRow(tr("Name"), name_);
    form->addRow(tr("Prepared corpus"), folder);
    form->addRow(QString(), corpusState_);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    ok_->setObjectName(QStringLiteral("primary"));
    ok_->setDefault(true);
    cancel->setMinimumHeight(32);
    buttons->addWidget(cancel);
    buttons->addWidget(ok_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(form);
    column->addLayout(buttons);
    connect(set_, &QComboBox::currentIndexChanged, this, &NewRunDialog::fillStages);
    connect(stage_, &QComboBox::currentIndexChanged, this, &NewRunDialog::showTemplate);
    connect(corpus_, &QLineEdit::textChanged, this, &NewRunDialog::showCorpus);
    connect(browse, &QToolButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Prepared corpus"), corpus_->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, corpus_, &QLineEdit::setText);
        dialog->open();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ok_, &QPushButton::clicked, this, &NewRunDialog::finish);
    fillStages();
    showCorpus();
}

void NewRunDialog::fillStages() {
    stage_->clear();
    for (std::size_t i = 0; i < templates_.size(); ++i)
        if (templates_[i].set == set_->currentData().toString())
            stage_->addItem(figureText(templates_[i].name.toStdString()), static_cast<int>(i));
}

const RunTemplate* NewRunDialog::current() const {
    const int at = stage_->currentData().isValid() ? stage_->currentData().toInt() : -1;
    return at >= 0 ? &templates_[static_cast<std::size_t>(at)] : nullptr;
}

void NewRunDialog::choose(const QString& title) {
    const auto found = std::ranges::find(templates_, title, &RunTemplate::title);
    if (found == templates_.end()) return;
    set_->setCurrentIndex(set_->findData(found->set));
    stage_->setCurrentIndex(stage_->findData(static_cast<int>(found - templates_.begin())));
}

void NewRunDialog::showTemplate() {
    const RunTemplate* const now = current();
    ok_->setEnabled(now != nullptr);
    if (now == nullptr) return;
    name_->setText(QStringLiteral("%1-%2").arg(now->name, now->set));
    QString first = now->text.section(QLatin1Char('\n'), 0, 0);
    if (!first.startsWith(QLatin1Char('#'))) first.clear();
    const QString needs = now->text.contains(QLatin1String("\ntokens:"))
                              ? tr("Needs a bundle with the four tokenizers.")
                              : QString();
    about_->setText(QStringList({first.remove(QLatin1Char('#')).trimmed(), needs})
                        .join(QLatin1Char(' '))
                        .trimmed());
    about_->setVisible(!about_->text().isEmpty());
}

void NewRunDialog::showCorpus() {
    corpusState_->setText(factsOfCorpus(corpus_->text().trimmed().toStdString()).text);
}

void NewRunDialog::finish() {
    const RunTemplate* const now = current();
    if (now == nullptr) return;
    QString yaml = now->text;
    if (const QString corpus = corpus_->text().trimmed(); !corpus.isEmpty())
        yaml = withConfigValue(yaml, QStringLiteral("data.store"), corpus);
    Q_EMIT chosen(name_->text().trimmed(), yaml, now->title());
    accept();
}

} // namespace gesture::app
