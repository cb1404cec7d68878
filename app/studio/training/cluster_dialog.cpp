// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/cluster_dialog.h"

#include "app/studio/training/run_reader.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kAskEveryMs = 5000;

} // namespace

ClusterDialog::ClusterDialog(const std::filesystem::path& gesture, std::filesystem::path run,
                             QWidget* parent)
    : QDialog(parent)
    , submitter_(new TrainerTool(gesture, this))
    , lister_(new TrainerTool(gesture, this))
    , run_(std::move(run))
    , host_(new QLineEdit(this))
    , partition_(new QLineEdit(this))
    , time_(new QLineEdit(this))
    , tasks_(new QSpinBox(this))
    , cpus_(new QSpinBox(this))
    , gpus_(new QSpinBox(this))
    , submit_(new QPushButton(tr("Hand in"), this))
    , table_(new QTableWidget(0, 5, this))
    , cancel_(new QPushButton(tr("Cancel job"), this))
    , sentence_(new QLabel(this)) {
    setWindowTitle(tr("Cluster"));
    resize(620, 520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    buildForm();
    buildTable();
    timer_.setInterval(kAskEveryMs);
    connect(&timer_, &QTimer::timeout, this, &ClusterDialog::refresh);
    timer_.start();
    refresh();
}

void ClusterDialog::buildForm() {
    host_->setPlaceholderText(tr("this computer; or a login node: me@login.lab.org"));
    host_->setToolTip(tr("As ssh takes it, with a key that needs no words"));
    partition_->setPlaceholderText(tr("the cluster's own"));
    time_->setPlaceholderText(tr("the cluster's own; 12:00:00, 2-00:00:00"));
    for (QSpinBox* box : {tasks_, cpus_, gpus_})
        box->setRange(0, 1024);
    tasks_->setRange(1, 4096);
    for (QSpinBox* box : {cpus_, gpus_})
        box->setSpecialValueText(tr("the cluster's own"));
    auto* title = new QLabel(
        run_.empty() ? tr("Choose a run to hand it in.")
                     : tr("Hand in %1").arg(QString::fromStdString(run_.filename().string())),
        this);
    title->setObjectName(QStringLiteral("title"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(7);
    const std::pair<QString, QWidget*> rows[] = {
        {tr("Where"), host_},      {tr("Partition"), partition_},     {tr("Longest time"), time_},
        {tr("Processes"), tasks_}, {tr("Processors of each"), cpus_}, {tr("GPUs of each"), gpus_}};
    for (const auto& [name, widget] : rows) {
        widget->setAccessibleName(name);
        form->addRow(name, widget);
    }
    submit_->setObjectName(QStringLiteral("primary"));
    submit_->setEnabled(!run_.empty());
    submit_->setToolTip(tr("Preempted or out of time, the job goes on from its checkpoint by "
                           "itself"));
    sentence_->setObjectName(QStringLiteral("secondary"));
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    row->addWidget(sentence_, 1);
    row->addWidget(submit_);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(title);
    column->addLayout(form);
    column->addLayout(row);
    connect(submit_, &QPushButton::clicked, this, &ClusterDialog::submit);
}

void ClusterDialog::buildTable() {
    table_->setAccessibleName(tr("Jobs"));
    table_->setHorizontalHeaderLabels(
        {tr("Job"), tr("Name"), tr("State"), tr("Time"), tr("Where or why")});
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(26);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setShowGrid(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* close = new QPushButton(tr("Close"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(cancel_);
    row->addStretch(1);
    row->addWidget(close);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(table_, 1);
    column->addLayout(row);
    connect(cancel_, &QPushButton::clicked, this, &ClusterDialog::cancel);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void ClusterDialog::say(const QString& sentence) { sentence_->setText(sentence); }

void ClusterDialog::submit() {
    QStringList question{
        QStringLiteral("--json"),  QStringLiteral("cluster"),
        QStringLiteral("submit"),  QString::fromStdString((run_ / kConfigFile).string()),
        QStringLiteral("-o"),      QString::fromStdString(run_.string()),
        QStringLiteral("--tasks"), QString::number(tasks_->value())};
    const auto add = [&](const char* option, const QString& value) {
        if (!value.isEmpty()) question << QLatin1String(option) << value;
    };
    const auto numberOf = [](const QSpinBox& box) {
        return box.value() > 0 ? QString::number(box.value()) : QString();
    };
    add("--host", host_->text().trimmed());
    add("--partition", partition_->text().trimmed());
    add("--time", time_->text().trimmed());
    add("--cpus", numberOf(*cpus_));
    add("--gpus", numberOf(*gpus_));
    submit_->setEnabled(false);
    say(tr("Asking the cluster…"));
    submitter_->ask(question, [this](const TrainerTool::Answer& answer) {
        submit_->setEnabled(true);
        if (answer.status != 0) return say(answer.sentence);
        const QJsonObject job = QJsonDocument::fromJson(answer.output).object();
        say(tr("Job %1 is handed in.").arg(job[QLatin1String("id")].toString()));
        refresh();
    });
}

void ClusterDialog::refresh() {
    if (lister_->busy()) return;
    lister_->ask({QStringLiteral("--json"), QStringLiteral("cluster"), QStringLiteral("list")},
                 [this](const TrainerTool::Answer& answer) {
                     if (answer.status != 0) return say(answer.sentence);
                     fill(answer.output);
                 });
}

void ClusterDialog::fill(const QByteArray& lines) {
    const int row = table_->currentRow();
    table_->setRowCount(0);
    const QList<QByteArray> all = lines.split('\n');
    for (const QByteArray& line : all) {
        const QJsonObject job = QJsonDocument::fromJson(line).object();
        if (job.isEmpty()) continue;
        const int at = table_->rowCount();
        table_->insertRow(at);
        int column = 0;
        for (const char* key : {"id", "name", "state", "elapsed", "detail"})
            table_->setItem(at, column++, new QTableWidgetItem(job[QLatin1String(key)].toString()));
    }
    if (row >= 0 && row < table_->rowCount()) table_->selectRow(row);
    cancel_->setEnabled(table_->rowCount() > 0);
}

void ClusterDialog::cancel() {
    const QTableWidgetItem* const job = table_->item(table_->currentRow(), 0);
    if (job == nullptr) return say(tr("Choose a job in the list first."));
    submitter_->ask({QStringLiteral("cluster"), QStringLiteral("cancel"), job->text()},
                    [this](const TrainerTool::Answer& answer) {
                        say(answer.status == 0 ? tr("The job is cancelled.") : answer.sentence);
                        refresh();
                    });
}

} // namespace gesture::app
