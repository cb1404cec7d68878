// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/legend_builder.h"

#include "app/studio/theme/part_colour.h"
#include "app/studio/timeline/lanes.h"
#include "app/studio/viewport/joint_probe.h"

#include <QLocale>

namespace gesture::app {

namespace {

using Sign = LegendEntry::Sign;
using Entries = std::vector<LegendEntry>;

LegendEntry scale(const QString& name, const QString& low, const QString& high) {
    return {Sign::Scale, {}, name, low, high};
}
LegendEntry words(const QString& text) { return {Sign::Text, {}, text, {}, {}}; }
LegendEntry square(const QColor& colour, const QString& text) {
    return {Sign::Square, colour, text, {}, {}};
}

void addDifference(const OverlayInput& input, Entries& entries) {
    if (!input.bodies.compares()) {
        entries.push_back(words(ViewLegend::tr("There is no take B to compare with.")));
        return;
    }
    const TakeDistance apart = input.bodies.distance(input.frame);
    const auto centimetres = [](float metres) {
        return QLocale().toString(static_cast<double>(metres) * 100, 'f', 1);
    };
    entries.push_back(
        scale(ViewLegend::tr("A to B"), QStringLiteral("0"), ViewLegend::tr("20 cm")));
    entries.push_back(
        words(ViewLegend::tr("mean %1 cm, most %2 cm (%3)")
                  .arg(centimetres(apart.mean), centimetres(apart.most), jointLabel(apart.joint))));
}

void addImportance(const OverlayInput& input, TakeSide side, Entries& entries) {
    entries.push_back(input.bodies.hasImportance(side)
                          ? scale(ViewLegend::tr("part importance"), ViewLegend::tr("low"),
                                  ViewLegend::tr("high"))
                          : words(ViewLegend::tr("This take has no attention map.")));
}

void addMask(const OverlayInput& input, Entries& entries) {
    const QString names[] = {ViewLegend::tr("face"), ViewLegend::tr("upper"),
                             ViewLegend::tr("hands"), ViewLegend::tr("lower")};
    entries.push_back(words(ViewLegend::tr("to be made anew:")));
    for (const motion::BodyPart part : kBodyParts)
        entries.push_back(
            square(partColour(*input.look.theme, part), names[static_cast<std::size_t>(part)]));
}

void addHeat(const OverlayInput& input, TakeSide side, Entries& entries) {
    if (input.bodies.viewOf(input.look.overlays) == TakeView::Difference)
        return addDifference(input, entries);
    switch (input.look.overlays.heat) {
    case BodyHeat::Importance:
        return addImportance(input, side, entries);
    case BodyHeat::Mask:
        return addMask(input, entries);
    case BodyHeat::Difference:
        return addDifference(input, entries);
    case BodyHeat::Off:
        return;
    }
}

} // namespace

std::vector<LegendEntry> legendOf(const OverlayInput& input) {
    const ViewOverlays& overlays = input.look.overlays;
    const Theme& theme = *input.look.theme;
    const TakeSide side = input.bodies.seen(input.look).front().side;
    Entries entries;
    if (overlays.ghosts) {
        const int reach = overlays.ghostCount * overlays.ghostStep;
        entries.push_back(
            {Sign::Line, theme.acc, ViewLegend::tr("−%n frames", nullptr, reach), {}, {}});
        entries.push_back(
            {Sign::Line, theme.takeB, ViewLegend::tr("+%n frames", nullptr, reach), {}, {}});
    }
    if (overlays.trails)
        entries.push_back(
            input.bodies.hasImportance(side)
                ? scale(ViewLegend::tr("path: attention"), {}, {})
                : scale(ViewLegend::tr("path"), QStringLiteral("0"), ViewLegend::tr("1.5 m/s")));
    addHeat(input, side, entries);
    if (overlays.contacts) entries.push_back(square(theme.ok, ViewLegend::tr("foot stands")));
    return entries;
}

} // namespace gesture::app
