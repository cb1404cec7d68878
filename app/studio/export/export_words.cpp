// SPDX-License-Identifier: Apache-2.0
#include "app/studio/export/export_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Export", text); }

} // namespace

const std::vector<ExportRate>& exportRates() {
    static const std::vector<ExportRate> rates{
        {std::nullopt, tr("As the motion")}, {FrameRate{24, 1}, tr("24 (film)")},
        {FrameRate{25, 1}, tr("25 (PAL)")},  {FrameRate{30'000, 1001}, tr("29.97 (NTSC)")},
        {FrameRate{30, 1}, tr("30")},        {FrameRate{50, 1}, tr("50")},
        {FrameRate{60, 1}, tr("60")},        {FrameRate{120, 1}, tr("120")}};
    return rates;
}

int rowOf(const std::optional<FrameRate>& rate) {
    const auto& rates = exportRates();
    const auto found = std::ranges::find(rates, rate, &ExportRate::rate);
    return found == rates.end() ? 0 : static_cast<int>(found - rates.begin());
}

const std::vector<interchange::TargetProgram>& exportPresets() {
    static const std::vector<interchange::TargetProgram> presets = [] {
        const auto programs = interchange::targetPrograms();
        std::vector<interchange::TargetProgram> all(programs.begin(), programs.end());
        for (const interchange::ExportFormatInfo& info : interchange::exportFormats()) {
            const bool known = std::ranges::any_of(
                all, [&](const auto& preset) { return preset.format == info.format; });
            if (!known) all.push_back({info.ending, info.what, info.format, {}, info.what});
        }
        return all;
    }();
    return presets;
}

QStringList namingWords() {
    return {tr("SMPL-X (left_shoulder)"), tr("Mixamo, HumanIK (LeftArm)"),
            tr("Unreal (upperarm_l)"), tr("VRM (leftUpperArm)")};
}

QStringList rootWords() {
    return {tr("As in the motion"), tr("In place"), tr("Feet do not slide"), tr("Does not move")};
}

QString planWords(const motion::Clip& clip, const io::Avatar& avatar,
                  const interchange::ExportRequest& request) {
    const auto plan = interchange::planExport(clip, avatar, request);
    if (!plan) return QString::fromStdString(plan.error().message());
    QStringList lines;
    for (const std::string& line : interchange::describe(*plan))
        lines.append(QString::fromStdString(line));
    for (const std::string& note : plan->notes)
        lines.append(QString::fromStdString(note));
    return lines.join(QLatin1Char('\n'));
}

QString progressWords(const Progress& progress) {
    const QString stage = QString::fromStdString(progress.stage);
    if (!progress.secondsLeft) return stage;
    return tr("%1 · %2 s left")
        .arg(stage, QLocale().toString(static_cast<int>(std::ceil(*progress.secondsLeft))));
}

} // namespace gesture::app
