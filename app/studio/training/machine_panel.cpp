// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/machine_panel.h"

#include "app/studio/theme/style_sheet.h"
#include "app/studio/training/run_texts.h"
#include "core/base/paths.h"

#include <QFile>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QStorageInfo>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kSecond = 1000;
constexpr std::size_t kKept = 120;

std::string smallFile(const char* path) {
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QString percent(double share) {
    return MachinePanel::tr("%1 %").arg(QLocale().toString(100.0 * share, 'f', 0));
}

} // namespace

/// A name, a value and a curve of the last two minutes.
class MachinePanel::Meter final : public QWidget {
public:
    Meter(QString name, QColor Theme::*colour, const Theme& theme, QWidget* parent)
        : QWidget(parent)
        , name_(std::move(name))
        , colour_(colour)
        , theme_(&theme) {
        setFixedHeight(46);
        setAccessibleName(name_);
    }
    void setTheme(const Theme& theme) {
        theme_ = &theme;
        update();
    }
    void add(double share, const QString& text) {
        values_.push_back(std::clamp(share, 0.0, 1.0));
        if (values_.size() > kKept) values_.pop_front();
        text_ = text;
        setAccessibleDescription(text);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(themeFont(11));
        painter.setPen(theme_->tx2);
        painter.drawText(QRect(0, 0, width(), 16), Qt::AlignLeft | Qt::AlignVCenter, name_);
        painter.setFont(themeFont(11, 400, FontFamily::Mono));
        painter.setPen(theme_->tx1);
        painter.drawText(QRect(0, 0, width(), 16), Qt::AlignRight | Qt::AlignVCenter, text_);
        const QRectF area(0.5, 19.5, width() - 1.0, 25);
        painter.setPen(QPen(theme_->line, 1));
        painter.setBrush(theme_->bg1);
        painter.drawRoundedRect(area, 2, 2);
        if (values_.size() < 2) return;
        QPainterPath path;
        const double step = area.width() / static_cast<double>(kKept - 1);
        double x = area.right() - step * static_cast<double>(values_.size() - 1);
        const double first = x;
        for (std::size_t i = 0; i < values_.size(); ++i, x += step) {
            const QPointF point(x, area.bottom() - 1 - values_[i] * (area.height() - 3));
            i == 0 ? path.moveTo(point) : path.lineTo(point);
        }
        QPainterPath fill = path;
        fill.lineTo(area.right(), area.bottom());
        fill.lineTo(first, area.bottom());
        painter.fillPath(fill, withAlpha(theme_->*colour_, 0.18));
        painter.setPen(QPen(theme_->*colour_, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }

private:
    QString name_;
    QColor Theme::*colour_;
    const Theme* theme_;
    std::deque<double> values_;
    QString text_;
};

MachinePanel::MachinePanel(std::filesystem::path folder, const Theme& theme, QWidget* parent)
    : PanelFrame(tr("This machine"), theme, parent)
    , folder_(std::move(folder))
    , processor_(addMeter(tr("Processor"), &Theme::acc))
    , memory_(addMeter(tr("Memory"), &Theme::takeB))
    , wait_(addMeter(tr("Waiting for data"), &Theme::hands))
    , disk_(addFact(tr("Disk")))
    , checkpoints_(addFact(tr("Checkpoints"))) {
    setToolTip(tr("The last two minutes"));
    if (const auto smi = findProgram("nvidia-smi")) cardTool_ = new TrainerTool(*smi, this);
    timer_.setInterval(kSecond);
    connect(&timer_, &QTimer::timeout, this, &MachinePanel::measure);
    setCheckpoints(0, 0.0);
}

MachinePanel::~MachinePanel() = default;

MachinePanel::Meter* MachinePanel::addMeter(const QString& name, QColor Theme::*colour) {
    auto* meter = new Meter(name, colour, theme(), this);
    // Above the facts, in the order in which they were added.
    body().insertWidget(static_cast<int>(meters_.size()), meter);
    meters_.push_back(meter);
    return meter;
}

QLabel* MachinePanel::addFact(const QString& name) {
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(name, this);
    label->setObjectName(QStringLiteral("status"));
    auto* value = new QLabel(this);
    value->setFont(themeFont(11, 400, FontFamily::Mono));
    value->setAccessibleName(name);
    row->addWidget(label);
    row->addStretch(1);
    row->addWidget(value);
    body().addLayout(row);
    return value;
}

void MachinePanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    for (Meter* meter : meters_)
        meter->setTheme(theme);
}

void MachinePanel::setActive(const std::shared_ptr<const RunRecord>& run) { active_ = run; }

void MachinePanel::setCheckpoints(int count, double bytes) {
    checkpoints_->setText(count == 0 ? tr("none") : tr("%1 · %2").arg(count).arg(bytesText(bytes)));
}

void MachinePanel::showEvent(QShowEvent* event) {
    PanelFrame::showEvent(event);
    measure();
    timer_.start();
}

void MachinePanel::hideEvent(QHideEvent* event) {
    PanelFrame::hideEvent(event);
    timer_.stop();
}

void MachinePanel::measure() {
    const auto now = readProcessorTicks(smallFile("/proc/stat"));
    if (now && ticks_) {
        const double load = loadBetween(*ticks_, *now);
        processor_->add(load, percent(load));
    }
    ticks_ = now;
    if (const auto memory = readMemory(smallFile("/proc/meminfo")))
        memory_->add(memory->used / memory->total,
                     tr("%1 of %2").arg(bytesText(memory->used), bytesText(memory->total)));
    wait_->add(active_ ? active_->dataWait : 0.0,
               active_ ? percent(active_->dataWait) : QStringLiteral("–"));
    std::error_code code;
    std::filesystem::path there = folder_;
    while (!there.empty() && !std::filesystem::exists(there, code))
        there = there.parent_path();
    const QStorageInfo disk(QString::fromStdString(there.string()));
    disk_->setText(tr("%1 free").arg(bytesText(static_cast<double>(disk.bytesAvailable()))));
    if (cardTool_ == nullptr || cardTool_->busy()) return;
    cardTool_->ask({QStringLiteral("--query-gpu=utilization.gpu,memory.used,memory.total"),
                    QStringLiteral("--format=csv,noheader,nounits")},
                   [this](const TrainerTool::Answer& answer) {
                       if (answer.status == 0) takeCards(readCards(answer.output.toStdString()));
                   });
}

void MachinePanel::takeCards(const std::vector<CardReading>& cards) {
    while (cards_.size() < cards.size()) {
        const auto number = static_cast<int>(cards_.size());
        Meter* const load = addMeter(tr("GPU %1 load").arg(number), &Theme::acc);
        Meter* const memory = addMeter(tr("GPU %1 memory").arg(number), &Theme::takeB);
        cards_.emplace_back(load, memory);
    }
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const MemoryReading& memory = cards[i].memory;
        cards_[i].first->add(cards[i].load, percent(cards[i].load));
        cards_[i].second->add(memory.used / std::max(1.0, memory.total),
                              tr("%1 of %2").arg(bytesText(memory.used), bytesText(memory.total)));
    }
}

} // namespace gesture::app
