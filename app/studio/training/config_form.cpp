// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/config_form.h"

#include "app/studio/training/config_text.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace gesture::app {

ConfigForm::ConfigForm(QWidget* parent)
    : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = new QWidget(this);
    grid_ = new QGridLayout(page);
    grid_->setContentsMargins(12, 8, 12, 12);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(7);
    grid_->setColumnMinimumWidth(0, 104);
    grid_->setColumnStretch(1, 1);
    setWidget(page);
    addSection(tr("Data"));
    addFolder(tr("Prepared corpus"), QStringLiteral("data.store"),
              tr("Folder that gesture-train prepare made"));
    addField(tr("Batch"), QStringLiteral("data.batch"), QStringLiteral("64"),
             tr("Windows a step, of all processes together"));
    addSection(tr("How long"));
    addField(tr("Steps"), QStringLiteral("steps"), tr("by epochs"),
             tr("Steps in all; 0: by epochs"));
    addField(tr("Epochs"), QStringLiteral("epochs"), QStringLiteral("100"),
             tr("Times through the data, where steps is 0"));
    addField(tr("Measure every"), QStringLiteral("evaluation.every"), tr("5 epochs"),
             tr("Steps between measures on held-out data"));
    addSection(tr("Learning"));
    addField(tr("Rate"), QStringLiteral("optimiser.rate"), QStringLiteral("5e-5"),
             tr("Learning rate"));
    addField(tr("Longest gradient"), QStringLiteral("optimiser.clip"), tr("any"),
             tr("Longer gradients are cut to this length; 0: none"));
    addField(tr("Average"), QStringLiteral("average"), QStringLiteral("0"),
             tr("Decay of a slow copy of the weights, which is then measured and exported"));
    addField(tr("Seed"), QStringLiteral("seed"), QStringLiteral("2021"),
             tr("Of everything random"));
    addSection(tr("Computer"));
    addChoice(tr("Device"), QStringLiteral("device"),
              {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")},
              tr("auto takes a GPU where one works"));
    addChoice(tr("Precision"), QStringLiteral("precision"),
              {QStringLiteral("full"), QStringLiteral("half"), QStringLiteral("bfloat16")},
              tr("half and bfloat16 need a GPU"));
    addField(tr("Threads"), QStringLiteral("threads"), tr("all"), tr("Threads of the processor"));
    addSection(tr("Checkpoints"));
    addField(tr("Every"), QStringLiteral("checkpoints.minutes"), tr("5 min"),
             tr("Minutes between checkpoints"));
    addField(tr("Keep"), QStringLiteral("checkpoints.keep"), QStringLiteral("3"),
             tr("How many stay beside the best"));
    grid_->setRowStretch(grid_->rowCount(), 1);
}

void ConfigForm::addSection(const QString& title) {
    auto* label = new QLabel(title, widget());
    label->setObjectName(QStringLiteral("title"));
    const int row = grid_->rowCount();
    grid_->setRowMinimumHeight(row, 28);
    grid_->addWidget(label, row, 0, 1, 2, Qt::AlignBottom | Qt::AlignLeft);
}

void ConfigForm::addRow(const QString& label, QWidget* control, const QString& tip) {
    auto* name = new QLabel(label, widget());
    name->setObjectName(QStringLiteral("secondary"));
    name->setToolTip(tip);
    const int row = grid_->rowCount();
    grid_->addWidget(name, row, 0);
    grid_->addWidget(control, row, 1);
}

void ConfigForm::addField(const QString& label, const QString& key, const QString& otherwise,
                          const QString& tip) {
    auto* edit = new QLineEdit(widget());
    edit->setPlaceholderText(otherwise);
    edit->setAccessibleName(label);
    edit->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    addRow(label, edit, tip);
    const Field field{key, edit, nullptr};
    fields_.push_back(field);
    connect(edit, &QLineEdit::editingFinished, this, [this, field] { send(field); });
}

void ConfigForm::addFolder(const QString& label, const QString& key, const QString& tip) {
    auto* both = new QWidget(widget());
    auto* edit = new QLineEdit(both);
    edit->setAccessibleName(label);
    edit->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    auto* browse = new QToolButton(both);
    browse->setText(QStringLiteral("…"));
    browse->setFixedSize(26, 26);
    browse->setToolTip(tr("Choose a folder"));
    browse->setAccessibleName(tr("Choose a folder"));
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(edit, 1);
    row->addWidget(browse);
    addRow(label, both, tip);
    const Field field{key, edit, nullptr};
    fields_.push_back(field);
    connect(edit, &QLineEdit::editingFinished, this, [this, field] { send(field); });
    connect(browse, &QToolButton::clicked, this, [this, field, label] {
        auto* dialog = new QFileDialog(this, label, field.edit->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, [this, field](const QString& folder) {
            field.edit->setText(folder);
            send(field);
        });
        dialog->open();
    });
}

void ConfigForm::addChoice(const QString& label, const QString& key, const QStringList& values,
                           const QString& tip) {
    auto* box = new QComboBox(widget());
    box->addItems(values);
    box->setAccessibleName(label);
    box->setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    addRow(label, box, tip);
    const Field field{key, nullptr, box};
    fields_.push_back(field);
    connect(box, &QComboBox::textActivated, this, [this, field] { send(field); });
}

void ConfigForm::send(const Field& field) {
    const QString value =
        field.edit != nullptr ? field.edit->text().trimmed() : field.box->currentText();
    if (value.isEmpty() || configValue(yaml_, field.key).value_or(QString()) == value) return;
    Q_EMIT valueChanged(field.key, value);
}

void ConfigForm::setText(const QString& yaml) {
    yaml_ = yaml;
    for (const Field& field : fields_) {
        const QString value = configValue(yaml, field.key).value_or(QString());
        if (field.edit != nullptr) {
            if (!field.edit->hasFocus()) field.edit->setText(value);
            continue;
        }
        const QSignalBlocker quiet(field.box);
        const int at = field.box->findText(value);
        field.box->setCurrentIndex(value.isEmpty() ? 0 : at);
    }
}

void ConfigForm::setReadOnly(bool readOnly) {
    for (const Field& field : fields_) {
        if (field.edit != nullptr) field.edit->setReadOnly(readOnly);
        if (field.box != nullptr) field.box->setEnabled(!readOnly);
    }
}

} // namespace gesture::app
